"""The losses and distances of torch, which compare two arrays: `F.mse_loss`, `F.cross_entropy`, `torch.cdist`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import Shape, prune
from ..shapes.signature import apply, parse_signature
from ..shapes.solve import Solver
from ..syntax.nodes import Node
from . import _nodes as tree
from ._gradient import Differential, refused
from ._op import GradientRule, Op, Params, Result, elementwise_rule
from .reductions import reduced

Shapes = tuple[Shape | None, ...]
_DISTANCES = parse_signature("(n,k),(m,k)->(n,m)")


def loss_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """One number, or one an entry where nothing is reduced."""
    each = elementwise_rule(solver, shapes, params)
    return each if isinstance(each, Clash) or params.get("reduction") == "none" else ()


def picked_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """A number for scores of each class, which are on axis 1, and labels without that axis or a share of each class."""
    scores, labels = shapes
    if params.get("reduction") == "none":
        return None
    if not scores or labels is None or len(labels) not in (len(scores) - 1, len(scores)):
        return () if scores is None or labels is None else None
    places = [place for place in range(len(scores)) if place != min(1, len(scores) - 1) or len(labels) == len(scores)]
    for here, place in enumerate(places):
        if not solver.unify(scores[place], labels[here]):
            return Clash("elementwise", (0, 1), (place, here), (prune(scores[place]), prune(labels[here])))
    return ()


def similarity_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """One number along an axis, the second where none is named."""
    each = elementwise_rule(solver, shapes, params)
    return each if isinstance(each, Clash) else reduced(solver, (each,), {"axis": params.get("axis", 1)})


def distances_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """A row for each row of the first array, a column for each of the second."""
    return None if None in shapes else apply(_DISTANCES, shapes, solver)  # type: ignore[arg-type]


def _loss_gradient(d: Differential, g: Node, a: Node, b: Node) -> list[Node]:
    if d.shapes[0] != d.shapes[1]:
        raise d.refuse("a loss of two arrays of different shapes")
    each = tree.times(tree.TWO, g, tree.minus(a, b))
    whole = tree.over(each, d.count()) if d.params.get("reduction", "mean") == "mean" else each
    return [whole, tree.neg(whole)]


def _loss(name: str, entry: Callable[[Any, Any, Any], Any], gradient: GradientRule | None = None) -> Op:
    """A loss that compares entry by entry, and takes the mean where nothing else is said."""

    def values(np: Any, a: Any, b: Any, reduction: str = "mean", **rest: Any) -> Any:
        entries = entry(np, a, b)
        return entries if reduction == "none" else getattr(np, reduction)(entries)

    return Op(
        name,
        shape=loss_rule,
        numpy=values,
        gradient=gradient or refused(f"the loss {name}"),
        calls=(name,) if gradient else (f"F.{name}",),
        arity=2,
        parameters=("reduction",) if gradient else ("weight", "pos_weight", "beta", "delta", "reduction"),
    )


def _similar(np: Any, a: Any, b: Any, axis: int = 1, **rest: Any) -> Any:
    a, b = np.broadcast_arrays(a, b)
    return np.sum(a * b, axis) / (np.linalg.norm(a, axis=axis) * np.linalg.norm(b, axis=axis))


mse_loss = _loss("mse_loss", lambda np, a, b: (a - b) ** 2, _loss_gradient)
l1_loss = _loss("l1_loss", lambda np, a, b: abs(a - b))
smooth_l1_loss = _loss("smooth_l1_loss", lambda np, a, b: np.where(abs(a - b) < 1, (a - b) ** 2 / 2, abs(a - b) - 0.5))
huber_loss = _loss("huber_loss", lambda np, a, b: np.where(abs(a - b) < 1, (a - b) ** 2 / 2, abs(a - b) - 0.5))
binary_cross_entropy = _loss("binary_cross_entropy", lambda np, p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)))
binary_cross_entropy_with_logits = _loss(
    "binary_cross_entropy_with_logits", lambda np, z, y: np.logaddexp(0, z) - y * z
)
picked_loss = Op(
    "picked_loss",
    shape=picked_rule,
    gradient=refused("a loss of labels, which are places"),
    calls=("F.cross_entropy", "F.nll_loss"),
    arity=2,
    parameters=("weight", "ignore_index", "reduction", "label_smoothing"),
)
cosine_similarity = Op(
    "cosine_similarity",
    shape=similarity_rule,
    numpy=_similar,
    gradient=refused("the cosine of an angle"),
    calls=("F.cosine_similarity",),
    arity=2,
    parameters=("axis", "eps"),
)
cdist = Op(
    "cdist",
    shape=distances_rule,
    numpy=lambda np, a, b, ord=2: np.linalg.norm(a[..., :, None, :] - b[..., None, :, :], ord, -1),
    gradient=refused("the distances of all pairs"),
    calls=("torch.cdist",),
    arity=2,
    parameters=("ord",),
)
