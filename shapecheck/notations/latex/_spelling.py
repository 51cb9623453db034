r"""Spell names in LaTeX: `W[2]` is `W^{[2]}`, `δ` is `\delta`, `x̂` is `\hat{x}`; what is LaTeX already stays."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from unicodedata import normalize

from ...syntax.nodes import Index, Name
from ._commands import ACCENTS, FUNCTIONS, LETTERS

_PLAIN = re.compile(r"[\[(<]|[^\x00-\x7f]|_[A-Za-z0-9]{2}")
_GREEK = {letter: f"\\{command}" for command, letter in reversed(LETTERS.items()) if "var" not in command}
_MARKS = {mark: f"\\{command}" for command, mark in reversed(ACCENTS.items())}
_TRANSPOSE = re.compile(
    r"(?:\^\s*\{?|(?<=[\])])\s*)(?P<sign>\\(?:top|intercal)(?![a-z])|\\(?:mathsf|mathrm|text|rm|sf)\s*(?:\{\s*T\s*\}|T)|(?<=\^)T|(?<=\^\{)T(?=\s*\}))"
)
"""A transpose above an array, alone or after a layer."""
_OPEN = {"[": "[%s]", "(": "(%s)", "<": "\\langle %s \\rangle", "^": "%s"}


def spelled(name: Name) -> str:
    """A name in LaTeX."""
    text = name.text
    if "\\" in text or "{" in text or "." in text or not _PLAIN.search(text):
        return text
    below = "".join(_below(index) for index in name.indices if index.kind == "_")
    above = "".join(_OPEN[index.kind] % index.text for index in name.indices if index.kind in _OPEN)
    rest = "".join(f'["{index.text}"]' for index in name.indices if index.kind == '"')
    return letters(name.base) + below + (f"^{{{above}}}" if above else "") + rest


def function(name: Name) -> str:
    """A function's name: `\\tanh`, `\\operatorname{softmax}`."""
    if name.base in FUNCTIONS and not name.indices:
        return name.text if "\\" in name.text else f"\\{name.base}"
    return spelled(name)


def letters(base: str) -> str:
    """Letters with their marks, as commands."""
    found = ""
    for sign in normalize("NFD", base):
        if sign in _MARKS and found:
            head, last = _last(found)
            found = f"{head}{_MARKS[sign]}{{{last}}}"
        else:
            found += _GREEK.get(sign, "\\mathbf{1}" if sign == "𝟙" else sign)
    return found


def _last(text: str) -> tuple[str, str]:
    at = text.rfind("\\") if re.search(r"\\[A-Za-z]+\Z", text) else len(text) - 1
    return text[:at], text[at:]


def _below(index: Index) -> str:
    text = re.sub(r"[^\x00-\x7f]", lambda found: _GREEK.get(found[0], found[0]), index.text)
    word = len(text) > 2 and text.isascii() and text.isalpha()
    return f"_{{\\text{{{text}}}}}" if word else f"_{text}" if len(text) == 1 else f"_{{{text}}}"


@lru_cache(maxsize=8)
def usual_transpose(text: str) -> str:
    r"""The transpose that stands most often in a text, `^\top` of `W^{[2]\top}` too; "" where there is none."""
    counts = Counter(_bare(found) for found in _TRANSPOSE.finditer(text))
    return next((f"^{sign}" for sign, _ in counts.most_common(1)), "")


def _bare(found: re.Match[str]) -> str:
    """A transpose as its author raises it: in braces, unless it is a letter, or a command that stands bare."""
    sign = "".join(found["sign"].split())
    is_bare = found[0].startswith("^\\") and sign.endswith("}")
    return sign if is_bare or sign in ("T", r"\top", r"\intercal") else f"{{{found['sign'].strip()}}}"
