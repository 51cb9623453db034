"""What is said of wrong formulas: the message, and the notes that come before those about the origin of shapes."""

from __future__ import annotations

import re

import pytest

from shapecheck.check import check
from shapecheck.conventions import Convention, Layout
from shapecheck.diagnostic import Diagnostic
from shapecheck.settings import Settings
from shapecheck.survey import Survey
from shapecheck.text import Source

SAID = {
    "dZ1 = dZ2 W2.T * g1'(Z1)": ("inner dimensions differ: dZ2 is n2×m, W2.T is n1×n2",),
    "dZ[1] = dZ[2] W[2]T * g[1]'(Z[1])": ("inner dimensions differ: dZ[2] is n2×m, W[2]T is n1×n2",),
    "Z1 = W1.T X + b1": (
        "inner dimensions differ: W1.T is n0×n1, X is n0×m",
        "as written it fits only if n1 = n0",
    ),
    "dZ1 = dA1 * g2'(Z2)": (
        "elementwise shapes differ: dA1 is n1×m, g2'(Z2) is n2×m",
        "`*` multiplies entry by entry: along each axis the sizes must be equal, or one of them 1",
        "as written it fits only if n1 = n2",
    ),
    "dZ2 = A2.T - Y": (
        "elementwise shapes differ: A2.T is m×n2, Y is n2×m",
        "one has the shape of the other transposed, n2×m",
    ),
    "db1 = dZ1": (
        "db1 must have the shape of b1, n1×1, but the right side is n1×m",
        "dZ1 has a column for each example; the gradient of b1 is the sum over them",
        "as written it fits only if m = 1",
    ),
    "dW2 = A1 dZ2.T": (
        "dW2 must have the shape of W2, n2×n1, but the right side is n1×n2",
        "A1 dZ2.T is transposed: expected n2×n1, found n1×n2",
        "if your gradients are in numerator layout (transposed), declare it: dW2: n1 x n2",
        "as written it fits only if n1 = n2",
    ),
    "db1 = np.sum(dZ1)": (
        "db1 must have the shape of b1, n1×1, but the right side is a scalar",
        "this sums over everything; over the columns of dZ1 (axis=1, keepdims=True) it is n1×1",
    ),
    "db1 = np.sum(dZ1, axis=1)": (
        "expected a column, found rank 1: np.sum(dZ1, axis=1) is (n1,), db1 is n1×1",
        "without keepdims=True the axis is dropped; with it, np.sum(dZ1, axis=1) is n1×1",
    ),
    "b2 -= lr * dZ2": (
        "the result is larger than b2: b2 is n2×1, with lr * dZ2 it is n2×m",
        "broadcasting repeats b2 for each of the m columns",
    ),
    "∂L/∂W2 = ∂L/∂Z2 ∂Z2/∂W2": (
        "∂Z2/∂W2 is a tensor of rank 4, n2×m×n2×n1, not a matrix: it cannot be a factor of a product",
        "∂Z2/∂W2 has one number for each pair of an entry of Z2 and an entry of W2",
        "the scalar chain rule multiplies derivatives; for matrices it sums over all entries, and the result is "
        "a different product (`shapecheck explain` shows an example in numbers)",
    ),
    "∂L/∂W2 = A1 ∂L/∂Z2": ("inner dimensions differ: A1 is n1×m, ∂L/∂Z2 is n2×m",),
    "A: n x m\nnp.sum(A, axis=2)": ("there is no axis 2: A is n×m", "axes are counted from 0: it has axes 0 and 1"),
    "A: n x m\nB: n x k\n[A; B]": (
        "the blocks differ: A is n×m, B is n×k",
        "blocks on top of each other need the same number of columns",
        "as written it fits only if m = k",
    ),
    "A: n x k\nB: m x k\nnp.einsum('ij,jk->ik', A, B)": (
        "einsum 'ij,jk->ik': j is k in A, m in B",
        "as written it fits only if k = m",
    ),
    "A: 6 x m\nA.reshape(4, m)": (
        "the new shape has a different number of entries: A is 6×m",
        "6×m has 6 m entries, the new shape 4 m",
    ),
    "X: m x n\ninv(X)": ("an inverse needs a square matrix: X is m×n",),
    "A, B: n x n\nA^B": ("an exponent must be a scalar: B is n×n",),
    "x: (n,)\nz: (k,)\nW: k x n\nW = z x.T": (
        "x.T is (n,), like x: transposing a rank-1 array does nothing",
        "the transpose of a column, n×1, is a row, 1×n",
        "np.outer(z, x) is the product of a column and a row",
    ),
    "x, z: (n,)\nW: n x n\nW = z x.T": (
        "x.T is (n,), like x: transposing a rank-1 array does nothing",
        "the transpose of a column, n×1, is a row, 1×n",
    ),
    "x: (n,)\nW: k x n\nx.T W": ("inner dimensions differ: x.T is (n,), W is k×n",),
    "X: N x D\nX - mean(X, axis=1)": (
        "expected a column, found rank 1: mean(X, axis=1) is (N,), X is N×D",
        "without keepdims=True the axis is dropped; with it, mean(X, axis=1) is N×1",
    ),
    "a: n x 1\nr: 1 x m\nc = a + r": ("the sum is larger than its terms: a is n×1, r is 1×m, the sum n×m",),
    "Z1 = W1 * X + b1": (
        "`*` is elementwise; only the matrix product fits here",
        "write the matrix product without an operator, or with `@`",
    ),
    "dW1 = dA1 ⊙ g1'(Z1) X.T": (
        "the matrix product takes precedence over the elementwise one; only (dA1 ⊙ g1'(Z1)) X.T fits here",
        "add the brackets: without them, the matrix product comes first",
    ),
    "dZ1 = g1'(Z1) * W2.T @ dZ2": (
        "`*` and `@` have the same precedence and group from the left; only g1'(Z1) * (W2.T @ dZ2) fits here",
        "in Python this fails: add the brackets",
    ),
}
"""A text, the message of its only finding, and the notes on what is wrong."""

