"""No text crashes a check: `python -m pytest tests/fuzz --hypothesis-profile=long` tries 20,000 of each kind."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shapecheck.check import check
from shapecheck.diagnostic import Report
from shapecheck.settings import Settings
from shapecheck.text import Source

from .strategies import texts

PATHS = ("<formula>", "x.formulas", "x.md", "x.tex", "x.rst", "x.py", "x.ipynb")
KNOWN = (
    "",
    "A x ;h[ =] .* B'",
    "\ufeff",
    "\0",
    "\ud800 = \udfff",
    "A = " + "9" * 5000,
    "dZ1 = " + "(" * 5000,
    "x" * 30_000,
    "\u202eA = B C",
)
CODE = re.compile(r"SC\d{3}")


def holds_together(report: Report, text: str) -> None:
    """What is true of a report on any text: every place is in the text, every word is one that is documented."""
    for formula in report.formulas:
        assert formula.status in ("ok", "error", "unknown")
        assert 0 <= formula.span.start <= formula.span.end
    for found in report.diagnostics:
        assert CODE.fullmatch(found.code)
        assert found.severity in ("error", "warning", "info")
        assert found.message
        for span in (found.span, *(label.span for label in found.labels)):
            assert 0 <= span.start <= span.end
            if report.source.cell is None and not report.source.path.endswith(".ipynb"):
                assert span.end <= len(text)


@given(text=texts, path=st.sampled_from(PATHS))
def test_a_check_never_raises(text: str, path: str) -> None:
    holds_together(check(Source(text, path), Settings()), text)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("text", KNOWN, ids=range(len(KNOWN)))
def test_these_never_raise(text: str, path: str) -> None:
    holds_together(check(Source(text, path), Settings()), text)


@given(text=texts)
@example(text=": n x m")
@example(text="W1: " + "n" * 5000)
def test_a_stated_shape_never_raises(text: str) -> None:
    check(Source("Y = W1 X"), Settings(shapes=(text,)))


@given(text=texts)
def test_the_verdict_is_the_same_twice(text: str) -> None:
    first, second = (check(Source(text, "x.formulas"), Settings()) for _ in range(2))
    assert first.formulas == second.formulas
    assert first.diagnostics == second.diagnostics
