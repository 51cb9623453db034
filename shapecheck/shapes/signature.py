"""Signatures of operations, in numpy's gufunc syntax: `(n,k),(k,m)->(n,m)`, a letter that recurs being a constraint."""

from __future__ import annotations

from functools import cache

from ..values import NamedTuple
from .constraints import Clash
from .dims import AnyDim, Shape, prune
from .solve import Solver


class Signature(NamedTuple):
    """The core dimensions of each argument and of the result, as letters; axes before them broadcast."""

    inputs: tuple[tuple[str, ...], ...]
    output: tuple[str, ...]


@cache
def parse_signature(text: str) -> Signature:
    """Read a signature such as `(n,k),(k,m)->(n,m)`."""
    left, right = text.replace(" ", "").split("->")
    inputs = tuple(_letters(part) for part in left.strip("()").split("),("))
    return Signature(inputs, _letters(right.strip("()")))


def _letters(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def apply(signature: Signature, shapes: tuple[Shape, ...], solver: Solver) -> Shape | Clash:
    """The shape of the result, or the clash of the first letter that is two dimensions at once.

    The clash is of kind `rank` where an argument has fewer axes than its core, `inner` where a letter differs between
    two arguments, `square` where it differs within one.
    """
    known: dict[str, tuple[AnyDim, int, int]] = {}
    leading: list[Shape] = []
    for position, (letters, shape) in enumerate(zip(signature.inputs, shapes, strict=True)):
        first = len(shape) - len(letters)
        if first < 0:
            return Clash("rank", (position,), (), (), {"needs": len(letters)})
        leading.append(shape[:first])
        for axis, letter in enumerate(letters, first):
            here = (shape[axis], position, axis)
            there = known.setdefault(letter, here)
            if there is not here and not solver.unify(there[0], here[0]):
                return _differ(there, here)
    front = solver.broadcast_shapes(tuple(leading))
    if type(front) is Clash:
        return front
    return (*front, *(known[letter][0] for letter in signature.output))


def _differ(there: tuple[AnyDim, int, int], here: tuple[AnyDim, int, int]) -> Clash:
    kind = "square" if there[1] == here[1] else "inner"
    return Clash(kind, (there[1], here[1]), (there[2], here[2]), (prune(there[0]), prune(here[0])))
