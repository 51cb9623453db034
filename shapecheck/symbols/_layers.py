"""Layers as polynomials, `l-1` and 2, and as they stand in keys and in dimensions: `W[l-1]`, `n[l-1]`, `n2`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ..shapes.dims import Dim, number, substitute, symbol

SUM = re.compile(r"[-+]?[^-+]+")
"""A term of a sum such as `l-1`, with its sign."""
_LAYERED = re.compile(r"(\w+)\[([^\[\]]+)\]\Z")
"""A dimension of a layer: `n[l-1]`."""


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
