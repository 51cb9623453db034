"""Settle what stands between bars: norms of an order, `‖x‖_1`, `‖W‖_*`, and absolute values or determinants."""

from __future__ import annotations

import re

from ..notations._names import decompose
from ..shapes.dims import ONE, prune
from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number
from ._resolver import Resolver

_BY_SQUARES = frozenset(("", "F", "f", "fro", "Fro", "HS", "L2", "ℓ2"))
_NAMED = {"∞": "inf", "\\infty": "inf", "inf": "inf", "infty": "inf", "Inf": "inf", "max": "inf"}
_NUCLEAR = frozenset(("*", "nuc", "tr", "⋆"))
_NUMBER = r"(?:[Lℓ])?([0-9]+(?:\.[0-9]+)?)"


def norm(resolver: Resolver, node: Apply) -> Node:
    """A norm between bars, by what stands below it: a scalar."""
    text = node.params.get("ord", "")
    array = resolver.node(node.args[0])
    number = re.fullmatch(_NUMBER, text)
    if text in _BY_SQUARES:
        return _as(node, "norm", array)
    if number is not None and float(number[1]) == 2:
        return _as(node, "two_norm", array)
    if number is not None:
        order = float(number[1])
        return _as(node, "bars_norm", array, ord=int(order) if order.is_integer() else order)
    if text in _NAMED or text in _NUCLEAR:
        return _as(node, "bars_norm" if text in _NAMED else "matrix_norm", array, ord=_NAMED.get(text, "nuc"))
    if text == "2,1":
        return _as(node, "columns_norm", array)
    weights = Name(text, *decompose(text))
    is_number = _long(resolver, weights) == 0
    if is_number and _long(resolver, array) in (None, 1):
        return _of_order(node, array, resolver.node(weights))
    if resolver.is_variable(weights) and not is_number:
        return _as(node, "weighed_norm", array, resolver.node(weights))
    return _as(node, "bars_norm", array, ord=text)


def _long(resolver: Resolver, node: Node) -> int | None:
    """How many axes with several entries a name has: 0 for a number; None if that is not known."""
    entry = resolver.table.look_up(resolver.symbol(node)) if type(node) is Name else None
    return None if entry is None else sum(dim is not ONE for dim in map(prune, entry.shape))


def _of_order(node: Apply, array: Node, order: Node) -> Apply:
    """`‖x‖_p` of a vector as it is computed: `(Σ |x|^p)^(1/p)`."""
    entries = Apply("power", (Apply("abs", (array,)), order))
    root = Apply("divide", (Number("1"), order))
    return Apply("power", (Apply("sum", (entries,)), root), NO_PARAMS, node.span, node.sign, closed=True)


def _as(node: Apply, op: str, *args: Node, **params: object) -> Apply:
    return Apply(op, args, {**params} or NO_PARAMS, node.span, node.sign, closed=True)


def absolute(resolver: Resolver, node: Apply) -> Node:
    """`|x|`: what bars mean follows from the shape between them."""
    return Apply("bars", tuple(map(resolver.node, node.args)), NO_PARAMS, node.span, node.sign, node.closed)


FORMS = {"norm": norm, "abs": absolute}
