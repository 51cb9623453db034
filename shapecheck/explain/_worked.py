"""A worked example: the chain rule through a product of two 2×2 matrices, in whole numbers.

`worked(of, left, right, by)` shows the derivatives of each entry, and that the rule for numbers gives another matrix.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..values import NamedTuple

Matrix = tuple[tuple[int, ...], ...]
LEFT: Matrix = ((1, 2), (3, 4))
RIGHT: Matrix = ((5, 6), (7, 8))
GRADIENT: Matrix = ((1, 2), (3, 1))
PLACES = ((0, 0), (0, 1), (1, 0), (1, 1))


class MatrixFactor(NamedTuple):
    """A factor of the product: a matrix by its name, or its transpose; the matrix's own entries."""

    name: str
    turned: bool
    value: Matrix

    @property
    def text(self) -> str:
        """The factor as it is written."""
        return self.name + ".T" * self.turned

    @property
    def transposed(self) -> str:
        """Its transpose as it is written."""
        return self.name + ".T" * (not self.turned)

    def at(self, value: Matrix) -> Matrix:
        """The factor where its matrix has these entries."""
        return transpose(value) if self.turned else value


def times(left: Matrix, right: Matrix) -> Matrix:
    """The matrix product."""
    columns = transpose(right)
    return tuple(tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns) for row in left)


def transpose(matrix: Matrix) -> Matrix:
    """The transpose."""
    return tuple(zip(*matrix, strict=True))


def unit(place: tuple[int, int]) -> Matrix:
    """The matrix that is 1 at one place and 0 elsewhere."""
    return tuple(tuple(int((row, column) == place) for column in range(2)) for row in range(2))


class Example:
    """The product `of = left right`, with a loss whose derivatives by its entries are given."""

    def __init__(self, of: str, left: tuple[str, bool], right: tuple[str, bool]) -> None:
        self.of = of
        self.factors = MatrixFactor(*left, LEFT), MatrixFactor(*right, RIGHT)

    def derivative(self, side: int, place: tuple[int, int]) -> Matrix:
        """The derivatives of one entry of the product by each entry of a factor's matrix."""
        row, column = place
        changes = [self._product(side, unit(other))[row][column] for other in PLACES]
        return (tuple(changes[:2]), tuple(changes[2:]))

    def _product(self, side: int, value: Matrix) -> Matrix:
        """The product with other entries in one factor's matrix: it is linear in them."""
        left, right = (factor.at(value if place == side else factor.value) for place, factor in enumerate(self.factors))
        return times(left, right)

    def terms(self, side: int, place: tuple[int, int]) -> list[tuple[int, int]]:
        """The terms of the chain rule for one entry of a factor's matrix."""
        row, column = place
        return [(GRADIENT[i][j], self.derivative(side, (i, j))[row][column]) for i, j in PLACES]

    def gradient(self, side: int) -> Matrix:
        """The derivatives of the loss by the entries of a factor's matrix, summed entry by entry."""
        sums = [sum(a * b for a, b in self.terms(side, place)) for place in PLACES]
        return (tuple(sums[:2]), tuple(sums[2:]))

    def right_formula(self, side: int) -> tuple[str, Matrix]:
        """The product that the sums come to, and its entries."""
        factor, other = self.factors[side], self.factors[1 - side]
        gradient, there = f"∂L/∂{self.of}", other.transposed
        parts = [(gradient, GRADIENT), (there, transpose(other.at(other.value)))]
        parts = parts if side == 0 else parts[::-1]
        if factor.turned:
            parts = [(f"({gradient}).T", transpose(GRADIENT)), (other.text, other.at(other.value))]
            parts = parts[::-1] if side == 0 else parts
        return " ".join(text for text, _ in parts), times(parts[0][1], parts[1][1])

    def scalar_formula(self, side: int) -> tuple[str, Matrix]:
        """What the rule for numbers says: the derivative by one factor is the other."""
        other = self.factors[1 - side]
        return f"∂L/∂{self.of} {other.text}", times(GRADIENT, other.at(other.value))


def worked(example: Example, side: int) -> Iterator[str]:
    """The lines of an example, the derivative by one of its factors taken apart."""
    of, (left, right) = example.of, example.factors
    by, loss = example.factors[side].name, f"∂L/∂{of}"
    yield f"{of} = {left.text} {right.text} with 2×2 matrices, and a loss L with known {loss}:"
    yield ""
    yield from beside((left.name, left.value), (right.name, right.value), (loss, GRADIENT))
    yield ""
    yield f"∂{of}/∂{by} has 16 derivatives, a 2×2 matrix for each entry of {of}:"
    yield ""
    for row in (PLACES[:2], PLACES[2:]):
        yield from beside(*((f"∂{of}[{i + 1},{j + 1}]/∂{by}", example.derivative(side, (i, j))) for i, j in row))
    yield ""
    yield f"The chain rule sums over the entries of {of}. For one entry of {by}:"
    sums = " + ".join(f"{a}·{b}" for a, b in example.terms(side, (0, 0)))
    yield f"∂L/∂{by}[1,1] = {sums} = {example.gradient(side)[0][0]}"
    yield ""
    yield "Together they are a product, not the one of the scalar chain rule:"
    yield ""
    for place in (side, 1 - side):
        yield from _compared(example, place)


def _compared(example: Example, side: int) -> Iterator[str]:
    text, value = example.right_formula(side)
    other, wrong = example.scalar_formula(side)
    name = f"∂L/∂{example.factors[side].name}"
    first = _joined((f"{name} = ", example.gradient(side)), (f" = {text}", None))
    second = _joined((f"   not  {other} = ", wrong))
    assert value == example.gradient(side)
    yield from (f"{a}{b}".rstrip() for a, b in zip(first, second, strict=True))


def beside(*parts: tuple[str, Matrix]) -> Iterator[str]:
    """Matrices side by side, each after its name."""
    lines = [_joined((f"{name} = ", value)) for name, value in parts]
    yield from ("   ".join(row) for row in zip(*lines, strict=True))


def _joined(*parts: tuple[str, Matrix | None]) -> tuple[str, str]:
    """A text with matrices in it, in two lines."""
    top, bottom = "", ""
    for text, value in parts:
        top, bottom = top + text, bottom + " " * len(text)
        if value is not None:
            first, second = _rows(value)
            top, bottom = f"{top}⎡{first}⎤", f"{bottom}⎣{second}⎦"
    return top, bottom


def _rows(value: Matrix) -> Sequence[str]:
    widest = max(len(str(entry)) for row in value for entry in row)
    return [" ".join(f"{entry:>{widest}}" for entry in row) for row in value]
