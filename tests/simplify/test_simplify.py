"""What is simplified reads as in a textbook, and has the same value for every array."""

from __future__ import annotations

import random

import numpy as np
import pytest

from shapecheck.evaluate import evaluate
from shapecheck.simplify import Reader, same, simplify
from shapecheck.syntax.nodes import Name

from .reading import Formula, plain

SIZES = {"n0": 2, "n1": 3, "n2": 5, "m": 7, "k": 4}
EXTENTS = {
    "X": (2, 7), "W1": (3, 2), "W2": (5, 3), "b1": (3, 1), "Z1": (3, 7), "A1": (3, 7), "D": (3, 7),
    "Z2": (5, 7), "A2": (5, 7), "Y": (5, 7), "G": (7, 3), "P": (7, 4), "T": (7, 4), "S": (4, 4),
    "u": (4, 1), "v": (4, 1), "lam": (), "t": (), "m": (), "n0": (), "n1": (), "n2": (), "k": (),
}  # fmt: skip

CASES = {
    "-1 * -(A2 - Y)": "A2 - Y",
    "1/m (A2 - Y) + 0": "1/m (A2 - Y)",
    "1/m A2 - 1/m Y": "1/m (A2 - Y)",
    "(W1 X).T": "X.T W1.T",
    "((W1 X).T).T": "W1 X",
    "((D * 2) / m) G": "2/m D G",
    "(-Y / A2 + (1 - Y) / (1 - A2)) * A2 * (1 - A2)": "A2 - Y",
    "-1/m (Y / A2 - (1 - Y) / (1 - A2)) * A2 * (1 - A2)": "1/m (A2 - Y)",
    "A1 * (D - sum(D * A1, axis=1, keepdims=True))": "A1 * (D - sum(D * A1, axis=1, keepdims=True))",
    "D * D * D / D": "D^2",
    "sum(D / D)": "n1 m",
    "sum(2 * D, axis=1, keepdims=True)": "2 sum(D, axis=1, keepdims=True)",
    "sum(sum(D, axis=1))": "sum(D)",
    "sum(b1, axis=1, keepdims=True)": "b1",
    "mean(D, axis=1, keepdims=True)": "1/m sum(D, axis=1, keepdims=True)",
    "D * tanh'(Z1)": "D * (1 - tanh(Z1)^2)",
    "D * relu'(Z1)": "D * (Z1 > 0)",
    "1/m A2 A1.T + lam/m W2": "1/m A2 A1.T + lam/m W2",
    "1/(2 m) * (2 * (A1 - D))": "1/m (A1 - D)",
    "D / sqrt(lam)": "D / sqrt(lam)",
    "sqrt(lam)^2 D": "lam D",
    "D - (A1 + D)": "-A1",
    "-(D - A1) / t^2": "(A1 - D) / t^2",
    "(1 - A1^2) * -D": "-(1 - A1^2) * D",
    "-sum(P * (P - T), axis=1, keepdims=True)": "sum(P * (T - P), axis=1, keepdims=True)",
    "2 * (X A1.T W1) - X A1.T W1": "X A1.T W1",
    "D^-2": "1 / D^2",
    "-(1 - A1)": "A1 - 1",
    "1 - sigmoid(-Z1)": "sigmoid(Z1)",
    "sigmoid'(Z1) / sigmoid(Z1)": "1 - sigmoid(Z1)",
    "P * T - P * (P + T)": "-P^2",
    "D * A1 - D * Z1": "D * (A1 - Z1)",
    "W1 (eye(n0) X)": "W1 X",
    "sum(D / b1, axis=1, keepdims=True)": "sum(D, axis=1, keepdims=True) / b1",
    "expand_dims(sum(D, axis=1), axis=1) * D": "sum(D, axis=1, keepdims=True) * D",
}


def values(seed: int) -> dict[str, np.ndarray]:
    drawn = np.random.default_rng(seed)
    found = {name: np.asarray(drawn.uniform(0.2, 0.8, shape)) for name, shape in EXTENTS.items()}
    return found | {name: np.asarray(size) for name, size in SIZES.items()}


