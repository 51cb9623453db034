"""Many formulas in one file: against sympy, and against fewer of them."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

from .formulas import builders, text
from .measure import Row, interleaved, ratio, seconds, spread

ROOT = Path(__file__).resolve().parents[2]
MANY, FEW, MOST = 20_000, 2_000, 200_000


def against_sympy(rounds: int) -> list[Row]:
    """The time of one formula of 20,000, parse to report, against building its matrix expression in sympy."""
    import sympy

    source = text(MANY)
    build = builders(sympy, MANY)

    def ours() -> float:
        return seconds(lambda: check(Source(source, "x.formulas"), Settings()))

    def theirs() -> float:
        return seconds(lambda: [make() for make in build])

    times = interleaved({"ours": ours, "sympy": theirs}, rounds)
    found = ratio(times, "ours", "sympy")
    each = [taken / MANY * 1e6 for taken in times["ours"]]
    return [
        Row("a formula of 20,000 / sympy building it", *found, 1.0),
        Row("a formula of 20,000", median(each), spread(each), unit=" us"),
    ]


def growth(rounds: int) -> list[Row]:
    """What a formula of 200,000 costs against one of 2,000, and how much memory it leaves behind."""
    times: dict[str, list[float]] = {"few": [], "most": []}
    memory: list[float] = []
    for _ in range(rounds):
        few, most = _child(FEW), _child(MOST)
        times["few"].append(few["seconds"] / FEW)
        times["most"].append(most["seconds"] / MOST)
        memory.append((most["memory"] - few["memory"]) / (MOST - FEW) / 1000)
    return [
        Row("a formula of 200,000 / one of 2,000", *ratio(times, "most", "few"), 1.1),
        Row("memory for each further formula", median(memory), spread(memory), 2.0, " kB"),
    ]


def _child(count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.batch", str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _measure(count: int) -> dict[str, float]:
    """Seconds and bytes of one check of so many formulas, none of whose names this process has met before."""
    check(Source(text(16), "x.formulas"), Settings())
    source = Source(text(count), "x.formulas")
    gc.collect()
    return {"seconds": seconds(lambda: check(source, Settings())), "memory": _peak()()}


def _peak() -> Callable[[], float]:
    """What reads the largest size of this process in bytes; NaN where the system does not say."""
    try:
        import resource
    except ImportError:
        return lambda: float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return lambda: float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
