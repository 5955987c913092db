"""Make the fact files again: `python -m ingest.facts ../shared/data [states treaties …]` (default: all)."""

import sys
from collections.abc import Callable
from pathlib import Path

from ingest.facts import (
    aiddata,
    evaluations,
    events,
    experience,
    fatf,
    funding,
    health_plans,
    known,
    laws,
    recent,
    regimes,
    states,
    treaties,
)
from ingest.facts.tables import write

OUT = Path(__file__).resolve().parent.parent / "data"
MAKERS: dict[str, Callable[[Path, Path], dict[str, int]]] = {
    "states": states.make,
    "treaties": treaties.make,
    "fatf": fatf.make,
    "evaluations": evaluations.make,
    "regimes": regimes.make,
    "laws": laws.make,
    "events": events.make,
    "health_plans": health_plans.make,
    "recent": recent.make,
    "known": known.make,
    "aiddata": aiddata.make,
    "experience": experience.make,
    "funding": funding.make,
}


def main(arguments: list[str]) -> int:
    """Run the makers named (all of them by default); returns 0, or 2 where the arguments are wrong."""
    names = arguments[1:] or list(MAKERS)
    if not arguments or not Path(arguments[0]).is_dir() or not set(names) <= set(MAKERS):
        sys.stderr.write(f"usage: python -m ingest.facts DATA_FOLDER [{' '.join(MAKERS)}]\n")
        return 2
    OUT.mkdir(exist_ok=True)
    left_out = []
    for name in names:
        for what, count in MAKERS[name](Path(arguments[0]), OUT).items():
            sys.stdout.write(f"{what}: {count}{' rows' if what.endswith('.csv') else ''}\n")
            if not what.endswith(".csv"):
                left_out.append({"maker": name, "what": what, "number": str(count)})
    if set(names) == set(MAKERS):
        write(OUT / "left_out.csv", ["maker", "what", "number"], left_out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
