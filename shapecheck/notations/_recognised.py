"""Tell in which notation a line or a file of formulas is written, where nobody says it."""

from __future__ import annotations

import re

from ..documents._code import indexed_in
from ..symbols import Declared
from ._signs import COMMANDS

_COMMAND = re.compile(rf"\\(?:[,;:!]|(?!(?:{'|'.join(COMMANDS)})(?![A-Za-z]))[A-Za-z]{{2,}})")
_SIGNS = re.compile(r"\.[*^/]|\.'")
_DOTTED = r"[\w)\]'] \.(?:[-+<>]|[=!]=)"
"""A dot that only Julia puts before a sign, as in `Z .> 0`."""
_BRACKET = r"\((?:[^()]|\([^()]*\))*\)"
_QUOTED = rf"[\w)\]]'\s*\*(?!\*)|(?<!\*)\*\s*(?:\w+|{_BRACKET})'(?!\s*\()"
"""A quote that transposes a factor beside `*`, as in `x'*A*x` and `X*(X*w - y)'`: there both are MATLAB's."""
_DERIVED = r"\w'\s*\("
_FOREIGN = r"\.T(?!\w)|\^\{?\s*\\?T|ᵀ|[@∘⊙·⋅]|(?<![\[;,])[\w)\]}'][ \t]+(?![xX][ \t])[^\W_(]"


def name_of_line(text: str, declared: Declared) -> str:
    """The notation of a line of plain text: it may be LaTeX, or Python."""
    if is_latex(text):
        return "latex"
    return "python" if _is_python(text, declared) else "plain"


def name_of_file(text: str) -> str:
    """The notation of the formulas of a file."""
    if " ." in text and re.search(_DOTTED, text):
        return "julia"
    return "matlab" if is_matlab(text) else "plain"


def is_latex(text: str) -> bool:
    """Whether a text has commands or blanks of LaTeX in it, beyond the signs that plain text borrows (`\\odot`)."""
    return "\\" in text and _COMMAND.search(text) is not None


def _is_python(text: str, declared: Declared) -> bool:
    """Whether a line of a file of formulas is Python: what it takes entries of is an array, and no family of layers."""
    indexed = indexed_in(text.strip())
    return indexed is not None and all(map(declared.is_spelled, indexed))


def is_matlab(text: str) -> bool:
    """Whether a formula is plainly MATLAB: `.*`, `./`, `.^` or `.'` in it, and no `.T`, `^T` or juxtaposition.

    So is one with quotes for transposes beside `*`, if none of its quotes is a derivative's.
    """
    is_quoted = "'" in text and re.search(_QUOTED, text) is not None and re.search(_DERIVED, text) is None
    if not is_quoted and _SIGNS.search(text) is None:
        return False
    bare = re.sub(r"\[[^\[\]]*\]|%[^\r\n]*", "[]", text)
    return re.search(_FOREIGN, bare) is None
