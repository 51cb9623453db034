"""What indices say: layers as polynomials, as in `W[l-1]` and `n[l-1]`, or that a name is an entry, `ij`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ..shapes.dims import Dim, number, substitute, symbol

COUNTING = frozenset("ijkpqrsuv")
"""Letters that count the entries of arrays."""
_PLACE = r"[0-9]{1,4}|[ijkmnpqrsuv](?:[+-][0-9]{1,4})?"
SUM = re.compile(r"[-+]?[^-+]+")
"""A term of a sum such as `l-1`, with its sign."""
_LAYERED = re.compile(r"(\w+)\[([^\[\]]+)\]\Z")
"""A dimension of a layer: `n[l-1]`."""


def is_entry(text: str, bound: frozenset[str]) -> bool:
    """Whether an index names a row and a column: `ij`, `pq`, `2,1`, `i,j+1`, `1j`."""
    if "," in text:
        return all(re.fullmatch(_PLACE, part) is not None or part in bound for part in text.split(","))
    letters = [sign for sign in text if not sign.isdecimal()]
    mixed = text.isalnum() and 0 < len(letters) < len(text) == 2
    whole = len(text) > 1 and text.isalpha() and len(set(text)) > 1
    return (mixed or whole) and set(letters) <= COUNTING | bound


def layer_text(layer: Dim) -> str:
    """A layer as it stands in a key: `2`, `l-1`."""
    return layer.text.replace(" ", "")


def dimension(base: str, layer: Dim) -> Dim:
    """The dimension of a layer: `n2` where it is numbered, `n[l-1]` where it is not."""
    return symbol(base + layer.text if layer.value is not None else f"{base}[{layer_text(layer)}]")


def at_layers(dim: Dim, at: Callable[[str], Dim | None]) -> Dim:
    """A dimension with the layers in it changed: of `n[l-1]` the `l-1`; one that has no layer then is left as it is."""
    changed: dict[str, Dim] = {}
    for name in dim.symbols:
        found = _LAYERED.match(name)
        layer = at(found[2]) if found else None
        if found and layer is not None:
            changed[name] = dimension(found[1], layer)
    return substitute(dim, changed) if changed else dim


@lru_cache(maxsize=1 << 16)
def layer_of(text: str) -> Dim:
    """The layer that a text such as `2` or `l-1` says."""
    if text.isdecimal():
        return number(int(text))
    total = number(0)
    for part in SUM.findall(text):
        term = part.lstrip("+-")
        value = number(int(term)) if term.isdecimal() else symbol(term)
        total = total - value if part[0] == "-" else total + value
    return total
