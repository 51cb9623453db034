"""Formulas in numpy code, read with `ast` and never run: `dZ1 = np.dot(W2.T, dZ2) * (1 - A1 ** 2)`.

A window is a whole module. Each function becomes equations in a scope of its own; an equation without a span is one
that nobody wrote: it says what a branch, a loop or a followed call makes of a name.
"""

from __future__ import annotations

from ...symbols import NONE_DECLARED, Declared
from ...syntax.nodes import Program, Trouble
from ...text import Window
from ...values import NamedTuple
from .._notation import Notation
from .._style import PYTHON, Style
from .._writer import Writer
from ._frame import Output
from ._functions import lower
from ._source import read

__all__ = ["PYTHON", "notation", "parse"]

HELD = 32
"""How many windows are held: a program is read many times over, one cell after the other."""


def parse(window: Window, declared: Declared = NONE_DECLARED) -> Program:
    """The statements of a module; never raises. A name of code is nothing else, whether it is declared or not."""
    return _parsed(window)


class _Read(NamedTuple):
    """What a window says, and what is known of its functions and of those before it."""

    program: Program
    output: Output | None


_held: dict[Window, _Read] = {}


def _parsed(window: Window) -> Program:
    """The statements of a module, lowered after what comes before it, and once as long as few others are read."""
    waiting: list[Window] = []
    at: Window | None = window
    while at is not None and at not in _held:
        waiting.append(at)
        at = at.before
    found = _held[at] if at else None
    for each in reversed(waiting):
        found = _lowered(each, found.output if found else None)
        _held[each] = found
        if len(_held) > HELD:
            del _held[next(iter(_held))]
    assert found is not None
    return found.program


def _lowered(window: Window, before: Output | None) -> _Read:
    code = read(window)
    if isinstance(code, Trouble):
        return _Read(Program(troubles=[code]), before)
    output = lower(code, before)
    return _Read(output.program, output)


def writer(text: str, style: Style) -> Writer:
    """What writes nodes of a host's text, with the signs of a style."""
    from ._writer import PythonWriter

    return PythonWriter(text, style)


notation = Notation("python", parse, writer, PYTHON, is_code=True, is_program=True, is_numpy=True, has_ranks=True)
