"""The trees in MATLAB: `A' * (B .* C)`; sums there keep their axis, so that nothing is of rank 1."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .spell import JUXTAPOSED, RAISED, TIMES, Speller
from .tree import Reduction, Tree, places


@dataclass(frozen=True)
class MatlabSpeller(Speller):
    """An author of MATLAB."""

    def _elementwise(self, left: Tree, right: Tree) -> tuple[str, int]:
        return f"{self._at_least(TIMES, left)} .* {self._at_least(JUXTAPOSED, right)}", TIMES

    def _product(self, left: Tree, right: Tree) -> tuple[str, int]:
        return f"{self._at_least(TIMES, left)} * {self._at_least(RAISED, right)}", TIMES

    def _quotient(self, left: Tree, right: Tree) -> tuple[str, int]:
        return f"{self._at_least(TIMES, left)} ./ {self._at_least(RAISED, right)}", TIMES

    def _scaled(self, by: str, of: Tree) -> str:
        return f"{by} * {self._at_least(JUXTAPOSED, of)}"

    def _inverted(self, of: Tree) -> str:
        return f"inv({self.formula(of)})"

    def _reduction(self, tree: Reduction) -> str:
        if tree.axis is None:
            return f"{tree.name}({tree.name}({self.formula(tree.of)}))"
        return f"{tree.name}({self.formula(tree.of)}, {tree.axis + 1})"


def matlab(random: Random) -> Speller:
    """An author of MATLAB."""
    return MatlabSpeller("'", "*", ".*", "", ".^2")


def is_expressible(tree: Tree) -> bool:
    """Whether MATLAB can say a formula: all its arrays have two axes."""
    return all(part.keepdims for _, part in places(tree) if isinstance(part, Reduction) and part.axis is not None)
