"""Draw smaller sizes where arrays of the declared ones would take too much time and memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from math import prod

from ..gradient import Claim
from ..shapes.dims import ZERO, AnyDim, Dim, Shape, number, prune, symbol
from ..syntax.nodes import Apply, Node, Number, walk
from ._passes import Work

MOST = 1_000_000
"""The most entries of an array: a million numbers are 8 MB, and a product of two such matrices takes a second."""
SMALL = 32
"""The largest number that is always kept: up to here numbers are as often factors and exponents as sizes."""
DRAWN = 10
"""What a symbol counts for: about the size that is drawn for it."""

Smaller = Mapping[int, Dim]
"""The dimensions that stand for large numbers."""


class ArrayTooLarge(ValueError):
    """An array has too many entries, even with smaller sizes."""


def smaller(work: Work) -> Smaller:
    """What stands for each large number, in shapes and in formulas; nothing if all arrays can be evaluated as declared.

    Each is a new symbol, or the product or sum of others that it is: with 64 and 768 there are `64` and `12 64`.
    Raises TooLarge.
    """
    shapes = list(_shapes(work))
    if _is_bearable(shapes):
        return {}
    found = {value: number(value) for value in range(1, SMALL + 1)}
    for value in sorted({*_numbers(shapes), *_numbers(_trees(work))}.difference(found, (0,))):
        found[value] = _made_of(value, found) or symbol(str(value))
    instead = {value: dim for value, dim in found.items() if value > SMALL}
    if not _is_bearable([replaced(shape, instead) for shape in shapes]):
        raise ArrayTooLarge(f"an array in it has more than {MOST:,} entries")
    return instead


def replaced(shape: Shape, instead: Smaller) -> Shape:
    """A shape with its large numbers replaced."""
    return tuple(_replaced(prune(dim), instead) for dim in shape)


def has_other_number(work: Work, claim: Claim, sizes: Mapping[str, int]) -> bool:
    """Whether a number that is no declared size may be made of some that are replaced: `/ 8` of 64, `* 0.01` of 100."""
    large = [int(name) for name in sizes if name.isdecimal()]
    declared = set(map(str, _numbers(list(_shapes(work))))) if large else set()
    trees = [*(step.value for step in work.forward.steps), claim.value] if large else []
    texts = {node.text for node in walk(*trees) if type(node) is Number} - declared
    return any(_may_be_made_of(float(text), large) for text in texts)


def _made_of(value: int, known: Smaller) -> Dim | None:
    """The product or the sum of smaller numbers, one of them large, that a number is."""
    large = [each for each in reversed([*known]) if each > SMALL]
    products = (known[each] * known[value // each] for each in large if not value % each and value // each in known)
    sums = (known[each] + known[value - each] for each in large if value - each in known)
    return next(products, None) or next(sums, None)


def _may_be_made_of(value: float, sizes: list[int]) -> bool:
    """Whether a number, its inverse, or the square of one, is large and a product of sizes, or divides one."""
    square = value * value
    numbers = [value, square, *(1 / each for each in (value, square) if each)]
    whole = [round(each) for each in numbers if SMALL < each < float("inf") and abs(each - round(each)) < 1e-6 * each]
    products = {size * factor for size in sizes for factor in (*range(1, SMALL + 1), *sizes)}
    return any(each in products or any(not size % each for size in sizes) for each in whole)


def _is_bearable(shapes: list[Shape]) -> bool:
    return max((prod(map(_size, shape)) for shape in shapes), default=0) <= MOST


def _size(dim: AnyDim) -> int:
    dim = prune(dim)
    if type(dim) is not Dim:
        return DRAWN
    return max(sum(int(factor * DRAWN ** len(monomial)) for monomial, factor in dim.terms), 1)


def _replaced(dim: AnyDim, instead: Smaller) -> AnyDim:
    if type(dim) is not Dim:
        return dim
    parts = (reduce(Dim.__mul__, map(symbol, names), _number(factor, instead)) for names, factor in dim.terms)
    return reduce(Dim.__add__, parts, ZERO)


def _number(value: int, instead: Smaller) -> Dim:
    whole = instead.get(abs(value), number(abs(value)))
    return whole if value > 0 else ZERO - whole


def _trees(work: Work) -> list[Node]:
    return [*(step.value for step in work.forward.steps), *(claim.value for claim in work.claims)]


def _shapes(work: Work) -> Iterator[Shape]:
    """The shapes of all arrays that are evaluated."""
    shapes = work.graph.shapes
    yield from (shape for shape in (*shapes.values(), *work.forward.inputs.values()) if shape)
    for pair in work.forward.pairs:
        yield tuple(dim for key in pair for dim in shapes.get(key) or ())
    for tree in _trees(work):
        yield from (shape for node in walk(tree) if type(node) is Apply and (shape := work.graph.shape_of(node)))


def _numbers(part: object) -> Iterator[int]:
    """The whole numbers in shapes and trees, and in the parameters of operations: 64 in `64 n + 1`."""
    if isinstance(part, tuple | list):
        for each in part:
            yield from _numbers(each)
    elif isinstance(part, Dim):
        yield from (abs(factor) for _, factor in part.terms)
    elif type(part) is Number and part.text.isdecimal():
        yield int(part.text)
    elif isinstance(part, Apply):
        yield from _numbers((*part.args, *part.params.values()))
