"""Derivatives of a number that may stand in numerator layout, as the transpose of the gradient."""

from __future__ import annotations

from ..infer.facts import SIDES
from ..ops import is_a
from ..ops.derivatives import LAID_OUT
from ..shapes.dims import prune
from ..syntax.nodes import Apply, Equation, Name
from ..vocabulary import LOSSES
from ._bindings import Bindings
from ._graph import Claim, Graph
from ._record import Record


def is_turned(record: Record) -> bool:
    """Whether all that is wrong with a formula is that its left side is the derivative of something, and it turned."""
    facts = record.checked.failures
    if len(facts) != 1 or facts[0].kind not in SIDES:
        return False
    target = record.checked.equation.members[0]
    wanted, given = (tuple(map(prune, shape)) for shape in facts[0].shapes)
    if len(wanted) != 2 or wanted != given[::-1]:
        return False
    if type(target) is Name:
        return target.text in LAID_OUT and bool(record.above)
    return is_a(target, "derivative") and target.sign in LAID_OUT


def turned_gradient(equation: Equation, bindings: Bindings) -> Name | None:
    """The gradient whose transpose a left side is, `∂f/∂xᵀ` of a number f; None if it is not one."""
    target = equation.members[0]
    name = target.args[0] if type(target) is Apply and target.op == "transpose" else None
    if type(name) is not Name or len(equation.members) < 2 or name.text not in LAID_OUT | {"∇"}:
        return None
    return name if bindings.variable(name) else None


def may_be_turned(claim: Claim, graph: Graph) -> bool:
    """Whether a claim is a derivative that is written out, of no loss: the gradient of a loss keeps its shape."""
    above = graph.names.get(claim.above)
    return claim.name.text in LAID_OUT and not claim.turned and above is not None and above.base not in LOSSES
