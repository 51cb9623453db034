"""Slices of an array, and what stands for several values at once: tuples and joins of branches."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, number, prune
from ..shapes.solve import Solver
from . import _nodes as tree
from ._axes import integer, target
from ._forms import is_matrix
from ._gradient import refused
from ._op import Op, Params, Result

_INDEX_LETTERS = frozenset("bcijklnpqrstuvτ")


def slice_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """Each item takes an axis: an index removes it, a range shortens it, None is a new one, `...` takes what is left.

    Ranges are numpy's; a symbolic bound is within the axis and not negative. Arrays of indices, `P[arange(N), y]`, are
    broadcast together and put their shape in the place of the axes that they take, as numpy does.
    """
    shape, items = shapes[0], params.get("items")
    if shape is None or type(items) is not tuple:
        return None
    taken = sum(item is not None and item is not Ellipsis for item in items)
    if taken > len(shape):
        return Clash("axis", (0,), (taken - 1,), (), {"rank": len(shape)})
    items = _spelled_out(items, len(shape) - taken)
    found = _sliced(shape, items)
    return None if found is None else _with_arrays(solver, found, shape, items)


def _spelled_out(items: tuple[Any, ...], left: int) -> tuple[Any, ...]:
    """The items with an `...`, or the end, replaced by whole axes."""
    whole = (("range", None, None, None),) * left
    place = next((place for place, item in enumerate(items) if item is Ellipsis), len(items))
    return (*items[:place], *whole, *items[place + 1 :])


def _sliced(shape: Shape, items: tuple[Any, ...]) -> list[AnyDim] | None:
    """The dimensions that the items leave, None if one of them is not understood."""
    dims = iter(shape)
    found: list[AnyDim] = []
    for item in items:
        if item is None:
            found.append(ONE)
            continue
        dim = prune(next(dims))
        if type(item) is tuple and item and item[0] == "range":
            found.append(_length(dim, *item[1:]))
        elif _is_array(item):
            continue
        elif not _within(item, dim):
            return None
    return found


def _is_array(item: Any) -> bool:
    return type(item) is tuple and item[:1] in (("array",), ("positions",))


def _with_arrays(solver: Solver, left: list[AnyDim], shape: Shape, items: tuple[Any, ...]) -> Shape | None:
    """What items leave of a shape, with the shape of the arrays of indices among them."""
    taking = [item for item in items if item is not None]
    arrays = [axis for axis, item in enumerate(taking) if _is_array(item)]
    if not arrays:
        return tuple(left)
    advanced = [place for place, item in enumerate(items) if item is not None and type(item) is not tuple]
    advanced = sorted([*advanced, *(place for place, item in enumerate(items) if _is_array(item))])
    if solver.mathematics and any(_may_be_factor(taking[axis], shape) for axis in arrays):
        return None
    given = [_upright(taking[axis]) if solver.mathematics else taking[axis] for axis in arrays]
    shapes = [_indices(item, shape[axis], len(arrays)) for item, axis in zip(given, arrays, strict=True)]
    together = None if None in shapes else solver.broadcast_shapes(tuple(each for each in shapes if each is not None))
    if together is None or isinstance(together, Clash):
        return None
    in_place = advanced == list(range(advanced[0], advanced[-1] + 1))
    place = sum(item is None or type(item) is tuple for item in items[: advanced[0]]) if in_place else 0
    return (*left[:place], *together, *left[place:])


def _may_be_factor(item: Any, shape: Shape) -> bool:
    """Whether a column may as well be a factor after the array: x has as many rows in `E[x]` as E has columns."""
    column: Shape = item[1]
    return item[0] == "array" and len(column) == 2 and prune(column[0]) is prune(shape[-1])


def _upright(item: Any) -> Any:
    """A column of indices, which in mathematics is a list of them."""
    kind, shape = item
    return (kind, shape[:1]) if len(shape) == 2 and prune(shape[1]) is ONE else item


def _indices(item: Any, taken: AnyDim, count: int) -> Shape | None:
    """The shape of an array of indices; what it takes is open where it may as well be a mask."""
    kind: str = item[0]
    shape: Shape = item[1]
    if kind == "positions" or count > 1 or prune(shape[0]) is not prune(taken):
        return shape
    return (Var(),) if len(shape) == 1 else None


def masked_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """As many entries as the mask has true ones, `A[A > 0]`; it has the shape of the axes that it takes."""
    array, mask = shapes
    if array is None or mask is None or not mask:
        return None
    if len(mask) > len(array):
        return Clash("axis", (0,), (len(mask) - 1,), (), {"rank": len(array)})
    for axis, (length, given) in enumerate(zip(map(prune, array), map(prune, mask), strict=False)):
        if not solver.unify(length, given):
            return Clash("elementwise", (0, 1), (axis, axis), (length, given))
    return (Var(), *array[len(mask) :])


def _within(item: Any, dim: AnyDim) -> bool:
    """Whether an item is an index, and not one beyond a known end; a longer name may be a mask or a list of indices."""
    if type(item) is Dim and item.value is None:
        return _INDEX_LETTERS.issuperset(item.symbols)
    index, length = integer(item), dim.value if type(dim) is Dim else None
    return index is not None and (length is None or -length <= index < length)


def _length(dim: AnyDim, begin: Any, end: Any, step: Any = None) -> AnyDim:
    """The length of a range of an axis; a new unknown where it depends on what is unknown."""
    first, last, by = _bound(begin), _bound(end), 1 if step is None else integer(step)
    if first is None is last and by in (1, -1):
        return dim
    length = dim.value if type(dim) is Dim else None
    start, stop = integer(first), integer(last)
    if length is not None and by and (start is None) is (first is None) and (stop is None) is (last is None):
        return number(len(range(*slice(start, stop, by).indices(length))))
    return _symbolic_length(dim, first, last) if by == 1 else Var()


def _bound(value: Any) -> AnyDim | None:
    if value is None or type(value) is Dim:
        return value
    return number(value) if type(value) is int else Var()


def _symbolic_length(dim: AnyDim, first: AnyDim | None, last: AnyDim | None) -> AnyDim:
    """`last - first`, negative bounds counting from the end of the axis."""
    start = _offset(dim, first) if first is not None else number(0)
    end = _offset(dim, last) if last is not None else dim
    if type(dim) is not Dim and all(bound is None or integer(bound) is not None for bound in (first, last)):
        return Var()
    if type(start) is Dim and type(end) is Dim:
        length = end - start
        return Var() if _negative(length) or not length.terms else length
    if first is not None and last is None and type(first) is Dim and _negative(first):
        return number(0) - first
    return Var()


def _offset(dim: AnyDim, bound: AnyDim) -> AnyDim:
    if type(bound) is Dim and _negative(bound):
        return dim + bound if type(dim) is Dim else Var()
    return bound


def _negative(dim: Dim) -> bool:
    return all(factor < 0 for _, factor in dim.terms) and bool(dim.terms)


def unknown_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """Nothing is known."""
    return None


def join_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape on which all branches agree; unknown dimensions where they differ, unknown where their ranks do."""
    first, *others = shapes
    if first is None or any(shape is None or len(shape) != len(first) for shape in others):
        return None
    columns = zip(*(map(prune, shape) for shape in shapes if shape is not None), strict=True)
    return tuple(dims[0] if all(dim is dims[0] for dim in dims) else Var() for dims in columns)


