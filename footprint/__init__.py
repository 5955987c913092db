"""The command `footprint`, made from the questions."""
