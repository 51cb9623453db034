"""Split a run of letters and digits into known names, where that works in exactly one way: `Wx`, `QK`, `W1X`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..notations._characters import fold
from ..notations._names import decompose
from ..symbols import Reading, make
from ..syntax.nodes import Index, Name
from ..table import Table
from ..text import Span
from ..vocabulary import GREEK_NUMBERS, PREFIXED
from ._functions import known_function

LONGEST = 8
"""The longest run of letters that is split into names; a longer one is a word."""
_FONT = re.compile(r"\\(?:math(?:bf|it)|bm|bold|boldsymbol|symbf|pmb)\s*\{\s*")


def split(name: Name, table: Table, reading: Reading) -> tuple[Name, ...] | None:
    """The names that a run is made of, the last with what follows it; None if there is no way, or more than one."""
    run = name.base
    if not 1 < len(run) <= LONGEST or not run[0].isalpha() or _start(name) is None:
        return None
    ways = [way for way in _ways(run, name.indices, table, reading) if len(way) > 1]
    if len(ways) != 1:
        return None
    return tuple(_pieces(ways[0], name))


def letters(name: Name) -> tuple[Name, ...] | None:
    """Two letters of LaTeX that nothing else is known of are two factors, unless the first is the d of a gradient."""
    base = name.base
    if len(base) != 2 or not base.isalpha() or base[0] == "d" or not name.text.startswith(base) or known_function(base):
        return None
    return tuple(_pieces((base[0], base[1]), name))


def changed(name: Name) -> tuple[Name, Name]:
    """`Δx` and `\\Delta x` as the letter and what is after it."""
    rest, text = name.base[1:], name.text
    at = text.index(rest[0], len("\\Delta") if text[0] == "\\" else 1)
    front = text[:at].rstrip()
    span = name.span._replace(end=name.span.start + len(front))
    behind = Name(text[at:], rest, name.indices, name.span._replace(start=name.span.start + at))
    return Name(front, name.base[0], (), span), behind


def _start(name: Name) -> int | None:
    """Where a run begins in its name's text, which may be set in one font, `\\mathbf{AXB}`; None if none does."""
    font = _FONT.match(name.text)
    if font is not None and not name.indices and name.text[font.end() :] == name.base + "}":
        return font.end()
    return 0 if fold(name.text).startswith(name.base) else None


def _ways(run: str, indices: tuple[Index, ...], table: Table, reading: Reading) -> Iterator[tuple[str, ...]]:
    """The ways to cut a run before its letters; a digit belongs to the letter before it, an index to the last."""
    for end in range(1, len(run)):
        if run[end].isalpha() and _is_known(run[:end], (), table, reading):
            for way in _ways(run[end:], indices, table, reading):
                yield (run[:end], *way)
    if _is_known(run, indices, table, reading) or (indices and _is_known(run, (), table, reading)):
        yield (run,)


def _is_known(text: str, indices: tuple[Index, ...], table: Table, reading: Reading) -> bool:
    if text == "I" and not indices:
        return True
    if (text in PREFIXED or text in GREEK_NUMBERS) and not indices:
        return True
    if not indices and len(text) == 1 and text in table.used:
        return True
    base, own = decompose(text)
    return table.is_splittable(reading.symbol(base, (*own, *indices)) if own or indices else make(base))


def _pieces(way: tuple[str, ...], name: Name) -> Iterator[Name]:
    at = start = _start(name) or 0
    font, close = name.text[:start], "}" * (start > 0)
    for place, text in enumerate(way):
        is_last = place == len(way) - 1
        base, own = decompose(text)
        end = len(name.text) - len(close) if is_last else at + len(text)
        span = Span(name.span.start + at, name.span.start + end)
        yield Name(f"{font}{name.text[at:end]}{close}", base, (*own, *name.indices) if is_last else own, span)
        at = end
