"""Statements that assign: each binds names anew, a tuple or a dictionary the names of its entries."""

from __future__ import annotations

import ast

from ...syntax.nodes import NO_PARAMS, Apply, Index, Name, Node, Number, without
from ...text import Span
from ._calls import returns_several
from ._frame import Frame, entity_of, name_of
from ._names import Entity, key_text
from ._pairings import pair_results, result_of

MOST = 32
"""The most entries of a written-out list that are followed one by one."""
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/="}
_OTHERS: dict[type[ast.operator], str] = {
    ast.MatMult: "matmul", ast.Pow: "power", ast.FloorDiv: "divide", ast.Mod: "remainder",
}  # fmt: skip
_OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Call, ast.Attribute, ast.IfExp)


def assign(frame: Frame, node: ast.Assign) -> None:
    """`W = …`, `a = b = …`, `a, b = …`."""
    span = frame.code.span(node)
    first, *others = node.targets
    if not others:
        assign_one(frame, first, node.value, span)
    elif any(map(_takes_apart, node.targets)):
        for target in node.targets:
            assign_one(frame, target, node.value, span)
    else:
        read = frame.reader.node(node.value)
        frame.output.say((*map(frame.reader.target, node.targets), read), "=", span)
        for target in node.targets:
            _bound(frame, target, read)


def _takes_apart(target: ast.expr) -> bool:
    """Whether a target is several names, or a part of an array, which has a shape of its own."""
    if isinstance(target, ast.Subscript):
        return isinstance(target.slice, ast.Slice | ast.Tuple)
    return isinstance(target, ast.Tuple | ast.List)


def assign_one(frame: Frame, target: ast.expr, value: ast.expr, span: Span) -> None:
    """One target and its value; an object made of a class of the file is not a formula."""
    if isinstance(target, ast.Tuple | ast.List):
        unpack(frame, target, value, span)
        return
    found = frame.entity(target)
    if found and isinstance(value, ast.Tuple | ast.List | ast.Dict):
        store(frame, found, value)
        return
    read = frame.reader.node(value)
    if found and entity_of(read) in frame.output.types:
        take(frame, found, read)
        return
    frame.output.say((frame.reader.target(target), read), "=", span)
    _bound(frame, target, read)
    if isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Constant):
        _forget_keys(frame, target, value)


def _forget_keys(frame: Frame, target: ast.Subscript, value: ast.expr) -> None:
    """An entry under a key that nobody knows may be any of them; only an update leaves their shapes alone."""
    whole = frame.entity(target.value)
    parts = frame.output.parts(whole) if whole and not key_text(target.slice) else []
    keys = [part for part in parts if whole and part.indices[len(whole.indices)].kind == '"']
    read = {frame.code.source(each) for each in ast.walk(value) if isinstance(each, ast.Subscript)} if keys else set()
    if frame.code.source(target) not in read:
        for part in keys:
            frame.output.forget(part)


def _bound(frame: Frame, target: ast.expr, read: Node) -> None:
    """Note what a statement that was said has bound."""
    found, source = frame.entity(target), entity_of(read)
    if found and found != source:
        frame.output.bound(found)
        if source:
            frame.output.copy(source, found)


def take(frame: Frame, target: Entity, read: Node) -> None:
    """Bind a name, and its parts, to what was read, by equations that nobody wrote."""
    source = entity_of(read)
    if source != target:
        frame.output.set(target, read)
        if source:
            frame.output.copy(source, target)


def store(frame: Frame, target: Entity, value: ast.expr) -> None:
    """Bind a name to a value, a written-out one entry by entry; the formulas in it are said."""
    if isinstance(value, ast.Dict):
        entries = [(Index('"', key_text(key)), each) for key, each in zip(value.keys, value.values, strict=True) if key]
        entries = [entry for entry in entries if entry[0].text]
    elif isinstance(value, ast.Tuple | ast.List):
        kind = "[" if isinstance(value, ast.List) else '"'
        entries = [(Index(kind, str(place)), each) for place, each in enumerate(value.elts)]
    else:
        take(frame, target, said(frame, value))
        return
    read = [
        (index, each if isinstance(each, ast.Tuple | ast.List | ast.Dict) else said(frame, each))
        for index, each in entries[:MOST]
    ]
    frame.output.forget(target)
    for index, each in read:
        if isinstance(each, ast.expr):
            store(frame, target.at(index), each)
        else:
            take(frame, target.at(index), each)


def said(frame: Frame, value: ast.expr) -> Node:
    """A value read; where it is an operation, of more than a sign before a name, it is a formula."""
    read = frame.reader.node(value)
    unsigned = without(read, "neg")
    if isinstance(value, _OPERATIONS) and type(unsigned) is Apply:
        frame.output.say((read,), "", frame.code.span(value))
    return read


def unpack(frame: Frame, target: ast.Tuple | ast.List, value: ast.expr, span: Span) -> None:
    """`a, b = …`: from a written-out tuple, a shape, or something of which the entries are known."""
    targets = target.elts
    if any(isinstance(each, ast.Starred) for each in targets):
        _forget(frame, targets)
    elif isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(targets):
        _pairwise(frame, targets, value.elts)
    elif isinstance(value, ast.Attribute) and value.attr == "shape":
        _from_shape(frame, targets, frame.reader.node(value))
    else:
        _from_entries(frame, target, value, span)


