"""Which layout a formula or a file is written in: other conventions are tried on the statements, told as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from .conventions import BUILT_IN, Convention
from .infer import has_jacobian
from .sections import Section, by_letters
from .syntax.nodes import Apply, Equation, Name, walk

Written: TypeAlias = tuple[str, Equation]
"""A statement as parsed, and its notation."""

LEAST_VOTES = 3
_FORWARD = frozenset("ZA")


class Vote(NamedTuple):
    """The convention that leads, None where two do; `is_clear` says that its votes suffice to blame other formulas."""

    convention: Convention | None
    is_clear: bool


def fitting_conventions(section: Section, statement: Equation) -> tuple[Convention, ...]:
    """The conventions nobody asked for in which a statement, as parsed, is right as it is written."""
    if section.asked or not section.table.layout.speaks:
        return ()
    others = (other for name, other in BUILT_IN.items() if name != section.convention.name)
    written = section.notation, statement
    return tuple(other for other in others if fits(section.alternative(other), written))


def fits(section: Section, written: Written) -> bool:
    """Whether a statement is right in a section, without a doubt."""
    checked = section.tried(written)
    return not checked.facts and not checked.unknown


def fits_by_one(section: Section, statement: Equation) -> tuple[str, ...]:
    """The dimensions, stated to be 1, without whose being 1 a statement that fits would not."""
    if not section.table.naming.ones:
        return ()
    checked = section.generalised().tried((section.notation, statement))
    return tuple(sorted(section.table.naming.ones)) if checked.failures else ()


def better_convention(section: Section, wrong: Sequence[Written], right: Sequence[Written]) -> Convention | None:
    """The convention under which fewer of a section's statements are wrong, None where the present one is best."""
    best: tuple[int, Convention | None] = (len(wrong), None)
    for name, other in BUILT_IN.items():
        if name != section.convention.name and not section.asked and wrong:
            there = section.alternative(other)
            left = sum(not fits(there, statement) for statement in wrong)
            if left < best[0]:
                left += sum(not fits(there, statement) for statement in right)
                best = min(best, (left, other), key=lambda found: found[0])
    return best[1]


def writes_gradients_transposed(section: Section, wrong: Sequence[Written], right: Sequence[Written]) -> bool:
    """Whether all of a section's gradients are of their variable's shape transposed (numerator layout).

    One statement alone tells it only by a Jacobian, as `∂L/∂x = ∂L/∂y ∂y/∂x` does.
    """
    if section.table.numerator_layout or not wrong:
        return False
    if len(wrong) < 2 and not _tells_layout(section, wrong[0]):
        return False
    there = section.transposed()
    return all(fits(there, statement) for statement in (*wrong, *right))


def _tells_layout(section: Section, written: Written) -> bool:
    """Whether a statement holds the derivative of an array by an array."""
    derivatives = any(
        type(node) is Apply and node.op == "derivative" for member in written[1].members for node in walk(member)
    )
    return derivatives and any(map(has_jacobian, section.tried(written).equation.members))


def voted(section: Section, statements: Sequence[Written]) -> Vote:
    """The convention that most of a document's formulas vote for.

    A formula votes for a convention in which it is right, if another would make it wrong; what defines a Z or an A
    counts double. The vote is clear with at least three votes and twice as many as for the next, or if it bears out
    what the document's letters say.
    """
    votes = dict.fromkeys(BUILT_IN, 0)
    for written in statements:
        checks = {name: section.alternative(other).tried(written) for name, other in BUILT_IN.items()}
        right = [name for name, checked in checks.items() if not checked.facts and not checked.unknown]
        if len(right) < len(checks) and any(checked.failures for checked in checks.values()):
            for name in right:
                votes[name] += 2 if _is_forward(written[1]) else 1
    (first, most), (_, next_most), *_ = sorted(votes.items(), key=lambda vote: -vote[1])
    is_clear = (most >= LEAST_VOTES and most >= 2 * next_most) or first == by_letters(section.survey)
    return Vote(BUILT_IN[first] if most > next_most else None, is_clear)


def _is_forward(equation: Equation) -> bool:
    """Whether an equation defines the Z or the A of a layer."""
    target = equation.members[0]
    name = target.args[0] if type(target) is Apply and target.op == "superscript" else target
    return len(equation.members) > 1 and type(name) is Name and name.base in _FORWARD
