"""Every operation on its samples: the shape rule, numpy and sympy say the same."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import numpy as np
import pytest
import sympy

from shapecheck.evaluate import draw, evaluate, length
from shapecheck.ops import ops
from shapecheck.shapes.constraints import Clash
from shapecheck.shapes.dims import Dim, Shape, Var, number, prune
from shapecheck.shapes.solve import Solver
from shapecheck.symbolic import NotAMatrix, dimension, to_sympy
from shapecheck.syntax.nodes import Apply, Name

from .samples import SAMPLES, WITHOUT_NUMPY, Sample, shape

CASES = [
    pytest.param(name, sample, id=f"{name}-{'-'.join(sample.shapes)}-{index}")
    for name, samples in SAMPLES.items()
    for index, sample in enumerate(samples)
]
SYMPY_CASES = [case for case in CASES if ops()[case.values[0]].sympy is not None]  # type: ignore[index]


def infer(name: str, shapes: tuple[Shape, ...], sample: Sample) -> Shape:
    rule = ops()[name].shape
    assert rule is not None
    result = rule(Solver(sample.mathematics), shapes, sample.params)
    assert result is not None and not isinstance(result, Clash), result
    return result


def compatible(found: Any, true: Shape) -> bool:
    """Whether a shape says nothing that is false of the true one."""
    if found is None:
        return True
    if isinstance(found, Clash) or len(found) != len(true):
        return False
    return all(isinstance(prune(dim), Var) or prune(dim) is there for dim, there in zip(found, true, strict=True))


@pytest.mark.parametrize(("name", "sample"), CASES)
def test_unknown_arguments_never_clash_nor_mislead(name: str, sample: Sample) -> None:
    known = tuple(map(shape, sample.shapes))
    true = infer(name, known, sample)
    rule = ops()[name].shape
    assert rule is not None
    for place, dims in enumerate(known):
        others = [None, *((*dims[:axis], Var(), *dims[axis + 1 :]) for axis in range(len(dims)))]
        for other in others:
            found = rule(Solver(sample.mathematics), (*known[:place], other, *known[place + 1 :]), sample.params)
            assert compatible(found, true), (other, found)


def node(name: str, sample: Sample) -> Apply:
    names = (Name(f"A{place}", "A", key=f"A{place}") for place, _ in enumerate(sample.shapes))
    return Apply(name, tuple(names), sample.params)


def drawn(sample: Sample, known: tuple[Shape, ...]) -> tuple[dict[str, Any], dict[str, int]]:
    shapes = {f"A{place}": dims for place, dims in enumerate(known)}
    in_params = tuple(symbols_of(tuple(sample.params.values())))
    values, sizes = draw({**shapes, "parameters": in_params}, seed=1)
    if sample.positive:
        values = {name: 0.1 + 0.8 / (1 + np.exp(-value)) for name, value in values.items()}
    if sample.mask:
        values = {name: (value > 0) * 1.0 for name, value in values.items()}
    return values, sizes


def symbols_of(value: Any) -> list[Dim]:
    if isinstance(value, tuple):
        return [dim for item in value for dim in symbols_of(item)]
    return [value] if isinstance(value, Dim) else []


def test_every_operation_has_a_sample_or_a_reason() -> None:
    assert set(SAMPLES) | set(WITHOUT_NUMPY) == set(ops())
    assert not set(SAMPLES) & set(WITHOUT_NUMPY)
    assert all(ops()[name].numpy is None for name in set(WITHOUT_NUMPY) - {"shape_of"})


@pytest.mark.parametrize(("name", "sample"), CASES)
def test_symbolic_shape_is_that_of_numpy(name: str, sample: Sample) -> None:
    known = tuple(map(shape, sample.shapes))
    values, sizes = drawn(sample, known)
    value = evaluate(node(name, sample), values, sizes)
    assert tuple(length(dim, sizes) for dim in infer(name, known, sample)) == np.shape(value)


@pytest.mark.parametrize(("name", "sample"), CASES)
def test_concrete_shape_is_that_of_numpy(name: str, sample: Sample) -> None:
    known = tuple(map(shape, sample.shapes))
    values, sizes = drawn(sample, known)
    concrete = tuple(tuple(number(length(dim, sizes)) for dim in dims) for dims in known)
    params = {key: in_numbers(value, sizes) for key, value in sample.params.items()}
    found = infer(name, concrete, sample._replace(params=params))
    assert tuple(length(dim, {}) for dim in found) == np.shape(evaluate(node(name, sample), values, sizes))


def in_numbers(value: Any, sizes: dict[str, int]) -> Any:
    if isinstance(value, tuple):
        return tuple(in_numbers(item, sizes) for item in value)
    return number(length(value, sizes)) if isinstance(value, Dim) else value


@pytest.mark.parametrize(("name", "sample"), SYMPY_CASES)
def test_sympy_form_has_the_same_shape_and_value(name: str, sample: Sample) -> None:
    known = tuple(map(shape, sample.shapes))
    tree = node(name, sample)
    result = infer(name, known, sample)
    shapes = {id(argument): dims for argument, dims in zip(tree.args, known, strict=True)} | {id(tree): result}
    try:
        expression = to_sympy(tree, shapes)
    except NotAMatrix:
        ranks = [len(dims) for dims in (*known, result)]
        assert max(ranks) > 2 or name in PARTLY or (name in NOT_RANK_ONE and 1 in ranks)
        return
    rows_and_columns = (*map(dimension, result), 1)[:2] if result else ()
    assert getattr(expression, "shape", ()) == rows_and_columns
    values, sizes = drawn(sample, known)
    expected = evaluate(tree, values, sizes)
    found = numeric(expression, values, sizes)
    assert found.size == np.size(expected)
    assert found.ravel() == pytest.approx(np.ravel(np.asarray(expected, dtype=float)), rel=1e-6, abs=1e-9)


PARTLY = {
    **{"slice": "a new axis", "concatenate": "axis=None", "eye": "not square", "diag": "k, not square"},
    **{"left_divide": "least squares", "right_divide": "least squares", "vector_norm": "other orders than 1"},
}
NOT_RANK_ONE = ("hstack", "kron", "outer", "vstack")


def numeric(expression: Any, values: dict[str, Any], sizes: dict[str, int]) -> Any:
    """The value of a sympy expression for these arrays."""
    symbols = {symbol: sizes[symbol.name] for symbol in expression.free_symbols if getattr(symbol, "name", "") in sizes}
    sized = expression.subs(symbols)
    arrays = {}
    for symbol in sized.free_symbols | sized.atoms(sympy.MatrixSymbol):
        if symbol.name in values:
            array = np.atleast_1d(values[symbol.name])
            matrix = sympy.ImmutableDenseMatrix(array.reshape(array.shape[0], -1))
            arrays[symbol] = matrix if getattr(symbol, "is_Matrix", False) else matrix[0]
    phase = crc32(b"g") % 628 / 100
    sized = sized.replace(sympy.Function("g"), lambda x: 0.5 + 0.4 * sympy.sin(x + phase))
    sized = sized.replace(sympy.Derivative, lambda function, *variables: function.diff(*variables))
    found = sized.subs(arrays).doit().replace(sympy.Trace, lambda matrix: matrix.as_explicit().trace())
    found = found.as_explicit() if getattr(found, "is_Matrix", False) else sympy.Matrix([[found]])
    return np.array(found.evalf().tolist(), dtype=float)
