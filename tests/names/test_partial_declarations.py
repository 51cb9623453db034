"""What is declared, and what a convention says of the rest: no right formula of any layout is blamed for a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source


class Layout(NamedTuple):
    """The shapes of a network in one layout, of inputs d, hidden units h, outputs k and examples N; its formulas."""

    shapes: str
    right: str
    wrong: str


COLUMNS = "X: d x N, Z1: h x N, A1: h x N, Z2: k x N, A2: k x N, Y: k x N, b1: h x 1, b2: k x 1"
ROWS = "X: N x d, Z1: N x h, A1: N x h, Z2: N x k, A2: N x k, Y: N x k, b1: 1 x h, b2: 1 x k"
LAYOUTS = {
    "coursera": Layout(
        COLUMNS + ", W1: h x d, W2: k x h",
        "Z1 = W1 X + b1; Z2 = W2 A1 + b2; dZ2 = A2 - Y; dW2 = dZ2 A1.T; db2 = sum(dZ2, axis=1, keepdims=True);"
        " dA1 = W2.T dZ2; dZ1 = W2.T dZ2 * (1 - A1^2); dW1 = dZ1 X.T; dX = W1.T dZ1",
        "Z1 = X W1 + b1; dW2 = A1.T dZ2; dA1 = dZ2 W2.T; dW1 = X dZ1.T; dX = W1 dZ1",
    ),
    "batch-first": Layout(
        ROWS + ", W1: d x h, W2: h x k",
        "Z1 = X W1 + b1; Z2 = A1 W2 + b2; dZ2 = A2 - Y; dW2 = A1.T dZ2; db2 = sum(dZ2, axis=0, keepdims=True);"
        " dA1 = dZ2 W2.T; dZ1 = dZ2 W2.T * (1 - A1^2); dW1 = X.T dZ1; dX = dZ1 W1.T",
        "Z1 = W1 X + b1; dW2 = dZ2 A1.T; dA1 = W2.T dZ2; dW1 = dZ1.T X; dX = dZ1 W1",
    ),
    "torch": Layout(
        ROWS + ", W1: h x d, W2: k x h",
        "Z1 = X W1.T + b1; Z2 = A1 W2.T + b2; dZ2 = A2 - Y; dW2 = dZ2.T A1; db2 = sum(dZ2, axis=0, keepdims=True);"
        " dA1 = dZ2 W2; dZ1 = dZ2 W2 * (1 - A1^2); dW1 = dZ1.T X; dX = dZ1 W1",
        "Z1 = X W1 + b1; dW2 = A1.T dZ2; dA1 = dZ2 W2.T; dW1 = X.T dZ1; dX = dZ1 W1.T",
    ),
}
TURNED = Layout(
    COLUMNS + ", W1: d x h, W2: h x k",
    "Z1 = W1.T X + b1; Z2 = W2.T A1 + b2; dW2 = A1 dZ2.T; dA1 = W2 dZ2; dW1 = X dZ1.T; dX = W1 dZ1",
    "Z1 = W1 X + b1; dW2 = dZ2 A1.T; dA1 = W2.T dZ2; dW1 = dZ1 X.T; dX = W1.T dZ1",
)
"""A layout that no convention knows."""
LETTERS = ("d h k N", "n_x n_h n_y B", "5 3 2 7")


def declared(layout: Layout, formula: str, letters: str) -> list[str]:
    """The declarations of the names in a formula, or of the variables of its gradients."""
    sizes = dict(zip("dhkN", letters.split(), strict=True))
    shapes = re.sub(r"\b[dhkN]\b", lambda found: sizes[found[0]], layout.shapes).split(", ")
    names = {name.removeprefix("d") for name in re.findall(r"d?[XYWbZA]\d?", formula)}
    return [shape for shape in shapes if shape.partition(":")[0] in names]


def some(declarations: list[str], least: int) -> Iterator[tuple[str, ...]]:
    for count in range(least, len(declarations) + 1):
        yield from combinations(declarations, count)


def is_wrong(formula: str, shapes: tuple[str, ...]) -> bool:
    report = check(Source(formula, "<formula>"), Settings(shapes=shapes))
    return any(found.severity == "error" for found in report.diagnostics)


@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_right_formula_passes_whatever_is_declared_of_it(name: str, letters: str) -> None:
    layout = LAYOUTS[name]
    tried = [(each, some(declared(layout, each, letters), 1)) for each in layout.right.split("; ")]
    assert [(formula, each) for formula, ways in tried for each in ways if is_wrong(formula, each)] == []


@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize("layout", [*LAYOUTS.values(), TURNED])
def test_with_all_names_declared_right_and_wrong_are_told_apart(layout: Layout, letters: str) -> None:
    for formulas, verdict in ((layout.right, False), (layout.wrong, True)):
        tried = [(each, tuple(declared(layout, each, letters))) for each in formulas.split("; ")]
        assert [formula for formula, each in tried if is_wrong(formula, each) is not verdict] == []


@pytest.mark.parametrize("letters", LETTERS)
def test_the_guess_of_one_name_is_given_up_where_all_others_are_declared(letters: str) -> None:
    for layout in (*LAYOUTS.values(), TURNED):
        for formula in layout.right.split("; "):
            shapes = declared(layout, formula, letters)
            assert [each for each in combinations(shapes, len(shapes) - 1) if is_wrong(formula, each)] == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_weights_and_data_tell_a_layout(name: str) -> None:
    layout = LAYOUTS[name]
    wrong = [each for each in layout.wrong.split("; ") if "W1" in each and "X" in each]
    shapes = [tuple(s for s in declared(layout, each, LETTERS[0]) if s[:2] in ("W1", "X:")) for each in wrong]
    assert [is_wrong(*pair) for pair in zip(wrong, shapes, strict=True)] == [True] * len(wrong)
