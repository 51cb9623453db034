"""Dimensions against sympy's polynomials, which share no code with them."""

from __future__ import annotations

import pickle

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.shapes.dims import ONE, ZERO, Dim, Var, number, show, size, substitute, symbol

SYMBOLS = st.sampled_from(("n1", "m", "n[l-1]"))
LEAVES = st.integers(-9, 9) | SYMBOLS


@st.composite
def sums(draw: st.DrawFn) -> tuple[Dim, sympy.Expr]:
    """A polynomial as ours and as sympy's."""
    ours, theirs = ZERO, sympy.Integer(0)
    for term in draw(st.lists(st.lists(LEAVES, min_size=1, max_size=3), max_size=4)):
        product, expected = ONE, sympy.Integer(1)
        for leaf in term:
            product = product * (number(leaf) if isinstance(leaf, int) else symbol(leaf))
            expected = expected * (leaf if isinstance(leaf, int) else sympy.Symbol(leaf))
        ours, theirs = ours + product, theirs + expected
    return ours, sympy.expand(theirs)


def as_sympy(dim: Dim) -> sympy.Expr:
    """Our terms as a sympy expression."""
    return sympy.Add(*(factor * sympy.Mul(*map(sympy.Symbol, monomial)) for monomial, factor in dim.terms))


@given(sums(), sums())
def test_arithmetic_is_that_of_polynomials(left: tuple[Dim, sympy.Expr], right: tuple[Dim, sympy.Expr]) -> None:
    assert as_sympy(left[0] + right[0]) == sympy.expand(left[1] + right[1])
    assert as_sympy(left[0] - right[0]) == sympy.expand(left[1] - right[1])
    assert as_sympy(left[0] * right[0]) == sympy.expand(left[1] * right[1])


@given(sums(), sums())
def test_equal_polynomials_are_one_object(left: tuple[Dim, sympy.Expr], right: tuple[Dim, sympy.Expr]) -> None:
    assert (left[0] is right[0]) == (left[1] == right[1])


@given(sums(), st.integers(1, 9))
def test_a_product_divides_exactly(dim: tuple[Dim, sympy.Expr], by: int) -> None:
    assert (dim[0] * number(by)) // number(by) is dim[0]


@given(sums())
def test_a_dimension_survives_pickling(dim: tuple[Dim, sympy.Expr]) -> None:
    assert pickle.loads(pickle.dumps(dim[0])) is dim[0]


@given(sums(), st.dictionaries(SYMBOLS, st.integers(1, 50)))
def test_substitution(dim: tuple[Dim, sympy.Expr], values: dict[str, int]) -> None:
    found = substitute(dim[0], {name: number(value) for name, value in values.items()})
    assert as_sympy(found) == sympy.expand(dim[1].subs({sympy.Symbol(name): value for name, value in values.items()}))


def test_a_quotient_that_is_not_exact_is_opaque() -> None:
    height = symbol("h") - symbol("f") + number(2) * symbol("p")
    assert str(height // symbol("s") + ONE) == "(-f + h + 2 p)//s + 1"
    assert (height // symbol("s")).symbols == ("(-f + h + 2 p)//s",)


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ((symbol("n1"), symbol("m")), "n1×m"),
        ((symbol("n1"),), "(n1,)"),
        ((), "()"),
        ((symbol("n_a") + symbol("n_x"), ONE), "(n_a + n_x)×1"),
        ((Var(), number(3)), "?×3"),
    ],
)
def test_shapes_are_written_as_people_write_them(shape: tuple[Dim, ...], text: str) -> None:
    assert show(shape) == text


def test_the_size_of_a_shape() -> None:
    assert size((symbol("n"), number(3), symbol("n"))) is number(3) * symbol("n") * symbol("n")
    assert size(()) is ONE
