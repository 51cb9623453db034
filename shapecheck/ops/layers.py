"""The functions of torch that apply a layer or compare with a target: `F.linear`, `addmm`, `F.mse_loss`."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import Shape
from ..shapes.signature import apply, parse_signature
from ..shapes.solve import Solver
from ..syntax.nodes import Node
from . import _nodes as tree
from ._gradient import Differential, refused
from ._op import Op, Params, Result, elementwise_rule

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


def loss_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """One number, or one an entry where nothing is reduced."""
    each = elementwise_rule(solver, shapes, params)
    return each if isinstance(each, Clash) or params.get("reduction") == "none" else ()


def _turned(d: Differential, place: int, node: Node) -> Node:
    """The last two axes of an argument's like exchanged."""
    return tree.transpose(node) if len(d.shapes[place]) == 2 else tree.apply("swapaxes", node, axis1=-2, axis2=-1)


def _linear_gradient(d: Differential, g: Node, x: Node, w: Node, *bias: Node) -> list[Node]:
    outer = tree.apply("outer", g, x) if d.rank == 1 else tree.product(_turned(d, 0, g), x)
    return [tree.product(g, w), outer, *(g for _ in bias)]


def _added_gradient(d: Differential, g: Node, added: Node, x: Node, w: Node) -> list[Node]:
    return [g, tree.product(g, _turned(d, 2, w)), tree.product(_turned(d, 1, x), g)]


def _loss_gradient(d: Differential, g: Node, a: Node, b: Node) -> list[Node]:
    if d.shapes[0] != d.shapes[1]:
        raise d.refuse("a loss of two arrays of different shapes")
    each = tree.times(tree.TWO, g, tree.minus(a, b))
    whole = tree.over(each, d.count()) if d.params.get("reduction", "mean") == "mean" else each
    return [whole, tree.neg(whole)]


def _squares(np: Any, a: Any, b: Any, reduction: str = "mean") -> Any:
    entries = (a - b) ** 2
    return entries if reduction == "none" else getattr(np, reduction)(entries)


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
picked_loss = Op(
    "picked_loss",
    shape=lambda solver, shapes, params: None if params.get("reduction") == "none" else (),
    gradient=refused("a loss of labels, which are places"),
    calls=("F.cross_entropy", "F.nll_loss"),
    arity=2,
    parameters=("weight", "ignore_index", "reduction", "label_smoothing"),
)
mse_loss = Op(
    "mse_loss",
    shape=loss_rule,
    numpy=_squares,
    gradient=_loss_gradient,
    calls=("mse_loss",),
    arity=2,
    parameters=("reduction",),
)
