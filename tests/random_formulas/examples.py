"""Formulas with what numpy says of them: half right, half with one mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from .grow import LETTERS, Grower, Vocabulary
from .mistakes import MISTAKES, is_wrong, mistakes
from .spell import Speller, declaration, speller
from .tree import Dims, Tree, dims_of, draw, evaluate

TRIES = 1000


@dataclass(frozen=True)
class Example:
    """One formula: as its author wrote it, and what is true of it.

    `mistake` names the one mistake in `written`, empty where it is right; `right` is the formula without the mistake;
    `shape` is the shape of what was meant; `target` is the name on the left, empty for an expression alone.
    """

    written: Tree
    right: Tree
    author: Speller
    mistake: str
    target: str
    shape: Dims
    declared: dict[str, Dims]
    seed: int

    @property
    def text(self) -> str:
        """The formula as its author wrote it."""
        return self.author.statement(self.target, self.written)

    @property
    def meant(self) -> str:
        """The formula without the mistake."""
        return self.author.statement(self.target, self.right)

    @property
    def arrays(self) -> dict[str, Any]:
        """Random arrays of the declared shapes, the same each time."""
        return draw(self.declared, self.seed)


def examples(count: int, seed: int) -> list[Example]:
    """Formulas that each have their own names; every second one is wrong."""
    random = Random(seed)
    return [example(random, Vocabulary(random), "Y", number % 2 == 1) for number in range(count)]


def one_file(count: int, seed: int) -> list[Example]:
    """Formulas over the same names, to stand in one file; every second one is wrong."""
    random = Random(seed)
    vocabulary = Vocabulary(random)
    return [example(random, vocabulary, f"Y_{number}", number % 2 == 1) for number in range(count)]


def example(random: Random, vocabulary: Vocabulary, target: str, wrong: bool) -> Example:
    """One formula, an equation with a declared left side or an expression alone."""
    mistake = random.choices(MISTAKES, (2, 2, 2, 1, 1, 1))[0] if wrong else ""
    for _ in range(TRIES):
        tried = Vocabulary(random, dict(vocabulary.declared))
        made = _attempt(random, tried, target if random.random() < 0.7 else "", mistake)
        if made:
            vocabulary.declared.update(tried.declared)
            return made
    raise AssertionError("no such formula was found")


def _attempt(random: Random, vocabulary: Vocabulary, target: str, mistake: str) -> Example | None:
    tree = Grower(random, vocabulary).formula()
    vocabulary.named((random.choice(LETTERS), random.choice(LETTERS)))
    seed = random.randrange(2**32)
    arrays = draw(vocabulary.declared, seed)
    shape = dims_of(evaluate(tree, arrays))
    written = tree
    if mistake:
        found: list[Tree] = []
        for kind, broken in mistakes(tree, vocabulary):
            if kind == mistake and is_wrong(broken, arrays, shape if target else None):
                found.append(broken)
        if not found:
            return None
        written = random.choice(found)
    declared = {**vocabulary.declared, **({target: shape} if target else {})}
    return Example(written, tree, speller(random), mistake, target, shape, declared, seed)


def by(author: Callable[[Random], Speller], made: list[Example], seed: int) -> list[Example]:
    """The same formulas by authors of another notation."""
    random = Random(seed)
    return [replace(example, author=author(random)) for example in made]


def declarations(made: list[Example]) -> str:
    """A line for each matrix of some formulas, its name spelled as an author of theirs spells it."""
    names = {name: (example.author, dims) for example in made for name, dims in example.declared.items()}
    return "".join(f"{declaration(author.name(name), dims)}\n" for name, (author, dims) in names.items())
