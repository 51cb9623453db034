"""The blocks of a Markdown text by markdown-it, each an excerpt of the host: `for block in blocks(source): …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ..text import Piece, Source, regex
from ..values import NamedTuple
from ._delimiters import ENVIRONMENTS
from ._excerpt import Excerpt

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    class _State(StateBlock):
        """How far markdown-it has read: a rule that reads a block sets the line to the one after it."""

        line: int


_CELL = regex(r"(?:[^|\\]|\\.|\\\Z)+")
_OPENING = regex(rf"\$\$|\\\\?\[|\\begin\{{(?P<environment>(?:{ENVIRONMENTS})\*?)\}}")


class Block(NamedTuple):
    """A block: `kind` is "text", "html", "fence" (with its `language`) or "indented"; a heading has a level."""

    kind: str
    excerpt: Excerpt
    language: str = ""
    level: int = 0


def blocks(source: Source) -> Iterator[Block]:
    """The blocks of a text in order."""
    level, in_table = 0, False
    for token in _parser().parse(source.text):
        match token.type:
            case "heading_open":
                level = int(token.tag[1:])
            case "table_open" | "table_close":
                in_table = token.type == "table_open"
            case "tr_open":
                yield from _cells(source, token)
            case "inline" if not in_table:
                yield Block("text", _excerpt(source, token, 0), level=level)
                level = 0
            case "math_block" | "html_block":
                yield Block("text" if token.type == "math_block" else "html", _excerpt(source, token, 0))
            case "code_block":
                yield Block("indented", _excerpt(source, token, 0))
            case "fence":
                yield Block("fence", _excerpt(source, token, 1), _language(token.info))


def _language(info: str) -> str:
    """The language of a fence, as in `python`, `{math}`, `{.python .numberLines}`."""
    words = info.replace("{", " ").replace("}", " ").replace(",", " ").split()
    return words[0].lstrip(".").lower() if words else ""


def _excerpt(source: Source, token: Token, first: int) -> Excerpt:
    """The host text of a token, whose content begins `first` lines below its first one."""
    begin, end = token.map or [0, 0]
    pieces = []
    for number, content in enumerate(token.content.removesuffix("\n").split("\n"), begin + first + 1):
        if number > min(end, len(source.starts)):
            break
        piece = _piece(source, number, content)
        if piece is not None:
            pieces.append(piece)
    return Excerpt(pieces)


def _piece(source: Source, number: int, content: str) -> Piece | None:
    """The part of a host line that a line of a block's content is, with the line's end."""
    line, start = source.line(number), source.starts[number - 1]
    wanted = content.strip()
    at = line.rfind(wanted)
    if at < 0:
        return None
    indent = len(content) - len(content.lstrip()) if wanted else 0
    while indent and at and line[at - 1] in " \t":
        at, indent = at - 1, indent - 1
    rest = line[at:]
    if rest.strip() != wanted:
        return Piece(wanted, start + line.rfind(wanted))
    end = source.starts[number] if number < len(source.starts) else len(source.text)
    return Piece(source.text[start + at : end], start + at)


def _cells(source: Source, token: Token) -> Iterator[Block]:
    """The cells of a table's row, which is one line."""
    number = (token.map or [0, 0])[0] + 1
    if number > len(source.starts):
        return
    line, start = source.line(number), source.starts[number - 1]
    for cell in _CELL.finditer(line):
        if cell[0].strip():
            yield Block("text", Excerpt([Piece(cell[0], start + cell.start())]))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    ends = {"alt": ["paragraph", "reference", "blockquote", "list", "table"]}
    parser.block.ruler.before("fence", "math_block", _displayed, ends)  # type: ignore[arg-type]
    parser.block.ruler.at("list", _listed, {"alt": ["paragraph", "reference", "blockquote"]})
    return parser


def _displayed(state: _State, begin: int, end: int, silent: bool) -> bool:
    """A rule of markdown-it's: display mathematics is a block, else its lines `+ b` and `- c` would be list items."""
    if state.is_code_block(begin):
        return False
    start, stop = state.bMarks[begin] + state.tShift[begin], state.eMarks[begin]
    if state.src[start : start + 1] not in ("$", "\\"):
        return False
    opening = _OPENING.match(state.src, start, stop)
    if opening is None or (silent and opening[0] == "$$" and _is_open(state, start)):
        return False
    after = _line_after(state, begin, end, opening)
    if after is None:
        return False
    if not silent:
        token = state.push("math_block", "", 0)
        token.map = [begin, after]
        token.content = state.getLines(begin, after, state.blkIndent, False)
        state.line = after
    return True


def _listed(state: StateBlock, begin: int, end: int, silent: bool) -> bool:
    """The rule for lists, save that none begins within a display that a paragraph has opened."""
    from markdown_it.rules_block import list_block

    if not list_block(state, begin, end, silent):
        return False
    return not (silent and _is_open(state, state.bMarks[begin] + state.tShift[begin]))


def _line_after(state: _State, begin: int, end: int, opening: re.Match[str]) -> int | None:
    """The line after the one where a display ends; None if it has no end in its container."""
    closer = _closer(opening)
    unclosed: MutableMapping[Any, Any] = state.env
    if unclosed.get((closer, end), -1) >= 0:
        return None
    at, alone = opening.end(), not state.src[opening.end() : state.eMarks[begin]].strip()
    for line in range(begin, end):
        if line > begin:
            at = state.bMarks[line] + state.tShift[line]
            if state.isEmpty(line):
                if not alone:
                    return None
                continue
            if state.sCount[line] < state.blkIndent or state.src.startswith("```", at):
                return None
        if state.src.find(closer, at, state.eMarks[line]) >= 0:
            return line + 1
    unclosed[closer, end] = begin
    return None


def _closer(opening: re.Match[str]) -> str:
    if opening["environment"]:
        return f"\\end{{{opening['environment']}}}"
    return opening[0].replace("[", "]")


def _is_open(state: StateBlock, start: int) -> bool:
    """Whether the `$$` at `start` closes a display that the paragraph above it opened."""
    first = state.bMarks[state.line]
    env: MutableMapping[Any, Any] = state.env
    paragraph, counted, count = env.get("dollars", (-1, 0, 0))
    if paragraph != first or counted > start:
        counted, count = first, 0
    count += state.src.count("$$", counted, start)
    env["dollars"] = (first, start, count)
    return bool(count % 2)
