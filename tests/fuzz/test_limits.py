"""What is too large is said to be: SC104, in good time, and never a failed recursion."""

from __future__ import annotations

import json

import pytest

from shapecheck.check import check
from shapecheck.files.reading import decode
from shapecheck.settings import Settings
from shapecheck.text import Source

DEEP, FAR = 201, 20_000
"""Just beyond the limit, and far beyond what the interpreter's own stack holds."""

NESTED = {
    "brackets": lambda depth: "A = " + "(" * depth + "B" + ")" * depth,
    "unclosed brackets": lambda depth: "A = " + "(" * depth + "B",
    "calls": lambda depth: "A = " + "exp(" * depth + "B" + ")" * depth,
    "minus signs": lambda depth: "A = " + "-" * depth + "B",
    "transposes": lambda depth: "A = B" + ".T" * depth,
    "powers": lambda depth: "A = B" + "^(2" * depth + ")" * depth,
    "blocks": lambda depth: "A = " + "[B; " * depth + "B" + "]" * depth,
    "fractions": lambda depth: "A = " + r"\frac{1}{" * depth + "B" + "}" * depth,
    "groups": lambda depth: "A = " + "{" * depth + "B" + "}" * depth,
}


def codes(text: str, path: str = "x.formulas") -> set[str]:
    """The codes of what is found in a text."""
    return {found.code for found in check(Source(text, path), Settings()).diagnostics}


@pytest.mark.parametrize("kind", ["calls", "powers", "blocks"])
def test_a_tree_deeper_than_200(kind: str) -> None:
    assert "SC104" in codes(NESTED[kind](DEEP))
    assert "SC104" not in codes(NESTED[kind](20))


@pytest.mark.parametrize("path", ["<formula>", "x.formulas", "x.md", "x.tex", "x.py"])
@pytest.mark.parametrize("kind", NESTED)
@pytest.mark.parametrize("depth", [DEEP, 3_000, FAR])
def test_nesting_never_fails(kind: str, depth: int, path: str) -> None:
    formula = NESTED[kind](depth)
    codes(f"$${formula}$$" if path in ("x.md", "x.tex") else formula, path)


def test_a_formula_longer_than_20_000_characters() -> None:
    assert "SC104" in codes("A = " + "B + " * 6_000 + "B")
    assert "SC104" not in codes("A = " + "B + " * 1_000 + "B")


def test_a_dimension_that_grows_beyond_200_terms() -> None:
    names = "ABCDE"
    stated = "".join(f"{name}: (a{at} + b{at} + c{at} + d{at}) x n\n" for at, name in enumerate(names))
    assert codes(f"{stated}X = kron(kron(kron(A, B), C), D)\n") == {"SC104"}
    assert not codes(f"{stated}X = kron(kron(A, B), C)\n")


def test_a_dimension_too_large_does_not_hide_the_next_formula() -> None:
    stated = "A: (a + b + c + d) x (e + f + g + h)\nW: n x m\nV: p x q\n"
    whole = "A"
    for name in "BCDE":
        stated += f"{name}: ({name}1 + {name}2 + {name}3 + {name}4) x n\n"
        whole = f"kron({whole}, {name})"
    assert codes(f"{stated}X = {whole}\nY = W V\n") == {"SC104", "SC201"}


def test_one_long_formula_does_not_hide_the_next() -> None:
    report = check(Source("dW2 = dZ2 A1\n" + "A = " + "B + " * 6_000 + "B\ndW2 = dZ2 A1\n", "x.formulas"), Settings())
    lines = [(report.source.place(found.span.start).line, found.code) for found in report.diagnostics]
    assert [line for line, code in lines if code == "SC201"] == [1, 3]
    assert [line for line, code in lines if code == "SC104"] == [2]


@pytest.mark.parametrize("text", ["A = {} B", "W: {} x m\nA = W B", "A = B^{}", "A = sum(B, axis={})"])
@pytest.mark.parametrize("digits", [1_001, 5_000])
def test_a_number_above_1_000_digits(text: str, digits: int) -> None:
    assert "SC104" in codes(text.format("9" * digits))


def test_a_number_of_1_000_digits() -> None:
    assert "SC104" not in codes(f"A = {'9' * 1_000} B")


def test_a_file_above_50_megabytes() -> None:
    found = decode(b"# " + b"a" * 50_000_000, "x.formulas")
    assert found.trouble is not None
    assert found.trouble.code == "SC104"
    assert found.source.text == ""


@pytest.mark.parametrize("depth", [500, 5_000, 200_000])
def test_a_notebook_nested_too_deep(depth: int) -> None:
    codes('{"cells": ' + "[" * depth + "]" * depth + "}", "x.ipynb")


def test_a_notebook_of_another_form() -> None:
    values: tuple[object, ...] = (
        None,
        [],
        {"cells": None},
        {"cells": [1, {"source": 3}, {"cell_type": "code", "source": [None]}]},
    )
    for value in values:
        codes(json.dumps(value), "x.ipynb")


@pytest.mark.parametrize("depth", [150, 1_500, 100_000])
def test_code_nested_too_deep(depth: int) -> None:
    codes("A = " + "(" * depth + "B" + ")" * depth, "x.py")
    codes("A = " + "-" * depth + "B", "x.py")
    codes("A = B" + " + B" * depth, "x.py")
