"""Find the layout of a formula or a file by trying other conventions on the statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from .conventions import BUILT_IN, DEFAULT, EXAMPLES, Convention
from .documents import Passage
from .infer import Checked, has_jacobian
from .notations import Notation
from .ops.derivatives import LAID_OUT
from .sections import Section, by_letters, defines
from .shapes.dims import ONE, prune
from .syntax.nodes import Apply, Equation, Name, Node, Scope, is_op, names_in, walk, without
from .values import NamedTuple
from .vocabulary import COUNTS, LOSSES

Written: TypeAlias = tuple[Notation, Equation]
"""A statement as parsed, and its notation."""

LEAST_VOTES = 3
"""How many votes a convention needs: one or two formulas may be mistakes that happen to fit another layout."""
_FORWARD = frozenset("ZA")


class Vote(NamedTuple):
    """The leading convention, None for a tie; if `is_clear`, its votes are enough to blame other formulas."""

    convention: Convention | None
    is_clear: bool


def fitting_conventions(section: Section, statement: Equation) -> tuple[Convention, ...]:
    """The conventions, not asked for, under which a parsed statement is right as written."""
    if section.asked or not section.table.layout.speaks:
        return ()
    others = (other for name, other in BUILT_IN.items() if name != section.convention.name)
    written = section.notation, statement
    return tuple(other for other in others if fits(section.alternative(other), written))


def fits(section: Section, written: Written) -> bool:
    """Whether a statement is right in a section, without any doubt about its reading."""
    return section.tried(written).is_sure


def fits_by_one(section: Section, statement: Equation) -> tuple[str, ...]:
    """The dimensions, stated to be 1, that must be 1 for a statement to fit."""
    if not section.table.naming.ones or any(_is_own_column(section, name) for name in names_in(*statement.members)):
        return ()
    checked = section.generalised().tried((section.notation, statement))
    return tuple(sorted(section.table.naming.ones)) if checked.failures else ()


def _is_own_column(section: Section, name: Name) -> bool:
    """Whether an array is declared as a column and no convention speaks of it: there 1 is not a number of units."""
    symbol = section.survey.reading.symbol(name.base, name.indices)
    entry = section.table.stated.of(symbol)
    return entry is not None and ONE in entry.shape and section.table.layout.shape(symbol) is None


def better_convention(section: Section, wrong: Sequence[Written], right: Sequence[Written]) -> Convention | None:
    """The convention under which fewer of a section's statements are wrong; None if the present one is best."""
    best: tuple[int, Convention | None] = (len(wrong), None)
    for name, other in BUILT_IN.items():
        if name != section.convention.name and not section.asked and wrong:
            there = section.alternative(other)
            left = sum(not fits(there, statement) for statement in wrong)
            if left < best[0]:
                left += sum(not fits(there, statement) for statement in right)
                best = min(best, (left, other), key=lambda found: found[0])
    return best[1]


def in_numerator_layout(section: Section, passages: Sequence[Passage]) -> Section | None:
    """The section in numerator layout, if all that does not fit in some passages fits that way, and the rest too.

    A single statement is enough only if it holds a Jacobian, as in `∂L/∂x = ∂L/∂y ∂y/∂x`, or a row, `∂f/∂x = 2 x.T`.
    """
    if section.table.numerator_layout:
        return None
    wrong = [at for at, (_, checked) in enumerate(_in_order(section, passages)) if checked.failures]
    if not wrong:
        return None
    turned = _in_order(section.transposed(), passages)
    if len(wrong) < 2 and not _tells_layout(*turned[wrong[0]]):
        return None
    misfits = any(checked.failures for _, checked in turned)
    are_sure = all(turned[at][1].is_sure for at in wrong)
    return section.transposed() if are_sure and not misfits else None


def _in_order(section: Section, passages: Sequence[Passage]) -> list[tuple[Equation, Checked]]:
    """The parsed statements of some passages, each with what is known about it after the previous ones."""
    found: list[tuple[Equation, Checked]] = []
    for passage in passages:
        there = section.at(passage)
        there.enter(passage)
        for statement in there.program(passage).statements:
            if type(statement) is Equation:
                found.append((statement, there.statements.check(there.resolver.resolve(statement))))
            elif type(statement) is Scope:
                there.begin_function(statement)
        there.table.end_functions()
    return found


def _tells_layout(written: Equation, checked: Checked) -> bool:
    """Whether a statement has the derivative of an array by an array, or gives that of a number as a row."""
    derivatives = [node for node in walk(*written.members) if type(node) is Apply and node.op == "derivative"]
    target = written.members[0]
    is_of_number = derivatives[:1] == [target] and _is_laid_out(target)
    is_row = checked.shape is not None and len(checked.shape) == 2 and prune(checked.shape[0]) is ONE
    return (is_of_number and is_row) or (bool(derivatives) and any(map(has_jacobian, checked.equation.members)))