def _index(item: Any) -> Any:
    return slice(*item[1:]) if type(item) is tuple and item and item[0] == "range" else item


def _part(sp: Any, a: Any, items: tuple[Any, ...]) -> Any:
    """A part of a matrix, an index being a range of length 1; new axes have no place among matrices."""
    if not is_matrix(a) or None in items:
        raise NotImplementedError
    taken = sum(item is not Ellipsis for item in items)
    rows, columns = (_range(sp, item) for item in _spelled_out(items, 2 - taken))
    return a[rows, columns]


def _range(sp: Any, item: Any) -> Any:
    if type(item) is tuple:
        return slice(*item[1:])
    return slice(item, item + 1 if item != -1 else None)


def _scattered(np: Any, part: Any, items: tuple[Any, ...], shape: Any, once: bool = False) -> Any:
    """Zeros, with the part added where it was taken from; `once` to each place, as `a[i] += part` does."""
    whole, places = np.zeros(shape), tuple(map(_index, items))
    if once:
        whole[places] = part
    else:
        np.add.at(whole, places, part)
    return whole


slice_ = Op(
    "slice",
    shape=slice_rule,
    numpy=lambda np, a, items: a[tuple(map(_index, items))],
    sympy=_part,
    gradient=lambda d, g, a: (tree.apply("scatter", g, items=d.params["items"], shape=tree.shape_of(a)),),
    parameters=("items",),
    kinds=("part",),
    noun="part",
)
masked = Op(
    "masked",
    shape=masked_rule,
    gradient=refused("the entries that a mask chooses"),
    arity=2,
    kinds=("part",),
)
scatter = Op(
    "scatter",
    shape=lambda solver, shapes, params: target(params.get("shape")),
    numpy=_scattered,
    gradient=lambda d, g, part: (tree.part(g, d.params["items"]),),
    parameters=("items", "shape", "once"),
    named={"python": "", "latex": ""},
    noun="what is put into a part of an array",
)
tuple_ = Op("tuple", shape=unknown_rule, gradient=refused("several arrays, not one"), arity=None)
join = Op("join", shape=join_rule, gradient=refused("a name that differs between branches"), arity=None)
