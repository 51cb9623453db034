"""SC406: the transpose of a transpose."""

from __future__ import annotations

from collections.abc import Iterator

from ...ops._axes import is_certainly_matrix
from ...syntax.nodes import Apply, Equation, replace, walk
from .._rule import Case, Finding, Rule
from .._wording import span_of, spelled

_CONJUGATING = ("H", ".'")
"""Signs of conjugate transposes, which a plain transpose does not undo."""


def _find(rule: Rule, case: Case) -> Iterator[Finding]:
    equation = case.checked.equation
    for outer, inner in _pairs(equation):
        once = inner.args[0]
        members = tuple(replace(member, outer, once) for member in equation.members)
        is_rule = any(member in members[:place] for place, member in enumerate(members))
        if not is_rule and not _may_be_second_derivative(case, outer, inner):
            said = f"{spelled(outer, case.source, 'this')} is {spelled(once, case.source, 'what is transposed twice')}"
            message = f"{said}: a second transpose undoes the first"
            found = rule.finding(message, span_of(outer))
            yield Finding(found, Equation(members, equation.sign, equation.span), "remove both transposes")


def _pairs(equation: Equation) -> Iterator[tuple[Apply, Apply]]:
    """The first two of each run of transposes that reverse all axes; other orders of axes need not undo each other."""
    seen: set[int] = set()
    for node in walk(*equation.members):
        row: list[Apply] = []
        while type(node) is Apply and node.op == "transpose" and not node.params and id(node) not in seen:
            seen.add(id(node))
            row.append(node)
            node = node.args[0]
        if len(row) > 1 and all((sign in row[0].sign) is (sign in row[1].sign) for sign in _CONJUGATING):
            yield row[0], row[1]


def _may_be_second_derivative(case: Case, outer: Apply, inner: Apply) -> bool:
    """Whether two primes may be a second derivative: in mathematics, unless the operand is certainly a matrix."""
    if case.section.notation.is_code or inner.closed or not outer.sign == inner.sign == "'":
        return False
    return not (case.is_read and is_certainly_matrix(case.checked.shapes.get(id(inner.args[0]))))


rule = Rule(
    code="SC406",
    name="double-transpose",
    severity="info",
    finds="""
Finds the transpose of a transpose: `(A.T).T`, `A^{TT}`, `np.transpose(A.T)`. This is a remark, not an error. An
equation that states just this, `(A.T).T = A`, is left alone.
""",
    why="""
A transpose swaps rows and columns; a second one swaps them back. Usually a double transpose is left over from a
correction made in two places.
""",
    fix="""
Write the matrix itself: `A`.
""",
    bad="Z1 = (W1.T).T X + b1",
    good="Z1 = W1 X + b1",
    find=_find,
)
