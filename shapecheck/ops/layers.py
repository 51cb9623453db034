"""The functions of torch that apply a layer: `F.linear`, `addmm`, `F.layer_norm`."""

from __future__ import annotations

from ..shapes.constraints import Clash
from ..shapes.dims import Shape
from ..shapes.signature import apply, parse_signature
from ..shapes.solve import Solver
from ..syntax.nodes import Node
from . import _nodes as tree
from ._axes import target
from ._gradient import Differential, refused
from ._op import Op, Params, Result
from .reductions import along

_LINEAR = {2: parse_signature("(k),(m,k)->(m)"), 3: parse_signature("(k),(m,k),(m)->(m)")}
_PRODUCT = parse_signature("(n,k),(k,m)->(n,m)")


def linear_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """`x W.T + b`: the weights hold a row for each output."""
    if None in shapes or len(shapes) not in _LINEAR:
        return None
    return apply(_LINEAR[len(shapes)], shapes, solver)  # type: ignore[arg-type]


def added_product_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """`b + x w`, with b broadcast: the product is checked in any case."""
    added, *factors = shapes
    if None in factors:
        return None
    whole = apply(_PRODUCT, tuple(factors), solver)  # type: ignore[arg-type]
    if isinstance(whole, Clash):
        return whole._replace(arguments=tuple(place + 1 for place in whole.arguments))
    both = None if added is None else solver.broadcast_shapes((added, whole))
    if isinstance(both, Clash):
        return both._replace(arguments=(0, 2 if both.axes[1] == len(whole) - 1 else 1))
    return both and whole


def _turned(d: Differential, place: int, node: Node) -> Node:
    """The last two axes of an argument's like exchanged."""
    return tree.transpose(node) if len(d.shapes[place]) == 2 else tree.apply("swapaxes", node, axis1=-2, axis2=-1)


def _linear_gradient(d: Differential, g: Node, x: Node, w: Node, *bias: Node) -> list[Node]:
    outer = tree.apply("outer", g, x) if d.rank == 1 else tree.product(_turned(d, 0, g), x)
    return [tree.product(g, w), outer, *(g for _ in bias)]


def _added_gradient(d: Differential, g: Node, added: Node, x: Node, w: Node) -> list[Node]:
    return [g, tree.product(g, _turned(d, 2, w)), tree.product(_turned(d, 1, x), g)]


def normalized_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape as it was, if it ends with the axes that are named by their lengths."""
    shape, last = shapes[0], target(params.get("shape"))
    if shape is None or last is None or len(last) > len(shape):
        return None
    return shape if all(map(solver.unify, shape[len(shape) - len(last) :], last)) else None


affine = Op(
    "affine",
    shape=linear_rule,
    numpy=lambda np, x, w, *bias: sum(bias, np.matmul(x, np.swapaxes(w, -1, -2))),
    gradient=_linear_gradient,
    calls=("F.linear",),
    arity=None,
)
addmm = Op(
    "addmm",
    shape=added_product_rule,
    numpy=lambda np, a, x, w: a + np.matmul(x, w),
    gradient=_added_gradient,
    names=("addmm", "baddbmm"),
    arity=3,
)
layer_norm = Op(
    "layer_norm",
    shape=normalized_rule,
    gradient=refused("a layer normalised by its own mean and deviation"),
    calls=("F.layer_norm",),
    parameters=("shape", "weight", "bias", "eps"),
)
normalize = Op(
    "normalize",
    shape=along,
    numpy=lambda np, a, ord=2, axis=1, **rest: a / np.linalg.norm(a, ord, axis, keepdims=True),
    gradient=refused("rows divided by their norms"),
    calls=("F.normalize",),
    parameters=("ord", "axis", "eps"),
)
