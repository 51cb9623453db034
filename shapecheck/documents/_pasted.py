"""Read what is pasted: a message with its line of code, displays of LaTeX, a program, or lines with signs around."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..syntax.nodes import Trouble
from ..text import Piece, Source, Window, regex
from . import formulas
from ._code import parsed
from ._delimiters import Stretch, scan
from ._document import Passage
from ._excerpt import Excerpt
from ._explicit import statements
from ._messages import message_in
from ._programs import passages as programs
from ._rows import formulas as rows
from ._tracebacks import CodeLine, line_of
from .pasted import is_message

_BESIDE = re.compile(r"[=+*@←]")
"""What stands in a formula, and beside displays in words does not."""
_PROMPTS = regex(r"^(?:>>> ?|\.\.\. ?|In \[\d*\]: ?| +\.\.\.: ?)", re.MULTILINE)
_CODE = regex(r"^[ \t]*(?:(?:def|class|for|while|with|if)\b.*:|import\b|from\s+\w\S*\s+import\b)", re.MULTILINE)
_AROUND = (("```", "```"), ("**", "**"), ("__", "__"), ("print(", ")"))
_OPENING = frozenset("`“”„«‹‘\"'")
_CLOSING = frozenset('`“”»›"')
"""Quotes, with which no formula begins or ends."""
_SINGLE = frozenset("'‘’")
"""These end a formula too, as transposes: they are quotes where one of them begins it."""
_MOST = 10
"""How many signs, one in the other, stand around a formula: more is not a paste, and would take long."""
_LINE = re.compile(r"[^\r\n]+")
_RELATION = re.compile(r"(?<![=<>!])=(?!=)|[←≔]|\\leftarrow")
_PROMPT = regex(r"\s*(?:\.\.\.:?|>>>|>)(?=\s)")
_SIGN = regex(
    r"\s*(?:(?:>>>|\.\.\.|In\s*\[\s*\d*\s*\]:|Out\s*\[\s*\d*\s*\]:)(?:\s+|(?=\w))"
    r"|(?:>\s*)+(?=\S)|[*•◦▪‣]\s+(?=\S)|\d{1,3}\)\s+(?=\S)|<[a-z]+>"
    r"|return\b\s*(?=[^\s=])|assert\b\s*(?=\S)"
    r"|(?P<doubtful>[-+–—]\s+|\(?(?:\d{1,3}|[a-h]|i{1,3}|iv|vi{0,3})[.)]\s+|\[\d+\]\s+|(?:=+>|-+>|[→⇒…])\s*))"
)
_ENDING = regex(r"(?:(?:</[a-z]+>|[✓✗✔✘])\s*)+[.,;]?\Z|(?<!\\)\\\\\s*(?:\[[^\]]*\]\s*)?\Z")


def windows(source: Source, is_code: bool = False) -> Iterator[Passage]:
    """The statements of a text in order, without what was pasted with them."""
    text = source.text
    message = message_in(text) if is_message(text) else None
    if message is not None:
        line = line_of(text, message)
        return _with_shapes(line) if line else iter(())
    excerpt = Excerpt([Piece(text, 0)])
    displays = _displays(text)
    if displays:
        return _of_displays(excerpt, displays)
    cuts = list(decorations(text))
    for program in (excerpt, excerpt.without([found.span() for found in _PROMPTS.finditer(text)])):
        if _is_program(program.text):
            return programs(program, "python")
    bare = excerpt.without(cuts) if cuts else excerpt
    return iter(statements(bare, is_code=is_code)) if cuts else formulas.windows(source, is_code)


def troubles(source: Source) -> list[Trouble]:
    """The message of a library where the line that it is about is not there, or does not say which arrays they are."""
    message = message_in(source.text)
    if message is None or line_of(source.text, message):
        return []
    is_alone = source.text.count("\n", 0, message.span.start) < 2
    return [Trouble("SC216", message.span, {"message": message, "is_alone": is_alone})]


def _with_shapes(line: CodeLine) -> Iterator[Passage]:
    """A line of code, and above it the shapes that the message says: no convention knows better."""
    start = line.pieces[0].start
    yield Passage(Window((Piece("@convention none", start, 0),)), None)
    for declaration, span in line.shapes:
        yield Passage(Window((Piece(declaration, span.start, span.end - span.start),)), None)
    yield Passage(Window(line.pieces, "python"), None)


def _displays(text: str) -> list[Stretch]:
    """The mathematics of a text in which there is none besides; empty if it is a formula itself."""
    if "\\" not in text and "$" not in text:
        return []
    found = [each for each in scan(text, "html") if each.kind in ("inline", "display")]
    ends = [0, *(each.after for each in found)]
    begins = [*(each.before for each in found), len(text)]
    beside = "".join(text[end:begin] for end, begin in zip(ends, begins, strict=True))
    equations = [each for each in found if _BESIDE.search(text, each.start, each.end)]
    return [] if _BESIDE.search(beside) else equations or found


def _of_displays(excerpt: Excerpt, displays: list[Stretch]) -> Iterator[Passage]:
    for found in displays:
        for pieces in rows(excerpt.part(found.start, found.end)):
            yield Passage(Window(tuple(pieces), "latex"), None)


def _is_program(text: str) -> bool:
    """Whether a text of several lines is Python that is more than formulas: it defines, imports, or repeats."""
    return "\n" in text.strip() and _CODE.search(text) is not None and parsed(text) is not None


def decorations(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a text that belong to no formula, in order."""
    depth, goes_on = 0, False
    for line in _LINE.finditer(text):
        begun = depth > 0 or goes_on
        start, end = _bare(text, *line.span()) if not begun else (_behind_prompt(text, *line.span()), line.end())
        depth = max(0, depth + sum(map(line[0].count, "([{")) - sum(map(line[0].count, ")]}")))
        goes_on = line[0].endswith("\\")
        if start > line.start() and start < end:
            yield line.start(), start
        if end < line.end() and start < end:
            yield end, line.end()


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the formula of a line begins and ends."""
    for _ in range(_MOST):
        begin = _without_sign(text, start, end)
        begin, stop = _without_quotes(text, begin, end)
        if (begin, stop) == (start, end):
            break
        start, end = begin, stop
    return start, end


def _behind_prompt(text: str, start: int, end: int) -> int:
    """Where a line begins that goes on with a formula: after a prompt, if there is one."""
    found = _PROMPT.match(text, start, end)
    return found.end() if found else start


def _without_sign(text: str, start: int, end: int) -> int:
    """After one sign that begins a line."""
    found = _SIGN.match(text, start, end)
    if found is None:
        return start
    doubtful = found["doubtful"] is not None
    return start if doubtful and not _RELATION.search(text, found.end(), end) else found.end()


def _without_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a pair of quotes, of marks of emphasis, or what is called around a line; without what only ends it."""
    inner = text[start:end].strip()
    begin = text.index(inner, start)
    stop = begin + len(inner)
    closing = _ENDING.search(text, begin, stop)
    if closing is not None:
        return begin, closing.start()
    for opener, closer in _AROUND:
        if inner.startswith(opener) and inner.endswith(closer) and len(inner) > len(opener) + len(closer):
            return begin + len(opener), stop - len(closer)
    core = inner.rstrip(".,;")
    is_closed = core[-1:] in _CLOSING or (core[-1:] in _SINGLE and core[0] in _SINGLE)
    if not is_closed and inner[:1] not in _OPENING:
        return start, end
    return begin + (inner[0] in _OPENING), begin + len(core) - 1 if is_closed else stop
