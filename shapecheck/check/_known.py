"""Put the gradient that the forward pass gives first among the fixes of a gradient that does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TypeAlias

from ..derivation import DerivedLine, of_unfit
from ..derivation._folding import is_alias
from ..diagnostic import Diagnostic, Fix
from ..gradient import Claim, Graph, NoGradient
from ..gradient._variables import moment, rewritten
from ..ops import is_a
from ..sections import Include, Section
from ..settings import Settings
from ..shapes.dims import Dim, Var, prune
from ..simplify import same, simplify
from ..suggest._edits import AuthorSpelling, reread
from ..suggest._fixes import DOUBT, SHOWN
from ..syntax.nodes import Apply, Equation, Name, Node, Number, is_op, names_in, put_names, unplaced, walk
from ..text import Source
from ..values import replace
from ._judgements import Place, place_of
from ._outcomes import Outcome, has_fixes
from ._texts import Texts

MOST = 500
"""The most passages of a section that is gone through again; a text with more has to stay fast."""
CONSTANTS = frozenset("I1𝟙")
CHAIN_RULE = "SC212"
"""The finding whose fix writes out the chain rule already."""
Opening: TypeAlias = tuple[Source, Settings, Include | None]
"""What a source is opened by."""
ByPlace: TypeAlias = "dict[Place, list[_Known]]"
"""The gradients that are known, by the places of their passages."""
Aliases: TypeAlias = Mapping[str, Node]
"""The gradients that are other names of something, by their keys."""


def with_known(section: Section, outcomes: list[Outcome], texts: Texts, known: Callable[[], ByPlace]) -> list[Outcome]:
    """The outcomes with the gradients that are known; what cannot be derived stays as it is."""
    pairs = zip(section.part.passages, outcomes, strict=True)
    wrong = [is_one for each, it in pairs for is_one in _are_of_gradients(section.at(each), texts.of(each), it)]
    if len(outcomes) > MOST or not wrong or not all(wrong):
        return outcomes
    pairs = zip(section.part.passages, outcomes, strict=True)
    return [_with_first(outcome, known().get(place_of(each), ())) for each, outcome in pairs]


def known_gradients(texts: Texts, opening: Opening) -> ByPlace:
    """The gradients that the wrong formulas of a source should be, by the places of their passages."""
    known: ByPlace = {}
    with suppress(NoGradient, ArithmeticError, ValueError):
        for derivation in of_unfit(*opening):
            lines = {line.of: line for line in derivation.lines}
            claims = [each for each in derivation.graph.unfit if each.of in lines and _speaks(each, derivation.graph)]
            aliases = {line.name.key: line.value for line in derivation.lines if is_alias(line.value)}
            for claim in claims:
                one = _Known(claim, derivation.graph, lines[claim.of], texts, aliases)
                known.setdefault(one.place, []).append(one)
    return known


def _are_of_gradients(section: Section, source: Source, outcome: Outcome) -> Iterator[bool]:
    """Of each formula that does not fit whether it is one for a gradient."""
    for formula in outcome.formulas if has_fixes(outcome) else ():
        if formula.status == "error":
            equation = reread(source.slice(formula.span), formula.span.start, section)
            first = equation.members[0] if equation else None
            symbol = section.survey.reading.by_key.get(first.key) if type(first) is Name else None
            yield symbol is not None and section.table.is_gradient(symbol)


def _speaks(claim: Claim, graph: Graph) -> bool:
    """Whether a formula speaks of gradients and the forward pass alone, and of nothing that is computed apart."""
    known = {*graph.inputs, *(step.name.key for step in graph.steps)}
    symbols = {symbol for shape in graph.shapes.values() for dim in map(prune, shape or ()) for symbol in _symbols(dim)}
    for name in names_in(claim.written):
        symbol = graph.section.survey.reading.by_key.get(name.key)
        is_gradient = symbol is not None and graph.section.table.is_gradient(symbol)
        is_number = name.key in symbols or name.base in CONSTANTS or graph.shapes.get(moment(name)) == ()
        if not (is_gradient or is_number or moment(name) in known):
            return False
    return not any(is_op(node, "activation") for node in walk(claim.written))


def _is_divided(tree: Node) -> bool:
    """Whether something in a tree is divided, or a mean."""
    return any(is_a(node, "quotient") or (type(node) is Apply and node.op == "mean") for node in walk(tree))


def _symbols(dim: Dim | Var) -> tuple[str, ...]:
    return dim.symbols if isinstance(dim, Dim) else ()


def _with_first(outcome: Outcome, known: Sequence[_Known]) -> Outcome:
    """An outcome with the fixes of its findings in their order."""
    found = [next((each.first(one) for each in known if each.is_of(one)), one) for one in outcome.found]
    return outcome._replace(found=tuple(found)) if known else outcome


class _Known:
    """The gradient that a wrong formula should be."""

    def __init__(self, claim: Claim, graph: Graph, line: DerivedLine, texts: Texts, aliases: Aliases) -> None:
        assert claim.passage is not None
        self.claim = claim
        self.place = place_of(claim.passage)
        self.graph = graph
        self.aliases = aliases
        self.section = graph.section.at(claim.passage)
        self.source = texts.of(claim.passage)
        self.value = self._in_reading(line.value)
        self.variable = graph.names[claim.of].text

    def _in_reading(self, value: Node) -> Node:
        """The gradient as its author means it: of the sum where no gradient of a parameter is divided by a count."""
        graph = self.graph
        if not graph.is_batch(self.claim.of) and not _is_divided(value):
            return self._divided(value)
        if graph.batch is None or graph.is_batch(self.claim.of) or (type(value) is Apply and value.op == "add"):
            return value
        own = [claim.written for claim in graph.claims if not graph.is_batch(claim.of)] or [self.claim.written]
        if any(map(_is_divided, own)):
            return value
        count = graph.count or Name(graph.batch.text, graph.batch.text, key=graph.batch.text)
        return simplify(Apply("product", (count, value)), graph.shape_of)

    def _divided(self, value: Node) -> Node:
        """The gradient divided by what its author divides by, as nobody says of what it is the gradient."""
        divisors = [node.args[1] for node in walk(self.claim.written) if type(node) is Apply and node.op == "divide"]
        if len(divisors) != 1 or type(divisors[0]) is not Name or self.graph.shapes.get(divisors[0].key, ()) != ():
            return value
        return simplify(Apply("product", (Apply("divide", (Number("1"), divisors[0])), value)), self.graph.shape_of)

    def is_of(self, found: Diagnostic) -> bool:
        """Whether a finding is the one with the fixes of this formula."""
        start, end = self.claim.span
        mended = found.severity == "error" and bool(found.fixes) and found.code != CHAIN_RULE
        return mended and start <= found.span.start < end

    def first(self, found: Diagnostic) -> Diagnostic:
        """A finding with the known gradient as the first of its fixes."""
        mended = [fix for fix in found.fixes if self._says(fix.formula)] or list(self._anew())
        if not mended or mended[0] == found.fixes[0]:
            return found
        others = [replace(fix, safe=False) for fix in found.fixes if fix is not mended[0]]
        told = f"the first of these is the gradient of {self.variable} in this forward pass"
        notes = (*(note for note in found.notes if note != DOUBT), told)
        return replace(found, fixes=(mended[0], *others)[:SHOWN], notes=notes)

    def _anew(self) -> Iterator[Fix]:
        """The statement with its right side written anew."""
        equation = self.claim.equation
        spelling = AuthorSpelling(equation, self.section, self.source)
        fixed = Equation((*equation.members[:-1], unplaced(self.value)), equation.sign, equation.span)
        edits = spelling.edits(fixed)
        formula = spelling.corrected(edits)
        if formula is not None and self._says(formula):
            yield Fix(f"the gradient of {self.variable} in this forward pass", formula, edits, safe=False)

    def _says(self, formula: str) -> bool:
        """Whether a corrected statement fits, and is the gradient by the names that stand in the file."""
        equation = reread(formula, 0, self.section)
        if equation is None:
            return False
        checked = self.section.statements.trial(equation, {})
        if not checked.is_sure:
            return False
        if any(self._is_new(node) for node in names_in(equation.members[-1])):
            return False
        tree = rewritten(equation.members[-1], checked, self._variable, self.section)
        return same(self._without_aliases(tree), self._without_aliases(self.value), self.graph.shape_of)

    def _without_aliases(self, tree: Node) -> Node:
        """A tree with the gradients that are other names of something, as in `dr = r`, by that."""
        for key, value in self.aliases.items():
            tree = put_names(tree, {key: value})
        return tree

    def _is_new(self, name: Name) -> bool:
        """Whether a name of an array stands nowhere in the file."""
        key = self._variable(name).key
        return key.startswith("∂") and key[1:] not in self.graph.spellings

    def _variable(self, name: Name) -> Name:
        """A name with the key of its variable in the graph."""
        symbol = self.section.survey.reading.by_key.get(name.key)
        key = moment(name)
        if symbol is not None and symbol.of and self.section.table.is_gradient(symbol):
            key = "∂" + self.section.table.variable(symbol).key
        return Name(name.text, name.base, name.indices, name.span, key)
