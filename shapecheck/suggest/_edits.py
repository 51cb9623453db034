"""The edits that make one tree's text into another's, and the proof that the new text says what it should."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TypeAlias

from ..diagnostic import Fix
from ..documents.formulas import document as formulas
from ..notations._style import NUMPY, PLAIN, PYTHON, Style, is_numpy, style_of
from ..notations._writer import write_inside
from ..sections import Section
from ..shapes.dims import Shape
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Node, Program, is_op, walk
from ..text import Edit, Piece, Source, Span, Window
from ._meaning import meaning_of

Shapes: TypeAlias = Mapping[int, Shape | None]
_RAISED = re.compile(r"\^\{\s*[\[(]")
_WORD = re.compile(r"(?:\\[A-Za-z]+|\.T)\Z")
"""The end of a text that a letter after it would go on."""
_SMALL = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]")


class AuthorSpelling:
    """How one statement's author writes: the host's text, the notation, the signs."""

    def __init__(self, equation: Equation, section: Section, source: Source) -> None:
        self.text = source.text
        self.equation = equation
        form = section.notation
        usual = form.usual(source.text) if form.usual else form.style
        default = NUMPY if form.style in (PLAIN, PYTHON) and is_numpy(equation.members) else usual
        style = style_of(equation.members, _default(default, source.slice(equation.span)))
        self.writer = form.writer(source.text, style)
        self.crowded = {id(node) for member in equation.members for node in _crowded(member)}

    def write(self, node: Node) -> str:
        """A node as its author would write it."""
        return self.writer.write(self._placed(node))

    def _placed(self, node: Node) -> Node:
        """The node, with what has no text of its own in the source to be written afresh."""
        if id(node) in self.crowded:
            return _alone(node)
        if type(node) is not Apply or node.span != NOWHERE:
            return node
        return Apply(node.op, tuple(map(self._placed, node.args)), node.params, NOWHERE, node.sign)

    def edits(self, fixed: Equation) -> tuple[Edit, ...]:
        """What turns the text of the statement into that of another tree."""
        found: list[Edit] = []
        for old, new in zip(self.equation.members, fixed.members, strict=True):
            found.extend(self._edits(old, self._placed(new), None, 0))
        return tuple(sorted(found))

    def _edits(self, old: Node, new: Node, parent: Apply | None, position: int) -> Iterator[Edit]:
        """The edits from one node to another that stands at a position of `parent`."""
        if old is new or (old.span == new.span != NOWHERE and old == new):
            return
        if self._alike(old, new) and type(old) is Apply and type(new) is Apply:
            around = old if old.op == "add" else new
            pairs = enumerate(zip(old.args, new.args, strict=True))
            inside = [self._edits(before, after, around, place) for place, (before, after) in pairs]
            found = [list(edits) for edits in inside]
            whole = [place for place, edits in enumerate(found) if edits and edits[0].span == old.args[place].span]
            yield from self._merged(found) if len(whole) > 1 else (edit for edits in found for edit in edits)
        elif parent is None:
            yield Edit(old.span, self._apart(self.write(new), old.span.end))
        else:
            text, before = write_inside(self.writer, new, parent, position), self.text[old.span.start : old.span.end]
            is_group = before[:1] == "{" and before[-1:] == "}" and text[:1] != "{"
            yield Edit(old.span, f"{{{text}}}" if is_group else self._apart(text, old.span.end))

    def _apart(self, text: str, end: int) -> str:
        """A text with a blank where its last word would run into the letter that stands there."""
        runs_on = _WORD.search(text) and self.text[end : end + 1].isalpha()
        return f"{text} " if runs_on else text

    def _merged(self, found: list[list[Edit]]) -> Iterator[Edit]:
        """The edits of several arguments as one, with what stands between them."""
        edits = sorted(edit for each in found for edit in each)
        between = [self.text[before.span.end : after.span.start] for before, after in pairwise(edits)]
        text = "".join(edit.text + gap for edit, gap in zip(edits, [*between, ""], strict=True))
        yield Edit(Span(edits[0].span.start, edits[-1].span.end), text)

    def _alike(self, old: Node, new: Node) -> bool:
        """Whether two operations differ in their arguments alone, and each argument has a place in the text."""
        if type(old) is not Apply or type(new) is not Apply:
            return False
        same = old.op == new.op and len(old.args) == len(new.args) and old.params == new.params
        placed = all(argument.span != NOWHERE and id(argument) not in self.crowded for argument in old.args)
        return same and old.sign == new.sign and placed and not (old.op == "add" and _turns(old, new))

    def corrected(self, edits: tuple[Edit, ...]) -> str | None:
        """The whole statement with edits applied; None if they do not apply to it."""
        start, end = self.equation.span
        if not edits or any(edit.span == NOWHERE or edit.span.start < start or edit.span.end > end for edit in edits):
            return None
        if any(before.span.end > after.span.start for before, after in pairwise(edits)):
            return None
        text = self.text[start:end]
        for (first, last), new in reversed(edits):
            text = text[: first - start] + new + text[last - start :]
        return text


def _turns(old: Apply, new: Apply) -> bool:
    """Whether a term after the first gets another sign, which stands between the terms."""
    pairs = zip(old.args[1:], new.args[1:], strict=True)
    return any(is_op(before, "neg") is not is_op(after, "neg") for before, after in pairs)


def _default(style: Style, text: str) -> Style:
    """The signs of the notation; small digits go with a small T, layers raised in braces with a T that is raised."""
    if style.transpose != ".T":
        return style
    if _SMALL.search(text):
        return style._replace(transpose="ᵀ")
    return style._replace(transpose="^T") if _RAISED.search(text) else style


def _crowded(tree: Node) -> Iterator[Node]:
    """The nodes without a text of their own: `W^{[2]T}` is both the transpose and the name in it."""
    for node in walk(tree):
        if type(node) is Apply:
            yield from (argument for argument in node.args if argument.span == node.span != NOWHERE)


def _alone(node: Node) -> Node:
    """The node without the text that it shares, a name without the transpose at its end."""
    if type(node) is Name:
        text = re.sub(r"\s*(?:[T⊤ᵀ]|\\top|\\intercal)(\s*\}?)\Z", r"\1", node.text)
        return Name(text, node.base, node.indices, NOWHERE, node.key)
    return (
        node
        if type(node) is not Apply
        else Apply(node.op, tuple(map(_alone, node.args)), node.params, NOWHERE, node.sign)
    )


def reread(text: str, start: int, section: Section) -> Equation | None:
    """The statement that a text says, which stands at an offset of the source; None if it is not one."""
    window = _window(text, start, section)
    if window is None:
        return None
    program: Program = section.notation.parse(window, section.survey.declared)
    if program.troubles or len(program.statements) != 1 or not isinstance(program.statements[0], Equation):
        return None
    resolver = section.resolver
    resolver.troubles.clear()  # what was said of other statements
    equation = resolver.resolve(program.statements[0])
    is_clear = not resolver.troubles
    resolver.troubles.clear()
    return equation if is_clear else None


def _window(text: str, start: int, section: Section) -> Window | None:
    """A statement as its document hands it over: of several lines, without the comments between them, or its macros."""
    pieces: tuple[Piece, ...] = (Piece(text, start),)
    if "\n" in text and not section.notation.is_typeset:
        passages = list(formulas.windows(Source(text)))
        if len(passages) != 1:
            return None
        pieces = tuple(piece._replace(start=piece.start + start) for piece in passages[0].window.pieces)
    return section.part.expanded(Window(pieces, section.notation.name))


def fix_of(title: str, fixed: Equation, shapes: Shapes, spelling: AuthorSpelling, section: Section) -> Fix | None:
    """The safe fix that writes a statement as another one; None if the new text would not be read as meant."""
    edits = spelling.edits(fixed)
    formula = spelling.corrected(edits)
    if formula is None or not reads_back(formula, fixed, shapes, section):
        return None
    return Fix(title, formula, edits, safe=True)


def reads_back(text: str, fixed: Equation, shapes: Shapes, section: Section) -> bool:
    """Whether a corrected text, read afresh, says what is wanted and fits."""
    equation = reread(text, 0, section)
    if equation is None:
        return False
    checked = section.statements.trial(equation, {})
    return checked.is_clear and meaning_of(equation, checked.shapes) == meaning_of(fixed, shapes)
