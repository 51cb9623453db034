r"""What stands above and below as plain text: `script(r"\langle t \rangle T")` is `<t>T`; fonts are gone."""

from __future__ import annotations

import re
from functools import lru_cache

from ._commands import ACCENTS, FONTS, LETTERS

DEEPEST = 200
WORDS = "prev|next|out|input|output|hidden|old|new|max|min|test|train|loss|true|pred|in"
"""Subscripts of several letters that are written without braces, against TeX."""

_TEXT = r"(?:text\w*|math\w+|rm|bf|operatorname|hat|tilde|bar|vec)"
SCRIPT = re.compile(
    rf"""[\s~]*([_^])[\s~]*(?:\{{([^{{}}]*)\}}|(\{{)|(\\{_TEXT}\s*(?:\{{[^{{}}]*\}}|[A-Za-z])|\\[A-Za-z]+
    |(?<=_)(?:(?:{WORDS})(?![a-z])|[0-9]+|.)|(?<=\^)(?:-?[0-9]+|-?T|\[[^\[\]{{}}]*\]|\(\s*\w+\s*\)|<[^<>]*>|'+|.)))""",
    re.VERBOSE | re.DOTALL,
)
"""A script: its sign, then its text between braces, a brace alone where it holds more of them, or its only token."""

INDICES = re.compile(r"\s*(?:(?:\[[^\[\]]+\]|\(\s*\w+(?:\s*[+-]\s*\w+)*\s*\)|<[^<>]+>)\s*)+")
"""What stands above a name as its indices."""

LABEL = re.compile(
    r"[*⋆]|[a-z]{3,}(?<!\btrans)(?<!\btranspose)|[A-GI-KO-SU-Z]|[A-Z]{2,3}(?<!T)|\w+(?:\s*,\s*\w+(?:\s*[+-]\s*\w+)?)+"
)
"""What stands above a name as part of it, as in `W^Q` and `δ^{x,L}`;
T is a transpose, H is often one, L a layer, M and N powers."""

_COMMAND = re.compile(r"\\([A-Za-z]+)\*?\s*|\\(.)|[{}~&$]", re.DOTALL)
_MARKED = re.compile(rf"\\({'|'.join(ACCENTS)})(?![A-Za-z])\s*(?:\{{\s*(\\?[A-Za-z]+)\s*\}}|(\\[A-Za-z]+|[A-Za-z]))")
_NESTED = re.compile(r"(?<=[\])>])(\s*)\^\s*(T|'+)\Z")
"""A transpose or a prime above an index, `W^{[1]^T}`: it is one of the name."""
_PLAIN = {
    "langle": "<", "rangle": ">", "top": "T", "intercal": "T", "T": "T", "transpose": "T", "prime": "'", "ast": "*",
    "star": "*", "in": "∈", "lbrack": "[", "rbrack": "]", "tau": "τ", "le": "≤", "lt": "<", "gt": ">", "trans": "T",
    "dagger": "†",
}  # fmt: skip
_NOTHING = FONTS | frozenset(
    "left right quad qquad displaystyle textstyle scriptstyle limits big bigl bigr tiny small large".split()
)


@lru_cache(maxsize=1 << 14)
def script(content: str) -> str:
    """The text of a script; what has no plain text stays a command in it."""
    if "\\" in content:
        content = _MARKED.sub(_marked, content)
    elif "{" not in content and "~" not in content:
        return content.strip()
    plain = _COMMAND.sub(_text, content).strip()
    return _NESTED.sub(r"\1\2", plain) if "^" in plain else plain


def _marked(found: re.Match[str]) -> str:
    base = found[2] or found[3]
    return LETTERS.get(base.lstrip("\\"), base) + ACCENTS[found[1]]


def _text(found: re.Match[str]) -> str:
    command, sign = found[1], found[2]
    if command is None:
        return "_" if sign == "_" else ""
    if command in _NOTHING:
        return ""
    return _PLAIN.get(command) or LETTERS.get(command) or found[0]


def group(text: str, at: int) -> int:
    """The offset after the group whose brace opens at an offset; beyond the text where it does not close.

    One that holds groups nested deeper than any formula counts as not closed.
    """
    depth = 0
    while at < len(text) and depth < DEEPEST:
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth <= 0:
                return at + 1
        at += 1
    return len(text) + 1
