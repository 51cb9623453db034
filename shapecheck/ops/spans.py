"""What is measured along an axis: quantiles, ranges, counts, differences of neighbours, areas below a curve."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import Dim, Shape, Var, number, prune
from ..shapes.solve import Solver
from ._axes import integer, place
from ._gradient import refused
from ._op import Op, Params, Result
from .reductions import reduced

Shapes = tuple[Shape | None, ...]


def quantile_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """A reduction, once for each share: the axes of the shares stand before those that are left."""
    array, shares = shapes
    left = reduced(solver, (array,), params)
    return left if left is None or isinstance(left, Clash) else None if shares is None else (*shares, *left)


def difference_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """One entry less along the axis for each time that neighbours are subtracted."""
    shape, times, axis = shapes[0], integer(params.get("n", 1)), integer(params.get("axis", -1))
    if shape is None or times is None or axis is None or params.keys() & {"prepend", "append"}:
        return None
    here = place(axis, len(shape))
    if isinstance(here, Clash):
        return here
    length = prune(shape[here])
    shorter = length - number(times) if type(length) is Dim else Var()
    return (*shape[:here], shorter, *shape[here + 1 :])


def area_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """The axis that is gone along, the last where none is named, is gone."""
    return reduced(solver, shapes, {"axis": params.get("axis", -1)})


def number_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """A number, of an array of any shape."""
    return ()


def _form(name: str) -> Callable[..., Any]:
    def form(np: Any, a: Any, axis: Any = None, keepdims: bool = False, **rest: Any) -> Any:
        return getattr(np, name)(a, axis=axis, keepdims=keepdims)

    return form


def _quantile(name: str, *others: str) -> Op:
    return Op(
        name,
        shape=quantile_rule,
        numpy=lambda np, a, q, axis=None, keepdims=False, **rest: getattr(np, name)(a, q, axis, keepdims=keepdims),
        gradient=refused("a quantile"),
        calls=(f"np.{name}", *others),
        arity=2,
        parameters=("axis", "out", "overwrite_input", "method", "keepdims", "interpolation"),
    )


def _measure(name: str, refusal: str = "", constant: str = "", parameters: tuple[str, ...] = ()) -> Op:
    return Op(
        name,
        shape=reduced,
        numpy=_form(name),
        gradient=refused(refusal) if refusal else None,
        constant=constant,
        calls=(f"np.{name}",),
        parameters=parameters or ("axis", "out", "keepdims"),
    )


percentile = _quantile("percentile", "np.nanpercentile")
quantile = _quantile("quantile", "np.nanquantile")
ptp = _measure("ptp", refusal="the distance of the largest from the smallest")
count_nonzero = _measure("count_nonzero", constant="a whole number", parameters=("axis", "keepdims"))
nanstd = _measure(
    "nanstd", refusal="a deviation of what is a number", parameters=("axis", "dtype", "out", "ddof", "keepdims")
)
nanvar = _measure(
    "nanvar", refusal="a variance of what is a number", parameters=("axis", "dtype", "out", "ddof", "keepdims")
)
nanmedian = _measure("nanmedian", refusal="a median", parameters=("axis", "out", "overwrite_input", "keepdims"))
diff = Op(
    "diff",
    shape=difference_rule,
    numpy=lambda np, a, n=1, axis=-1: np.diff(a, int(n), axis),
    gradient=refused("differences of neighbours"),
    calls=("np.diff", "torch.diff"),
    parameters=("n", "axis", "prepend", "append"),
)
trapezoid = Op(
    "trapezoid",
    shape=area_rule,
    numpy=lambda np, a, axis=-1, **rest: (np.trapezoid if hasattr(np, "trapezoid") else np.trapz)(a, axis=axis),
    gradient=refused("an area below a curve"),
    calls=("np.trapezoid", "np.trapz", "torch.trapezoid"),
    parameters=("x", "dx", "axis"),
)
cond = Op(
    "cond",
    shape=number_rule,
    numpy=lambda np, a, **rest: np.linalg.cond(a),
    gradient=refused("how near a matrix is to a singular one"),
    calls=("np.linalg.cond", "np.cond", "torch.linalg.cond"),
    parameters=("p",),
)
matrix_rank = Op(
    "matrix_rank",
    shape=number_rule,
    numpy=lambda np, a, **rest: np.array(float(np.linalg.matrix_rank(a))),
    constant="a whole number",
    calls=("np.linalg.matrix_rank", "np.matrix_rank", "torch.linalg.matrix_rank"),
    parameters=("tol", "hermitian"),
)
