"""Constructors in running text: `W1 = np.random.randn(n_h, n_x) * 0.01` between backticks or on a line of its own.

In programs they are equations like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..documents import Text
from ..text import regex
from ._shapes import NAME, shape, span
from ._stated import Idiom, Stated

_LIBRARY = r"(?:(?:np|numpy|torch|jnp|tf)\.)?(?:random\.)?"
_DIMS = r"[\w +*/,\[\]-]{1,60}"
_CONSTRUCTOR = regex(
    rf"(?:(?<=`)|^[ \t]*)(?P<name>{NAME}(?:\[[\w\"'+-]{{1,20}}\])?)\s*=\s*{_LIBRARY}"
    rf"(?:(?:zeros|ones|empty|random|randn|rand|standard_normal)\(\s*\((?P<tuple>{_DIMS})\)"
    rf"|(?:normal|uniform|standard_normal)\([^()\n]{{0,40}}size\s*=\s*\((?P<named>{_DIMS})\)"
    rf"|(?:randn|rand|zeros|ones|empty)\((?P<loose>{_DIMS}))\s*\)",
    re.MULTILINE,
)


def find(text: Text) -> Iterator[Stated]:
    """The names that are constructed with an explicit shape."""
    for found in _CONSTRUCTOR.finditer(text.excerpt.text):
        told = found["tuple"] or found["named"] or found["loose"]
        dims = shape(f"({told})" if "," in told else f"({told},)")
        if dims is not None:
            place = span(text, found.start("name"), found.end())
            yield Stated(found["name"], "plain", dims, place, text.scope, text.cell)


idiom = Idiom("constructors", frozenset(("prose",)), ("rand", "zeros", "ones", "empty", "normal", "uniform"), find)
