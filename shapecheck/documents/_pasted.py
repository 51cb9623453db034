"""Read what is pasted: a message with its line of code, displays of LaTeX, a program, or lines with signs around."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..syntax.nodes import Trouble
from ..text import Piece, Source, Window, regex
from . import formulas
from ._code import parsed
from ._decorations import decorations
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
    """The mathematics of a text in which there is none besides; empty where it is a formula itself."""
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
