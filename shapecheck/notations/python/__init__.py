"""Formulas in numpy code, read with `ast` and never run: `dZ1 = np.dot(W2.T, dZ2) * (1 - A1 ** 2)`.

A window is a whole module. Each function becomes equations in a scope of its own; an equation without a span is one
that nobody wrote: it says what a branch, a loop or a followed call makes of a name.
"""

from __future__ import annotations

from functools import lru_cache

from ...symbols import NONE_DECLARED, Declared
from ...syntax.nodes import Node, Program, Trouble
from ...text import Window
from .._notation import Notation
from .._style import Style
from .._writer import Writer
from ._assertions import Assertion, assertions
from ._functions import lower
from ._source import read
from ._statement import statement

__all__ = ["PYTHON", "Assertion", "assertions", "notation", "parse", "statement", "write"]

HELD = 4
"""How many modules are held: a program is read many times over, one after the other."""
PYTHON = Style(".T", " @ ", " @ ", " * ", "**", " / ")


def parse(window: Window, declared: Declared = NONE_DECLARED) -> Program:
    """The statements of a module; never raises. A name of code is nothing else, whether it is declared or not."""
    return _parsed(window)


@lru_cache(maxsize=HELD)
def _parsed(window: Window) -> Program:
    """The statements of a module, lowered once as long as few others are read between."""
    code = read(window)
    if isinstance(code, Trouble):
        return Program(troubles=[code])
    return lower(code).program


def write(node: Node, text: str, style: Style = PYTHON) -> str:
    """The node as text; what has a span is copied from the host's text."""
    from ._writer import PythonWriter

    return PythonWriter(text, style).write(node)


def _writer(text: str, style: Style) -> Writer:
    from ._writer import PythonWriter

    return PythonWriter(text, style)


notation = Notation("python", parse, write, PYTHON, _writer)
