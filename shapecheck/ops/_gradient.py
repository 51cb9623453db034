"""What a gradient rule is told: an application, with the shapes of its arguments and the name of its result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Dim, Shape, prune
from ..syntax.nodes import Apply, Name, Node, Number
from ..text import Span
from ..values import dataclass
from ._axes import places
from ._nodes import apply, dimension, times


class NoGradient(ValueError):
    """What no gradient can be taken of: `what` in words, and where it stands."""

    def __init__(self, what: str, span: Span) -> None:
        super().__init__(what)
        self.what = what
        self.span = span


def refused(what: str) -> Callable[..., tuple[Node | None, ...]]:
    """The rule of what has a gradient that nobody takes here: it says so."""

    def rule(d: Differential, g: Node, *args: Node) -> tuple[Node | None, ...]:
        raise d.refuse(what)

    return rule


@dataclass(slots=True)
class Differential:
    """An application on the way back through a formula.

    `result` stands for its value, a name where it has one; `shapes` are those of its arguments, `shape` its own. Rank 1
    and 1×1 are as in numpy unless it is `mathematics`.
    """

    node: Apply
    result: Node
    shapes: tuple[Shape, ...]
    shape: Shape
    params: Mapping[str, Any]
    mathematics: bool

    @property
    def rank(self) -> int:
        """The number of axes of the first argument."""
        return len(self.shapes[0])

    def refuse(self, what: str) -> NoGradient:
        """The error that there is no rule for this."""
        return NoGradient(what, self.node.span)

    @property
    def axes(self) -> tuple[int, ...] | None:
        """The axes of a reduction, counted from 0; None if it is of all entries."""
        axis = self.params.get("axis")
        found = None if axis is None else places(axis, self.rank) if self.rank else ()
        if isinstance(found, Clash) or (found is None and axis is not None):
            raise self.refuse("the axis of this sum is not known")
        return found

    def length(self, place: int, axis: int) -> Node:
        """The length of an argument's axis: a number, in mathematics a name, else a part of its shape."""
        dim = prune(self.shapes[place][axis])
        if type(dim) is Dim and dim.value is not None:
            return Number(str(dim.value))
        if self.mathematics and type(dim) is Dim and dim.text.isidentifier():
            return Name(dim.text, dim.text, key=dim.text)
        return dimension(self.node.args[place], axis)

    def count(self) -> Node:
        """How many entries of the first argument a reduction takes together."""
        axes = range(self.rank) if self.axes is None else self.axes
        return times(*(self.length(0, axis) for axis in axes if prune(self.shapes[0][axis]) is not ONE))

    def spread(self, reduced: Node) -> Node:
        """A reduction's result, or the gradient of it, with the axes that it lost: it broadcasts to the argument."""
        axes = self.axes
        if not axes or self.params.get("keepdims", False):
            return reduced
        return apply("expand_dims", reduced, axis=axes[0] if len(axes) == 1 else axes)
