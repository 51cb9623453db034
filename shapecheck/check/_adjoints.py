"""Gradients that contradict the product that they are taken of: `dW = X dZ` beside `Z = X W`, whatever the sizes are.

Shapes cannot tell where sizes are not known, or equal. The traces of products can: all formulas of one product have the
same. A gradient is wrong where its trace is its own alone and a single slip of the pen makes it that of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..course import lines_of, speaking
from ..diagnostic import Diagnostic, Fix, FormulaResult
from ..infer import Fact
from ..rules import Case, explain
from ..sections import Section
from ..symbols import with_letters
from ..syntax.nodes import Apply, Equation, Node, walk
from ..table import Entry
from ..values import replace
from ..vocabulary import SYMMETRIC as SYMMETRIC_WORDS
from ._aliases import Aliases
from ._confidence import is_entry, is_thought
from ._outcomes import Outcome, reported
from ._products import lies, products, renaming, turned_names
from ._slip import Slip
from ._slips import Told
from ._symmetry import words
from ._texts import Texts
from ._traces import Product

Judged = dict[int, Outcome]
"""The outcomes of passages, by the ids of those."""
CONTRADICTED = "it contradicts another formula, which is wrong"
SYMMETRIC = "it is right only if a matrix in it is symmetric"
_SYMMETRIC = re.compile(SYMMETRIC_WORDS, re.IGNORECASE)
NEAR = 120
"""How many characters around such a word may name the matrix: about a sentence."""


def with_adjoints(
    section: Section, outcomes: list[Outcome], texts: Texts, assigned: Mapping[str, Entry]
) -> list[Outcome]:
    """The outcomes of a section, with the gradients that contradict their products; `assigned` is where it begins."""
    section.table.start_again(assigned)
    aliases, turned = Aliases(), set[str]()
    written = list(_products(section, aliases, turned))
    found = list(aliases.renamed(written))
    cells = {passage.cell for passage in section.part.passages}
    told = Told(found, {name for cell in cells for name in _symmetric(texts.cell(cell).text)}, turned)
    slips = _slips(told, found)
    judged = {id(passage): outcome for passage, outcome in zip(section.part.passages, outcomes, strict=True)}
    for product in found:
        if product.is_backward and _is_wrong(judged, product) and told.is_symmetric(product):
            _believe(judged, product, SYMMETRIC)
    for slip in slips.values():
        if not _is_wrong(judged, slip.product):
            _judge(judged, slip, texts)
            for witness in slip.witnesses if _is_wrong(judged, slip.product) else ():
                if witness.line.number not in slips and _is_wrong(judged, witness):
                    _believe(judged, witness, CONTRADICTED)
    return list(judged.values())


def _symmetric(text: str) -> Iterator[str]:
    """The names near which a text speaks of symmetry."""
    for found in _SYMMETRIC.finditer(text):
        yield from map(with_letters, words(text[max(0, found.start() - NEAR) : found.end() + NEAR]))


def _slips(told: Told, found: list[Product]) -> dict[int, Slip]:
    """The slips, by the numbers of their lines; a sum is held only against what is none."""
    slips: dict[int, Slip] = {}
    for product in found:
        slip = told.slip(product) if product.is_backward and not product.line.passage.explicit else None
        if slip is not None:
            slips.setdefault(product.line.number, slip).change.update(slip.change)
    for slip in told.sums():
        if slip.witness.line.number not in slips and not slip.product.line.passage.explicit:
            slips.setdefault(slip.product.line.number, slip)
    return slips


def _products(section: Section, aliases: Aliases, turned: set[str]) -> Iterator[Product]:
    """The products of a section's formulas, but for those of entries and of steps of thought, and its names for arrays.

    Those that are `turned` somewhere are noted. Under a convention that the author states, what its shapes contradict
    bears no witness.
    """
    function, lying = None, set[str]()
    for line, names in speaking(lines_of(section)):
        if line.section.table.function is not function:
            function, lying = line.section.table.function, set()
        if isinstance(line.statement, Equation):
            checked = line.section.statements.check(line.statement)
            nodes = [node for member in line.statement.members for node in walk(member)]
            is_read = line.is_written and (section.is_open or not checked.failures)
            if is_read and not any(map(is_entry, nodes)) and not any(map(is_thought, nodes)):
                yield from products(line, checked, names, lying)
            turned.update(turned_names(line, checked, names))
            renamed = renaming(line, checked, names) if len(line.statement.members) > 1 else None
            if renamed is not None:
                aliases.take(function, *renamed)
            key, is_turned = lies(line.statement, lying)
            (lying.add if is_turned else lying.discard)(key)


def _judge(judged: Judged, slip: Slip, texts: Texts) -> None:
    """Say that a gradient is wrong, if the right one can be written in its place."""
    found, span, place = tuple(_explained(slip, texts)), slip.product.span, id(slip.product.line.passage)
    if found:
        outcome = judged[place]
        others = [formula for formula in outcome.formulas if formula.span != span]
        result = FormulaResult(span, "error", None, reported(slip.product.checked))
        formulas = tuple(sorted([*others, result], key=lambda formula: formula.span))
        said = sorted([*outcome.found, *found], key=lambda each: each.span)
        judged[place] = outcome._replace(formulas=formulas, found=tuple(said))


def _is_wrong(judged: Judged, product: Product) -> bool:
    formulas = judged[id(product.line.passage)].formulas
    return any(formula.span == product.span and formula.status == "error" for formula in formulas)


def _believe(judged: Judged, product: Product, why: str) -> None:
    """Find nothing in a formula, as it may be right."""
    place, (start, end) = id(product.line.passage), product.span
    outcome = judged[place]
    found = [each for each in outcome.found if not (start <= each.span.start < end)]
    formulas = [
        replace(each, status="unknown", why=why) if each.span == product.span else each for each in outcome.formulas
    ]
    judged[place] = outcome._replace(formulas=tuple(formulas), found=tuple(found))


def _explained(slip: Slip, texts: Texts) -> Iterator[Diagnostic]:
    """What is said of a wrong gradient; nothing where the right one cannot be written in its place."""
    from ..suggest._edits import Spelling, reread

    line, equation = slip.product.line, slip.product.checked.equation
    source = texts.of(line.passage)
    spelling = Spelling(equation, line.section, source)
    edits = spelling.edits(slip.fixed)
    formula = spelling.corrected(edits)
    texts_of = (source.slice(equation.span), formula)
    before, after = (reread(text, equation.span.start, line.section) if text else None for text in texts_of)
    if formula is None or before is None or after is None or after.members != _by(before, slip.fixed):
        return
    witness = slip.witness
    span = witness.span if witness.line.number != line.number else witness.node.span
    words = {
        "right": spelling.write(slip.put(slip.product.node)),
        "witness": texts.of(witness.line.passage).slice(span),
        "is_gradient": witness.is_backward,
        "summed": slip.summed(spelling),
        "span": span if witness.line.passage.cell == line.passage.cell else None,
    }
    target = (slip.product.target.node,) if slip.product.target is not None else ()
    fact = Fact("gradient-trace", slip.product.node, target, words=words)
    case = Case(replace(slip.product.checked, facts=(fact,)), line.section, source)
    for found in explain(case):
        yield replace(found, fixes=(Fix(slip.title(spelling), formula, edits, safe=False),))


def _by(written: Equation, fixed: Equation) -> tuple[Node, ...]:
    """What is wanted of a statement, with its parts as they are read by themselves, outside of their function."""
    parts = {node.span: node for member in written.members for node in walk(member)}

    def part(node: Node) -> Node:
        if node.span in parts or type(node) is not Apply:
            return parts.get(node.span, node)
        return replace(node, args=tuple(map(part, node.args)))

    return tuple(map(part, fixed.members))