ASIDE = ("shapes from the ", "shape", "the formula is right as written in ", "shapes alone ")
"""How the notes begin that tell where shapes come from, where they fit, and of several fixes."""


def only_finding(text: str, *options: str) -> Diagnostic:
    """The one finding of a text."""
    path = "example.formulas" if "\n" in text else "<formula>"
    (found,) = check(Source(text, path), Settings(shapes=options)).diagnostics
    return found


@pytest.mark.parametrize("text", SAID)
def test_words(text: str) -> None:
    found = only_finding(text)
    assert (found.message, *(note for note in found.notes if not note.startswith(ASIDE))) == SAID[text]


def test_both_operands_are_labelled() -> None:
    text = "dZ1 = dZ2 W2.T * g1'(Z1)"
    found = only_finding(text)
    assert [(text[slice(*label.span)], label.message) for label in found.labels] == [
        ("dZ2", "n2×m: m columns"),
        ("W2.T", "n1×n2: n1 rows"),
    ]
    assert text[slice(*found.span)] == "dZ2 W2.T"


def test_the_convention_and_the_other_layout_are_told() -> None:
    assert only_finding("dZ1 = dZ2 W2.T * g1'(Z1)").notes == (
        "shapes from the coursera convention (columns are examples); override with -s",
        "the formula is right as written in the batch-first layout (rows are examples)",
    )


def test_what_the_convention_supplies_is_named_beside_declarations() -> None:
    notes = only_finding("W2: n2 x n1\ndZ1 = dZ2 W2.T\n").notes
    assert "the shapes of dZ2 by the coursera" not in notes
    assert notes[0] == "shape of dZ2 from the coursera convention (columns are examples); override with a declaration"
    text = "A: n x k\nB: n x m\nA B\n"
    assert not any("convention" in note for note in only_finding(text).notes)


def test_latex_in_plain_text_is_pointed_out() -> None:
    (found,) = check(Source("dW1 = \\frac dZ1"), Settings(notation="matlab")).diagnostics
    assert found.notes == ("for LaTeX, use --notation latex",)


@pytest.mark.parametrize(
    ("text", "convention", "why"),
    [
        ("y = A x + b", None, 'the shapes of A, x and b are not known; declare them, as in -s "A: n x m"'),
        ("q = u", None, 'the shape of u is not known; declare it, as in -s "u: n x m"'),
        ("q = foo(W1)", None, 'the shape of foo(W1) is not known; declare it, as in -s "foo(W1): n x m"'),
        (
            "Z1 = W1",
            "none",
            "the shape of W1 is not known, and the convention `none` supplies no shapes; "
            'declare it, as in -s "W1: n x m"',
        ),
        (
            "q = a b c d f h",
            None,
            'the shapes of a, b, c, d and 2 others are not known; declare them, as in -s "a: n x m"',
        ),
        ("q = W1 X", None, ""),
    ],
)
def test_what_is_missing_is_named(text: str, convention: str | None, why: str) -> None:
    (formula,) = check(Source(text), Settings(convention=convention)).formulas
    assert formula.why == why


