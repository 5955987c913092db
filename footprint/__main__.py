"""The command `footprint` as a process of its own; also `python -m footprint`."""

from __future__ import annotations

import sys

# The driver of Neo4j imports pandas wherever it is installed, which takes longer than most questions; no command makes
# frames, so here it is as if pandas were not there.
sys.modules["pandas"] = None  # type: ignore[assignment]  # that this is how Python is told so, its type does not say

from footprint.cli import main  # noqa: E402  (see above)

if __name__ == "__main__":
    main()
