"""The same entries in another shape: reshape, ravel, broadcasting to a shape; and parts of the shape itself."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import Dim, Shape, Var, prune, size
from ..shapes.solve import Solver
from ..syntax.nodes import Node
from . import _nodes as tree
from ._axes import entries, integer, numeric, target, wanted
from ._forms import is_matrix
from ._gradient import Differential, refused
from ._op import Op, Params, Result
from .axes import shaped_back


def reshape_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The target shape, its -1 by division; a clash where the number of entries provably changes."""
    given = wanted(params.get("shape"))
    new = target(given)
    if new is None:
        return None
    free = open_axes(given)
    if len(free) > 1:
        return Clash("reshape", (0,), tuple(free))
    old = shapes[0]
    if old is None:
        return new
    if free:
        return _fill(tuple(map(prune, old)), new, free[0])
    return _resized(old, new)


def open_axes(given: Any) -> list[int]:
    """The axes of a target shape that are left open, as the second of `(n, -1)`."""
    values = wanted(given)
    return [axis for axis, value in enumerate(values if type(values) is tuple else (values,)) if integer(value) == -1]


def reshape_like_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape of the second argument, given to the entries of the first."""
    old, new = shapes
    return new if old is None or new is None else _resized(old, new)


def _resized(old: Shape, new: Shape) -> Shape | Clash:
    left, right = _cancel(tuple(map(prune, old)), tuple(map(prune, new)))
    here, there = numeric(left), numeric(right)
    if here is None or there is None or not _differ(size(here), size(there)):
        return new
    return Clash("reshape", (0,), (), (entries(old), entries(new)))


def _cancel(left: Shape, right: Shape) -> tuple[Shape, Shape]:
    """Both without the dimensions that they share."""
    rest = list(right)
    alone = []
    for dim in left:
        if dim in rest:
            rest.remove(dim)
        else:
            alone.append(dim)
    return tuple(alone), tuple(rest)


def _differ(left: Dim, right: Dim) -> bool:
    """Whether two sizes are provably different: two numbers, two symbols, a number and a symbol, 1 and any symbols.

    So are those of which one is larger whatever the symbols are, as `(n + 1) m` than `n m`.
    """
    difference = left - right
    if difference.value is not None:
        return difference.value != 0
    if len({factor > 0 for _, factor in difference.terms}) == 1:
        return True
    if len(left.terms) != 1 or len(right.terms) != 1:
        return False
    (one, factor), (other, times) = _without_common(left.terms[0], right.terms[0])
    if len(one) > 1 or len(other) > 1:
        return (not one and factor == 1) or (not other and times == 1)
    return factor == times == 1 or not (one and other)


def _without_common(
    left: tuple[tuple[str, ...], int], right: tuple[tuple[str, ...], int]
) -> tuple[tuple[tuple[str, ...], int], tuple[tuple[str, ...], int]]:
    rest = list(right[0])
    alone = []
    for symbol in left[0]:
        if symbol in rest:
            rest.remove(symbol)
        else:
            alone.append(symbol)
    return (tuple(alone), left[1]), (tuple(rest), right[1])


def _fill(old: Shape, new: Shape, free: int) -> Shape | Clash:
    """The target with its -1 replaced by what is left of the entries."""
    fixed = (*new[:free], *new[free + 1 :])
    left, right = _cancel(old, tuple(map(prune, fixed)))
    here, there = numeric(left), numeric(right)
    if here is None or there is None:
        return (*new[:free], Var(), *new[free + 1 :])
    whole, part = size(here), size(there)
    if not part.terms:
        return new
    missing = whole // part
    if missing * part is whole:
        return (*new[:free], missing, *new[free + 1 :])
    if whole.value is not None and part.value is not None:
        return Clash("reshape", (0,), (), (entries(old), entries(fixed)))
    return (*new[:free], Var(), *new[free + 1 :])


def ravel_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """Rank 1, with all entries."""
    return ((Var() if shapes[0] is None else entries(shapes[0])),)


def broadcast_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The target shape, to which the array must broadcast."""
    old = shapes[0]
    new = target(_kept(old, params.get("shape")))
    if old is None or new is None or any(type(dim) is Var for dim in new):
        return new
    both = solver.broadcast_shapes((old, new))
    if isinstance(both, Clash) or len(both) != len(new) or not all(map(solver.unify, both, new)):
        return Clash("elementwise", (0,), (), (), {"shape": new})
    return both