def _is_laid_out(node: Node) -> bool:
    """Whether a derivative may be in either layout; that of a loss has the shape of its variable."""
    if type(node) is not Apply or node.sign not in LAID_OUT:
        return False
    above = node.args[0]
    return type(above) is not Name or above.base not in LOSSES


def voted(section: Section, statements: Sequence[Written]) -> Vote:
    """The convention that most of a document's formulas vote for.

    A formula votes for a convention in which it is right, if another would make it wrong; what defines a Z or an A
    counts double. The vote is clear with at least three votes and twice as many as for the next, or if it bears out
    what the document's letters say. If nothing votes, these may lead, and the sizes that code takes of arrays may tell
    the layout.
    """
    votes = dict.fromkeys(BUILT_IN, 0)
    for written in statements:
        checks = {name: section.alternative(other).tried(written) for name, other in BUILT_IN.items()}
        right = [name for name, checked in checks.items() if checked.is_sure]
        if len(right) < len(checks) and any(checked.failures for checked in checks.values()):
            for name in right:
                votes[name] += 2 if _is_forward(written[1]) else 1
    (first, most), (_, next_most), *_ = sorted(votes.items(), key=lambda vote: -vote[1])
    if not most and _has_examples_as_columns(section.alternative(BUILT_IN[DEFAULT]), statements):
        return Vote(BUILT_IN[DEFAULT], is_clear=True)
    by = by_letters(section.survey)
    if not most:
        return Vote(BUILT_IN.get(by), is_clear=False)
    is_clear = (most >= LEAST_VOTES and most >= 2 * next_most) or first == by
    return Vote(BUILT_IN[first] if most > next_most else None, is_clear)


def instead(section: Section, statements: Sequence[Written]) -> Vote:
    """The convention that holds in a section whose statements speak against the usual one, if any does.

    Under it no definition fails, and the fewest statements fail or are not understood, fewer than under the usual one.
    """
    assert section.given_up is not None
    best: tuple[int, Convention | None] = (_lost(section, section.given_up, statements), None)
    for other in BUILT_IN.values():
        there = section.alternative(other)
        if not any(there.tried(written).failures for written in statements if defines(section, written[1])):
            best = min(best, (_lost(section, other, statements), other), key=lambda found: found[0])
    return Vote(best[1], is_clear=best[1] is not None)


def _lost(section: Section, convention: Convention, statements: Sequence[Written]) -> int:
    """How many statements fail under a convention, or are not understood."""
    found = map(section.alternative(convention).tried, statements)
    return sum(bool(checked.failures) or checked.unknown for checked in found)


def _has_examples_as_columns(section: Section, statements: Sequence[Written]) -> bool:
    """Whether sizes such as `n_y = Y.shape[0]` say so in a file of layers, and only gradients speak against it."""
    if "W" not in section.survey.indexed:
        return False
    checks = [section.tried(written) for written in statements]
    told = [tells for checked in checks if (tells := _tells_columns(section, checked.equation)) is not None]
    forward = (checked for checked in checks if not _is_of_gradient(section, checked.equation.members[0]))
    return bool(told) and all(told) and not any(checked.failures for checked in forward)


def _tells_columns(section: Section, equation: Equation) -> bool | None:
    """Whether a size comes from the axis on which a convention has it; None if no size is told by its name.

    Plain `n` tells nothing: some courses count features by it, others examples.
    """
    size, value = equation.members[0], equation.members[-1]
    if not (is_op(value, "dimension") and type(size) is Name):
        return None
    array = value.args[0]
    symbol = section.survey.reading.by_key.get(array.key) if type(array) is Name else None
    shape = section.table.layout.shape(symbol) if symbol is not None else None
    is_count = size.key in COUNTS
    if shape is None or size.key == "n" or not (is_count or size.key.startswith("n_")):
        return None
    return is_count is (shape[value.params["axis"]] is EXAMPLES)


def _is_of_gradient(section: Section, target: Node) -> bool:
    symbol = section.survey.reading.by_key.get(target.key) if type(target) is Name else None
    return symbol is not None and section.table.is_gradient(symbol)


def _is_forward(equation: Equation) -> bool:
    """Whether an equation defines a layer's Z or A."""
    target = equation.members[0]
    name = without(target, "superscript")
    return len(equation.members) > 1 and type(name) is Name and name.base in _FORWARD
