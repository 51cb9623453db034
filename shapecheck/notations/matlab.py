"""Formulas in MATLAB and Octave: `dZ1 = (W2' * dZ2) .* g'(Z1)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._infixes import INFIXES
from ._notation import Notation
from ._operands import OPERANDS, handle
from ._postfixes import POSTFIXES, matlab_quote
from ._pratt import Grammar
from ._statements import parsing
from ._style import MATLAB, Style

if TYPE_CHECKING:
    from ._writer import Writer

grammar = Grammar({**OPERANDS, "@": handle}, {**POSTFIXES, "'": matlab_quote}, INFIXES, None, matlab=True)


def writer(text: str, style: Style) -> Writer:
    """What writes nodes of a host's text, with the signs of a style."""
    from ._matlab_writer import MatlabWriter

    return MatlabWriter(text, style)


notation = Notation(
    "matlab", parsing(grammar), writer, MATLAB, is_code=True, is_dotted=True, has_columns=True, first=1, summed=0,
    opening="(", axis="dimension {}", remark="%", stop=";",
)  # fmt: skip
