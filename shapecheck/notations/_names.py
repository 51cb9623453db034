"""Take a name's text apart: `decompose("W^{[2]}")` is base `W` with a layer index, as is `W2`, `W_2` or `W₂`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import normalize

from ..syntax.nodes import Index
from ._characters import LETTER, SUBSCRIPTS, lowered, of_ascii

MODULES = ("np", "numpy", "jnp", "jax", "torch", "tf", "nn", "scipy", "math", "F")

_DIGITS_T = re.compile(r"[0-9]T(?:_|$)")
_HEAD = "(?:LETTER|Σ|1(?=_)|𝟙)(?:LETTER|Σ|[0-9])*"
_KEY = re.compile(r"\[\s*([\"'])(.*?)\1\s*\]")
_PART = (
    rf"\^?\{{?\s*\[(?P<layer>[^\]]*)\]|\^?\{{?\s*\((?P<round>[^)]*)\)|\^?\{{?\s*[<⟨](?P<time>[^>⟩]*)[>⟩]"
    rf"|_\{{(?P<low>[^{{}}]*)\}}|\{{(?P<cell>[^{{}}]*)\}}|_?(?P<sub>[{SUBSCRIPTS}]+)|\.(?P<attribute>\w+)"
    r"|_(?P<part>(?:LETTER|[0-9])+)|[_^]?\{?(?P<star>[*⋆])\}?|[\s}]+"
)
_KIND = {
    "layer": "[",
    "cell": "[",
    "round": "(",
    "time": "<",
    "low": "_",
    "sub": "_",
    "attribute": ".",
    "part": "_",
} | {"star": "_"}


_MOST = 1 << 12
"""How many names are remembered: those of several hundred lines, since a name returns within a few."""


@lru_cache(maxsize=_MOST)
def decompose(text: str) -> tuple[str, tuple[Index, ...]]:
    """The base of a name and its indices; a module's function (`np.dot`) and a transposed `W2T` stay whole."""
    head, _, rest = text.partition(".")
    if (rest and rest != "T" and head in MODULES) or ("T" in text and _DIGITS_T.search(text)):
        return text, ()
    start = _pattern(_HEAD, text.isascii()).match(text)
    if start is None:
        return text, ()
    found = _indices(text, start.end())
    if found is None:
        return normalize("NFC", text), ()
    base, digits = start[0], ""
    stem = base.rstrip("0123456789")
    if stem and stem != base and not any(map(str.isdigit, stem)):
        base, digits = stem, base[len(stem) :]
    own = (Index("_", digits),) if digits else ()
    return normalize("NFC", base), own + found


@cache
def _pattern(text: str, ascii_only: bool) -> re.Pattern[str]:
    return re.compile(of_ascii(text.replace("LETTER", "[A-Za-z]")) if ascii_only else text.replace("LETTER", LETTER))


def _indices(text: str, at: int) -> tuple[Index, ...] | None:
    """The indices from an offset on; None if something else stands there."""
    found, part = [], _pattern(_PART, text.isascii())
    while at < len(text):
        key = _KEY.match(text, at)
        match = key or part.match(text, at)
        if match is None:
            return None
        if key:
            found.append(Index('"', key[2]))
        elif match.lastgroup:
            index = "*" if match.lastgroup == "star" else "".join(lowered(match[match.lastgroup]).split())
            found.append(Index(_KIND[match.lastgroup], index))
        at = match.end()
    return tuple(found)