def _pairwise(frame: Frame, targets: list[ast.expr], values: list[ast.expr]) -> None:
    """`a, b = x, y`; in `a, b = b, a` the values are read before the names are bound."""
    texts = [ast.dump(target).replace("Store()", "Load()") for target in targets]
    swaps = any(text in ast.dump(value) for place, text in enumerate(texts) for value in values[place + 1 :])
    if not swaps:
        for one, value in zip(targets, values, strict=True):
            span = frame.code.window.host(frame.code.start(one), frame.code.end(value))
            assign_one(frame, one, value, span)
        return
    held = [frame.output.fresh() for _ in values]
    for place, value in zip(held, values, strict=True):
        store(frame, place, value)
    for one, place in zip(targets, held, strict=True):
        _hand(frame, one, name_of(place))


def _hand(frame: Frame, target: ast.expr, read: Node) -> None:
    """Bind a target to what was read, silently."""
    if isinstance(target, ast.Tuple | ast.List):
        _hand_entries(frame, target.elts, read)
        return
    found = frame.entity(target)
    if found:
        take(frame, found, read)


def _hand_entries(frame: Frame, targets: list[ast.expr], read: Node) -> None:
    source = entity_of(read)
    for place, each in enumerate(targets):
        entry = source and _entry(frame, source, place)
        _hand(frame, each, name_of(entry) if entry else Apply("unknown", ()))


def _entry(frame: Frame, source: Entity, place: int) -> Entity:
    """An entry of a tuple or of a list."""
    of_list = source.at(Index("[", str(place)))
    return of_list if of_list in frame.output.entries else source.at(Index('"', str(place)))


def _from_shape(frame: Frame, targets: list[ast.expr], shape: Node) -> None:
    """`n, m = X.shape`."""
    for place, each in enumerate(targets):
        _hand(frame, each, Apply("slice", (shape, Number(str(place)))))


def _from_entries(frame: Frame, target: ast.Tuple | ast.List, value: ast.expr, span: Span) -> None:
    """`dA_prev, dW, db = linear_backward(dZ, cache)`: what the file's own function returns, entry by entry."""
    read = frame.reader.node(value)
    source = entity_of(read)
    known = source is not None and bool(frame.output.parts(source))
    if type(read) is Apply and returns_several(read):
        parts = [Apply("slice", (read, Number(str(place)))) for place, _ in enumerate(target.elts)]
        frame.output.say((frame.reader.target(target.elts[0]), parts[0]), "=", span)
        for each, part in zip(target.elts, parts, strict=True):
            _hand(frame, each, part)
        return
    if type(read) is not Name and not known:
        frame.output.say((frame.reader.target(target), read), "=", span)
    if type(read) is Name and source is not None and not known:
        _hand_entries(frame, target.elts, read)
        return
    if not known or source is None:
        _forget(frame, target.elts)
        return
    for place, each in enumerate(target.elts):
        entry = _entry(frame, source, place)
        found = frame.entity(each)
        if found is None or not isinstance(value, ast.Call):
            _hand(frame, each, name_of(entry))
            continue
        named = Name(frame.code.source(value), entry.base, entry.indices, frame.code.span(value))
        handed = _with_arguments(read, named) if place == 0 else named
        frame.output.say((frame.reader.target(each), handed), "=", span)
        _bound(frame, each, named)


def _with_arguments(read: Node, result: Name) -> Node:
    """The result of a followed call, with what it was called with, so that this is checked once."""
    if type(read) is not Apply or read.op != "called":
        return result
    return Apply("called", (result, *read.args[1:]), NO_PARAMS, read.span, read.sign)


def _forget(frame: Frame, targets: list[ast.expr]) -> None:
    for each in targets:
        _hand(frame, each.value if isinstance(each, ast.Starred) else each, Apply("unknown", ()))


def augment(frame: Frame, node: ast.AugAssign) -> None:
    """`W -= …`; `A @= B` is `A = A @ B`."""
    span, value = frame.code.span(node), node.value
    target = frame.reader.node(node.target)
    read = frame.reader.operand(value, frame.code.end(node.target), frame.code.end(node))
    kind = type(node.op)
    if kind in _SIGNS:
        frame.output.say((target, read), _SIGNS[kind], span)
    else:
        op = _OTHERS.get(kind, "unknown")
        frame.output.say((target, Apply(op, (target, read))), "=", span)
    found = frame.entity(node.target)
    if found:
        frame.output.changed[found] = None


def annotate(frame: Frame, node: ast.AnnAssign) -> None:
    """`W: np.ndarray = …`."""
    if node.value is not None:
        assign_one(frame, node.target, node.value, frame.code.span(node))


def give_back(frame: Frame, node: ast.Return) -> None:
    """`return …`: what is computed in it is a formula; where the call is followed it is the call's result."""
    if node.value is None:
        return
    if frame.calls:
        frame.returns.append(frame.output.fresh())
        store(frame, frame.returns[-1], node.value)
    else:
        say_parts(frame, node.value)
        if frame.function:
            pair_results(frame, result_of(frame.function), node.value)


def say_parts(frame: Frame, value: ast.expr) -> None:
    """The formulas in a value, entry by entry."""
    if isinstance(value, ast.Tuple | ast.List | ast.Dict):
        for each in value.values if isinstance(value, ast.Dict) else value.elts:
            say_parts(frame, each)
    else:
        said(frame, value)
