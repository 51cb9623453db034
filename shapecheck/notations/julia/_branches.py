"""What a name is behind a block that may be gone through once, never or many times: what its branches leave, joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...syntax.nodes import Apply, Equation, Name, Node
from .._names import decompose

CHOOSING = frozenset(("if", "for", "while", "try", "let", "do"))
UNKNOWN = Apply("unknown", ())


def named(text: str) -> Name:
    """A name as it is spelled."""
    return Name(text, *decompose(text))


def put(target: Name, value: Node) -> Equation:
    """An equation that nobody wrote."""
    return Equation((target, value), "=")


class OpenBlock:
    """A block that is open; `fresh` gives names that no author wrote. Its equations hold what its names were.

    Where it is `whole`, one of its branches is taken whatever happens.
    """

    def __init__(self, word: str, fresh: Callable[[], Name]) -> None:
        self.word = word
        self.whole = False
        self._fresh = fresh
        self._before: dict[str, Name] = {}
        self._branches: list[dict[str, Name]] = []

    def change(self, text: str) -> Iterator[Equation]:
        """A name is about to be assigned."""
        if self.word in CHOOSING and text not in self._before:
            self._before[text] = self._fresh()
            yield put(self._before[text], named(text))

    def part(self) -> Iterator[Equation]:
        """A branch ends: keep what its names are, and go back to what they were."""
        here: dict[str, Name] = {}
        for text, before in self._before.items():
            here[text] = self._fresh()
            yield put(here[text], named(text))
            yield put(named(text), before)
        self._branches.append(here)

    def end(self) -> Iterator[Equation]:
        """The block ends."""
        if self.word in CHOOSING:
            yield from self.part()
        for text, before in self._before.items():
            ways = [branch.get(text, before) for branch in self._branches]
            yield put(named(text), Apply("join", tuple(ways if self.whole else [before, *ways])))
