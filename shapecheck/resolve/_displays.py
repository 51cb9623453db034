"""Arrays handed over as lists, in Python: `np.mean([a, b], axis=0)`, `np.block([[A, B], [C, D]])`, `np.c_[x, y]`."""

from __future__ import annotations

import re
from typing import TypeGuard

from ..ops import Op
from ..syntax.nodes import NO_PARAMS, Apply, Name, Node
from ..text import Span
from ._functions import known_function
from ._resolver import Resolver

_OF_NUMPY = re.compile(r"(?:np|numpy|jnp)\.")
_DEEPEST = 8


def as_array(resolver: Resolver, node: Node, spelled: str, depth: int = 0) -> Node:
    """An argument, a list or a tuple being the array that numpy makes of it; settled."""
    if not resolver.notation.is_program or not _is_display(node) or not _OF_NUMPY.match(spelled) or depth > _DEEPEST:
        return resolver.node(node)
    if not node.args or any(type(item) is Apply and item.op == "star" for item in node.args):
        return Apply("unknown", (), NO_PARAMS, node.span)
    items = tuple(as_array(resolver, item, spelled, depth + 1) for item in node.args)
    return Apply("stack", items, {"axis": 0}, node.span, "np.array")


def nested(resolver: Resolver, op: Op, args: tuple[Node, ...], span: Span, sign: str) -> Node | None:
    """The blocks of numpy's `block` row by row; None if they are not written out as rows, or deeper than these."""
    lists = args[0] if len(args) == 1 else None
    if op.name != "nested_block" or lists is None or not _is_display(lists) or not lists.args:
        return None
    deep = [_is_display(row) for row in lists.args]
    if any(deep) is not all(deep):
        return None
    rows = [row.args if _is_display(row) else (row,) for row in lists.args] if all(deep) else [lists.args]
    items = [item for row in rows for item in row]
    if not all(rows) or any(type(item) is Apply and item.op in ("tuple", "star") for item in items):
        return None
    params = {"rows": tuple(map(len, rows)), "nested": all(deep)}
    return Apply("nested_block", tuple(map(resolver.node, items)), params, span, sign)


def between_brackets(resolver: Resolver, array: Node, items: list[Node], span: Span) -> Node | None:
    """`np.c_[x, y]`: arrays joined, where no item is a range or a text; None of any other."""
    if type(array) is not Name or not _OF_NUMPY.match(array.base):
        return None
    op = known_function(array.base)
    if op is None or not op.is_a("joining") or op.name[-1] != "_":
        return None
    if any(type(item) is Apply and item.op in ("range", "string", "star") for item in items):
        return Apply("unknown", (), NO_PARAMS, span)
    joined = tuple(as_array(resolver, item, array.base) for item in items)
    return Apply(op.name, joined, NO_PARAMS, span, array.text)


def _is_display(node: Node) -> TypeGuard[Apply]:
    return type(node) is Apply and node.op == "tuple"
