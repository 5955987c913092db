"""Drafts for people to edit: regional request, assistance request, action plan, calendar.

Each draft is made as a neutral `form.Draft` (headings, paragraphs, tables, blanks to fill, references) from answers
of `queries`, and written by `word` (DOCX) or `markdown`. What is not in the graph is a marked blank, never invented.
"""
