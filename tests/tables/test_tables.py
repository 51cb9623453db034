"""Derivatives as textbooks have them: derived, and told right from wrong, central differences being the referee."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shapecheck.derivation.attempts import attempted
from shapecheck.derivation.text import text_of
from shapecheck.settings import Settings
from shapecheck.text import Source
from shapecheck.verification import verify

from . import NOTATIONS, Entry, central, drawn, entries, run

ENTRIES = entries()
GRADIENTS = [(entry, line) for entry in ENTRIES for line in entry.right]
WRONG = [(entry, line) for entry in ENTRIES for line in entry.wrong]


def named(pairs: list[tuple[Entry, str]]) -> list[Any]:
    return [pytest.param(entry, line, id=f"{entry.name}: {line}") for entry, line in pairs]


def test_the_tables_are_tables() -> None:
    assert len(ENTRIES) >= 130
    assert all(entry.numpy and entry.right and len(entry.wrong) > 1 for entry in ENTRIES)


DERIVED = [entry for entry in ENTRIES if entry.is_of_number]


@pytest.mark.parametrize("entry", DERIVED, ids=str)
def test_what_is_derived_runs_and_is_the_gradient(entry: Entry) -> None:
    found = attempted(Source(entry.text(), "table.formulas"), Settings())
    lines = [line for each in found.derivations for line in text_of(each, "python")]
    values, sizes = drawn(entry)
    space = run(entry, values, sizes)
    exec("\n".join(lines), space)
    for name in entry.variables:
        assert f"d{name}" in space, (name, lines)
        expected = central(entry, values, sizes, name)
        assert np.shape(space[f"d{name}"]) == expected.shape, (name, lines)
        assert np.allclose(space[f"d{name}"], expected, rtol=1e-4, atol=1e-6), (name, lines)


def verdicts(entry: Entry, line: str, notation: str) -> tuple[str, list[str]]:
    """What is said of a gradient at the end of an entry, and the codes of all errors."""
    text = entry.text(line, written=NOTATIONS[notation])
    report = verify(Source(text, "table.formulas"))[0]
    last = [each for each in report.formulas if report.source.place(each.span.start).line == text.count("\n")]
    return last[-1].verdict, [each.code for each in report.diagnostics if each.severity == "error"]


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize(("entry", "line"), named(GRADIENTS))
def test_the_gradient_of_the_table_is_right(entry: Entry, line: str, notation: str) -> None:
    if notation not in entry.unlike:
        assert verdicts(entry, line, notation) == ("right", [])


@pytest.mark.parametrize(("entry", "line"), named(WRONG))
def test_a_wrong_one_is_wrong(entry: Entry, line: str) -> None:
    verdict, codes = verdicts(entry, line, "unicode")
    assert verdict == "wrong"
    assert codes


@pytest.mark.slow
@pytest.mark.parametrize("notation", ["latex", "plain"])
@pytest.mark.parametrize(("entry", "line"), named(WRONG))
def test_a_wrong_one_is_wrong_in_every_notation(entry: Entry, line: str, notation: str) -> None:
    if notation not in entry.unlike:
        assert verdicts(entry, line, notation)[0] == "wrong"
