"""Sums, means and the like: over all entries, or over axes, which are gone unless `keepdims` holds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Shape
from ..shapes.solve import Solver
from ..syntax.nodes import NO_PARAMS
from . import _nodes as tree
from ._axes import entries, integer, places
from ._forms import each, is_matrix, plus, raised, times, total
from ._gradient import refused
from ._op import Op, Params, Result
from ._reduced import (
    cumsum_gradient,
    deviation_gradient,
    extreme_gradient,
    log_softmax_gradient,
    softmax_gradient,
    variance_gradient,
)


def reduced(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """numpy's shape of a reduction: without `axis` a scalar, without `keepdims` the axes are gone."""
    shape = shapes[0]
    axis, keep = params.get("axis"), params.get("keepdims", False)
    if axis is None and keep is False:
        return ()
    if shape is None or type(keep) is not bool:
        return None
    if axis is None:
        return (ONE,) * len(shape)
    if not shape:
        return _of_scalar(solver, axis, keep)
    axes = places(axis, len(shape))
    if axes is None or isinstance(axes, Clash):
        return axes
    if keep:
        return tuple(ONE if place in axes else dim for place, dim in enumerate(shape))
    return tuple(dim for place, dim in enumerate(shape) if place not in axes)


def _of_scalar(solver: Solver, axis: Any, keep: bool) -> Result:
    """numpy lets axis 0 and -1 of a scalar pass; in mathematics a scalar is 1×1."""
    if type(axis) is tuple:
        found = places(axis, 2 if solver.mathematics else 0)
        return found if isinstance(found, Clash) else ()
    value = integer(axis)
    if value is None or -1 - solver.mathematics <= value <= int(solver.mathematics):
        return ()
    return Clash("axis", (0,), (value,), (), {"rank": 0})


