"""Blocks of statements: branches are joined, a loop's body is said once, with what a pass before it changes joined."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...ops import by_call, by_method
from ...syntax.nodes import ADDS_AT, NO_PARAMS, Apply, Index, Name, Statement, Trouble
from ._assignments import annotate, assign, augment, give_back, said, say_parts, store, take
from ._frame import Frame, name_of
from ._names import Entity
from ._source import is_too_deep

DEEPEST = 60
_COUNTING = frozenset(("range", "xrange", "arange"))

Branch = tuple[list[Statement], dict[Entity, None], bool]
_AT = {"np.add.at": False, "numpy.add.at": False, "np.subtract.at": True, "numpy.subtract.at": True}
"""The calls that add at places, however often each place is named, and whether what they add is negative."""


def run(frame: Frame, body: Iterable[ast.stmt], depth: int = 0) -> bool:
    """Lower statements in order; whether they end the block, by a return or a break, before its end."""
    for node in body:
        if depth > DEEPEST or any(
            is_too_deep(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)
        ):
            _too_deep(frame, node)
            continue
        if isinstance(node, ast.Return | ast.Raise | ast.Break | ast.Continue):
            if isinstance(node, ast.Return):
                give_back(frame, node)
            return True
        simple = _SIMPLE.get(type(node))
        compound = _COMPOUND.get(type(node))
        if simple:
            simple(frame, node)
        elif compound and compound(frame, node, depth + 1):
            return True
    return False


def _too_deep(frame: Frame, node: ast.stmt) -> None:
    if not frame.output.silence:
        trouble = Trouble("SC104", frame.code.span(node), {"what": "an expression or block nested too deeply"})
        frame.output.program.troubles.append(trouble)


def _branch(frame: Frame, body: Iterable[ast.stmt], depth: int) -> Branch:
    with frame.output.aside() as (statements, changed):
        ended = run(frame, body, depth)
    return statements, changed, ended


def _if(frame: Frame, node: ast.If, depth: int) -> bool:
    """`if` with its `elif`s as branches side by side."""
    bodies = [node.body]
    _said(frame, node.test)
    rest = node.orelse
    while len(rest) == 1 and isinstance(rest[0], ast.If):
        bodies.append(rest[0].body)
        rest = rest[0].orelse
    return _choose(frame, [*bodies, rest] if rest else bodies, bool(rest), depth)


def _choose(frame: Frame, bodies: list[list[ast.stmt]], exhaustive: bool, depth: int) -> bool:
    """Branches of which one is taken: what they change is joined; whether all of them end the block."""
    output, before = frame.output, len(frame.output.assigned)
    branches = []
    for body in bodies:
        with output.branch():
            branches.append(_branch(frame, body, depth))
    changed = dict.fromkeys(each for branch in branches for each in frame.kept(branch[1]))
    saved = {each: output.fresh() for each in changed if output.assigned.was(each, before) or each in output.free}
    for each, place in saved.items():
        output.set(place, name_of(each))
    versions: dict[Entity, list[Entity]] = {each: [] for each in changed}
    for statements, within, ended in branches:
        output.statements.extend(statements)
        for each in changed:
            if not ended and each in within:
                versions[each].append(output.fresh())
                output.set(versions[each][-1], name_of(each))
            elif not ended and each in saved:
                versions[each].append(saved[each])
            if each in within:
                _restore(frame, each, saved.get(each))
    _join(frame, versions, saved, exhaustive)
    return exhaustive and all(ended for _, _, ended in branches)


def _restore(frame: Frame, each: Entity, saved: Entity | None) -> None:
    """A name as it was before a branch."""
    value = name_of(saved) if saved else Apply("unknown", ())
    frame.output.keep(each, value)


def _join(
    frame: Frame, versions: Mapping[Entity, list[Entity]], saved: Mapping[Entity, Entity], exhaustive: bool
) -> None:
    for each, found in versions.items():
        frame.output.assigned.add(each)
        if not exhaustive and each in saved:
            found = [*found, saved[each]]
        places = list(dict.fromkeys(found))
        if len(places) == 1:
            frame.output.keep(each, name_of(places[0]))
        elif places:
            frame.output.keep(each, Apply("join", tuple(map(name_of, places))))
        frame.output.changed[each] = None


def _said(frame: Frame, test: ast.expr) -> None:
    """A condition is not a formula, but the names that it binds are bound."""
    for part in ast.walk(test):
        if isinstance(part, ast.NamedExpr):
            found = frame.entity(part.target)
            if found:
                frame.output.set(found, frame.reader.node(part.value))


def _for(frame: Frame, node: ast.For | ast.AsyncFor, depth: int) -> bool:
    _bind_target(frame, node.target, node.iter)
    _loop(frame, node.body, depth)
    return run(frame, node.orelse, depth)


def _while(frame: Frame, node: ast.While, depth: int) -> bool:
    _said(frame, node.test)
    _loop(frame, node.body, depth)
    return run(frame, node.orelse, depth)


def _bind_target(frame: Frame, target: ast.expr, over: ast.expr) -> None:
    """The loop's own names: numbers where it counts, else unknown."""
    function = over.func if isinstance(over, ast.Call) else None
    name = (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
    if name in ("reversed", "tqdm", "trange", "list") and isinstance(over, ast.Call) and over.args:
        counts = name == "trange"
        if not counts:
            _bind_target(frame, target, over.args[0])
            return
    else:
        counts = name in _COUNTING
    if name == "enumerate" and isinstance(target, ast.Tuple) and len(target.elts) == 2:
        _loop_name(frame, target.elts[0], counts=True)
        _loop_name(frame, target.elts[1], counts=False)
    else:
        _loop_name(frame, target, counts)


def _loop_name(frame: Frame, target: ast.expr, counts: bool) -> None:
    if isinstance(target, ast.Tuple | ast.List):
        for each in target.elts:
            _loop_name(frame, each, counts=False)
        return
    found = frame.entity(target)
    if found:
        frame.output.set(found, Apply("scalar" if counts else "unknown", ()))


def _loop(frame: Frame, body: list[ast.stmt], depth: int) -> None:
    """A body whose names may have been changed by a pass before this one."""
    output = frame.output
    before = len(output.assigned)
    silent = bool(output.silence)
    if output.is_spent:
        run(frame, body, depth)
        return
    with output.aside(silent=True) as (statements, changed):
        run(frame, body, depth)
    kept = [each for each in frame.kept(changed) if output.assigned.was(each, before) or each in output.free]
    saved = {each: output.fresh() for each in kept}
    for each, place in saved.items():
        output.set(place, name_of(each))
    output.statements.extend(statements)
    _meet(frame, saved)
    if not silent:
        run(frame, body, depth)
        _meet(frame, saved)


def _meet(frame: Frame, saved: Mapping[Entity, Entity]) -> None:
    for each, place in saved.items():
        frame.output.keep(each, Apply("join", (name_of(place), name_of(each))))


def _with(frame: Frame, node: ast.With | ast.AsyncWith, depth: int) -> bool:
    for item in node.items:
        if item.optional_vars is not None:
            _loop_name(frame, item.optional_vars, counts=False)
    return run(frame, node.body, depth)


def _try(frame: Frame, node: ast.Try, depth: int) -> bool:
    """The body, then what may follow it; a handler is a branch that may be taken."""
    ended = run(frame, node.body, depth) or run(frame, node.orelse, depth)
    if node.handlers:
        _choose(frame, [handler.body for handler in node.handlers], exhaustive=False, depth=depth)
    return run(frame, node.finalbody, depth) or ended


def _match(frame: Frame, node: ast.Match, depth: int) -> bool:
    return _choose(frame, [case.body for case in node.cases], exhaustive=False, depth=depth)


def _delete(frame: Frame, node: ast.Delete) -> None:
    for target in node.targets:
        found = frame.entity(target)
        if found:
            frame.output.forget(found)


def state(frame: Frame, node: ast.Expr) -> None:
    """An expression alone: a formula, or a call with formulas in it; `hs.append(h)` adds to a list."""
    value = node.value
    if isinstance(value, ast.Call):
        _run(frame, value)
    else:
        say_parts(frame, value)


def _run(frame: Frame, call: ast.Call) -> None:
    read = frame.reader.node(call)
    if type(read) is Name:
        return
    assert isinstance(read, Apply)
    function = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if function in ("append", "appendleft") and isinstance(call.func, ast.Attribute) and len(call.args) == 1:
        _append(frame, call.func.value, call.args[0])
    elif ast.unparse(call.func) in _AT and len(call.args) == 3 and not call.keywords:
        _add_at(frame, call)
    elif _is_formula(read):
        frame.output.say((read,), "", frame.code.span(call))
    else:
        for argument in call.args:
            said(frame, argument.value if isinstance(argument, ast.Starred) else argument)


def _is_formula(read: Apply) -> bool:
    """Whether a call computes something of arrays."""
    if read.op == "method":
        return read.params["method"] in by_method()
    function = read.args[0] if read.op == "call" else None
    return type(function) is Name and function.base.rpartition(".")[2] in by_call()


def _add_at(frame: Frame, call: ast.Call) -> None:
    """`np.add.at(dE, rows, dX)`: the rows of dX are added to those of dE, one after the other."""
    array, places, value = call.args
    target = ast.copy_location(ast.Subscript(array, places, ast.Load()), call)
    read = frame.reader.node(value)
    added = Apply("neg", (read,), NO_PARAMS, read.span) if _AT[ast.unparse(call.func)] else read
    frame.output.say((frame.reader.node(target), added), ADDS_AT, frame.code.span(call))


def _append(frame: Frame, array: ast.expr, value: ast.expr) -> None:
    """`hs.append(h)`: from now on the last of the list."""
    found = frame.entity(array)
    if found:
        last, before = found.at(Index("[", "-1")), found.at(Index("[", "-2"))
        if last in frame.output.entries:
            take(frame, before, name_of(last))
        store(frame, last, value)
    else:
        said(frame, value)


_SIMPLE: Mapping[type[ast.stmt], Callable[[Frame, Any], None]] = {
    ast.Assign: assign, ast.AugAssign: augment, ast.AnnAssign: annotate, ast.Expr: state, ast.Delete: _delete,
}  # fmt: skip
_COMPOUND: Mapping[type[ast.stmt], Callable[[Frame, Any, int], bool]] = {
    ast.If: _if, ast.For: _for, ast.AsyncFor: _for, ast.While: _while, ast.With: _with, ast.AsyncWith: _with,
    ast.Try: _try, ast.TryStar: _try, ast.Match: _match,
}  # fmt: skip
