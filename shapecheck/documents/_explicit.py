"""What comments of a host file say to shapecheck: statements, and pragmas with the formula that each is for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from ..pragmas import Pragma, find, mistaken
from ..text import Piece, Source, Span, Window, regex
from ..values import NamedTuple
from ._document import Passage, Scope
from ._excerpt import Excerpt
from .formulas import windows

_COMMENT = regex(r"\\.|(?P<comment>%[^\r\n]*)", re.DOTALL)


class Said(NamedTuple):
    """What a comment says: its statements, and a pragma where it is one."""

    passages: tuple[Passage, ...] = ()
    pragma: Pragma | None = None


NOTHING = Said()


def said(comment: Excerpt, scope: Scope = (), cell: int | None = None) -> Said:
    """What the text of a comment, without its signs, says to shapecheck: nothing if it begins with another word."""
    text = comment.text
    begin = len(text) - len(text.lstrip())
    if not text.startswith("shapecheck", begin):
        return (
            Said(pragma=mistaken(text.strip(), comment.host(begin), prefix=True)) if "sc" in text.lower() else NOTHING
        )
    at = begin + len("shapecheck")
    rest = text[at:].lstrip(" \t")
    if rest[:1] not in (":", "\n", "\r"):
        return NOTHING
    pragma = find(text.strip(), comment.host(begin))
    if pragma is not None and "\n" not in text.strip():
        return Said(pragma=pragma)
    at = len(text) - len(rest) + (rest[0] == ":")
    return Said(tuple(statements(comment.part(at, len(text)), scope, cell)))


def statements(
    excerpt: Excerpt, scope: Scope = (), cell: int | None = None, block: int = 0, is_code: bool = False
) -> Iterable[Passage]:
    """The statements of a text in the language of `.formulas` files."""
    for window, pragma, *_ in windows(Source(excerpt.text), is_code):
        pieces = [part for piece in window.pieces for part in excerpt.cut(piece.start, piece.start + len(piece.text))]
        yield Passage(Window(tuple(pieces)), pragma and _hosted(pragma, excerpt), True, scope, cell, block)


def _hosted(pragma: Pragma, excerpt: Excerpt) -> Pragma:
    start = excerpt.host(pragma.span.start)
    return pragma._replace(span=Span(start, start + pragma.span.end - pragma.span.start))


def without_pragmas(excerpt: Excerpt) -> tuple[Excerpt, list[Pragma]]:
    """Mathematics without the comments of TeX in it that are pragmas, and those."""
    cuts: list[tuple[int, int]] = []
    pragmas: list[Pragma] = []
    for sign in _COMMENT.finditer(excerpt.text):
        pragma = find(sign["comment"], excerpt.host(sign.start())) if sign["comment"] else None
        if pragma is not None:
            cuts.append(sign.span())
            pragmas.append(pragma)
    return (excerpt.without(cuts) if cuts else excerpt), pragmas


def with_pragmas(source: Source, passages: list[Passage], pragmas: Iterable[Pragma]) -> list[Passage]:
    """The passages, in order, each with its pragma: one is for the formula on its own line, else for the next one.

    A pragma without a formula has an empty window of its own.
    """
    passages = sorted(passages, key=lambda passage: passage.window.start)
    formulas = [at for at, passage in enumerate(passages) if not _states(passage)]
    starts = [passages[at].window.start for at in formulas]
    alone: list[Passage] = []
    for pragma in pragmas:
        after = bisect_right(starts, pragma.span.start)
        at = _on_line(source, [passages[each] for each in formulas[max(0, after - 1) : after + 1]], pragma)
        place = after if at is None else max(0, after - 1) + at
        if place < len(formulas) and passages[formulas[place]].pragma is None:
            passages[formulas[place]] = passages[formulas[place]]._replace(pragma=pragma)
        else:
            alone.append(Passage(Window((Piece("", pragma.span.start),)), pragma))
    return sorted([*passages, *alone], key=lambda passage: passage.window.start) if alone else passages


def _states(passage: Passage) -> bool:
    """Whether a passage is none that a pragma beside it could be for: it states something, or is a whole program."""
    text = passage.window.text
    return passage.window.notation == "python" or (passage.explicit and (":" in text or text.lstrip()[:1] == "@"))


def _on_line(source: Source, passages: list[Passage], pragma: Pragma) -> int | None:
    """Which of the formulas before and after a pragma stands on its line."""
    line = source.place(pragma.span.start).line
    for at, passage in enumerate(passages):
        last = passage.window.pieces[-1]
        if source.place(passage.window.start).line <= line <= source.place(last.start + len(last.text)).line:
            return at
    return None
