"""Formulas as people type them: `dZ1 = W2.T dZ2 * g1'(Z1)`, `δ¹ = W²ᵀ δ² ⊙ σ'(z¹)`, with numpy's calls in them."""

from __future__ import annotations

from ..symbols import NONE_DECLARED, Declared
from ..syntax.nodes import Node, Program
from ..text import Window
from ._infixes import INFIXES, juxtaposed
from ._notation import Notation
from ._operands import OPERANDS
from ._postfixes import POSTFIXES
from ._pratt import Grammar
from ._statements import read
from ._style import PLAIN, Style

grammar = Grammar(OPERANDS, POSTFIXES, INFIXES, juxtaposed)


def parse(window: Window, declared: Declared = NONE_DECLARED) -> Program:
    """The statements of a line; never raises."""
    return read(window, grammar, declared)


def write(node: Node, text: str, style: Style = PLAIN) -> str:
    """The node as text; what has a span is copied from the host's text."""
    from ._writer import Writer

    return Writer(text, style).write(node)


notation = Notation("plain", parse, write, PLAIN, is_numpy=True)
