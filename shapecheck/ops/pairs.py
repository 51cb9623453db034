"""torch's functions that give values and their places where an axis is named: `values, places = x.max(dim=1)`."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import Shape
from ..shapes.solve import Solver
from ._axes import dimension, integer, place
from ._gradient import refused
from ._op import Op, Params, Result
from .reductions import reduced

Shapes = tuple[Shape | None, ...]
PICKED = "values beside their places"


def picked_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Of all entries a number; along an axis the values, or their places, as `part` says."""
    if params.get("axis") is not None and type(params.get("part")) is not int:
        return None
    return reduced(solver, shapes, params)


def sorted_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """The shape as it was, once for the values and once for their places."""
    return shapes[0] if type(params.get("part")) is int else None


def largest_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """As many as are asked for along the axis, the last where none is named."""
    shape, axis = shapes[0], integer(params.get("axis", -1))
    if shape is None or axis is None or type(params.get("part")) is not int:
        return None
    here = place(axis, len(shape))
    return here if isinstance(here, Clash) else (*shape[:here], dimension(params.get("n")), *shape[here + 1 :])


def _picked(name: str) -> Op:
    def values(np: Any, a: Any, axis: Any = None, keepdims: bool = False, part: int = 0, **rest: Any) -> Any:
        return getattr(np, name if part == 0 or axis is None else f"arg{name}")(a, axis=axis, keepdims=keepdims)

    return Op(
        f"torch_{name}",
        shape=picked_rule,
        numpy=values,
        gradient=refused(PICKED),
        calls=(f"torch.{name}",),
        parameters=("axis", "keepdims", "part"),
        of_two=f"{name}imum",
    )


torch_max = _picked("max")
torch_min = _picked("min")
torch_sort = Op(
    "torch_sort",
    shape=sorted_rule,
    numpy=lambda np, a, axis=-1, part=0, **rest: np.argsort(a, axis) if part % 2 else np.sort(a, axis),
    gradient=refused(PICKED),
    calls=("torch.sort",),
    parameters=("axis", "descending", "stable", "part"),
)
topk = Op(
    "topk",
    shape=largest_rule,
    gradient=refused(PICKED),
    calls=("torch.topk",),
    parameters=("n", "axis", "largest", "sorted", "part"),
)
