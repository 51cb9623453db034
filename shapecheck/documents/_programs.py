"""Read a program: its text as one window, and its comments with their pragmas and statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..pragmas import Pragma, find
from ..text import Piece, Source, regex
from ._code import parsed
from ._document import Passage, Scope, Text
from ._excerpt import Excerpt
from ._explicit import said

_HINTS = ("shapecheck", "expect", "SC", "sc")
"""Where none of these stands, no comment speaks to shapecheck."""


LANGUAGES = {
    **dict.fromkeys(("python", "py", "python3", "ipython", "ipython3"), "python"),
    **dict.fromkeys(("julia", "jl"), "julia"),
}
"""The notation of a fence or a cell by its language."""
_ARRAYS = regex(r"\b(?:np|numpy|torch|jnp)\.\w|\.dot\(|\w\.T\b(?=[^\n]*[@*])|[\w\])] @ [\w(]")
_LONG = r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)|' + r"'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)"
_SHORT = r'"(?:[^"\\\r\n]|\\.)*+"?' + r"|'(?:[^'\\\r\n]|\\.)*+'?"
_TOKEN = regex(rf"{_LONG}|{_SHORT}|#[^\r\n]*", re.DOTALL)


def windows(source: Source, notation: str) -> Iterator[Passage]:
    """The program, then what its comments state, in order."""
    return passages(Excerpt([Piece(source.text, 0)]), notation)


def passages(
    excerpt: Excerpt, notation: str, scope: Scope = (), cell: int | None = None, block: int = 0
) -> Iterator[Passage]:
    """The program that an excerpt is, then what its comments state."""
    text = excerpt.text
    if not text.strip():
        return
    pragmas: list[Pragma] = []
    stated: list[Passage] = []
    for comment in _comments(text) if any(hint in text for hint in _HINTS) else ():
        pragma = find(text[comment.start : comment.stop], excerpt.host(comment.start))
        if pragma is not None:
            pragmas.append(pragma)
        elif "shapecheck" in text[comment.start : comment.stop]:
            begin = text.find("shapecheck", comment.start)
            if text[comment.start : begin].strip("# \t") == "":
                stated.extend(said(excerpt.part(begin, comment.stop), scope, cell).passages)
    yield Passage(excerpt.window(0, len(text), notation), None, False, scope, cell, block, tuple(pragmas))
    yield from stated


def is_program(text: str) -> bool:
    """Whether a text without a language is Python that computes with arrays, as in `dW = x.T @ dz`."""
    return _ARRAYS.search(text) is not None and parsed(text) is not None


def _comments(text: str) -> Iterator[slice]:
    """The comments of a program; a `#` in a string begins none."""
    for token in _TOKEN.finditer(text):
        if token[0][0] == "#":
            yield slice(token.start(), token.end())


def texts(source: Source) -> Iterator[Text]:
    """The whole program."""
    yield Text(Excerpt([Piece(source.text, 0)]), "program")
