"""The gradient of one equation: by differences where few numbers go in, else by the rules of its operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..evaluate import NoValue, array, evaluate
from ..ops import ops
from ..ops._gradient import Differential, NoGradient
from ..shapes.dims import Shape, number
from ..syntax.nodes import NOWHERE, Apply, Name, Node, name_of, names_in
from . import _differences

FEW = 500
"""The most entries of an array whose gradient is taken by differences, which need two evaluations for each."""
_GIVEN, _RESULT = "∂", "·"


def pulled_back(tree: Node, key: str, values: Mapping[str, Any], sizes: Mapping[str, int], upstream: Any) -> Any:
    """The gradient of a tree's value times `upstream`, summed, by one name in it.

    Raises Kink where it has none there, NoValue where that would take too long.
    """
    if array(values[key]).size <= FEW:
        return _differences.pulled_back(tree, key, values, sizes, upstream)
    for mathematics in (True, False):
        try:
            return _Backward(key, values, sizes, mathematics).through(tree, array(upstream))
        except (NoGradient, ValueError, TypeError, KeyError, IndexError, ArithmeticError):
            continue
    raise NoValue(key)


class _Backward:
    """The way back through one tree."""

    def __init__(self, key: str, values: Mapping[str, Any], sizes: Mapping[str, int], mathematics: bool) -> None:
        self._key = key
        self._values = values
        self._sizes = sizes
        self._mathematics = mathematics

    def through(self, node: Node, upstream: Any) -> Any:
        """What reaches the name from a node, given what reaches the node."""
        own = array(self._values[self._key])
        if type(node) is Name and node.key == self._key:
            return _fitted(upstream, own)
        total = own * 0.0
        if type(node) is not Apply or not any(name.key == self._key for name in names_in(node)):
            return total
        arguments = [array(evaluate(argument, self._values, self._sizes)) for argument in node.args]
        for argument, at, part in zip(node.args, arguments, self._parts(node, arguments, upstream), strict=True):
            if part is not None:
                total = total + self.through(argument, _fitted(part, at))
        return total

    def _parts(self, node: Apply, arguments: list[Any], upstream: Any) -> list[Any]:
        """What reaches each argument of an application, not yet summed over the axes that it was broadcast along."""
        op = ops().get(node.op)
        if op is None or (op.gradient is None and not op.constant):
            raise NoGradient(node.op, NOWHERE)
        if op.gradient is None:
            return [None] * len(arguments)
        names = tuple(name_of(f"{_RESULT}{place}") for place in range(len(arguments)))
        result = array(evaluate(node, self._values, self._sizes))
        known = {**self._values, _GIVEN: _fitted(upstream, result), _RESULT: result}
        known |= {name.key: value for name, value in zip(names, arguments, strict=True)}
        shapes = tuple(_shape(value) for value in arguments)
        same = Apply(node.op, names, node.params)
        told = Differential(same, name_of(_RESULT), shapes, _shape(result), node.params, self._mathematics)
        parts = op.gradient(told, name_of(_GIVEN), *names)
        return [None if part is None else array(evaluate(part, known, self._sizes)) for part in parts]


def _shape(value: Any) -> Shape:
    return tuple(number(int(length)) for length in value.shape)


def _fitted(value: Any, at: Any) -> Any:
    """A gradient summed over the axes that its argument was broadcast along, in the argument's shape."""
    while value.ndim > at.ndim:
        value = value.sum(axis=0)
    for axis, length in enumerate(at.shape):
        if length == 1 and value.ndim == at.ndim and value.shape[axis] > 1:
            value = value.sum(axis=axis, keepdims=True)
    whole = value + at * 0.0
    if whole.shape != at.shape:
        raise ValueError(whole.shape)
    return whole
