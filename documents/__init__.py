"""Drafts for people to edit: regional request, assistance request, action plan, calendar."""
