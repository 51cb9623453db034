"""What torch and tensorflow write otherwise than numpy: `x.flatten(1)`, `tf.matmul(a, b, transpose_b=True)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..ops import Op, by_call, ops
from ..syntax.nodes import Apply, Name, Node, Number, walk
from ..table import is_of_torch
from ..text import Span
from ._resolver import Resolver

MOST_AXES = 32
"""More axes than any array has: numpy allows as many."""


def speaks_torch(resolver: Resolver, node: Node) -> bool:
    """Whether a call, or its file, is written for torch, whose `repeat(3, 1)` is numpy's `tile`."""
    calls = (part for part in walk(node) if type(part) is Apply and part.op == "call")
    here = any(type(call.args[0]) is Name and call.args[0].base.startswith("torch.") for call in calls)
    return here or is_of_torch(resolver.table)


def turned(args: tuple[Node, ...], keywords: Mapping[str, Node]) -> tuple[tuple[Node, ...], Mapping[str, Node]]:
    """The factors of tensorflow's `matmul(a, b, transpose_b=True)`, and the keywords left."""
    said = [keywords.get(f"transpose_{letter}") for letter in "ab"]
    turns = [type(each) is Name and each.text == "True" for each in said]
    pairs = zip(args, turns, strict=False)
    factors = tuple(Apply("attribute", (each,), {"name": "mT"}, each.span) if turn else each for each, turn in pairs)
    return (*factors, *args[2:]), {name: node for name, node in keywords.items() if name[:-1] != "transpose_"}


def places_last(op: Op, args: tuple[Node, ...]) -> tuple[Node, ...]:
    """The arguments of torch's `x.gather(1, index)`, which names the axis before the places, as those of numpy."""
    return (args[0], args[2], args[1]) if len(args) == 3 and "along" in op.parameters else args


def by_torch(resolver: Resolver, node: Apply) -> Op | None:
    """torch's own operation that a method means, `x.max(dim=1)`, where numpy's of that name gives something else."""
    keywords = node.params.get("keywords", {})
    own = by_call().get(f"torch.{node.params['method']}")
    if own is None or "part" not in own.parameters:
        return None
    is_torch = "dim" in keywords or "keepdim" in keywords or ("axis" not in keywords and speaks_torch(resolver, node))
    return own if is_torch else None


def exchanged(resolver: Resolver, node: Node, op: Op, args: tuple[Node, ...]) -> Op:
    """The operation of `x.transpose(0, 1)`, which exchanges the axes of a matrix in torch, and leaves them in numpy."""
    is_of_matrix = op.name == "transpose" and sorted(axis.text for axis in args[1:] if type(axis) is Number) == [
        "0",
        "1",
    ]
    return ops()["swapaxes"] if is_of_matrix and speaks_torch(resolver, node) else op


def flattened(array: Node, ends: Sequence[Any], span: Span) -> Node | None:
    """torch's `x.flatten(1)`: one axis for those from the second on; None if others are taken together."""
    first, *rest = ends
    if type(first) is not int or not 0 <= first < MOST_AXES or rest not in ([], [-1]):
        return None
    kept = (Apply("dimension", (array,), {"axis": axis}, span) for axis in range(first))
    return Apply("reshape", (array,), {"shape": (*kept, -1)}, span, ".reshape")
