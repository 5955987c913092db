"""Layouts in which others publish, read as they are: one module a layout, and what they have in common."""
