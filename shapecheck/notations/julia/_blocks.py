"""Lower a program of Julia: its own statements, then each function in a scope of its own; branches are joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count

from ...documents._excerpt import Excerpt
from ...symbols import EVERYTHING
from ...syntax.nodes import Apply, Equation, Name, Node, Number, Program, Scope, Statement
from ...text import Piece, Window
from .._names import decompose
from .._statements import read
from . import _words as words
from ._grammar import grammar
from ._lexer import EVERY, bare
from ._lines import JuliaLine, lines, uncommented

CHOOSING = frozenset(("if", "for", "while", "try", "let", "do"))
UNKNOWN = Apply("unknown", ())


def program(window: Window) -> Program:
    """What a window says: its own statements, then each function after its scope."""
    reader = _ProgramReader(window)
    for line in lines(reader.excerpt.text):
        reader.read(line)
    statements = [each for said in (reader.own, *reader.functions) for each in said]
    return Program(statements, reader.troubles)


class _ProgramReader:
    """What was read so far: of the program itself, and of each function; `_inside` are those that are open."""

    def __init__(self, window: Window) -> None:
        self.excerpt = Excerpt(_pieces(window, uncommented(window.text)))
        self.own: list[Statement] = []
        self.functions: list[list[Statement]] = []
        self.troubles = Program().troubles
        self._inside = [self.own]
        self._blocks: list[OpenBlock] = []
        self._numbers = count(1)

    def read(self, line: JuliaLine) -> None:
        """One statement: what opens, parts or ends a block, or what is said."""
        head, word = words.FUNCTION.match(line.text), words.FIRST.match(line.text)
        if head:
            self._begin(line, head)
        elif word:
            self._word(line, word[0])
        elif opened := words.opened(line.text):
            self._open("do" for _ in range(opened))
            self._end(-opened)
        else:
            self._say(line)

    def _begin(self, line: JuliaLine, head: re.Match[str]) -> None:
        """A function, whose body follows, or stands after it."""
        is_long = head["own"] is None
        names = words.PARAMETER.findall(head["parameters" if is_long else "given"] or "")
        window = self.excerpt.window(line.start, line.start + len(line.text), "")
        span = window.host(0, len(line.text))
        scope = Scope((head["name"] if is_long else head["own"]) or "", span, parameters=frozenset(names))
        self.functions.append([scope, *(put(named(name), Apply("parameter", ())) for name in names)])
        self._inside.append(self.functions[-1])
        if is_long:
            self._open(["function"])
            self._end(1 - words.opened(line.text))
        else:
            self._say(_from(line, head.end()))
            self._inside.pop()

    def _word(self, line: JuliaLine, word: str) -> None:
        """A line that begins with a word of the language."""
        if word in words.PARTING:
            self._part(word)
        elif word == "end":
            self._end(-words.opened(line.text))
        elif word == "return":
            for start, end in words.between_commas(line.text, len(word), len(line.text)):
                self._say(JuliaLine(line.text[start:end], line.start + start))
        elif word in words.PREFIXED:
            self.read(_from(line, len(word)))
        elif words.opened(line.text) > 0:
            self._open([word])
            for name in words.COUNTED.findall(line.text) if word == "for" else ():
                self._add([put(named(name), UNKNOWN)])

    def _open(self, opened: Iterable[str]) -> None:
        self._blocks.extend(OpenBlock(word, lambda: named(f"@{next(self._numbers)}")) for word in opened)

    def _part(self, word: str) -> None:
        if self._blocks:
            self._blocks[-1].whole = word == "else"
            self._add(self._blocks[-1].part())

    def _end(self, number: int) -> None:
        for block in reversed(self._blocks[len(self._blocks) - number :] if number > 0 else []):
            self._blocks.pop()
            self._add(block.end())
            if block.word == "function" and len(self._inside) > 1:
                self._inside.pop()

    def _add(self, statements: Iterable[Statement]) -> None:
        self._inside[-1].extend(statements)

    def _say(self, line: JuliaLine) -> None:
        """A statement of the author, or several that stand side by side."""
        if line.text.strip() and not words.SILENT.match(line.text):
            for parts in words.side_by_side(line.text) or [[(0, len(line.text))]]:
                self._read(line, parts)

    def _read(self, line: JuliaLine, parts: list[tuple[int, int]]) -> None:
        """The statement that some parts of a line make; one with `@.` in front begins there."""
        text = bare(line.text)
        cut = [self.excerpt.window(line.start + start, line.start + end, "") for start, end in parts]
        told = [text[start:end] for start, end in parts]
        pieces = [piece for part, own in zip(cut, told, strict=True) for piece in _pieces(part, own)]
        found = read(Window(tuple(pieces), "julia"), grammar, EVERYTHING)
        self.troubles.extend(found.troubles)
        for each in found.statements:
            if type(each) is Equation:
                start = pieces[0].start if text.lstrip()[:1] == EVERY else each.span.start
                self._assign(Equation(each.members, each.sign.replace(".", ""), each.span._replace(start=start)))

    def _assign(self, equation: Equation) -> None:
        """An equation, each of whose names blocks that are open may have as it was before."""
        target, value = equation.members[0], equation.members[-1]
        whole = [equation]
        if type(target) is Apply and target.op == "tuple" and target is not value:
            whole = [Equation(pair, equation.sign, equation.span) for pair in _parted(target, value)]
        for each in whole:
            for name in (member for member in each.members[:-1] if isinstance(member, Name)):
                for block in self._blocks:
                    self._add(block.change(name.text))
            self._add([each])


def _from(line: JuliaLine, at: int) -> JuliaLine:
    """What stands after an offset of a line."""
    rest = line.text[at:].lstrip()
    return JuliaLine(rest, line.start + len(line.text) - len(rest))


def _pieces(window: Window, text: str) -> Iterator[Piece]:
    """The pieces of a window with another text of the same length."""
    at = 0
    for piece in window.pieces:
        yield piece._replace(text=text[at : at + len(piece.text)])
        at += len(piece.text)


def _parted(target: Apply, value: Node) -> Iterator[tuple[Node, Node]]:
    """What each of several names is assigned: a size, or what nobody knows."""
    is_call = type(value) is Apply and value.op == "call" and len(value.args) == 2
    function = value.args[0] if is_call and type(value) is Apply else None
    for place, name in enumerate(target.args, 1):
        if type(function) is Name and function.text == "size" and type(value) is Apply:
            yield name, Apply("call", (*value.args, Number(str(place))), value.params, value.span)
        else:
            yield name, UNKNOWN


def named(text: str) -> Name:
    """A name as it is spelled."""
    return Name(text, *decompose(text))


def put(target: Name, value: Node) -> Equation:
    """An equation that nobody wrote."""
    return Equation((target, value), "=")


class OpenBlock:
    """A block that is open; `fresh` gives names that no author wrote. Its equations hold what its names were.

    Where it is `whole`, one of its branches is taken whatever happens.
    """

    def __init__(self, word: str, fresh: Callable[[], Name]) -> None:
        self.word = word
        self.whole = False
        self._fresh = fresh
        self._before: dict[str, Name] = {}
        self._branches: list[dict[str, Name]] = []

    def change(self, text: str) -> Iterator[Equation]:
        """A name is about to be assigned."""
        if self.word in CHOOSING and text not in self._before:
            self._before[text] = self._fresh()
            yield put(self._before[text], named(text))

    def part(self) -> Iterator[Equation]:
        """A branch ends: keep what its names are, and go back to what they were."""
        here: dict[str, Name] = {}
        for text, before in self._before.items():
            here[text] = self._fresh()
            yield put(here[text], named(text))
            yield put(named(text), before)
        self._branches.append(here)

    def end(self) -> Iterator[Equation]:
        """The block ends."""
        if self.word in CHOOSING:
            yield from self.part()
        for text, before in self._before.items():
            ways = [branch.get(text, before) for branch in self._branches]
            yield put(named(text), Apply("join", tuple(ways if self.whole else [before, *ways])))
