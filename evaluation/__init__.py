"""How good the suggestions are, measured on documented cases of help."""
