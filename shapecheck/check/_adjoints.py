"""Gradients that contradict the product that they are taken of: `dW = X dZ` beside `Z = X W`, whatever the sizes are.

Shapes cannot tell where sizes are not known, or equal. The traces of products can: all formulas of one product have the
same. A gradient is wrong where its trace is its own alone and a single slip of the pen makes it that of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..course import Line, lines_of, speaking
from ..diagnostic import Diagnostic, FormulaResult
from ..infer import Checked, Fact
from ..rules import Case, explain
from ..sections import Section
from ..symbols import with_letters
from ..syntax.nodes import Equation, walk
from ..table import Entry
from ..values import NamedTuple, replace
from ..vocabulary import SYMMETRIC as SYMMETRIC_WORDS
from ._aliases import Aliases
from ._confidence import is_entry, is_thought
from ._lying import Turned
from ._lying import turned as lying_otherwise
from ._outcomes import Outcome, reported
from ._products import lies, products, renaming, turned_names
from ._sides import Sides
from ._slip import GradientSlip
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
    read = _read(section, texts)
    found = list(read.aliases.renamed(read.products))
    cells = {passage.cell for passage in section.part.passages}
    told = Told(found, {name for cell in cells for name in _symmetric(texts.cell(cell).text)}, read.turned)
    slips = _slips(told, found)
    judged = {id(passage): outcome for passage, outcome in zip(section.part.passages, outcomes, strict=True)}
    for product in found:
        if product.is_backward and _is_wrong(judged, product) and told.is_symmetric(product):
            _believe(judged, product, SYMMETRIC)
    for slip in slips.values():
        if not _is_wrong(judged, slip.product) and not _is_unborne(judged, slip):
            _judge(judged, slip.product, tuple(_explained(slip, texts)))
            for witness in slip.witnesses if _is_wrong(judged, slip.product) else ():
                if witness.line.number not in slips and _is_wrong(judged, witness):
                    _believe(judged, witness, CONTRADICTED)
    for each in lying_otherwise(read.sides):
        product = each.slips[0].product
        if not _is_wrong(judged, product):
            _judge(judged, product, tuple(_said(each)))
            for other in read.products if _is_wrong(judged, product) else ():
                if other.line.number != product.line.number and _is_told_by(judged, other, product):
                    _believe(judged, other, CONTRADICTED)
    return list(judged.values())


def _symmetric(text: str) -> Iterator[str]:
    """The names near which a text speaks of symmetry."""
    for found in _SYMMETRIC.finditer(text):
        yield from map(with_letters, words(text[max(0, found.start() - NEAR) : found.end() + NEAR]))


def _slips(told: Told, found: list[Product]) -> dict[int, GradientSlip]:
    """The slips, by the numbers of their lines; a sum is held only against what is none."""
    slips: dict[int, GradientSlip] = {}
    for product in found:
        slip = told.slip(product) if product.is_backward and not product.line.passage.explicit else None
        if slip is not None:
            slips.setdefault(product.line.number, slip).change.update(slip.change)
    for slip in told.sums():
        if slip.witness.line.number not in slips and not slip.product.line.passage.explicit:
            slips.setdefault(slip.product.line.number, slip)
    return slips


class _Said(NamedTuple):
    """What a section's formulas say: their products, the names for one array, those transposed, how vectors lie."""

    products: list[Product]
    aliases: Aliases
    turned: set[str]
    sides: list[Sides]


def _read(section: Section, texts: Texts) -> _Said:
    """Read a section's formulas, but for those of entries and for steps of thought.

    Under a convention that the author states, what its shapes contradict bears no witness.
    """
    read = _Said([], Aliases(), set(), [])
    function, lying = None, set[str]()
    for line, names in speaking(lines_of(section)):
        if line.section.table.function is not function:
            function, lying = line.section.table.function, set()
        if isinstance(line.statement, Equation):
            checked = line.section.statements.check(line.statement)
            if line.is_written and (section.is_open or not checked.failures):
                _read_formula(read, line, checked, names, lying, texts)
            read.turned.update(turned_names(line, checked, names))
            renamed = renaming(line, checked, names) if len(line.statement.members) > 1 else None
            if renamed is not None:
                read.aliases.take(function, *renamed)
            key, is_turned = lies(line.statement, lying)
            (lying.add if is_turned else lying.discard)(key)
    return read


