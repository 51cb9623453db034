"""Formulas as people type them: `dZ1 = W2.T dZ2 * g1'(Z1)`, `δ¹ = W²ᵀ δ² ⊙ σ'(z¹)`, with numpy's calls in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._infixes import INFIXES, juxtaposed
from ._notation import Notation
from ._operands import OPERANDS
from ._postfixes import POSTFIXES
from ._pratt import Grammar
from ._statements import parsing
from ._style import PLAIN, Style

if TYPE_CHECKING:
    from ._writer import Writer

grammar = Grammar(OPERANDS, POSTFIXES, INFIXES, juxtaposed)


def writer(text: str, style: Style) -> Writer:
    """What writes nodes of a host's text, with the signs of a style."""
    from ._writer import Writer

    return Writer(text, style)


notation = Notation("plain", parsing(grammar), writer, PLAIN, is_numpy=True)
