"""Expressions that stand alone: formulas, calls with formulas in them, and what adds to a list or at places."""

from __future__ import annotations

import ast

from ...ops import by_call, by_method
from ...syntax.nodes import ADDS_AT, NO_PARAMS, Apply, Index, Name
from ._assignments import said, say_parts, store, take
from ._frame import Frame, name_of

_AT = {"np.add.at": False, "numpy.add.at": False, "np.subtract.at": True, "numpy.subtract.at": True}
"""The calls that add at places, however often each place is named, and whether what they add is negative."""


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
