"""The names of a file as they are found, in its texts or in its trees: which stand where, and which are assigned."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from ..syntax.nodes import Index

Spelled: TypeAlias = tuple[str, tuple[Index, ...]]
"""A base and its indices."""


class Target(NamedTuple):
    """What stands left of a relation: a name, or a loss's derivative by it."""

    name: Spelled
    is_derivative: bool = False


@dataclass(slots=True)
class Names:
    """The names that stand in a file (some may be there twice), those that are assigned, those by which a loss is derived, and the losses."""

    spelled: list[Spelled] = field(default_factory=list)
    targets: set[Target] = field(default_factory=set)
    derived: set[Spelled] = field(default_factory=set)
    losses: set[str] = field(default_factory=set)

    def add(self, other: Names) -> None:
        """Add the names of another part of the file."""
        self.spelled += other.spelled
        self.targets |= other.targets
        self.derived |= other.derived
        self.losses |= other.losses