def _read_formula(
    read: _Said, line: Line, checked: Checked, names: frozenset[str] | None, lying: set[str], texts: Texts
) -> None:
    """Read what a formula multiplies, and in mathematics how its vectors lie."""
    members = checked.equation.members
    if any(is_entry(node) for node in walk(*members)):
        return
    if not any(map(is_thought, members)):
        read.products.extend(products(line, checked, names, lying))
    is_mathematics = not line.section.notation.is_code and not line.passage.explicit
    if is_mathematics and not any(map(is_thought, members[1:])):
        read.sides.append(Sides(line, checked, texts.of(line.passage), names is not None))


def _judge(judged: Judged, product: Product, found: tuple[Diagnostic, ...]) -> None:
    """Say that a gradient is wrong, if the right one can be written in its place."""
    span, place = product.span, id(product.line.passage)
    if found:
        outcome = judged[place]
        others = [formula for formula in outcome.formulas if formula.span != span]
        result = FormulaResult(span, "error", None, reported(product.checked))
        formulas = tuple(sorted([*others, result], key=lambda formula: formula.span))
        before = [each for each in outcome.found if not span.start <= each.span.start < span.end]
        said = sorted([*before, *found], key=lambda each: each.span)
        judged[place] = outcome._replace(formulas=formulas, found=tuple(said))


def _is_wrong(judged: Judged, product: Product) -> bool:
    formulas = judged[id(product.line.passage)].formulas
    return any(formula.span == product.span and formula.status == "error" for formula in formulas)


def _is_told_by(judged: Judged, product: Product, by: Product) -> bool:
    """Whether what is found in a formula rests on what another one says."""
    (start, end), (first, last) = product.span, by.span
    found = [each for each in judged[id(product.line.passage)].found if start <= each.span.start < end]
    return any(first <= label.span.start < last for each in found for label in each.labels)


def _is_unborne(judged: Judged, slip: GradientSlip) -> bool:
    """Whether all that speaks against a gradient are others that do not fit themselves.

    In code one bears no witness only where its shape is not that of its variable.
    """
    if any(not each.is_backward or not _is_wrong(judged, each) for each in slip.witnesses):
        return False
    return not slip.product.is_code or all("SC204" in _codes(judged, each) for each in slip.witnesses)


def _codes(judged: Judged, product: Product) -> list[str]:
    """What is found in the formula of a product."""
    start, end = product.span
    return [each.code for each in judged[id(product.line.passage)].found if start <= each.span.start < end]


def _believe(judged: Judged, product: Product, why: str) -> None:
    """Find nothing in a formula, as it may be right."""
    place, (start, end) = id(product.line.passage), product.span
    outcome = judged[place]
    found = [each for each in outcome.found if not (start <= each.span.start < end)]
    formulas = [
        replace(each, status="unknown", why=why) if each.span == product.span else each for each in outcome.formulas
    ]
    judged[place] = outcome._replace(formulas=tuple(formulas), found=tuple(found))


def _explained(slip: GradientSlip, texts: Texts) -> Iterator[Diagnostic]:
    """What is said of a wrong gradient; nothing if the right one cannot be written in its place."""
    from ..suggest._edits import AuthorSpelling

    line, witness = slip.product.line, slip.witness
    source = texts.of(line.passage)
    fix = slip.fix(source)
    if fix is None:
        return
    spelling = AuthorSpelling(slip.product.checked.equation, line.section, source)
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
        yield replace(found, fixes=(fix,))


def _said(each: Turned) -> Iterator[Diagnostic]:
    """What is said of a formula whose vectors are turned; nothing if no right one can be written in its place."""
    from ..suggest._fixes import SHOWN

    sides = each.sides
    fixes = {fix.formula: fix for slip in each.slips if (fix := slip.fix(sides.source)) is not None}
    if not fixes:
        return
    words: dict[str, object] = {"kind": each.bond.kind, "side": each.side, "witness": "", "span": None, "seen": None}
    if each.witness is not None:
        other, bond = each.witness
        words["witness"] = other.source.slice(other.checked.equation.span)
        if bond.kind == "matrix" and other.line.passage.cell == sides.line.passage.cell:
            words |= {"span": other.checked.equation.span, "seen": (bond.nodes[0], bond.side)}
    fact = Fact("vector-side", each.bond.nodes[0], each.bond.nodes, words=words)
    for found in explain(Case(replace(sides.checked, facts=(fact,)), sides.line.section, sides.source)):
        yield replace(found, fixes=tuple(fixes.values())[:SHOWN])
