"""`python -m tests.benchmarks [--rounds N] [NAME ...]`: what was measured, and the limit that must hold."""

from __future__ import annotations

import argparse
import sys

from .batch import against_sympy, growth
from .kinds import kinds
from .measure import table
from .mismatches import mismatches
from .processes import again, start, workers

BENCHMARKS = {
    "start": start,
    "sympy": against_sympy,
    "growth": growth,
    "kinds": kinds,
    "mismatches": mismatches,
    "workers": workers,
    "again": again,
}


def main() -> int:
    """Run those that are named, all if none is; the exit status is 1 where a limit does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--rounds", type=int, default=3, help="how many interleaved runs (3)")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    rows = [row for name, run in BENCHMARKS.items() if name in (asked.names or BENCHMARKS) for row in run(asked.rounds)]
    print(table(rows))
    return not all(row.holds for row in rows)


if __name__ == "__main__":
    sys.exit(main())
