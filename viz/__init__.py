"""Answers as pictures and files: pages, images, networks for other programs, tables."""
