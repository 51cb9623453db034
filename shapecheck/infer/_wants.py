"""What an operation says of arguments whose shapes are open: their rank, and which of them only spread over others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..ops import every, holds_a, is_a
from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Shape, Var, prune
from ..shapes.signature import parse_signature
from ..shapes.solve import ESTABLISHED
from ..syntax.nodes import Apply, Name, Node

if TYPE_CHECKING:
    from ..table import Quantity
    from .engine import Engine

Shapes = tuple[Shape | None, ...]
_CONSTANTS = frozenset("I1𝟙")


def is_of_any_size(name: Name) -> bool:
    """Whether a name is a constant's, which is as large as it has to be wherever it stands: `I`, or a 𝟙 of ones."""
    return name.base in _CONSTANTS and len(name.indices) < 2


def wanted(engine: Engine, node: Apply, shapes: Shapes) -> Shapes:
    """The shapes of arguments, those that are open as the operation wants them."""
    if not engine.solver.mathematics and _is_inner(node):
        return _as_vectors(engine, node, shapes)
    if None in shapes:
        if _is_beside_vector(engine, node):
            _leave_open(engine, node)
        pairs = enumerate(zip(node.args, shapes, strict=True))
        shapes = tuple([_taken(engine, node, place) if shape is None else shape for place, (_, shape) in pairs])
    if node.op in every("arithmetic") & every("spreading") and len(shapes) > 1:
        return _spread(engine, node, shapes)
    return shapes


def _is_inner(node: Apply) -> bool:
    """Whether a small letter is multiplied by itself: `r @ r` is a number where nobody says that r is a matrix."""
    if not is_a(node, "product") or len(node.args) != 2 or node.args[0] != node.args[1]:
        return False
    return _is_small(node.args[0])


def _is_small(node: Node) -> bool:
    """Whether a name, or what it is a part of, has a small letter: it may be a vector."""
    while type(node) is Apply and node.op == "slice":
        node = node.args[0]
    return type(node) is Name and node.base.rpartition(".")[2][:1].islower()


def _as_vectors(engine: Engine, node: Apply, shapes: Shapes) -> Shapes:
    """The shapes of two factors that are one vector, although it may be supposed to be a matrix."""
    assert engine.table.quantities is not None
    shape = shapes[0] or _of_rank(engine, node.args[0], 1)
    if shape is not None and len(shape) == 2 and engine.table.quantities.supposes([shape]):
        shape = shape[:1]
    return shape, shape


def quantity(engine: Engine, node: Node) -> Quantity | None:
    """The open quantity whose shape a node has: that of a name, or of what an entry by entry function is taken of."""
    quantities = engine.table.quantities
    if quantities is None or engine.shapes.get(id(node), ()) is not None:
        return None
    if type(node) is Name:
        symbol = engine.reading.by_key.get(node.key)
        is_array = symbol is not None and not symbol.component and not is_of_any_size(node)
        return quantities.of(symbol) if symbol is not None and is_array else None
    if type(node) is not Apply or not node.args:
        return None
    if node.op == "called":
        return quantity(engine, node.args[0])
    found = [quantity(engine, argument) for argument in node.args] if is_a(node, "entrywise") else []
    return next((each for each in found if each is not None), None)


def _is_beside_vector(engine: Engine, node: Apply) -> bool:
    """Whether code has a vector among the arguments: what is open beside it may be one as well as a matrix."""
    if engine.solver.mathematics or not (is_a(node, "product") or is_a(node, "entrywise")):
        return False
    return any(len(engine.shapes.get(id(argument)) or ()) == 1 for argument in node.args)


def _leave_open(engine: Engine, node: Apply) -> None:
    """Take what is open beside a vector for no matrix by that; in a product a capital letter is one."""
    for argument in node.args:
        found = quantity(engine, argument)
        if found is not None and (is_a(node, "entrywise") or _is_small(argument)):
            found.whole.is_beside_vector = True


def _taken(engine: Engine, node: Apply, place: int) -> Shape | None:
    rank = _rank(engine, node)
    return None if rank is None else _of_rank(engine, node.args[place], rank)


def _rank(engine: Engine, node: Apply) -> int | None:
    """The rank that an operation wants of what is open."""
    axes = node.params.get("axes")
    if isinstance(axes, tuple):
        return len(axes)
    shapes = [engine.shapes.get(id(argument)) for argument in node.args]
    if is_a(node, "product") or node.op == "transpose":
        return 2 if all(shape is None or len(shape) < 3 for shape in shapes) and () not in shapes else None
    op = engine.op(node.op)
    if op is None or not op.signature or op.is_a("entrywise"):
        return None
    return max(map(len, parse_signature(op.signature).inputs), default=0) or None


def _of_rank(engine: Engine, node: Node, rank: int) -> Shape | None:
    """The shape of a node that has to be of some rank, where that settles it."""
    found: Shape | None = None
    if type(node) is Name:
        symbol = engine.reading.by_key.get(node.key)
        is_array = symbol is not None and not is_of_any_size(node)
        found = engine.table.take_rank(symbol, rank) if symbol is not None and is_array else None
    elif type(node) is Apply and (node.op == "transpose" or is_a(node, "entrywise")):
        if rank > 1 and _is_beside_vector(engine, node):
            return None
        taken = [_of_rank(engine, each, rank) for each in node.args if engine.shapes.get(id(each), ()) is None]
        found = engine.again(node) if taken and None not in taken else None
    if found is not None:
        engine.shapes[id(node)] = found
    return found


def _spread(engine: Engine, node: Apply, shapes: Shapes) -> Shapes:
    """The shapes of terms or factors, those that spread over the others as scalars: a bias, a mask, a scale.

    A bare name beside a product is a bias. What is not known at all is taken to spread over a matrix.
    """
    light = _biases(node, shapes) if node.op == "add" else [False] * len(shapes)
    is_bias = any(light)
    if not is_bias and None in shapes:
        light = [shape is None for shape in shapes]
    whole = [shape for shape, is_light in zip(shapes, light, strict=True) if not is_light]
    if not any(light) or not whole or None in whole:
        return shapes
    total = engine.solver.broadcast_shapes(tuple(whole))  # type: ignore[arg-type]
    least = 1 if is_bias and not engine.solver.mathematics else 2
    if isinstance(total, Clash) or len(total) < least or any(prune(dim) is ONE for dim in total):
        return shapes
    return tuple([() if is_light else shape for shape, is_light in zip(shapes, light, strict=True)])


def _biases(node: Apply, shapes: Shapes) -> list[bool]:
    """Which terms of a sum are bare names of open shape, beside products that are added."""
    added = any(type(term) is Apply and term.op != "neg" and holds_a(term, "product") for term in node.args)
    taken = any(type(term) is Apply and term.op == "neg" and holds_a(term, "product") for term in node.args)
    pairs = zip(node.args, shapes, strict=True)
    return [added and not taken and type(term) is Name and _is_loose(shape) for term, shape in pairs]


def _is_loose(shape: Shape | None) -> bool:
    """Whether a shape is open, or has a dimension that nothing else tells of."""
    if shape is None:
        return True
    return any(type(dim) is Var and dim.support < ESTABLISHED for dim in map(prune, shape))


def is_of_rows(node: Apply) -> bool:
    """Whether code adds up the entries of a list, as Python's own `sum([a, b])` does; of an array it is numpy's."""
    is_own = node.op == "sum" and node.sign == "sum" and not node.params
    return is_own and type(node.args[0]) is Apply and node.args[0].op == "tuple"
