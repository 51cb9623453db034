"""Solve what must be equal and what must broadcast, dimension by dimension; undo it all when a statement clashes."""

from __future__ import annotations

from collections.abc import Callable

from .constraints import Clash
from .dims import ONE, AnyDim, Dim, Shape, Var, common, multiple, parted, prune, quotient, substitute

ESTABLISHED = 2
"""The support that makes an unknown dimension a size of its own: one forward equation, or two other formulas."""


class Solver:
    """The bindings of unknown dimensions.

    `mathematics` says that 1×1 and a scalar are one. A broadcast of an unknown with a known dimension is deferred: the
    unknown may be 1 or that dimension, and is checked when it is bound. A `rigid` solver makes no two dimensions one
    that are established apart. `meant` says of two names which of them may stand for the other; `names` are those that
    were found to.
    """

    __slots__ = ("deferred", "mathematics", "meant", "names", "rigid", "trail")

    def __init__(self, mathematics: bool = True) -> None:
        self.mathematics = mathematics
        self.rigid = False
        self.meant: Callable[[Dim, Dim], tuple[str, Dim] | None] | None = None
        self.names: dict[str, Dim] = {}
        self.trail: list[Var | str] = []
        self.deferred: list[tuple[Var, Dim]] = []

    def begin(self, meant: Callable[[Dim, Dim], tuple[str, Dim] | None], names: dict[str, Dim]) -> None:
        """Go on where some names of dimensions may stand for others, and some were found to."""
        self.meant, self.names = meant, names

    def mark(self) -> tuple[int, int]:
        """A point in time to come back to."""
        return len(self.trail), len(self.deferred)

    def undo(self, mark: tuple[int, int]) -> None:
        """Forget every binding made since the mark."""
        for bound in reversed(self.trail[mark[0] :]):
            if isinstance(bound, str):
                del self.names[bound]
                continue
            if type(bound.bound) is Var:
                bound.bound.support -= bound.support
            bound.bound = None
        del self.trail[mark[0] :], self.deferred[mark[1] :]

    def commit(self) -> None:
        """Keep every binding made so far: a statement is done."""
        if self.trail or self.deferred:
            self.trail.clear()
            self.deferred.clear()

    def unify(self, left: AnyDim, right: AnyDim) -> bool:
        """Make two dimensions one; False if they differ."""
        left, right = self.told(left), self.told(right)
        if left is right:
            return True
        if _is_multiple(left) or _is_multiple(right):
            return self._multiple(left, right) if _is_multiple(left) else self._multiple(right, left)
        if type(left) is Var:
            return self._bind(left, right)
        if type(right) is Var:
            return self._bind(right, left)
        return self._name(left, right)  # type: ignore[arg-type]

    def _multiple(self, left: AnyDim, right: AnyDim) -> bool:
        """Make a multiple of an unknown dimension equal to another dimension."""
        factor, times = parted(left)
        if type(right) is Dim:
            part = quotient(right, times)
            return part is not None and self.unify(factor, part)
        other, by = parted(right)
        if factor is other or times is by:
            return times is by and self.unify(factor, other)
        if by is ONE:
            return self._bind(other, left)
        shared = common(times, by)
        if shared is None:
            return True
        rest = Var(eager=factor.eager)
        return self._bind(factor, multiple(rest, by // shared)) and self._bind(other, multiple(rest, times // shared))

    def told(self, dim: AnyDim) -> AnyDim:
        """What a dimension is bound to, by the names that are known for it."""
        dim = prune(dim)
        return substitute(dim, self.names) if self.names and type(dim) is Dim else dim

    def _name(self, left: Dim, right: Dim) -> bool:
        """Take a name of a dimension for another's, where it may be."""
        found = self.meant(left, right) if self.meant is not None and not self.rigid else None
        if found is None:
            return False
        self.names[found[0]] = found[1]
        self.trail.append(found[0])
        return True

    def _is_apart(self, var: Var, dim: AnyDim) -> bool:
        """Whether two dimensions are established apart; of a column it is not known that it is not one."""
        if var.support < ESTABLISHED:
            return False
        if type(dim) is Var:
            return dim.support >= ESTABLISHED
        return dim is not ONE or var.wide

    def _bind(self, var: Var, dim: AnyDim) -> bool:
        if self.rigid and self._is_apart(var, dim):
            return False
        if type(dim) is Var:
            var, dim = (dim, var) if var.among is not None and dim.among is None else (var, dim)
        elif var.among is not None and dim not in var.among:
            return False
        if type(dim) is Dim and any(v is var and dim is not ONE and dim is not known for v, known in self.deferred):
            return False
        if type(dim) is Var:
            dim.wide = dim.wide or var.wide
            dim.support += var.support  # what is known of either is known of the one that they are now
        var.bound = dim
        self.trail.append(var)
        return True

    def broadcast(self, left: AnyDim, right: AnyDim) -> AnyDim | None:
        """The dimension of two that are broadcast together, None if they clash."""
        left, right = self.told(left), self.told(right)
        if left is right or right is ONE:
            return left
        if left is ONE:
            return right
        if type(left) is Dim and type(right) is Dim:
            return right if self._name(left, right) else None
        return self._broadcast_unknown(left, right)

    def _broadcast_unknown(self, left: AnyDim, right: AnyDim) -> AnyDim | None:
        var, other = (left, right) if type(left) is Var else (right, left)
        assert type(var) is Var
        if var.eager or (type(other) is Var and other.eager):
            return other if self.unify(var, other) else None
        if type(other) is Var:
            return Var()
        assert type(other) is Dim
        self.deferred.append((var, other))
        return other

    def broadcast_shapes(self, shapes: tuple[Shape, ...]) -> Shape | Clash:
        """The shape of arrays that are broadcast together, as numpy does it."""
        result = shapes[0]
        for position in range(1, len(shapes)):
            shape = shapes[position]
            if shape == result or not shape:
                continue
            joined = self._join(result, shape)
            if type(joined) is int:
                return self._clash(shapes, position, joined)
            result = joined  # type: ignore[assignment]
        return result

    def _join(self, left: Shape, right: Shape) -> Shape | int:
        """Two shapes broadcast together; the axis counted from the end, a negative number, where they clash."""
        longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
        extra = len(longer) - len(shorter)
        dims = list(longer)
        for axis in range(len(shorter) - 1, -1, -1):
            dim = self.broadcast(longer[extra + axis], shorter[axis])
            if dim is None:
                return axis - len(shorter)
            dims[extra + axis] = dim
        return tuple(dims)

    def _clash(self, shapes: tuple[Shape, ...], position: int, axis: int) -> Clash:
        """The clash of an argument with the first before it that is not 1 where it clashes."""
        here = prune(shapes[position][axis])
        before = [prune(shape[axis]) if len(shape) >= -axis else ONE for shape in shapes[:position]]
        earlier = next(place for place, dim in enumerate(before) if dim is not ONE and dim is not here)
        there = before[earlier]
        axes = (len(shapes[earlier]) + axis, len(shapes[position]) + axis)
        return Clash("elementwise", (earlier, position), axes, (there, here))


def _is_multiple(dim: AnyDim) -> bool:
    return type(dim) is Var and dim.factor is not None
