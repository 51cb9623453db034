"""What there may be thousands of in a file costs in proportion, counted in calls of functions, not in seconds."""

from __future__ import annotations

from cProfile import Profile
from pstats import Stats

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source
from tests.benchmarks.kinds import KINDS

FEW, MANY = 100, 800
LIMIT = 8_000_000


def calls(text: str, path: str) -> int:
    """How many functions a check calls."""
    check(Source(text, path), Settings())
    profile = Profile()
    profile.runcall(check, Source(text, path), Settings())
    found: int = Stats(profile).total_calls  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("kind", ["stated shapes", "classes"])
def test_one_of_many_costs_what_one_of_few_does(kind: str) -> None:
    path, make = KINDS[kind]
    few, many = (calls(make(count), path) / count for count in (FEW, MANY))
    assert many < 1.1 * few


def test_a_wrong_gradient_costs_no_search_of_the_file() -> None:
    """What a layer is made of is asked for often while a fix is searched for."""
    text = "".join(f"Z{each} = W{each} X\ndW{each} = dZ{each} X.T\n" for each in range(1, 26))
    assert calls(text, "x.formulas") < LIMIT
