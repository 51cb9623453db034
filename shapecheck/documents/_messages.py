"""What numpy, torch and others say where shapes do not fit: a row a message, read into shapes with their places.

Sources: the libraries' own texts; tests raise those of numpy and read them again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ..text import Span
from ..values import NamedTuple

Sizes = tuple[int | None, ...]


class Message(NamedTuple):
    """A message: what failed, the two shapes that it names with their places, other numbers in it, and its own place.

    The kinds are `product`, `elementwise`, `target` (a result, and the smaller array that it is written to), `reshape`,
    `axis`, `blocks` and `square`. A dimension that a message does not name is None.
    """

    kind: str
    shapes: tuple[Sizes, ...]
    places: tuple[Span, ...]
    numbers: Mapping[str, int]
    span: Span


_SHAPE = r"[(\[](?:\d+(?:,\s*\d+)*,?)?[)\]]"
_A, _B = rf"(?P<a>{_SHAPE})", rf"(?P<b>{_SHAPE})"
_BY = r"\d+(?:\s*x\s*\d+)+"
_OPS = rf"nonconformant arguments \(op1 is (?P<a>{_BY}), op2 is (?P<b>{_BY})\)"
_MESSAGES = (
    ("product", rf"shapes {_A} and {_B} not aligned(?:: [^\n]*)?"),
    ("product", rf"mat1 and mat2 shapes cannot be multiplied \((?P<a>{_BY}) and (?P<b>{_BY})\)"),
    ("product", rf"size mismatch, m1: \[(?P<a>{_BY})\], m2: \[(?P<b>{_BY})\]"),
    ("product", rf"Matrix size-incompatible: In\[0\]: {_A}, In\[1\]: {_B}"),
    ("product", rf"operator \*: {_OPS}"),
    ("product", rf"A has (?:dimensions|size) {_A},? (?:but )?(?:matrix )?B has (?:dimensions|size) {_B}"),
    (
        "product",
        r"(?:matmul: )?Input operand 1 has a mismatch in its core dimension 0, with gufunc signature \S+"
        r" \(size (?P<rows>\d+) is different from (?P<columns>\d+)\)",
    ),
    (
        "product",
        r"contracting dimensions to have the same shape, got \((?P<columns>\d+),\) and \((?P<rows>\d+),\)",
    ),
    ("product", r"inconsistent tensor size, expected tensor (?P<a>\[\d+\]) and src (?P<b>\[\d+\]) to have[^\n]*"),
    (
        "elementwise",
        rf"operands could not be broadcast together with (?:remapped )?shapes (?:\[[^\]]*\]: )?{_A} {_B}",
    ),
    ("elementwise", rf"(?:Incompatible shapes|required broadcastable shapes)[^\n(\[]*{_A} vs\. {_B}"),
    ("elementwise", rf"ncompatible shapes for broadcasting: (?:shapes=\[)?{_A}(?: and requested shape|,) {_B}"),
    ("elementwise", rf"(?:operator [-+]|product|quotient): {_OPS}"),
    (
        "elementwise",
        r"The size of tensor a \((?P<one>\d+)\) must match the size of tensor b \((?P<other>\d+)\)[^\n]*",
    ),
    ("target", rf"non-broadcastable output operand with shape {_B} doesn't match the broadcast shape {_A}"),
    ("target", rf"output with shape {_B} doesn't match the broadcast shape {_A}"),
    ("target", rf"could not broadcast input array from shape {_A} into shape {_B}"),
    ("reshape", rf"cannot reshape array of size (?P<entries>\d+) into shape {_B}"),
    ("reshape", rf"shape '{_B}' is invalid for input of size (?P<entries>\d+)"),
    ("axis", r"axis (?P<axis>-?\d+) is out of bounds for array of dimension (?P<rank>\d+)"),
    (
        "axis",
        r"Dimension out of range \(expected to be in range of \[-(?P<rank>\d+), -?\d+\], but got (?P<axis>-?\d+)\)",
    ),
    (
        "blocks",
        r"all the input array dimensions except for the concatenation axis must match exactly, but along dimension"
        r" (?P<axis>\d+), the array at index \d+ has size (?P<one>\d+) and the array at index \d+ has size"
        r" (?P<other>\d+)",
    ),
    (
        "blocks",
        r"Sizes of tensors must match except in dimension \d+\. Expected size (?P<one>\d+) but got size"
        r" (?P<other>\d+)[^\n]*",
    ),
    ("square", r"Last 2 dimensions of the array must be square"),
)


def message_in(text: str) -> Message | None:
    """The last message in a text, as a traceback ends with it."""
    matches = [(found, kind) for kind, pattern in _MESSAGES for found in _compiled(pattern).finditer(text)]
    if not matches:
        return None
    found, kind = max(matches, key=lambda each: each[0].start())
    groups = {name: each for name, each in found.groupdict().items() if each is not None}
    numbers = {name: int(each) for name, each in groups.items() if name not in ("a", "b")}
    if "rows" in numbers:
        groups |= {"a": groups["columns"], "b": groups["rows"]}
        shapes: list[Sizes] = [(None, numbers["columns"]), (numbers["rows"], None)]
        places = [Span(*found.span("columns")), Span(*found.span("rows"))]
    else:
        names = [name for name in ("a", "b") if name in groups]
        shapes = [tuple(map(int, re.findall(r"\d+", groups[name]))) for name in names]
        places = [Span(*found.span(name)) for name in names]
    return Message(kind, tuple(shapes), tuple(places), numbers, Span(*found.span()))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