def agree(formula: Formula, simple: object, seed: int = 0) -> None:
    arrays = values(seed)
    before, after = (evaluate(tree, arrays, SIZES) for tree in (formula.tree, simple))  # type: ignore[arg-type]
    shape = np.broadcast_shapes(np.shape(before), np.shape(after))
    assert shape == np.shape(before)
    assert np.allclose(before, after), plain(simple)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_reads_as_in_a_textbook(text: str, expected: str) -> None:
    formula = Formula(text)
    found = simplify(formula.tree, formula.shape_of)
    assert plain(found) == expected
    agree(formula, found)


def test_a_value_is_written_by_its_name() -> None:
    formula = Formula("D * tanh'(Z1) + sigmoid'(Z1)")
    values = {"A1": "tanh(Z1)", "H": "sigmoid(Z1)"}
    names = [(Formula(text).tree, Name(name, name, key=name)) for name, text in values.items()]
    found = simplify(formula.tree, formula.shape_of, names)
    assert plain(found) == "D * (1 - A1^2) + H * (1 - H)"


def test_a_quotient_is_written_by_its_name() -> None:
    formula = Formula("(D - 1/m sum(D * Z1 / b1^2, axis=1, keepdims=True) * Z1) / b1 + 0 * A1")
    found = simplify(formula.tree, formula.shape_of, [(Formula("Z1 / b1").tree, Name("A1", "A1", key="A[1]"))])
    assert plain(found) == "(D - 1/m sum(D * A1, axis=1, keepdims=True) * A1) / b1"


def test_a_softmax_and_the_cross_entropy_collapse() -> None:
    formula = Formula("P * (-T / P - sum(-T / P * P, axis=1, keepdims=True))")
    assert plain(simplify(formula.tree, formula.shape_of)) == "P * sum(T, axis=1, keepdims=True) - T"
    targets = Reader(formula.shape_of, (), frozenset({("T", 1)}))
    assert plain(targets.simplified(formula.tree)) == "P - T"


@pytest.mark.parametrize("text", ["D - D", "D / D", "D^0 + lam", "sum(ones_like(D), axis=1, keepdims=True)"])
def test_no_axis_is_lost(text: str) -> None:
    formula = Formula(text)
    agree(formula, simplify(formula.tree, formula.shape_of))


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("D * A1 - D", "A1 * D - D", True),
        ("1/m (A2 - Y)", "-(Y - A2) / m", True),
        ("D * (1 - A1)", "D - D * A1", True),
        ("(W1 X).T", "X.T W1.T", True),
        ("1/m (A2 - Y)", "A2 - Y", False),
        ("D A1.T", "A1 D.T", False),
        ("D * (1 - A1)", "D * (1 + A1)", False),
    ],
)
def test_same(left: str, right: str, equal: bool) -> None:
    one = Formula(left)
    assert same(one.tree, Formula(right).tree, one.shape_of) is equal


def grown(rng: random.Random, depth: int) -> str:
    """A random expression of n1×m arrays."""
    if not depth:
        return rng.choice(["D", "A1", "Z1", "b1", "W1 X", "1", "2", "lam", "t"])
    one, two = (grown(rng, depth - 1) for _ in range(2))
    forms = [
        f"({one}) * ({two})", f"({one}) + ({two})", f"({one}) - ({two})", f"-({one})", f"({one})^2", f"exp({one})",
        f"({one}) / (2 + ({two})^2)", f"1/m (({one}) * D)", f"sum(({one}) * D, axis=1, keepdims=True) * ({two})",
        f"tanh'({one}) * ({two})", f"(({one}) * D) G A1", f"((({one}) * D).T).T", f"({one}) / t",
        f"sum({one}) * ({two})",
    ]  # fmt: skip
    return rng.choice(forms)


@pytest.mark.parametrize("seed", range(150))
def test_random_formulas_keep_their_values(seed: int) -> None:
    formula = Formula(f"D * ({grown(random.Random(seed), 3)})")
    agree(formula, simplify(formula.tree, formula.shape_of), seed)
