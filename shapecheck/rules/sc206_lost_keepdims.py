"""SC206: a rank-1 array where a column is expected, usually a sum without `keepdims`."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..shapes.dims import ONE, Shape, prune, show
from ..syntax.nodes import Node
from ..values import NamedTuple
from ._finding import clash
from ._reductions import Reduction, reduction_of
from ._rule import Case, Rule
from ._wording import bare, sized, spelled


class _Flat(NamedTuple):
    """A rank-1 array, the matrix it meets, and whether it is on the right of that matrix."""

    node: Node
    shape: Shape
    beside: Node
    matrix: Shape
    right: bool
    reduction: Reduction | None


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic | None:
    flat = _flat(case, fact)
    return _say(rule, case, flat) if flat and _fits(fact, flat) else None


def _flat(case: Case, fact: Fact) -> _Flat | None:
    if len(fact.operands) != 2:
        return None
    (left, right), (one, other) = map(bare, fact.operands), fact.shapes
    if len(other) == 1 and len(one) == 2:
        return _Flat(right, other, left, one, True, reduction_of(case, right))
    if len(one) == 1 and len(other) == 2:
        return _Flat(left, one, right, other, False, reduction_of(case, left))
    return None


def _fits(fact: Fact, flat: _Flat) -> bool:
    """Whether the array would fit as a column, or as its reduction with `keepdims`."""
    wide = flat.reduction.kept if flat.reduction else (prune(flat.shape[0]), ONE)
    rows, columns = map(prune, flat.matrix)
    if len(wide) != 2:
        return False
    if fact.kind == "inner":
        return wide[0] is columns if flat.right else wide[1] is rows
    if fact.kind == "elementwise":
        return all(a is b or ONE in (a, b) for a, b in zip(wide, (rows, columns), strict=True))
    return flat.right and wide == (rows, columns)


def _say(rule: Rule, case: Case, flat: _Flat) -> Diagnostic:
    text, beside = spelled(flat.node, case.source, "this"), spelled(flat.beside, case.source, "the other operand")
    reduction = flat.reduction
    kind, new = ("row", "1, -1") if reduction and reduction.kept[0] is ONE else ("column", "-1, 1")
    message = f"expected a {kind}, found rank 1: {text} is {show(flat.shape)}, {beside} is {show(flat.matrix)}"
    hint = f"a {kind} has two axes, as {text}.reshape({new}) has"
    if reduction:
        reduced = spelled(reduction.node, case.source, "it")
        hint = f"without keepdims=True the axis is dropped; with it, {reduced} is {show(reduction.kept)}"
    labels = ((flat.beside, show(flat.matrix)), (flat.node, sized(flat.shape, 0)))
    return clash(rule, case, message, labels, (hint,))


rule = Rule(
    code="SC206",
    name="lost-keepdims",
    severity="error",
    finds="""
Finds rank-1 arrays where a column is expected: usually sums and means without `keepdims=True`.
""",
    why="""
`np.sum(dZ, axis=1)` of an n×m matrix is `(n,)`, an array with a single axis, neither a column nor a row. Broadcasting
treats it as a row: with an n×1 column it gives n×n, without an error from numpy, and with an n×m matrix it fails. Where
a row is expected, rank 1 is accepted, as in numpy.
""",
    fix="""
Keep the axis: `np.sum(dZ, axis=1, keepdims=True)` is n×1. To turn a rank-1 array into a column, use `.reshape(-1, 1)`
or `[:, None]`.
""",
    bad="db1 = 1/m np.sum(dZ1, axis=1)",
    good="db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)",
    explain=_explain,
)
