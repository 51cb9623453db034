"""The table of symbols: in order, as they are spelled first, with the shape and its origin."""

from __future__ import annotations

import re

from shapecheck.explain.table import as_json, table
from shapecheck.settings import Settings
from shapecheck.text import Source

FILE = """\
W: 3 x 4
lam, mu: scalar

A = lam W B
B = W.T
C = q W
dW = 1/k A B.T
"""


def listed(text: str, *shapes: str, convention: str | None = None) -> list[tuple[str, str, str]]:
    rows = table(Source(text), Settings(shapes=shapes, convention=convention))
    return [(row.symbol, row.shape, row.known.words) for row in rows]


def test_a_formula() -> None:
    convention = "coursera: columns are examples"
    assert listed("dZ1 = W2.T dZ2 * g1'(Z1) + 1/m", "W2: n_h x n1") == [
        ("dZ1", "n1×m", "gradient of Z1"),
        ("W2", "n_h×n1", "option -s"),
        ("dZ2", "n_h×m", "gradient of Z2"),
        ("Z1", "n1×m", convention),
        ("m", "scalar", "a dimension"),
        ("n1", "scalar", "a dimension"),
        ("n_h", "scalar", "a dimension"),
    ]


def test_a_file() -> None:
    assert listed(FILE) == [
        ("W", "3×4", "declared on line 1"),
        ("lam", "scalar", "declared on line 2"),
        ("mu", "scalar", "declared on line 2"),
        ("A", "3×3", "from line 4: A = lam W B"),
        ("B", "4×3", "from line 5: B = W.T"),
        ("C", "?", "unknown"),
        ("q", "?", "unknown"),
        ("dW", "3×4", "gradient of W"),
        ("k", "scalar", "a scalar, by its letter"),
    ]


def test_the_first_spelling_is_shown() -> None:
    assert [row[0] for row in listed("Z_1 = W[1] X\nA1 = g(Z1)", convention="coursera")] == [
        "Z_1", "W[1]", "X", "A1", "n1", "m", "n0",
    ]  # fmt: skip


def test_derivatives() -> None:
    rows = listed("∂L/∂W1 = ∂L/∂Z1 X.T")
    assert [row[0] for row in rows[:3]] == ["∂L/∂W1", "∂L/∂Z1", "X"]
    assert rows[0][1:] == ("n1×n0", "gradient of W1")
    assert [row[0] for row in listed("∂Z1/∂W1")][:2] == ["Z1", "W1"]


def test_a_declared_gradient_declares_its_variable() -> None:
    assert ("V", "3×4", "from its gradient dV") in listed("dV: 3 x 4\nQ = V V.T")


def test_parameters_and_components() -> None:
    rows = listed("U = np.zeros((p_1, 1)) + w_{pq} + I")
    assert ("w_{pq}", "scalar", "one entry of an array") in rows
    assert ("I", "?", "the identity, of any size") in rows
    assert any(row[0] == "p_1" for row in rows)


def test_sizes() -> None:
    assert ("m", "scalar", "a dimension, 5") in listed("@sizes m=5\ndb1 = 1/m dZ1")


def test_a_long_equation_is_cut() -> None:
    ((_, _, words), *_) = listed("Q = W1 X + W1 X + W1 X + W1 X + W1 X + W1 X")
    assert words == "from line 1: Q = W1 X + W1 X + W1 X + W1 X + W1 X +…"[: len(words)]
    assert words.endswith("…")


def test_json() -> None:
    found = as_json(table(Source("W: 3 x n\nu = W v")))
    assert found["version"] == 1
    assert found["symbols"][0] == {
        "symbol": "W",
        "function": None,
        "shape": [3, "n"],
        "origin": "declaration",
        "line": 1,
        "from": "declared on line 1",
    }
    assert found["symbols"][2]["shape"] is None


def test_an_empty_text() -> None:
    assert listed("") == []


PROGRAM = '''\
import numpy as np

LR = 0.1


def step(x, w):
    """A step.

    x: array of shape (N, D)
    w: array of shape (D, M)
    """
    z = x @ w
    if z is None:
        z = twice(x) @ w
    return z


def twice(x):
    """Double.

    x: array of shape (K, L)
    """
    for _ in range(2):
        x = 2 * x
    return x


class Net:
    def __init__(self, n_in):
        self.W = np.zeros((n_in, 7))

    def forward(self, v):
        return v @ self.W


y = step(np.zeros((3, 4)), np.zeros((4, 5)))
'''


def test_functions_are_kept_apart_and_nothing_internal_is_shown() -> None:
    rows = table(Source(PROGRAM, "a.py"), Settings())
    found = [(row.function, row.symbol, row.shape) for row in rows]
    assert found == [
        ("", "LR", "scalar"),
        ("", "y", "3×5"),
        ("step", "z", "N×M"),
        ("step", "x", "N×D"),
        ("step", "w", "D×M"),
        ("twice", "x", "K×L"),
        ("Net.__init__", "self.W", "n_in×7"),
        ("Net.__init__", "n_in", "scalar"),
        ("Net.forward", "v", "?"),
        ("Net.forward", "self.W", "n_in×7"),
        *[("", name, "scalar") for name in ("N", "M", "D", "K", "L")],
    ]
    assert not any(re.search(r"@\d", f"{row.symbol} {row.known.words}") for row in rows)
    assert [each["function"] for each in as_json(rows)["symbols"]] == [row.function or None for row in rows]
