"""When two trees mean the same: `meaning(node, shapes)` is equal for `(A B).T` and `B.T A.T`, `a * b` and `b * a`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

from ..ops import every, is_a
from ..shapes.dims import Shape
from ..syntax.nodes import Apply, Equation, Name, Node, Number, walk

_KNOWN_SHAPES: Mapping[int, Shape | None] = {}


def meaning_of(equation: Equation, shapes: Mapping[int, Shape | None] = _KNOWN_SHAPES) -> Hashable:
    """What a statement says."""
    return tuple(meaning(member, shapes) for member in equation.members)


def meaning(node: Node, shapes: Mapping[int, Shape | None] = _KNOWN_SHAPES, flipped: bool = False) -> Hashable:
    """What a tree says, transposes being pushed down to the names; `shapes` tells which factors are scalars."""
    scalars, core = _scaled(node, shapes, flipped)
    return ("scaled", tuple(sorted(scalars, key=repr)), core) if scalars else core


def core(node: Node, shapes: Mapping[int, Shape | None] = _KNOWN_SHAPES) -> Hashable:
    """What a tree says, but for its scalar factors."""
    return _scaled(node, shapes, False)[1]


def cancels(equation: Equation, shapes: Mapping[int, Shape | None]) -> bool:
    """Whether a sum in a statement subtracts what it adds, which nobody means."""
    sums = (node for node in walk(*equation.members) if type(node) is Apply and node.op == "add")
    for node in sums:
        scaled = [_scaled(part, shapes, False) for part in _row(node)]
        if any((["-", *scalars], core) in scaled or ([*scalars, "-"], core) in scaled for scalars, core in scaled):
            return True
    return False


def repeats(equation: Equation, shapes: Mapping[int, Shape | None]) -> int:
    """How many terms of sums stand there twice, as in `B + B`."""
    sums = (node for node in walk(*equation.members) if type(node) is Apply and node.op == "add")
    rows = ([meaning(part, shapes) for part in _row(node)] for node in sums)
    return sum(len(row) - len(set(row)) for row in rows)


def _core(node: Node, shapes: Mapping[int, Shape | None], flipped: bool) -> Hashable:
    """What a node says that is not a multiple."""
    if type(node) is Name:
        return node.key or (node.base, node.indices), flipped and shapes.get(id(node)) != ()
    if type(node) is Number:
        return node.text
    assert isinstance(node, Apply)
    if node.op == "add":
        return "add", tuple(sorted((meaning(part, shapes, flipped) for part in _row(node)), key=repr))
    if is_a(node, "entrywise"):
        return node.op, _plain(node.params), tuple(meaning(argument, shapes, flipped) for argument in node.args)
    axis = node.params.get("axis")
    if flipped and axis in (0, 1) and node.params.get("keepdims") is True:
        params = {**node.params, "axis": 1 - axis}
        return node.op, _plain(params), tuple(meaning(argument, shapes, True) for argument in node.args)
    return node.op, _plain(node.params), tuple(meaning(argument, shapes) for argument in node.args), flipped


def _scaled(node: Node, shapes: Mapping[int, Shape | None], flipped: bool) -> tuple[list[Hashable], Hashable]:
    """The scalar factors of a node, wherever they stand, and what they scale."""
    if type(node) is not Apply:
        return [], _core(node, shapes, flipped)
    if node.op == "transpose":
        return _scaled(node.args[0], shapes, not flipped)
    if node.op == "neg":
        scalars, core = _scaled(node.args[0], shapes, flipped)
        return [*scalars, "-"], core
    if node.op == "divide" and shapes.get(id(node.args[1])) == ():
        scalars, core = _scaled(node.args[0], shapes, flipped)
        return [*scalars, ("/", meaning(node.args[1], shapes))], core
    if is_a(node, "product") or node.op == "hadamard":
        return _scaled_row(node, shapes, flipped)
    return [], _core(node, shapes, flipped)


def _scaled_row(node: Apply, shapes: Mapping[int, Shape | None], flipped: bool) -> tuple[list[Hashable], Hashable]:
    """The scalar factors of a row of factors, and the row without them."""
    scalars: list[Hashable] = []
    factors: list[Hashable] = []
    for factor in _row(node):
        if shapes.get(id(factor)) == ():
            scalars.append(meaning(factor, shapes))
        else:
            inner, core = _scaled(factor, shapes, flipped)
            scalars.extend(inner)
            factors.append(core)
    if len(factors) < 2:
        return scalars, factors[0] if factors else "1"
    if node.op == "hadamard":
        return scalars, ("hadamard", tuple(sorted(factors, key=repr)))
    return scalars, ("product", *_flat(reversed(factors) if flipped else factors))


def _flat(factors: Iterable[Hashable]) -> Iterator[Hashable]:
    """The factors of a product, those of products within it among them, as `(A B).T` gives one once it is turned."""
    for factor in factors:
        yield from factor[1:] if isinstance(factor, tuple) and factor[:1] == ("product",) else (factor,)


def _row(node: Apply) -> list[Node]:
    """The members of a row of one kind, those of rows inside it among them."""
    found: list[Node] = []
    for argument in node.args:
        alike = type(argument) is Apply and (argument.op == node.op or {argument.op, node.op} <= every("product"))
        found.extend(_row(argument) if alike else (argument,))  # type: ignore[arg-type]
    return found


def _plain(value: Any) -> Hashable:
    """A parameter as something that can be compared: nodes by what they mean."""
    if isinstance(value, Name | Number | Apply):
        return meaning(value)
    if isinstance(value, Mapping):
        return tuple(sorted((name, _plain(item)) for name, item in value.items() if item is not False))
    return tuple(map(_plain, value)) if isinstance(value, tuple) else repr(value)
