"""Read a Markdown text: its blocks, and in each the mathematics, the code and the lines that are equations."""

from __future__ import annotations

from collections.abc import Iterator

from ..pragmas import Pragma
from ..text import Piece, Source, Window, regex
from ._blocks import Block, blocks
from ._delimiters import Stretch, scan
from ._document import Headings, Passage, Scope, Text
from ._equations import is_formula, names
from ._excerpt import Excerpt
from ._explicit import said, statements, with_pragmas, without_pragmas
from ._plain import LONGEST, equations, is_apart, parts, within
from ._programs import LANGUAGES, is_program
from ._programs import passages as programs
from ._rows import continues, formulas

MATHEMATICS = frozenset(("math", "katex"))
_NOT_READ = ("<pre", "<script", "<style")
_ONLY_DELIMITERS = regex(r"(?:[\s$&>.,;]|\\(?:begin|end)\{\w+\*?\}|\\+[\[\]()]?)*+")


def windows(source: Source) -> Iterator[Passage]:
    """The formulas and statements of a text in order."""
    return iter(read(source, Headings()))


def read(source: Source, headings: Headings) -> list[Passage]:
    """The passages of a text that stands below some headings, and goes on with them."""
    reader = _Passages(source, headings)
    for block in blocks(source):
        reader.read(block)
    return with_pragmas(source, reader.passages(), reader.pragmas)


def texts(source: Source, headings: Headings | None = None) -> Iterator[Text]:
    """The running text, the tables and the programs of a text, for what they state."""
    headings = headings or Headings()
    rows = _Rows(source)
    for block in blocks(source):
        if not rows.goes_on(block):
            yield from rows.table(headings.scope)
        if block.level:
            headings.meet(block.level)
        is_python = LANGUAGES.get(block.language) == "python"
        if block.kind == "fence" and not is_python and block.language not in MATHEMATICS:
            continue
        is_code = is_python or (block.kind == "indented" and is_program(block.excerpt.text))
        kind = "program" if is_code else "display" if block.kind == "fence" else "prose"
        yield Text(block.excerpt, kind, headings.scope, source.cell)
    yield from rows.table(headings.scope)


