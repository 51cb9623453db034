"""Build a finding from a rule's message and labels, with the notes common to all clashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..diagnostic import Diagnostic, Label
from ..infer.facts import Fact
from ..shapes.dims import show
from ..syntax.nodes import NOWHERE, Apply, Node, Trouble
from ..text import Source, Span
from ._origins import lines_of, notes_on_layouts, notes_on_origins
from ._rule import Case, Rule
from ._wording import LONGEST, span_of, spelled


def clash(
    rule: Rule, case: Case, message: str, labels: Iterable[tuple[Node, str]], hints: Iterable[str] = ()
) -> Diagnostic:
    """An error between labelled operands, with notes on where their shapes come from and which layouts would fit."""
    marked = tuple(labels)
    nodes = [node for node, _ in marked]
    span = span_of(*nodes)
    marks = (Label(span_of(node), words) for node, words in marked)
    notes = (*hints, *notes_on_origins(case, nodes), *notes_on_layouts(case))
    return rule.finding(message, span, (*marks, *lines_of(case, nodes, span)), notes)


def doubt(rule: Rule, case: Case, fact: Fact, message: str, notes: Iterable[str] = ()) -> Diagnostic:
    """A warning on a formula that fits as intended, with the shape of each operand."""
    shapes = ((operand, case.checked.shapes.get(id(operand))) for operand in _operands(fact.operands[1]))
    labels = (Label(span_of(node), show(shape)) for node, shape in shapes if shape)
    return rule.finding(message, span_of(fact.node), labels, notes)


def _operands(node: Node) -> Iterator[Node]:
    """The operands of an operation; an inserted grouping counts as its own operands."""
    for argument in node.args if type(node) is Apply else ():
        if argument.span == NOWHERE:
            yield from _operands(argument)
        else:
            yield argument


def regrouping(sentence: str, note: str) -> Callable[[Rule, Case, Fact], Diagnostic]:
    """An `explain` of a doubt that puts the products, with their brackets, into a sentence."""
    return lambda rule, case, fact: doubt(rule, case, fact, sentence.format(_regrouped(case, fact)), (note,))


def _regrouped(case: Case, fact: Fact) -> str:
    """The products with the brackets that a reading puts in: ``(dZ ⊙ g'(Z)) Xᵀ``."""
    new = fact.operands[1]
    inner = next((part for part in new.args if part.span == NOWHERE), None) if type(new) is Apply else None
    if inner is None:
        return "another grouping"
    whole, part = span_of(fact.node), span_of(inner)
    text = case.source.slice
    before, after = text(Span(whole.start, part.start)), text(Span(part.end, whole.end))
    said = " ".join(f"{before}({text(part)}){after}".split())
    return said if len(said) <= LONGEST else f"({spelled(inner, case.source, '...')})"


def saying(sentence: str) -> Callable[[Rule, Trouble, Source], Diagnostic]:
    """An `explain` that puts the words of what could not be read into a sentence."""
    return lambda rule, trouble, source: rule.finding(sentence.format_map(trouble.words), trouble.span)
