"""Expectations and covariances, and what is the best of an expression: `E[x]`, `Cov(x, y)`, `argmin_x f(x)`."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Shape, is_single, prune
from ..shapes.solve import Solver
from ._gradient import refused
from ._library import of_numpy
from ._op import Op, Params, Result

Shapes = tuple[Shape | None, ...]


def covariance_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Square, with a row for each variable: each row of the data is one, or with `rowvar=False` each column.

    In mathematics the argument is a random vector; that of a matrix is anyone's.
    """
    sides = [_variables(solver, shape, params) for shape in shapes]
    if any(side is None for side in sides):
        return None
    known = [side for side in sides if side is not None]
    whole = (*known[0], *known[-1])
    return whole if len(shapes) == 1 or solver.mathematics else None


def _variables(solver: Solver, shape: Shape | None, params: Params) -> Shape | None:
    if shape is None or len(shape) < 2:
        return None if shape is None else () if not (solver.mathematics and shape) else shape
    dims = tuple(map(prune, shape))
    if not solver.mathematics:
        return (dims[0 if params.get("rowvar", True) else 1],)
    return (dims[0] if dims[1] is ONE else dims[1],) if ONE in dims else None


def best_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """The variable at which a number is smallest or largest."""
    value, variable = shapes
    if value is not None and not is_single(value):
        return Clash("scalar", (0,), (), tuple(map(prune, value)), {"of": "an optimum"})
    return variable


def _covariance(np: Any, *arrays: Any, rowvar: bool = True) -> Any:
    return np.cov(*arrays, rowvar=rowvar)


corrcoef = of_numpy("corrcoef", covariance_rule, refusal="a correlation", arity=None, parameters=("rowvar",))
expectation = Op("expectation", "()->()", gradient=refused("an expectation"))
cov = Op(
    "cov",
    shape=covariance_rule,
    numpy=_covariance,
    gradient=refused("a covariance"),
    calls=("cov", "Cov", "cov_matrix"),
    arity=None,
    parameters=("rowvar",),
)
variance = Op(
    "variance",
    gradient=refused("a variance"),
    calls=("Var",),
    either=("cov", "expectation", "var"),
    grace=("expectation", "var"),
)
smallest = Op(
    "optimum",
    "()->()",
    gradient=refused("the best of an expression"),
)
best = Op("best", shape=best_rule, gradient=refused("where an expression is best"), arity=2)