def accumulated(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape of `cumsum`: as it was, or rank 1 where no axis is given."""
    shape, axis = shapes[0], params.get("axis")
    if shape is None:
        return None
    if axis is None:
        return shape if len(shape) == 1 else (entries(shape),)
    if not shape:
        return (ONE,) if integer(axis) in (0, -1) else Clash("axis", (0,), (integer(axis) or 0,), (), {"rank": 0})
    axes = places(axis, len(shape))
    return axes if axes is None or isinstance(axes, Clash) else shape


def along(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape of what works along an axis and keeps it: softmax, sorting."""
    shape, axis = shapes[0], params.get("axis")
    if not shape or axis is None:
        return shape
    axes = places(axis, len(shape))
    return axes if isinstance(axes, Clash) else shape


def sum_over_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A Σ with its index in the term keeps the term's shape; otherwise only its scalar is known."""
    shape = shapes[0]
    return shape if params.get("inside") or shape == () else None


def summed(sp: Any, a: Any, axis: Any = None, keepdims: bool = False, **rest: Any) -> Any:
    """The sum of a matrix by products with ones; without `keepdims` what is left of an axis is a column."""
    if not is_matrix(a):
        return a
    rows, columns = a.shape
    if axis is None or (type(axis) is tuple and len(axis) == 2):
        return sp.OneMatrix(1, rows) * a * sp.OneMatrix(columns, 1) if keepdims else total(sp, a)
    if axis in (1, (1,)):
        return a * sp.OneMatrix(columns, 1)
    return sp.OneMatrix(1, rows) * a if keepdims else a.T * sp.OneMatrix(rows, 1)


def averaged(sp: Any, a: Any, axis: Any = None, keepdims: bool = False, **rest: Any) -> Any:
    """The sum over the number of its terms."""
    if not is_matrix(a):
        return a
    rows, columns = a.shape
    counts = {0: rows, (0,): rows, 1: columns, (1,): columns}
    return summed(sp, a, axis, keepdims) / counts.get(axis, rows * columns)


def _variance(sp: Any, a: Any, axis: Any = None, keepdims: bool = False, **rest: Any) -> Any:
    mean = averaged(sp, a, axis, keepdims)
    return plus(sp, averaged(sp, times(sp, a, a), axis, keepdims), -times(sp, mean, mean))


def _log_sum_exp(sp: Any, a: Any, axis: Any = None, keepdims: bool = False, **rest: Any) -> Any:
    return each(summed(sp, each(a, sp.exp), axis, keepdims), sp.log)


def _softmax(sp: Any, a: Any, axis: Any = None) -> Any:
    if not is_matrix(a):
        return sp.Integer(1)
    grown = each(a, sp.exp)
    whole = summed(sp, grown, 1 if axis == 1 else 0, keepdims=True)
    ones = sp.OneMatrix(1, a.shape[1]) if axis == 1 else sp.OneMatrix(a.shape[0], 1)
    return times(sp, grown, raised(sp, whole * ones if axis == 1 else ones * whole, -1))


def _numpy(name: str) -> Callable[..., Any]:
    def form(np: Any, a: Any, axis: Any = None, keepdims: bool = False, **rest: Any) -> Any:
        taken = {"ddof": rest["ddof"]} if "ddof" in rest else {}
        return getattr(np, name)(a, axis=axis, keepdims=keepdims, **taken)

    return form


def _softmax_array(np: Any, a: Any, axis: Any = None) -> Any:
    if not np.ndim(a):
        return np.ones(())
    axis = 0 if axis is None else axis
    grown = np.exp(a - np.max(a, axis=axis, keepdims=True))
    return grown / np.sum(grown, axis=axis, keepdims=True)


def _log_sum_exp_array(np: Any, a: Any, axis: Any = None, keepdims: bool = False, **rest: Any) -> Any:
    return np.log(np.sum(np.exp(a), axis=axis, keepdims=keepdims))


_SUM = ("axis", "dtype", "out", "keepdims")
_SPREAD = ("axis", "dtype", "out", "ddof", "keepdims")

sum_ = Op(
    "sum",
    shape=reduced,
    numpy=_numpy("sum"),
    sympy=summed,
    gradient=lambda d, g, a: (d.spread(g),),
    calls=("sum", "nansum", "reduce_sum"),
    methods=("sum",),
    parameters=_SUM,
    kinds=("total",),
)
sum_over = Op(
    "sum_over", shape=sum_over_rule, gradient=refused("a sum over an index that is no axis"), kinds=("total",)
)
mean = Op(
    "mean",
    shape=reduced,
    numpy=_numpy("mean"),
    sympy=averaged,
    gradient=lambda d, g, a: (tree.times(tree.over(tree.ONE, d.count()), d.spread(g)),),
    calls=("mean", "average", "nanmean", "reduce_mean"),
    methods=("mean",),
    parameters=_SUM,
    kinds=("total",),
)
prod = Op(
    "prod",
    shape=reduced,
    numpy=_numpy("prod"),
    gradient=lambda d, g, a: (tree.times(d.spread(g), tree.over(d.spread(d.result), a)),),
    calls=("prod", "reduce_prod"),
    methods=("prod",),
    parameters=_SUM,
    noun="product",
)


def _extreme(name: str, *calls: str, constant: str = "", of_two: str = "", latex: str = "") -> Op:
    """The largest or the smallest of entries, where they stand, or what else is picked from them."""
    return Op(
        name,
        shape=reduced,
        numpy=_numpy(name),
        gradient=None if constant else extreme_gradient,
        constant=constant,
        calls=(name, f"reduce_{name}", *calls),
        methods=(name,),
        parameters=("axis", "out", "keepdims"),
        of_two=of_two,
        named={"latex": latex} if latex else NO_PARAMS,
        noun=of_two,
    )


max_ = _extreme("max", "amax", "nanmax", of_two="maximum", latex="\\max")
min_ = _extreme("min", "amin", "nanmin", of_two="minimum", latex="\\min")
argmax = _extreme("argmax", latex="\\arg\\max", constant="a place, a whole number")
argmin = _extreme("argmin", latex="\\arg\\min", constant="a place, a whole number")
any_ = _extreme("any", constant="true or false")
all_ = _extreme("all", constant="true or false")
median = Op(
    "median",
    shape=reduced,
    numpy=_numpy("median"),
    gradient=refused("a median"),
    calls=("median",),
    parameters=("axis", "out", "overwrite_input", "keepdims"),
)
var = Op(
    "var",
    shape=reduced,
    numpy=_numpy("var"),
    sympy=_variance,
    gradient=variance_gradient,
    names=("var",),
    parameters=_SPREAD,
)
std = Op(
    "std",
    shape=reduced,
    numpy=_numpy("std"),
    sympy=lambda sp, a, **params: each(_variance(sp, a, **params), sp.sqrt),
    gradient=deviation_gradient,
    names=("std",),
    parameters=_SPREAD,
)
logsumexp = Op(
    "logsumexp",
    shape=reduced,
    numpy=_log_sum_exp_array,
    sympy=_log_sum_exp,
    gradient=lambda d, g, a: (tree.times(d.spread(g), tree.apply("exp", tree.minus(a, d.spread(d.result)))),),
    names=("logsumexp",),
    parameters=("axis", "b", "keepdims"),
)
cumsum = Op(
    "cumsum",
    shape=accumulated,
    numpy=lambda np, a, axis=None, **rest: np.cumsum(a, axis=axis),
    gradient=cumsum_gradient,
    names=("cumsum",),
    parameters=("axis", "dtype", "out"),
)
softmax = Op(
    "softmax",
    shape=along,
    numpy=_softmax_array,
    sympy=_softmax,
    gradient=softmax_gradient,
    calls=("softmax", "stable_softmax"),
    methods=("softmax",),
    parameters=("axis",),
    kinds=("softmax",),
)
log_softmax = Op(
    "log_softmax",
    shape=along,
    numpy=lambda np, a, axis=None: np.log(_softmax_array(np, a, axis)),
    sympy=lambda sp, a, axis=None: each(_softmax(sp, a, axis), sp.log),
    gradient=log_softmax_gradient,
    calls=("log_softmax", "logsoftmax"),
    methods=("log_softmax",),
    parameters=("axis",),
    kinds=("softmax", "logarithm"),
)
softmax_derivative = Op(
    "softmax_derivative",
    shape=lambda solver, shapes, params: None,
    gradient=refused("the derivative of a softmax, which is a matrix, a tensor or a diagonal"),
    calls=("softmax_prime", "softmax_derivative", "softmax_deriv", "softmax_grad", "dsoftmax", "d_softmax"),
)
