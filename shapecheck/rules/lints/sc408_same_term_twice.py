"""SC408: a square matrix added to itself in a factor."""

from __future__ import annotations

from collections.abc import Iterator

from ...ops import is_a
from ...shapes.dims import ONE, prune
from ...syntax.nodes import Apply, Equation, Name, Node, replace, walk
from .._rule import Case, Finding, Rule
from .._wording import span_of, spelled


def _find(rule: Rule, case: Case) -> Iterator[Finding]:
    equation = case.checked.equation
    products = (node for node in walk(*equation.members) if is_a(node, "product"))
    for total in (factor for product in products for factor in product.args if is_a(factor, "sum")):
        for place, term in enumerate(total.args):
            if total.args.count(term) != 2 or term not in total.args[:place] or not _is_square_matrix(case, term):
                continue
            args = (*total.args[:place], Apply("transpose", (term,)), *total.args[place + 1 :])
            with_transpose = Apply(total.op, args, total.params, sign=total.sign, closed=total.closed)
            members = tuple(replace(member, total, with_transpose) for member in equation.members)
            name = spelled(term, case.source, "a matrix")
            found = rule.finding(f"{name} is added to itself, which gives 2 {name}", span_of(total))
            yield Finding(found, Equation(members, equation.sign, equation.span), "add the transpose")


def _is_square_matrix(case: Case, term: Node) -> bool:
    """Whether a term is a name for a square matrix."""
    dims = [*map(prune, case.checked.shapes.get(id(term)) or ())]
    return type(term) is Name and len(dims) == 2 and dims[0] is dims[1] is not ONE


rule = Rule(
    code="SC408",
    name="same-term-twice",
    severity="warning",
    finds="""
Finds a square matrix that is added to itself in a factor of a product, such as `(A + A) x`.
""",
    why="""
Nobody writes `A + A` for `2 A`. A matrix and its transpose are often added: `(A + A.T) x` is the gradient of `x.T A x`,
and without the transpose it is right only for a symmetric A.
""",
    fix="""
Write `A + A.T`; if twice the matrix is meant, write `2 A`.
""",
    bad="""
A: n x n
x: n x 1
R = (A + A) x
""",
    good="""
A: n x n
x: n x 1
R = (A + A.T) x
""",
    find=_find,
)
