"""One call of an operation: its shapes and parameters, and in which domain its arrays are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from shapecheck.shapes.dims import Dim, Shape, number, symbol


class Sample(NamedTuple):
    """One call of an operation; dimensions are symbols or numbers between blanks, `()` is a scalar.

    `positive` draws arrays between 0 and 1, `mask` arrays of 0 and 1.
    """

    shapes: tuple[str, ...]
    params: Mapping[str, Any] = {}
    positive: bool = False
    mathematics: bool = False
    mask: bool = False


def shape(text: str) -> Shape:
    """The shape that a text such as `n m 3` means."""
    return () if text == "()" else tuple(map(dim, text.split()))


def dim(text: str) -> Dim:
    """A number or a symbol."""
    return number(int(text)) if text.isdigit() else symbol(text)


def of(*shapes: str, positive: bool = False, mathematics: bool = False, mask: bool = False, **params: Any) -> Sample:
    return Sample(shapes, params, positive, mathematics, mask)
