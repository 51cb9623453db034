"""Trees as text in plain notation, in the spellings that people mix; other notations differ in a few methods."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .tree import (
    Dims,
    Elementwise,
    Function,
    Inverse,
    Matrix,
    Number,
    Product,
    Quotient,
    Reduction,
    Scaled,
    Squared,
    Sum,
    Transpose,
    Tree,
)

SUM, TIMES, JUXTAPOSED, RAISED, POSTFIX = range(5)
"""How tightly a text holds together, loosest first."""


@dataclass(frozen=True)
class Speller:
    """One author's habits: how transposes, products, elementwise products, squares and reductions are written."""

    transpose: str
    product: str
    elementwise: str
    prefix: str
    square: str = "^2"
    inverse: str = "^-1"

    def statement(self, target: str, tree: Tree) -> str:
        """An equation, or without a target the formula alone."""
        return f"{self.name(target)} = {self.formula(tree)}" if target else self.formula(tree)

    def formula(self, tree: Tree) -> str:
        """The text of a tree."""
        return self._spell(tree)[0]

    def name(self, name: str) -> str:
        """How a matrix is called."""
        return name

    def _spell(self, tree: Tree) -> tuple[str, int]:
        match tree:
            case Matrix(name):
                return self.name(name), POSTFIX
            case Number(text):
                return text, POSTFIX
            case Transpose(of):
                return self._transposed(of), POSTFIX
            case Function(name, of):
                return f"{self._function(name)}({self.formula(of)})", POSTFIX
            case Reduction():
                return self._reduction(tree), POSTFIX
            case Sum(left, right, sign):
                return f"{self.formula(left)} {sign} {self._at_least(TIMES, right)}", SUM
            case Elementwise(left, right):
                return self._elementwise(left, right)
            case Quotient(left, right):
                return self._quotient(left, right)
            case Scaled("-", of):
                return f"-{self._at_least(TIMES, of)}", SUM
            case Scaled(by, of):
                return self._scaled(by, of), TIMES
            case Squared(of):
                return self._at_least(POSTFIX, of) + self.square, RAISED
            case Inverse(of):
                return self._inverted(of), RAISED
            case Product(left, right):
                return self._product(left, right)

    def _quotient(self, left: Tree, right: Tree) -> tuple[str, int]:
        return f"{self._at_least(TIMES, left)} / {self._at_least(RAISED, right)}", TIMES

    def _scaled(self, by: str, of: Tree) -> str:
        return f"{by} {self._at_least(JUXTAPOSED, of)}"

    def _inverted(self, of: Tree) -> str:
        return self._at_least(POSTFIX, of) + self.inverse

    def _transposed(self, of: Tree) -> str:
        return self._at_least(POSTFIX, of) + self.transpose

    def _function(self, name: str) -> str:
        return name

    def _elementwise(self, left: Tree, right: Tree) -> tuple[str, int]:
        return f"{self._at_least(TIMES, left)} {self.elementwise} {self._at_least(JUXTAPOSED, right)}", TIMES

    def _product(self, left: Tree, right: Tree) -> tuple[str, int]:
        if self.product == "np.dot":
            return f"np.dot({self.formula(left)}, {self.formula(right)})", POSTFIX
        if self.product in ("@", "·", "×", r"\cdot", r"\times"):
            level = TIMES if self.product == "@" else JUXTAPOSED
            return f"{self._at_least(RAISED, left)} {self.product} {self._at_least(RAISED, right)}", level
        return f"{self._at_least(JUXTAPOSED, left)} {self._at_least(RAISED, right)}", JUXTAPOSED

    def _reduction(self, tree: Reduction) -> str:
        return f"{self.prefix}{tree.name}({', '.join((self.formula(tree.of), *axes(tree)))})"

    def _at_least(self, level: int, tree: Tree) -> str:
        text, holds = self._spell(tree)
        return text if holds >= level else f"({text})"


def axes(tree: Reduction) -> list[str]:
    """The arguments of a reduction."""
    axis = [] if tree.axis is None else [f"axis={tree.axis}"]
    return [*axis, "keepdims=True"] if tree.keepdims else axis


def speller(random: Random) -> Speller:
    """An author at random."""
    return Speller(
        random.choice((".T", "^T", "ᵀ")),
        random.choices(("", "@", "np.dot"), (3, 1, 1))[0],
        random.choice(("*", "⊙")),
        random.choice(("np.", "")),
        random.choice(("^2", "**2")),
        random.choice(("^-1", "^(-1)")),
    )


def unicode(random: Random) -> Speller:
    """An author at random who types the signs of mathematics: `Aᵀ B ⊙ C²`."""
    return Speller(
        "ᵀ", random.choice(("", "", "·", "×")), random.choice(("⊙", "∘")), random.choice(("np.", "")), "²", "⁻¹"
    )


def declaration(name: str, dims: Dims) -> str:
    """`W: n x k`, `s: (n,)`, `c: scalar`."""
    if len(dims) < 2:
        return f"{name}: ({dims[0]},)" if dims else f"{name}: scalar"
    return f"{name}: {' x '.join(dims)}"


def is_ambiguous(author: Speller) -> bool:
    """Whether the sign of an author's products may mean other ones too, so that what is confused is no mistake."""
    return author.product in ("·", "×", r"\cdot", r"\times")