class _Rows:
    """The lines of the table that is being read: a table's cells stand several on a line."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.first = self.last = self.after = self.cells = 0

    def goes_on(self, block: Block) -> bool:
        """Whether a block is a cell of the table; if not, and it may be the first of another, that begins there."""
        line = self.source.place(block.excerpt.host(0)).line
        is_cell = block.kind == "text" and "|" in self.source.line(line)
        goes_on = is_cell and self.first > 0 and line <= self.last + 2
        if goes_on:
            self.cells += line == self.last
            self.last = line
        else:
            self.after = line if is_cell else 0
        return goes_on

    def table(self, scope: Scope) -> Iterator[Text]:
        """The lines of the table that has ended, if there was one."""
        if self.cells:
            source, start = self.source, self.source.starts[self.first - 1]
            end = source.starts[self.last] if self.last < len(source.starts) else len(source.text)
            yield Text(Excerpt([Piece(source.text[start:end], start)]), "table", scope, source.cell)
        self.first = self.last = self.after
        self.cells = 0


class _Passages:
    """What was found so far; `doubtful` are plain texts that are formulas only if all of their names are known."""

    def __init__(self, source: Source, headings: Headings) -> None:
        self.cell = source.cell
        self.text = source.text
        self.headings = headings
        self.found: list[Passage] = []
        self.doubtful: list[Passage] = []
        self.pragmas: list[Pragma] = []
        self.fences = 0

    def passages(self) -> list[Passage]:
        """All passages, in no order."""
        if not self.doubtful:
            return self.found
        formulas = [each.window.text for each in self.found if each.window.notation not in LANGUAGES]
        known = frozenset([name for text in formulas for name in names(text)])
        are_equations = equations([passage.window.text for passage in self.doubtful], known)
        return self.found + [each for each, is_one in zip(self.doubtful, are_equations, strict=True) if is_one]

    def read(self, block: Block) -> None:
        """Read one block."""
        if block.level:
            self.headings.meet(block.level)
        if block.kind == "fence":
            self._fence(block)
            return
        if block.kind == "indented":
            self._indented(block.excerpt)
            return
        if block.kind == "html" and block.excerpt.text.lstrip().lower().startswith(_NOT_READ):
            return
        hidden: list[tuple[int, int]] = []
        for found in scan(block.excerpt.text, "html" if block.kind == "html" else "markdown"):
            hidden.append((found.before, found.after))
            self._found(block.excerpt, found)
        if block.kind == "text" and not block.level:
            self._lines(block.excerpt, hidden)

    def _indented(self, excerpt: Excerpt) -> None:
        """Indented code: a program, displays that are indented too far, or lines that may be equations."""
        if is_program(excerpt.text):
            self.fences += 1
            self.found.extend(programs(excerpt, "python", self.headings.scope, self.cell, self.fences))
            return
        hidden: list[tuple[int, int]] = []
        for found in scan(excerpt.text):
            if excerpt.text[found.before] == "\\" or excerpt.text.startswith("$$", found.before):
                hidden.append((found.before, found.after))
                self._mathematics(excerpt.part(found.start, found.end), self.headings.scope)
        self._lines(excerpt, hidden)

    def _fence(self, block: Block) -> None:
        scope = self.headings.scope
        if block.language == "formulas":
            self.fences += 1
            self.found.extend(statements(block.excerpt, scope, self.cell, self.fences))
        elif block.language in LANGUAGES:
            self.fences += 1
            self.found.extend(programs(block.excerpt, LANGUAGES[block.language], scope, self.cell, self.fences))
        elif block.language in MATHEMATICS:
            self.fences += 1
            self._mathematics(block.excerpt, scope)

    def _found(self, excerpt: Excerpt, found: Stretch) -> None:
        inside = excerpt.part(found.start, found.end)
        match found.kind:
            case "comment":
                told = said(inside, self.headings.scope, self.cell)
                self.found.extend(told.passages)
                self.pragmas.extend([told.pragma] if told.pragma else [])
            case "code":
                if found.end - found.start <= LONGEST:
                    self._doubt(inside.window(0, len(inside.text), "plain"))
            case _:
                self._mathematics(inside, self.headings.scope)

    def _mathematics(self, excerpt: Excerpt, scope: Scope) -> None:
        if "%" in excerpt.text:
            excerpt, pragmas = without_pragmas(excerpt)
            self.pragmas.extend(pragmas)
        add_mathematics(self.text, excerpt, self.found, scope, self.cell)

    def _lines(self, excerpt: Excerpt, hidden: list[tuple[int, int]]) -> None:
        """Doubt the lines without mathematics or code in them."""
        at = 0
        for line in excerpt.text.splitlines(keepends=True):
            start, at = at, at + len(line)
            while hidden and hidden[0][1] <= start:
                hidden.pop(0)
            if (not hidden or hidden[0][0] >= at) and ("=" in line or "←" in line) and len(line) <= LONGEST:
                begin = start + len(line) - len(line.lstrip())
                whole = line.strip()
                for first, last in parts(whole) if is_apart(whole) else within(whole):
                    self._doubt(excerpt.window(begin + first, begin + last, "plain"))

    def _doubt(self, window: Window) -> None:
        if "=" in window.text or "←" in window.text:
            self.doubtful.append(Passage(window, None, False, self.headings.scope, self.cell))


def add_mathematics(text: str, excerpt: Excerpt, found: list[Passage], scope: Scope, cell: int | None = None) -> None:
    """Add the formulas of one display; the first goes on from the last one found if only delimiters stand between."""
    for pieces in formulas(excerpt):
        window = Window(tuple(pieces), "latex")
        if found and continues(window.text) and (joined := _joined(text, found[-1], pieces)):
            found[-1] = joined
        elif is_formula(window.text):
            found.append(Passage(window, None, False, scope, cell))


def _joined(text: str, above: Passage, pieces: list[Piece]) -> Passage | None:
    last = above.window.pieces[-1]
    end = last.start + len(last.text)
    if above.window.notation != "latex" or not end <= pieces[0].start <= end + 200:
        return None
    if not _ONLY_DELIMITERS.fullmatch(text, end, pieces[0].start):
        return None
    return above._replace(window=Window((*above.window.pieces, *pieces), "latex"))
