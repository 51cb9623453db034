"""Read a reStructuredText file: its blocks by line, with the bodies of the directives that hold formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..pragmas import Pragma, find
from ..text import Piece, Source, regex
from ..values import NamedTuple
from ._document import Headings, Passage, Text
from ._excerpt import Excerpt
from ._explicit import said, with_pragmas
from ._markdown import add_mathematics
from ._programs import LANGUAGES
from ._programs import passages as programs

_DIRECTIVE = regex(r"\s*\.\.[ \t]+(?:(?P<name>[\w-]+)::[ \t]*|(?=shapecheck))")
_OPTION = regex(r"\s+:[\w-]+:")
_ADORNMENT = regex(r"([=\-~^\"'`#*+.:_])\1{2,}\s*")
_ROLE = regex(r":math:`([^`]+)`")


class _Block(NamedTuple):
    """A run of lines: "text", or the body of a directive or comment by its name."""

    kind: str
    argument: Excerpt
    body: Excerpt
    level: int = 0


def windows(source: Source) -> Iterator[Passage]:
    """The formulas and statements of a text in order."""
    headings = Headings()
    found: list[Passage] = []
    pragmas: list[Pragma] = []
    for block in _blocks(source):
        if block.level:
            headings.meet(block.level)
        match block.kind:
            case "text":
                for math in _ROLE.finditer(block.body.text):
                    add_mathematics(source.text, block.body.part(*math.span(1)), found, headings.scope)
            case "math":
                for part in (block.argument, *_paragraphs(block.body)):
                    add_mathematics(source.text, part, found, headings.scope)
            case "code" | "code-block" | "sourcecode" if _notation(block):
                found.extend(programs(block.body, _notation(block), headings.scope))
            case "comment":
                pragma = find(block.argument.text, block.argument.host(0))
                pragmas.extend([pragma] if pragma else [])
                comment = Excerpt([*block.argument.pieces, *block.body.pieces])
                found.extend(() if pragma else said(comment, headings.scope).passages)
    return iter(with_pragmas(source, found, pragmas))


def texts(source: Source) -> Iterator[Text]:
    """The running text and the programs of a text."""
    headings = Headings()
    for block in _blocks(source):
        if block.level:
            headings.meet(block.level)
        if block.kind == "text":
            yield Text(block.body, "prose", headings.scope)
        elif block.kind in ("code", "code-block") and _notation(block) == "python":
            yield Text(block.body, "program", headings.scope)


def _notation(block: _Block) -> str:
    """The notation of a block of code by its language; empty if it is not read."""
    return LANGUAGES.get(block.argument.text.strip().lower(), "")


def _blocks(source: Source) -> Iterator[_Block]:
    """The blocks of a text: directives with their bodies, what stands between them; literal blocks are left out."""
    number, count, adornments = 0, len(source.starts), list[str]()
    begin = 0
    while number < count:
        line = source.line(number + 1)
        directive = _DIRECTIVE.match(line)
        title = number > begin and _adorns(line, source.line(number))
        if directive is None and not title and not line.rstrip().endswith("::"):
            number += 1
            continue
        if title:
            yield from _text(source, begin, number - 1)
            yield _Block("text", Excerpt(()), _lines(source, number - 1, number), _level(adornments, line[0]))
            number = begin = number + 1
            continue
        yield from _text(source, begin, number + (directive is None))
        body = _body_end(source, number + 1, len(line) - len(line.lstrip()))
        if directive is not None:
            start = source.starts[number]
            argument = Excerpt([Piece(line[directive.end() :], start + directive.end())])
            yield _Block(directive["name"] or "comment", argument, _body(source, number + 1, body))
        number = begin = body
    yield from _text(source, begin, count)


def _adorns(line: str, title: str) -> bool:
    """Whether a line makes a heading of the one above it."""
    return _ADORNMENT.fullmatch(line) is not None and len(line.rstrip()) >= len(title.strip()) > 0


def _level(adornments: list[str], sign: str) -> int:
    if sign not in adornments:
        adornments.append(sign)
    return adornments.index(sign) + 1


def _text(source: Source, begin: int, end: int) -> Iterator[_Block]:
    if begin < end:
        yield _Block("text", Excerpt(()), _lines(source, begin, end))


def _lines(source: Source, begin: int, end: int) -> Excerpt:
    """The text of some lines, counted from 0."""
    stop = source.starts[end] if end < len(source.starts) else len(source.text)
    return Excerpt([Piece(source.text[source.starts[begin] : stop], source.starts[begin])])


def _body_end(source: Source, number: int, indent: int) -> int:
    """The line after the lines that are indented more."""
    while number < len(source.starts):
        line = source.line(number + 1)
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        number += 1
    return number


def _body(source: Source, begin: int, end: int) -> Excerpt:
    """The body of a directive without its options and its indentation."""
    while begin < end and _OPTION.match(source.line(begin + 1)):
        begin += 1
    lines = [source.line(number + 1) for number in range(begin, end)]
    indent = min([len(line) - len(line.lstrip()) for line in lines if line.strip()], default=0)
    stops = [*source.starts[begin + 1 : end + 1], len(source.text)]
    starts = [start + min(indent, len(line)) for start, line in zip(source.starts[begin:end], lines, strict=True)]
    return Excerpt([Piece(source.text[start:stop], start) for start, stop in zip(starts, stops, strict=False)])


def _paragraphs(excerpt: Excerpt) -> Iterator[Excerpt]:
    at = 0
    for gap in re.finditer(r"\n(?:[ \t\r]*\n)+", excerpt.text):
        yield excerpt.part(at, gap.start())
        at = gap.end()
    yield excerpt.part(at, len(excerpt.text))
