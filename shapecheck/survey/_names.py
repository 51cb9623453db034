"""The names of a file as they are found, in its texts or in its trees: which stand where, and which are assigned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from ..symbols import is_time
from ..syntax.nodes import Index
from ..values import NamedTuple, dataclass, field

Spelled: TypeAlias = tuple[str, tuple[Index, ...]]
"""A base and its indices."""
Numbered: TypeAlias = tuple[str, Index]
"""A base and the only index below it."""


class LeftSide(NamedTuple):
    """What stands left of a relation: a name, or a loss's derivative by it."""

    name: Spelled
    is_derivative: bool = False


@dataclass(slots=True)
class Names:
    """The names that stand in a file.

    `spelled` are all of them in order, `targets` those that are assigned, `coded` those that code
    assigns, `derived` those by which a loss is derived, `losses` the letters of the losses, `counts` those that divide
    numbers or stand above them, `numbers` those that are assigned a number, `computed` those that are assigned what
    cannot be one. `defined` are the functions that an equation defines, `f(x) = …`, `primed` what it names with a
    prime, `x' = A x`, `applied` the functions that are declared with what they are applied to, `listed` the names that
    are declared with an index in a bracket, `stepped` the letters below names beside what may be a matrix, `A x_k`,
    each with that name's base, `signals` the names before a time in a bracket, `x(t)`, each with its letter.
    `gradients` are the names that equations give as a loss's derivative, `called` those of which a sentence says so,
    each with the variable; `drawn` has those of which one that may be a gradient is computed. `parted` are the
    functions that are called with a letter below them too, `φ_j(x)`, without it, `factors` what is multiplied.
    `behind` are the names that stand after a δ, None if it stands without one, `timed` those that have a time in
    mathematics, without it. `arrays` are those that are arrays with the letter below them, `made` what an equation
    makes of such a name, with that name.
    """

    spelled: dict[Spelled, None] = field(default_factory=dict)
    targets: set[LeftSide] = field(default_factory=set)
    derived: set[Spelled] = field(default_factory=set)
    losses: set[str] = field(default_factory=set)
    counts: set[Spelled] = field(default_factory=set)
    coded: set[Spelled] = field(default_factory=set)
    numbers: set[Spelled] = field(default_factory=set)
    computed: set[Spelled] = field(default_factory=set)
    defined: set[Spelled] = field(default_factory=set)
    primed: set[Spelled] = field(default_factory=set)
    applied: set[Spelled] = field(default_factory=set)
    listed: set[Spelled] = field(default_factory=set)
    stepped: set[tuple[str, str]] = field(default_factory=set)
    signals: set[tuple[Spelled, str]] = field(default_factory=set)
    timed: set[Spelled] = field(default_factory=set)
    parted: set[Spelled] = field(default_factory=set)
    factors: set[Spelled] = field(default_factory=set)
    gradients: set[tuple[Spelled, Spelled]] = field(default_factory=set)
    called: set[tuple[Spelled, Spelled]] = field(default_factory=set)
    drawn: dict[Spelled, set[Spelled]] = field(default_factory=dict)
    behind: set[Spelled | None] = field(default_factory=set)
    arrays: set[Numbered] = field(default_factory=set)
    made: set[tuple[Numbered, Numbered]] = field(default_factory=set)


def timed(names: Names) -> Iterator[Spelled]:
    """The names that have a time, without it, and their gradients as code spells them."""
    for base, indices in names.spelled:
        if any(map(is_time, indices)):
            others = tuple(index for index in indices if not is_time(index))
            yield base, others
            yield f"d{base}", others
