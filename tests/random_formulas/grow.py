"""Random right formulas: a tree of a wanted shape over declared matrices."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .tree import (
    FACTORS,
    FUNCTIONS,
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

LETTERS = ("n", "k", "m", "p", "q", "r")
NAMES = (
    *"ABCDEFGHIJKLMNOPQRSTUVWXZ",
    *("W1", "W2", "A_prev", "W_f", "Theta", "hidden", "x_t", "V_out", "B2", "mask", "Φ", "Λ", "Σ"),
    *("x", "w", "h", "y", "δ", "z1", "b2", "err"),
)


@dataclass
class Vocabulary:
    """The matrices declared so far; `named` gives one of a shape, an old one as often as a new one."""

    random: Random
    declared: dict[str, Dims] = field(default_factory=dict)

    def named(self, shape: Dims) -> Matrix:
        """A matrix of that shape."""
        old = [name for name, dims in self.declared.items() if dims == shape]
        free = [name for name in NAMES if name not in self.declared]
        if old and (self.random.random() < 0.5 or not free):
            return Matrix(self.random.choice(old))
        name = self.random.choice(free) if free else f"M_{len(self.declared)}"
        self.declared[name] = shape
        return Matrix(name)


@dataclass(frozen=True)
class Grower:
    """Grows trees over one vocabulary."""

    random: Random
    vocabulary: Vocabulary

    def formula(self) -> Tree:
        """A tree with at least one operation: a matrix, a column, a row, now and then of rank 1 or a scalar."""
        row, column = self.random.sample(LETTERS, 2)
        kind = self.random.choices(("matrix", "column", "row", "rank 1", "scalar"), (50, 22, 10, 13, 5))[0]
        if kind == "rank 1":
            axis = self.random.randrange(2)
            return Reduction(self._reduction(), self.grow((row, column), 2), axis, False)
        if kind == "scalar":
            return Reduction(self._reduction(), self.grow((row, column), 2), None, False)
        shape = {"matrix": (row, column), "column": (row, "1"), "row": ("1", column)}[kind]
        while isinstance(tree := self.grow(shape, 3), Matrix):
            pass
        return tree

    def grow(self, shape: Dims, depth: int) -> Tree:
        """A tree of that shape, at most so many operations deep."""
        if depth == 0 or self.random.random() < 0.15:
            return self.vocabulary.named(shape)
        kinds = ("product", "elementwise", "sum", "transpose", "function", "from one", "reduction", "scaled", "rare")
        weights = (40, 18, 14, 10, 8, 5, 40 if "1" in shape else 0, 7, 9)
        match self.random.choices(kinds, weights)[0]:
            case "product":
                inner = self.random.choice([letter for letter in LETTERS if letter not in shape])
                return Product(self.grow((shape[0], inner), depth - 1), self.grow((inner, shape[1]), depth - 1))
            case "elementwise":
                return Elementwise(*self._broadcast(shape, depth - 1))
            case "sum":
                return Sum(*self._broadcast(shape, depth - 1), self.random.choice("+-"))
            case "transpose":
                return Transpose(self.grow((shape[1], shape[0]), min(depth - 1, self.random.choice((0, 0, 2)))))
            case "function":
                return Function(self.random.choice(list(FUNCTIONS)), self.grow(shape, depth - 1))
            case "from one":
                return Sum(Number("1"), self.grow(shape, depth - 1), "-")
            case "scaled":
                return Scaled(self.random.choice(list(FACTORS)), self.grow(shape, depth - 1))
            case "rare":
                return self._rare(shape, depth - 1)
            case _:
                return self._reduced(shape, depth - 1)

    def _rare(self, shape: Dims, depth: int) -> Tree:
        """A square, a quotient, or a product with an inverse; the square of a square matrix would be a product."""
        kind = self.random.choice(("squared", "quotient", "inverse"))
        if kind == "squared" and shape[0] != shape[1]:
            return Squared(self.grow(shape, depth))
        if kind == "quotient":
            return Quotient(*self._broadcast(shape, depth))
        side = self.random.randrange(2)
        square = Inverse(self.grow((shape[side], shape[side]), 0 if shape[side] == "1" else min(depth, 1)))
        rest = self.grow(shape, depth)
        return Product(rest, square) if side else Product(square, rest)

    def _broadcast(self, shape: Dims, depth: int) -> tuple[Tree, Tree]:
        """Two operands that broadcast to the shape, one of them having it."""
        other = shape
        if "1" not in shape and self.random.random() < 0.35:
            other = self.random.choice(((shape[0], "1"), ("1", shape[1])))
        pair = [self.grow(shape, depth), self.grow(other, depth)]
        if self.random.random() < 0.3:
            pair.reverse()
        return pair[0], pair[1]

    def _reduced(self, shape: Dims, depth: int) -> Tree:
        """A column or a row as a sum that keeps its dimensions."""
        axis = shape.index("1")
        letter = self.random.choice([letter for letter in LETTERS if letter not in shape])
        full = (shape[0], letter) if axis else (letter, shape[1])
        return Reduction(self._reduction(), self.grow(full, depth), axis, True)

    def _reduction(self) -> str:
        return self.random.choices(("sum", "mean"), (3, 1))[0]
