"""Each spelling and the tree that it means; declarations and their dimensions."""

from pathlib import Path

import pytest

from shapecheck.notations import notations
from shapecheck.notations._dims import parse_shape
from shapecheck.notations._recognised import is_matlab, name_of_file
from shapecheck.shapes.dims import show
from shapecheck.syntax.dump import dump
from shapecheck.syntax.nodes import Declaration, Equation, Trouble
from shapecheck.text import Piece, Window

FOLDER = Path(__file__).parent


def spellings(notation: str) -> list[list[str]]:
    """The cases of `plain.txt` and the like: a formula, its tree below it, a blank line."""
    cases = (FOLDER / f"{notation}.txt").read_text(encoding="utf-8").split("\n\n")
    return [case.strip().split("\n    ") for case in cases]


def trees(notation: str, text: str) -> str:
    program = notations[notation].parse(Window((Piece(text, 0),), notation))
    assert program.troubles == []
    (statement,) = program.statements
    assert isinstance(statement, Equation)
    return " = ".join(map(dump, statement.members))


@pytest.mark.parametrize(
    ("notation", "text", "tree"),
    [(notation, *case) for notation in ("plain", "matlab", "julia") for case in spellings(notation)],
)
def test_spelling(notation: str, text: str, tree: str) -> None:
    assert tree == trees(notation, text)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("n0 x m", "n0×m"), ("n0 × m", "n0×m"), ("(n0, m)", "n0×m"), ("4x3", "4×3"), ("N x C x H x W", "N×C×H×W"),
        ("n", "n×1"), ("(n,)", "(n,)"), ("scalar", "()"), ("()", "()"), ("nx x m", "nx×m"), ("n^{[2]} x n[2]", "n2×n2"),
        ("n_{l} x n[l-1+1]", "n[l]×n[l]"), ("2 n + 1", "(2 n + 1)×1"), ("n_a + n_x x m", "(n_a + n_x)×m"),
    ],
)  # fmt: skip
def test_shape(text: str, shape: str) -> None:
    found = parse_shape(text, 0)
    assert not isinstance(found, Trouble)
    assert shape == show(found)


@pytest.mark.parametrize("text", ["0 x m", "n x -1", "n x 2.5", "n x", "n m)", "", "n0 x ?", "n x m/0"])
def test_bad_dimension(text: str) -> None:
    found = parse_shape(text, 3)
    assert isinstance(found, Trouble)
    assert found.code == "SC112"


def test_declared_names() -> None:
    text = '∂L/∂W, self.W, grads["W1"], s[t-1], W_2: (n, m)'
    (statement,) = notations["plain"].parse(Window((Piece(text, 0),))).statements
    assert isinstance(statement, Declaration)
    assert list(map(dump, statement.names)) == ["(derivative L W)", "self.W", 'grads["W1"]', "s[t-1]", "W_2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dZ = (W2' * dZ2) .* g'(Z)", True),
        ("A.^2", True),
        ("W2.T dZ2 .* g", False),
        ("W2 dZ2 .* g", False),
        ("(W_{l+1} d_{l+1}) .* f'(z_l)", False),
        ("c{1} .* x", True),
        ("A * B", False),
    ],
)
def test_is_matlab(text: str, expected: bool) -> None:
    assert expected == is_matlab(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Z = W * X .+ b", "julia"),
        ("dZ = (W' * dA) .* (Z .> 0)", "julia"),
        ("M = (y .== t) * 1", "julia"),
        ("dZ = (W' * dA) .* (Z > 0)", "matlab"),
        ("y = 1. + x", "plain"),
        ("y = x ... + z", "plain"),
        ("dZ1 = W2.T dZ2 * g1'(Z1)", "plain"),
    ],
)
def test_notation_of_a_file(text: str, expected: str) -> None:
    assert name_of_file(text) == expected
