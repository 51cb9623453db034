"""What is bound while a program is lowered, and the way back to what was bound before a branch or a function."""

from __future__ import annotations

from collections.abc import Iterator

from ._names import Entity


class Bound:
    """The names that are bound, in the order in which each was bound first."""

    def __init__(self) -> None:
        self._places: dict[Entity, int] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __len__(self) -> int:
        return len(self._places)

    def add(self, name: Entity) -> None:
        """Bind a name."""
        self._places.setdefault(name, len(self._places))

    def was(self, name: Entity, then: int) -> bool:
        """Whether a name was bound when so many were."""
        return self._places.get(name, then) < then

    def go_back(self, then: int) -> None:
        """Forget all names but so many."""
        while len(self._places) > then:
            self._places.popitem()


class Parts:
    """The parts of names that are bound, as `d["a"]` of `d`, by each name that they are a part of."""

    def __init__(self) -> None:
        self._found: dict[Entity, dict[Entity, None]] = {}
        self._known: set[Entity] = set()
        self._changes: list[tuple[Entity, bool]] = []

    def __contains__(self, part: object) -> bool:
        return part in self._known

    def of(self, whole: Entity) -> list[Entity]:
        """The parts of a name."""
        return [part for part in self._found.get(whole, ()) if whole.begins(part)]

    def add(self, part: Entity) -> None:
        """Bind a part."""
        if part not in self._known:
            self._put(part)
            self._changes.append((part, True))

    def drop(self, part: Entity) -> None:
        """Know a part no more."""
        self._take(part)
        self._changes.append((part, False))

    def mark(self) -> int:
        """A point in time to come back to."""
        return len(self._changes)

    def take_up(self, mark: int) -> None:
        """Know again what was known at the mark and dropped since."""
        first: dict[Entity, bool] = {}
        for part, is_added in self._changes[mark:]:
            first.setdefault(part, is_added)
        for part in [part for part, is_added in first.items() if not is_added]:
            self.add(part)

    def go_back(self, mark: int) -> None:
        """Know what was known at the mark, and no more."""
        for part, is_added in reversed(self._changes[mark:]):
            if is_added:
                self._take(part)
            else:
                self._put(part)
        del self._changes[mark:]

    def _put(self, part: Entity) -> None:
        self._known.add(part)
        for whole in _wholes(part):
            self._found.setdefault(whole, {})[part] = None

    def _take(self, part: Entity) -> None:
        self._known.remove(part)
        for whole in _wholes(part):
            del self._found[whole][part]


def _wholes(part: Entity) -> Iterator[Entity]:
    """The names that a part may be one of."""
    return (Entity(part.base, part.indices[:count]) for count in range(len(part.indices)))