def _kept(old: Shape | None, given: Any) -> Any:
    """A target shape in which each -1, as torch's `expand` has it, is the length that the array has there."""
    values = wanted(given)
    if old is None or type(values) is not tuple:
        return given
    front = len(values) - len(old)
    return tuple(
        old[place - front] if place >= front and integer(value) == -1 else value for place, value in enumerate(values)
    )


def broadcast_like_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape of the second argument, to which the first must broadcast."""
    old, new = shapes
    return new if old is None or new is None else broadcast_rule(solver, (old,), {"shape": new})


def _scalar_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    return ()


def _length_of(sp: Any, a: Any, axis: int = 0) -> Any:
    return a.shape[axis] if is_matrix(a) else sp.Integer(1)


def _in_columns(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """The shape as it was; what was read column by column is laid down so."""
    if d.params.get("order") != "F" or d.rank < 2:
        return shaped_back(d, g, a)
    return (tree.transpose(tree.reshaped(g, tree.transpose(a))),)


OF_SHAPE = "it is a part of the shape"

reshape = Op(
    "reshape",
    shape=reshape_rule,
    numpy=lambda np, a, shape, **rest: np.reshape(a, shape),
    gradient=shaped_back,
    calls=("reshape",),
    methods=("reshape", "view"),
    parameters=("shape",),
)
broadcast_to = Op(
    "broadcast_to",
    shape=broadcast_rule,
    numpy=lambda np, a, shape: np.broadcast_to(a, shape),
    gradient=lambda d, g, a: (g,),
    calls=("broadcast_to",),
    methods=("expand",),
    parameters=("shape",),
)
broadcast_like = Op(
    "broadcast_like",
    shape=broadcast_like_rule,
    numpy=lambda np, a, b: np.broadcast_to(a, np.shape(b)),
    gradient=lambda d, g, a, b: (g, None),
    methods=("expand_as",),
    arity=2,
    named={"latex": ""},
    noun="the shape of another array",
)
reshape_like = Op(
    "reshape_like",
    shape=reshape_like_rule,
    numpy=lambda np, a, b: np.reshape(a, np.shape(b)),
    gradient=lambda d, g, a, b: (tree.reshaped(g, a), None),
    methods=("reshape_as", "view_as"),
    arity=2,
)
ravel = Op(
    "ravel",
    shape=ravel_rule,
    numpy=lambda np, a, order="C": np.ravel(a, order),
    gradient=_in_columns,
    names=("ravel", "flatten"),
    parameters=("order",),
)
extent = Op(
    "extent",
    shape=_scalar_rule,
    numpy=lambda np, a, axis=0: np.array(float(np.shape(a)[axis])),
    constant=OF_SHAPE,
    sympy=_length_of,
    calls=("len",),
    parameters=("axis",),
)
dimension = Op(
    "dimension",
    shape=_scalar_rule,
    numpy=lambda np, a, axis: np.array(float(np.shape(a)[axis])),
    constant=OF_SHAPE,
    sympy=_length_of,
    methods=("size",),
    parameters=("axis",),
)
shape_of = Op(
    "shape_of",
    shape=lambda solver, shapes, params: None,
    numpy=lambda np, a, bounds=(None,): np.shape(a)[slice(*bounds)],
    constant=OF_SHAPE,
    calls=("np.shape",),
    parameters=("bounds",),
    written={"matlab": "size(x)"},
)
count = Op(
    "count",
    shape=_scalar_rule,
    numpy=lambda np, a: np.array(float(np.size(a))),
    constant=OF_SHAPE,
    sympy=lambda sp, a: a.shape[0] * a.shape[1] if is_matrix(a) else sp.Integer(1),
    calls=("size", "numel"),
    methods=("numel",),
    written={"python": "x.size", "matlab": "numel(x)"},
)
item = Op(
    "item",
    shape=_scalar_rule,
    numpy=lambda np, a: np.array(np.ravel(a)[0]),
    gradient=shaped_back,
    methods=("item",),
    written={"python": "x.item()", "matlab": "x"},
)
resized = Op(
    "resize",
    shape=lambda solver, shapes, params: target(params.get("shape")),
    numpy=lambda np, a, shape: np.resize(a, shape),
    gradient=refused("entries repeated to fill a shape"),
    calls=("np.resize",),
    parameters=("shape",),
)
