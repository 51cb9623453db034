"""Every operation on its samples: the gradient of a random linear functional of it is that of central differences."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from shapecheck.evaluate import evaluate
from shapecheck.gradient._graph import Graph
from shapecheck.gradient._sweep import fitted
from shapecheck.ops import ops
from shapecheck.ops._gradient import Differential, NoGradient
from shapecheck.shapes.dims import Shape
from shapecheck.shapes.solve import Solver
from shapecheck.syntax.nodes import Apply, Name, Node, Number

from ..ops.rarer import RARER
from ..ops.samples import SAMPLES, Sample, shape
from ..ops.test_samples import drawn, infer, node
from .numbers import central

RULED = {"atleast_1d", "atleast_2d", "broadcast_like", "masked_fill", "moveaxis"}
"""Those of the rarer operations that have a rule."""
REFUSED = {
    *("median", "dropout", "cholesky", "columns_norm", "cov", "eig", "eigh", "eigvals", "lstsq", "matrix_norm", "qr"),
    *("spectral_norm", "svd"),
    *(name for name in ops() if name.endswith("_prime")),
    *(name for name in (*RARER, "torch_svd") if name not in RULED and ops()[name].gradient is not None),
}
"""What has a gradient that has no rule here."""


def is_least_squares(name: str, sample: Sample) -> bool:
    """Whether a system has more or fewer equations than unknowns: its solution has no gradient here."""
    return name in ("left_divide", "right_divide") and "n m" in sample.shapes and "()" not in sample.shapes


CASES = [
    pytest.param(name, sample, id=f"{name}-{'-'.join(sample.shapes)}-{index}")
    for name, samples in SAMPLES.items()
    for index, sample in enumerate(samples)
    if ops()[name].gradient is not None and name not in REFUSED and not is_least_squares(name, sample)
]


def test_every_operation_has_a_gradient_or_a_reason_why_not() -> None:
    assert [op.name for op in ops().values() if (op.gradient is None) != bool(op.constant)] == []


class Trees:
    """The shapes of trees over the sample's arguments, by the rules of the operations."""

    def __init__(self, shapes: dict[str, Shape], mathematics: bool) -> None:
        self.shapes = shapes
        self.mathematics = mathematics

    def shape_of(self, tree: Node) -> Shape | None:
        if isinstance(tree, Name):
            return self.shapes.get(tree.key, ())
        if isinstance(tree, Number):
            return ()
        shapes = tuple(self.shape_of(argument) for argument in tree.args)
        params = {key: self.value(value) for key, value in tree.params.items()}
        rule = ops()[tree.op].shape
        assert rule is not None
        found = rule(Solver(self.mathematics), shapes, params)
        assert isinstance(found, tuple), (tree, found)
        return found

    def value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(self.value, value))
        if isinstance(value, Apply) and value.op == "shape_of":
            return self.shape_of(value.args[0])
        if isinstance(value, Apply) and value.op == "dimension":
            return (self.shape_of(value.args[0]) or ())[value.params["axis"]]
        return value


@pytest.mark.parametrize(("name", "sample"), CASES)
def test_the_gradient_is_that_of_central_differences(name: str, sample: Sample) -> None:
    known = tuple(map(shape, sample.shapes))
    tree, result = node(name, sample), infer(name, known, sample)
    values, sizes = drawn(sample, known)
    values = {key: np.asarray(value) for key, value in values.items()}
    weights = np.random.default_rng(5).standard_normal(np.shape(evaluate(tree, values, sizes)))

    def functional(arrays: Any) -> float:
        return float(np.sum(weights * evaluate(tree, arrays, sizes)))

    shapes = {f"A{place}": dims for place, dims in enumerate(known)} | {"g": result}
    trees = cast(Graph, Trees(shapes, sample.mathematics))
    differential = Differential(tree, tree, known, result, sample.params, sample.mathematics)
    gradient = ops()[name].gradient
    assert gradient is not None
    parts = gradient(differential, Name("g", "g", key="g"), *tree.args)
    for argument, dims, part in zip(tree.args, known, parts, strict=True):
        assert isinstance(argument, Name)
        expected = central(functional, values, argument.key)
        if part is None:
            assert np.allclose(expected, 0)
            continue
        whole = fitted(part, argument, dims, trees)
        found = np.asarray(evaluate(whole, {**values, "g": weights}, sizes))
        assert found.shape == expected.shape
        assert found == pytest.approx(expected, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_has_no_rule_says_so(name: str) -> None:
    tree = node(name, Sample(("n m",)))
    known = shape("n m")
    differential = Differential(tree, tree, (known,), known, {}, True)
    gradient = ops()[name].gradient
    assert gradient is not None
    with pytest.raises(NoGradient):
        gradient(differential, Name("g", "g", key="g"), *tree.args)
