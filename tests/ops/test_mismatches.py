"""Where numpy refuses arrays there is a clash, and where it takes them there is none and the shape is numpy's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.ops import ops
from shapecheck.shapes.constraints import Clash
from shapecheck.shapes.dims import number
from shapecheck.shapes.solve import Solver

DIMS = st.sampled_from((1, 2, 3))
AXES = st.integers(-4, 3)


def shapes(low: int = 0, high: int = 3) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(DIMS, min_size=low, max_size=high).map(tuple)


def agree(name: str, arrays: tuple[tuple[int, ...], ...], **params: Any) -> None:
    """The rule of an operation and its numpy form say the same of these shapes."""
    op = ops()[name]
    assert op.shape is not None and op.numpy is not None
    known = tuple(tuple(map(number, array)) for array in arrays)
    found = op.shape(Solver(mathematics=False), known, params)
    assert found is not None
    try:
        value = op.numpy(np, *(np.full(array, 0.5) for array in arrays), **params)
    except (ValueError, IndexError, np.exceptions.AxisError, np.linalg.LinAlgError) as error:
        assert isinstance(found, Clash), error
        assert all(place < len(arrays) for place in found.arguments)
        return
    assert not isinstance(found, Clash), found
    assert tuple(map(str, found)) == tuple(map(str, np.shape(value)))


@pytest.mark.parametrize("name", ["add", "hadamard", "divide", "maximum", "compare", "where", "power"])
@given(st.data())
def test_broadcasting(name: str, data: st.DataObject) -> None:
    count = 3 if name == "where" else 2
    agree(name, tuple(data.draw(shapes()) for _ in range(count)))


@given(st.lists(shapes(), min_size=2, max_size=4))
def test_sums_of_many(arrays: list[tuple[int, ...]]) -> None:
    agree("add", tuple(arrays))


@given(shapes(), shapes())
def test_matmul(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    agree("matmul", (left, right))


@given(shapes(0, 2), shapes(0, 2))
def test_dot(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    agree("np_dot", (left, right))


@pytest.mark.parametrize("name", ["sum", "mean", "max", "argmax", "std", "logsumexp"])
@given(shapes(1), AXES | st.none(), st.booleans())
def test_reductions(name: str, array: tuple[int, ...], axis: int | None, keepdims: bool) -> None:
    agree(name, (array,), axis=axis, keepdims=keepdims)


@given(shapes(1), st.lists(AXES, max_size=3).map(tuple), st.booleans())
def test_sums_over_several_axes(array: tuple[int, ...], axes: tuple[int, ...], keepdims: bool) -> None:
    agree("sum", (array,), axis=axes, keepdims=keepdims)


@given(st.lists(shapes(), min_size=1, max_size=3), AXES | st.none())
def test_concatenation(arrays: list[tuple[int, ...]], axis: int | None) -> None:
    agree("concatenate", tuple(arrays), axis=axis)


@given(st.lists(shapes(), min_size=1, max_size=3), AXES)
def test_stack(arrays: list[tuple[int, ...]], axis: int) -> None:
    agree("stack", tuple(arrays), axis=axis)


@pytest.mark.parametrize("name", ["vstack", "hstack", "column_stack"])
@given(st.lists(shapes(), min_size=1, max_size=3))
def test_stacks(name: str, arrays: list[tuple[int, ...]]) -> None:
    agree(name, tuple(arrays))


@given(shapes(), st.lists(st.sampled_from((-1, 1, 2, 3, 6)), max_size=3).map(tuple))
def test_reshape(array: tuple[int, ...], target: tuple[int, ...]) -> None:
    agree("reshape", (array,), shape=target)


@given(shapes(), shapes())
def test_broadcast_to(array: tuple[int, ...], target: tuple[int, ...]) -> None:
    agree("broadcast_to", (array,), shape=target)


@given(shapes(1), AXES)
def test_squeeze(array: tuple[int, ...], axis: int) -> None:
    agree("squeeze", (array,), axis=axis)


@given(shapes(), AXES)
def test_expand_dims(array: tuple[int, ...], axis: int) -> None:
    agree("expand_dims", (array,), axis=axis)


@given(shapes(), AXES, AXES)
def test_swapaxes(array: tuple[int, ...], one: int, other: int) -> None:
    agree("swapaxes", (array,), axis1=one, axis2=other)


@given(shapes(), st.lists(AXES, min_size=1, max_size=3).map(tuple))
def test_permute(array: tuple[int, ...], axes: tuple[int, ...]) -> None:
    if len(axes) == len(array):
        agree("permute", (array,), axes=axes)


@pytest.mark.parametrize("name", ["inverse", "det"])
@given(shapes(1))
def test_square(name: str, array: tuple[int, ...]) -> None:
    op = ops()[name]
    assert op.shape is not None
    found = op.shape(Solver(mathematics=False), (tuple(map(number, array)),), {})
    assert isinstance(found, Clash) is (len(array) < 2 or array[-1] != array[-2])


@given(shapes(2, 2), shapes(1, 2))
def test_solve(matrix: tuple[int, ...], right: tuple[int, ...]) -> None:
    found = ops()["solve"].shape(Solver(mathematics=False), (tuple(map(number, matrix)), tuple(map(number, right))), {})  # type: ignore[misc]
    assert isinstance(found, Clash) is (matrix[0] != matrix[1] or matrix[1] != right[0])


@pytest.mark.parametrize("name", ["outer", "kron"])
@given(shapes(), shapes())
def test_outer_products(name: str, left: tuple[int, ...], right: tuple[int, ...]) -> None:
    agree(name, (left, right))


SPECS = st.sampled_from(
    ("ij,jk->ik", "ij,jk", "ij,ij->", "ii", "ij,j->i", "i,j->ij", "bij,bjk->bik", "ij->ji", "ij,k", "ij->k")
)


@given(SPECS, st.lists(shapes(1), min_size=1, max_size=2))
def test_einsum(spec: str, arrays: list[tuple[int, ...]]) -> None:
    agree("einsum", tuple(arrays), spec=spec)


BOUND = st.none() | st.integers(-4, 4)
RANGE = st.tuples(st.just("range"), BOUND, BOUND, st.sampled_from((None, 1, 2, -1)))


@given(shapes(1), st.lists(RANGE | st.none() | st.just(0), min_size=1, max_size=4).map(tuple))
def test_slices(array: tuple[int, ...], items: tuple[Any, ...]) -> None:
    agree("slice", (array,), items=items)


@given(shapes(1), st.integers(1, 3), AXES | st.none())
def test_repeat(array: tuple[int, ...], repeats: int, axis: int | None) -> None:
    agree("repeat", (array,), repeats=repeats, axis=axis)


@given(shapes(), st.lists(st.integers(1, 3), max_size=4).map(tuple))
def test_tile(array: tuple[int, ...], reps: tuple[int, ...]) -> None:
    agree("tile", (array,), reps=reps)
