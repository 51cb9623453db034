"""Formulas in MATLAB and Octave: `dZ1 = (W2' * dZ2) .* g'(Z1)`; `is_matlab` tells them from mathematics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..symbols import NONE_DECLARED, Declared
from ..syntax.nodes import Node, Program
from ..text import Window
from ._infixes import INFIXES
from ._notation import Notation
from ._operands import OPERANDS, handle
from ._postfixes import POSTFIXES, matlab_quote
from ._pratt import Grammar
from ._statements import read
from ._style import MATLAB, Style

if TYPE_CHECKING:
    from ._writer import Writer

grammar = Grammar({**OPERANDS, "@": handle}, {**POSTFIXES, "'": matlab_quote}, INFIXES, None, matlab=True)

_SIGNS = re.compile(r"\.[*^/]|\.'")
_QUOTED = r"[\w)\]]'\s*\*(?!\*)|(?<!\*)\*\s*\w+'(?!\s*\()"
"""A quote that transposes a factor beside `*`, as in `x'*A*x`: there both are MATLAB's."""
_DERIVED = r"\w'\s*\("
_FOREIGN = r"\.T(?!\w)|\^\{?\s*\\?T|ᵀ|[@∘⊙·⋅]|(?<![\[;,])[\w)\]}'][ \t]+(?![xX][ \t])[^\W_(]"


def is_matlab(text: str) -> bool:
    """Whether a formula is plainly MATLAB: `.*`, `./`, `.^` or `.'` in it, and no `.T`, `^T` or juxtaposition.

    So is one with quotes for transposes beside `*`, if none of its quotes is a derivative's.
    """
    is_quoted = "'" in text and re.search(_QUOTED, text) is not None and re.search(_DERIVED, text) is None
    if not is_quoted and _SIGNS.search(text) is None:
        return False
    bare = re.sub(r"\[[^\[\]]*\]|%[^\r\n]*", "[]", text)
    return re.search(_FOREIGN, bare) is None


def parse(window: Window, declared: Declared = NONE_DECLARED) -> Program:
    """The statements of a line; never raises."""
    return read(window, grammar, declared)


def writer(text: str, style: Style) -> Writer:
    """What writes nodes of a host's text, with the signs of a style."""
    from ._matlab_writer import MatlabWriter

    return MatlabWriter(text, style)


def write(node: Node, text: str, style: Style = MATLAB) -> str:
    """The node as text; what has a span is copied from the host's text."""
    return writer(text, style).write(node)


notation = Notation("matlab", parse, write, MATLAB, writer)
