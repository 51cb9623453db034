"""Settle what speaks of an array's parts: slices, attributes, stacked blocks."""

from __future__ import annotations

from typing import Any

from ..notations._ones import as_number
from ..ops import is_a, ops
from ..survey import index_text
from ..syntax.nodes import NO_PARAMS, Apply, Index, Name, Node, Number, args_of
from ..text import Span
from ..vocabulary import EXPECTATIONS
from . import _matlab
from ._calls import value
from ._displays import between_brackets
from ._resolver import Resolver

_PARTS = {"shape": "shape_of", "size": "scalar", "ndim": "scalar", "real": "same", "imag": "imag"}

_PICKED = ("values", "indices")
"""The parts of what torch gives along an axis."""


def _attribute(resolver: Resolver, node: Apply) -> Node:
    """`X.shape`, `X.mT` and the like; an attribute that is none of an array has an unknown shape."""
    if node.params["name"] in ("mT", "mH"):
        axes = {"axis1": -2, "axis2": -1}
        return Apply("swapaxes", tuple(map(resolver.node, node.args)), axes, node.span, ".swapaxes")
    if node.params["name"] in _PICKED and type(settled := resolver.node(node.args[0])) is Apply:
        place = Number(str(_PICKED.index(node.params["name"])))
        return _result(resolver, settled, [place], node.span) or Apply("unknown", (settled,), NO_PARAMS, node.span)
    op = _PARTS.get(node.params["name"], "unknown")
    return Apply(op, tuple(map(resolver.node, node.args)), NO_PARAMS, node.span, node.params["name"])


def _slice(resolver: Resolver, node: Apply) -> Node:
    """`W[:, 1:]`, or one dimension of `X.shape[0]`."""
    array, *items = node.args
    if (one := _counted(resolver, array, items, node.span)) is not None:
        return resolver.name(one)
    entry = _declared_entry(resolver, array, items, node.span)
    entry = entry or between_brackets(resolver, array, items, node.span)
    if entry:
        return entry
    if _is_of_list(resolver, array, items):
        return Apply("unknown", (), {"name": "entry"}, node.span)
    if (mean := _expectation(resolver, array, items, node)) is not None:
        return mean
    if "given" in node.params:
        return resolver.node(Apply("call", node.args, NO_PARAMS, node.span))
    settled = resolver.node(array)
    if type(settled) is Apply and settled.op == "shape_of":
        axis = value(resolver, items[0]) if len(items) == 1 else None
        if isinstance(axis, int):
            return Apply("dimension", settled.args, {"axis": axis - resolver.notation.first}, node.span)
        return _part_of_shape(resolver, settled, items, node.span)
    if type(settled) is Apply and (part := _result(resolver, settled, items, node.span)) is not None:
        return part
    if len(items) == 1 and is_a(items[0], "mask"):
        return Apply("masked", (settled, resolver.node(items[0])), NO_PARAMS, node.span, node.sign, node.closed)
    turned = False
    if resolver.notation.first:
        if _matlab.is_column(items):
            return Apply("vec", (settled,), NO_PARAMS, node.span)
        several = [_may_be_several(resolver, item) for item in items]
        is_single = several[:1] == [False]
        if several == [False]:
            return _entry(resolver, array, settled, node.span)
        turned = is_single and resolver.notation.is_program
        items = list(map(_matlab.item, items, several))
    bounds = tuple(_item(resolver, item) for item in items)
    part = Apply("slice", (settled,), {"items": bounds}, node.span, node.sign, node.closed)
    return Apply("transpose", (part,), NO_PARAMS, node.span) if turned else part


def _entry(resolver: Resolver, array: Node, settled: Node, span: Span) -> Node:
    """`theta(2)`, an entry; what is not an array that is known, as `layers[2]`, may be a list in a program."""
    is_known = type(array) is Name and resolver.table.look_up(resolver.symbol(array)) is not None
    if resolver.notation.is_program and not is_known:
        return Apply("unknown", (settled,), {"name": "entry"}, span)
    return _matlab.entry(settled, span)


def _counted(resolver: Resolver, array: Node, items: list[Node], span: Span) -> Name | None:
    """`A[i,j]` as `A_ij`, where both letters count entries; None for anything else."""
    texts = [item.text for item in items if type(item) is Name and item.text in resolver.bound]
    if type(array) is not Name or len(texts) < len(items) or resolver.notation.is_code:
        return None
    return Name(f"{array.text}[{','.join(texts)}]", array.base, (*array.indices, Index("_", ",".join(texts))), span)


def _may_be_several(resolver: Resolver, item: Node) -> bool:
    """Whether a position may be several: a range, a mask, a name; a number, a letter and their sum are one."""
    if type(item) is Apply:
        return not is_a(item, "arithmetic") or any(_may_be_several(resolver, part) for part in item.args)
    if type(item) is not Name or item.text == "end":
        return False
    entry = resolver.table.look_up(resolver.symbol(item))
    return len(item.base) > 1 if entry is None else entry.shape != ()