def test_where_no_convention_is_chosen_that_is_said() -> None:
    (formula,) = check(Source("The gradient is $dW_1 = dZ_1 X$.\n", "n.md")).formulas
    assert "no convention is chosen (--convention coursera would supply them)" in formula.why


def test_an_unknown_shape_is_an_error_on_its_formula_under_strict() -> None:
    (formula,) = check(Source("y = A x"), Settings(strict=True)).formulas
    assert formula.status == "error"
    (formula,) = check(Source("y = A x"), Settings(strict=True, ignore=("SC110",))).formulas
    assert formula.status == "unknown"


def test_the_line_that_a_shape_comes_from_is_shown() -> None:
    text = "W2: n2 x n1\nA1, Q: n1 x m\nT = A1 + Q\nZ = T W2\n"
    labels = [(text[slice(*label.span)], label.message) for label in only_finding(text).labels]
    assert labels[2:] == [
        ("T = A1 + Q", "T is n1×m from this equation"),
        ("W2: n2 x n1", "W2 is declared as n2×n1 here"),
    ]


def test_a_gradient_is_told_by_its_variable() -> None:
    text = "V: n x k\nU: k x n\ndV = U\n"
    labels = [label.message for label in only_finding(text).labels]
    assert labels == [
        "dV has the shape of V, n×k",
        "k×n",
        "V is declared as n×k here",
        "U is declared as k×n here",
    ]


def test_an_option_is_told() -> None:
    found = only_finding("Z1 = W1 X", "W1: 4 x 3", "X: 9 x 5")
    assert found.notes == ("W1 is 4×3 and X is 9×5, set by -s",)


def test_equalities_that_make_every_matrix_square_are_not_told() -> None:
    assert not [note for note in only_finding("A: n x m\nA A\n").notes if "only if" in note]


def test_sides_that_differ_in_one_way_are_one_finding() -> None:
    assert only_finding("A, B: n x m\nY: m x n\nY = A = B\n").code == "SC203"


@pytest.mark.parametrize(
    "text",
    [
        "A: n x m\nB: k x p\nC: n x p\nC = A B\n",
        "A: n x m\nB: k x p\nC: q x p\nC = A B\n",
        "A: n x m\nB: n x k\nA * B\n",
        "X: m x (p + q)\nV: r x k\nX V\n",
        "A: n x m\nB: k x m\n[A, B; B, B]\n",
    ],
)
def test_with_the_equalities_the_statement_fits(text: str) -> None:
    found = only_finding(text)
    said = next(
        note.removeprefix("as written it fits only if ") for note in found.notes if note.startswith("as written ")
    )
    for equality in re.split(r", | and ", said):
        name, dim = equality.split(" = ")
        text = re.sub(rf"\b{name}\b", f"({dim})" if " " in dim else dim, text)
    assert check(Source(text, "example.formulas")).diagnostics == []


def test_the_nearest_known_name_is_told() -> None:
    text = "weights: n x k\nA: k x m\nZ = weihgts A\n"
    (found,) = check(Source(text, "example.formulas"), Settings(strict=True)).diagnostics
    assert found.message == "the shape of weihgts is not known; declare it: weihgts: n x m"
    assert found.notes == ("did you mean weights?",)


def test_the_earlier_declaration_is_shown() -> None:
    text = "V: n x k\nV: k x n\nV + V\n"
    found = only_finding(text)
    assert found.message == "V is declared as k×n here, but was declared as n×k before"
    labels = [(text[slice(*label.span)], label.message) for label in found.labels]
    assert labels == [("V: k x n", "k×n"), ("V: n x k", "V is declared as n×k here")]


def test_a_variable_is_told_by_its_gradient() -> None:
    text = "dV: n x k\nA: n x m\nV A\n"
    labels = [label.message for label in only_finding(text).labels]
    assert labels[2:] == ["V is n×k, the shape of the gradient here", "A is declared as n×m here"]


def test_the_usual_layout_is_made_once_for_all_that_is_not_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows all names of a file: made for each line, it costs the square of their number."""
    made: list[str] = []
    begin = Layout.__init__

    def counted(self: Layout, convention: Convention, survey: Survey) -> None:
        made.append(convention.name)
        begin(self, convention, survey)

    monkeypatch.setattr(Layout, "__init__", counted)

    def layouts(count: int) -> int:
        made.clear()
        check(Source("".join(f"if a:\n    y{each} = x @ w\n" for each in range(count)), "x.py"), Settings())
        return len(made)

    assert layouts(40) == layouts(4)
