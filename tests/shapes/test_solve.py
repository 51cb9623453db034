"""The solver: unknown dimensions, deferred broadcasting, and statements undone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.shapes.constraints import Clash
from shapecheck.shapes.dims import ONE, Dim, Var, multiple, number, prune, symbol
from shapecheck.shapes.signature import apply, parse_signature
from shapecheck.shapes.solve import Solver

N, M, K = symbol("n"), symbol("m"), symbol("k")
SHAPES = st.lists(st.sampled_from((1, 2, 3, 5)), max_size=4).map(tuple)


@given(st.lists(SHAPES, min_size=1, max_size=4))
def test_broadcasting_is_numpys(shapes: list[tuple[int, ...]]) -> None:
    ours = Solver(mathematics=False).broadcast_shapes(tuple(tuple(map(number, shape)) for shape in shapes))
    try:
        theirs = np.broadcast_shapes(*shapes)
    except ValueError:
        assert isinstance(ours, Clash)
    else:
        assert ours == tuple(map(number, theirs))


@given(SHAPES, SHAPES)
def test_the_signature_of_a_product_is_numpys(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    signature = parse_signature("(n,k),(k,m)->(n,m)")
    ours = apply(signature, (tuple(map(number, left)), tuple(map(number, right))), Solver())
    if len(left) < 2 or len(right) < 2:
        assert isinstance(ours, Clash)
        assert ours.kind == "rank"
        return
    try:
        theirs = np.matmul(np.zeros(left), np.zeros(right)).shape
    except ValueError:
        assert isinstance(ours, Clash)
    else:
        assert ours == tuple(map(number, theirs))


def test_a_clash_names_the_arguments_and_axes() -> None:
    clash = Solver().broadcast_shapes(((ONE, M), (N, M), (M, M)))
    assert isinstance(clash, Clash)
    assert (clash.arguments, clash.axes, clash.dims) == ((1, 2), (0, 0), (N, M))


def test_an_unknown_beside_a_known_dimension_stays_unknown() -> None:
    solver, unknown = Solver(), Var()
    assert solver.broadcast(unknown, N) is N
    assert prune(unknown) is unknown


def test_a_deferred_broadcast_is_checked_when_the_unknown_is_found() -> None:
    solver, unknown = Solver(), Var()
    solver.broadcast(unknown, N)
    assert not solver.unify(unknown, M)
    assert solver.unify(unknown, ONE)


def test_an_eager_unknown_is_what_it_is_broadcast_with() -> None:
    solver, unknown = Solver(), Var(eager=True)
    assert solver.broadcast(unknown, N) is N
    assert prune(unknown) is N


@pytest.mark.parametrize(("dim", "fits"), [(ONE, True), (M, True), (N, False), (number(7), False)])
def test_an_unknown_is_one_of_those_that_it_can_be(dim: Dim, fits: bool) -> None:
    assert Solver().unify(Var(among=(ONE, M)), dim) is fits
    free, bound = Var(), Var(among=(ONE, M))
    solver = Solver()
    assert solver.unify(bound, free)
    assert solver.unify(free, dim) is fits


def test_a_statement_is_undone() -> None:
    solver, unknown = Solver(), Var()
    mark = solver.mark()
    solver.broadcast(unknown, N)
    solver.unify(unknown, N)
    solver.undo(mark)
    assert prune(unknown) is unknown
    assert solver.unify(unknown, M)


def test_a_multiple_tells_its_factor_and_is_told_by_it() -> None:
    solver, side = Solver(), Var()
    product = multiple(side, N)
    assert solver.unify(product, N * M)
    assert prune(side) is M

    solver, side = Solver(), Var()
    product = multiple(side, N)
    assert solver.unify(side, M)
    assert prune(product) is N * M
    assert not solver.unify(multiple(Var(), N), M)


def test_two_multiples_are_multiples_of_both() -> None:
    solver, one, other = Solver(), Var(), Var()
    left, right = multiple(one, N * M), multiple(other, N * K)
    assert solver.unify(left, right)
    assert solver.unify(left, N * M * K)
    assert (prune(one), prune(other)) == (K, M)


def test_nothing_is_a_multiple_of_itself() -> None:
    side = Var()
    assert not Solver().unify(multiple(side, N), side)
    assert not Solver().unify(side, multiple(side, N))


def test_the_factor_of_a_multiple_is_undone() -> None:
    solver, side = Solver(), Var()
    mark = solver.mark()
    assert solver.unify(multiple(side, N), N * M)
    solver.undo(mark)
    assert prune(side) is side