def _expectation(resolver: Resolver, array: Node, items: list[Node], node: Apply) -> Node | None:
    """`E[x x.T]`, where E is nothing that is known."""
    if type(array) is not Name or array.base not in EXPECTATIONS or len(items) != 1 or resolver.is_variable(array):
        return None
    item = items[0]
    is_place = type(item) is Number or (type(item) is Apply and item.op in ("range", "neg"))
    return None if is_place else Apply("expectation", (resolver.node(item),), NO_PARAMS, node.span, "E", True)


def _result(resolver: Resolver, call: Apply, items: list[Node], span: Span) -> Node | None:
    """`np.linalg.lstsq(X, y)[0]`: one of the results of a function that returns several; None of any other."""
    op = ops().get(call.op)
    if op is None or "part" not in op.parameters or len(items) != 1 or "part" in call.params:
        return None
    place = value(resolver, items[0])
    return Apply(call.op, call.args, {**call.params, "part": place}, span, call.sign) if type(place) is int else None


def _part_of_shape(resolver: Resolver, shape: Apply, items: list[Node], span: Span) -> Node:
    """`X.shape[1:]`: some of the dimensions, between bounds that are numbers."""
    item = items[0]
    if len(items) == 1 and type(item) is Apply and item.op == "range":
        given = (item.params.get(part) for part in ("start", "stop", "step"))
        bounds = [bound and value(resolver, bound) for bound in given]
        if all(bound is None or isinstance(bound, int) for bound in bounds):
            return Apply("shape_of", shape.args, {"bounds": tuple(bounds)}, span)
    return Apply("unknown", shape.args, NO_PARAMS, span)


def _declared_entry(resolver: Resolver, array: Node, items: list[Node], span: Span) -> Node | None:
    """`hs[t-1]` or `weights[-2]` of a list whose entries are declared: that entry, and no part of an array."""
    if type(array) is not Name or len(items) != 1 or not resolver.table.naming.listed:
        return None
    text = index_text(items[0])
    symbol = resolver.symbol(Name(array.text, array.base, (*array.indices, Index("[", text)))) if text else None
    if symbol is None or symbol.key not in resolver.table.naming.listed:
        return None
    return resolver.node(Name(f"{array.text}[{text}]", array.base, (*array.indices, Index("[", text)), span))


def _is_of_list(resolver: Resolver, array: Node, items: list[Node]) -> bool:
    """Whether `h[t]` in code is the h_t of mathematics, and no row of what has its shape there."""
    if not resolver.notation.is_program or type(array) is not Name or len(items) != 1 or not index_text(items[0]):
        return False
    symbol, timed = resolver.symbol(array), resolver.reading.marks.timed
    if not symbol.of or symbol.key in resolver.table.will_be_assigned:
        return symbol.key in timed
    return not timed.isdisjoint((symbol.key, resolver.table.variable(symbol).key))


def _item(resolver: Resolver, item: Node) -> Any:
    """One item of a slice: a position, None for a new axis, or a range with its start, stop and step."""
    if type(item) is Apply and item.op == "range":
        start, stop, step = (item.params.get(part) for part in ("start", "stop", "step"))
        return ("range", *(bound and resolver.node(bound) for bound in (start, stop, step)))
    if type(item) is Name and item.text.split(".")[-1] in ("newaxis", "None"):
        return None
    if type(item) is Name and item.text in ("...", "Ellipsis"):
        return Ellipsis
    return value(resolver, item)


def _block(resolver: Resolver, node: Apply) -> Node:
    """Stacked blocks, row by row; blanks part those of mathematics where they part all rows alike.

    What stands alone between them is only in brackets.
    """
    rows = [args_of(row, "row") for row in node.args]
    spaced = _by_blanks(rows) if not resolver.notation.is_code else None
    items = tuple(resolver.node(item) for row in spaced or rows for item in row)
    if len(items) == 1 and type(items[0]) is Apply and not resolver.notation.is_code:
        return Apply(items[0].op, items[0].args, items[0].params, node.span, items[0].sign, closed=True)
    told = {"spaced": True} if spaced else {"beside": True} if resolver.notation.is_dotted else {}
    params = {"rows": tuple(map(len, spaced or rows)), **told}
    return Apply("block", items, params, node.span, node.sign, closed=True)


def _by_blanks(rows: list[tuple[Node, ...]]) -> list[tuple[Node, ...]] | None:
    """The items of rows without commas, `[A B; C D]`; None if not every row is one product of as many factors."""
    found = [
        tuple(map(as_number, row[0].args))
        for row in rows
        if len(row) == 1 and _is_spaced(row[0]) and type(row[0]) is Apply
    ]
    return found if len(found) == len(rows) and len(set(map(len, found))) == 1 else None


def _is_spaced(node: Node) -> bool:
    return type(node) is Apply and node.op == "product" and not node.closed and node.sign == " "


FORMS = {"attribute": _attribute, "slice": _slice, "block": _block}
