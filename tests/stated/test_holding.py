"""Below which headings a stated shape holds, and what formulas there make of it."""

from __future__ import annotations

import pytest

from shapecheck.check import check_cells
from shapecheck.settings import Settings
from shapecheck.text import Source

SETUP = """# Setup

Let $W \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^{n \\times 1}$ and $X \\in \\mathbb{R}^{n \\times k}$.
"""
RIGHT = "\n$$H = W X$$\n\n$$K = X^T W^T$$\n\n$$u = X^T x$$\n"


def told(text: str, path: str = "notes.md") -> list[tuple[str, str]]:
    """The status of each formula, or the code of what is said of it, with its text."""
    found = []
    for report in check_cells(Source(text, path), Settings()):
        codes = {report.source.slice(each.span): each.code for each in report.diagnostics}
        for formula in report.formulas:
            start, end = formula.span
            here = [each.code for each in report.diagnostics if start <= each.span.start < end]
            found.append((here[0] if here else formula.status, report.source.text[start:end]))
        assert len(codes) <= len(report.formulas)
    return found


def statuses(text: str, path: str = "notes.md") -> list[str]:
    return [status for status, _ in told(text, path)]


def test_what_is_stated_below_one_heading_holds_below_the_next() -> None:
    assert statuses(f"{SETUP}\n# Forward\n{RIGHT}") == ["ok", "ok", "ok"]


def test_a_mistake_below_another_heading_is_found_where_other_formulas_fit() -> None:
    assert statuses(f"{SETUP}\n# Forward\n{RIGHT}\n# Backward\n\n$$D = X W$$\n") == ["ok", "ok", "ok", "SC201"]


def test_where_nothing_fits_the_names_mean_something_else() -> None:
    assert statuses(f"{SETUP}\n# Graphs\n\n$$P = X W$$\n\n$$Q = X X$$\n") == ["unknown", "unknown"]


def test_a_name_stated_anew_begins_something_else() -> None:
    again = "# Again\n\nNow $x \\in \\mathbb{R}^{p \\times 1}$.\n\n$$y = W x$$\n"
    assert statuses(f"{SETUP}\n{again}") == ["unknown"]


def test_what_was_found_below_one_heading_is_known_below_the_next() -> None:
    text = f"{SETUP}\n# Forward\n\n$$H = W X$$\n\n# Backward\n\n$$R = W^T H$$\n\n# Other\n\n$$H = X^T X$$\n"
    assert statuses(text) == ["ok", "ok", "ok"]


def test_a_layer_letter_stands_for_every_layer() -> None:
    stated = "$W^{[l]} \\in \\mathbb{R}^{n_l \\times n_{l-1}}$ and $A^{[l]} \\in \\mathbb{R}^{n_l \\times m}$.\n"
    formulas = "$$Z^{[2]} = W^{[2]} A^{[1]}$$\n\n$$D^{[l]} = W^{[l+1]T} Z^{[l+1]}$$\n\n$$V = W^{[1]} A^{[2]}$$\n"
    assert statuses(f"{stated}\n{formulas}") == ["ok", "ok", "SC201"]


@pytest.mark.parametrize(
    ("formula", "status"),
    [
        ("y = W x", "ok"),
        ("y^T = x^T W^T", "ok"),
        ("y = x W^T", "ok"),
        ("A = y x", "ok"),
        ("A = W y", "SC201"),
        ("y = W^T x", "SC201"),
        ("W = y x^T + x y^T", "SC202"),
        ("v = W u", "ok"),
        ("v = u W^T", "SC201"),
    ],
)
def test_a_vector_lies_either_way_unless_that_is_said(formula: str, status: str) -> None:
    vectors = "$x \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$, $u \\in \\mathbb{R}^{n \\times 1}$"
    assert statuses(f"{vectors}, $W \\in \\mathbb{{R}}^{{m \\times n}}$.\n\n$${formula}$$\n") == [status]


def test_a_gradient_of_a_vector_lies_as_it_does() -> None:
    stated = "$x \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$, $W \\in \\mathbb{R}^{m \\times n}$.\n"
    row = "$$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial y} W$$\n"
    assert statuses(f"{stated}\n{row}") == ["ok"]


def test_the_transpose_of_a_name_is_stated() -> None:
    stated = "$x^T \\in \\mathbb{R}^{1 \\times n}$, $W \\in \\mathbb{R}^{m \\times n}$.\n"
    assert statuses(f"{stated}\n$$y = W x$$\n") == ["ok"]
