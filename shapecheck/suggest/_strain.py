"""What speaks against a mended statement although it fits: luck with what is unknown, and broadcasting."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from ..ops import is_a
from ..shapes.dims import AnyDim, Dim, Shape, Var, is_single, prune, same, symbol
from ..syntax.nodes import Apply, Equation, walk
from ..values import NamedTuple

_EXAMPLES = symbol("m")


class Strain(NamedTuple):
    """What speaks against a statement.

    luck      how often it fits only if an unknown number of examples is some other dimension
    stretch   how often arrays of different shapes are added or multiplied entry by entry, a number being no factor
    divided   how often something is divided by an array, for which there is no word but entry by entry
    """

    luck: int
    stretch: int
    divided: int


def strain(equation: Equation, shapes: Mapping[int, Shape | None]) -> Strain:
    """How much speaks against a statement."""
    luck = stretch = divided = 0
    for member in equation.members:
        for node in walk(member):
            if type(node) is not Apply or len(node.args) < 2:
                continue
            every = [shapes.get(id(argument)) for argument in node.args]
            known = [shape for shape in every if shape]
            if is_a(node, "product"):
                luck += sum(_is_luck(left[-1], right[0]) for left, right in pairwise(known))
            elif is_a(node, "spreading"):
                if node.op != "add":
                    known = [shape for shape in known if not is_single(shape)]
                stretch += node.op == "add" and () in every and not all(map(is_single, known))
                divided += node.op == "divide" and not is_single(every[1] or ())
                pairs = [(left, right) for left, right in pairwise(known) if not same(left, right)]
                lucky = [pair for pair in pairs if any(map(_is_luck, *pair))]
                luck, stretch = luck + len(lucky), stretch + len(pairs) - len(lucky)
    return Strain(luck, stretch, divided)


def _is_luck(one: AnyDim, other: AnyDim) -> bool:
    """Whether an unknown number of examples, as lower-case columns have, meets a dimension that is no such number."""
    one, other = prune(one), prune(other)
    var, dim = (one, other) if isinstance(one, Var) else (other, one)
    return isinstance(var, Var) and var.hint == "?" and var.eager and isinstance(dim, Dim) and dim is not _EXAMPLES
