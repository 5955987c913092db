"""The exit codes of the commands, as README gives them."""

ERROR, USAGE, REJECTS, INTERRUPTED = 1, 2, 3, 130
