"""SC407: an inner product, which is a number, added to a matrix."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...ops import is_a
from ...shapes.dims import ONE, AnyDim, Dim, Shape, prune, show
from ...syntax.nodes import Apply, Equation, Node, replace, walk
from .._rule import Case, Finding, Rule
from .._wording import bare, span_of, spelled


def _find(rule: Rule, case: Case) -> Iterator[Finding]:
    equation = case.checked.equation
    for total in (node for node in walk(*equation.members) if is_a(node, "sum")):
        squares = {_side(case.checked.shapes.get(id(term))): term for term in total.args}
        for product, outer, side in (each for term in total.args for each in _inner(case, term)):
            if side not in squares:
                continue
            members = tuple(replace(member, product, outer) for member in equation.members)
            beside, shape = spelled(bare(squares[side]), case.source, "a matrix"), show((side, side))
            said = f"{spelled(product, case.source, 'this')} is the inner product, a number, beside {beside}, {shape}"
            found = rule.finding(said, span_of(product))
            yield Finding(found, Equation(members, equation.sign, equation.span), f"write the outer product, {shape}")


def _side(shape: Shape | None) -> AnyDim | None:
    """The size of a square matrix, as far as it is known and not 1."""
    dims = [*map(prune, shape or ())]
    return dims[0] if len(dims) == 2 and dims[0] is dims[1] is not ONE and type(dims[0]) is Dim else None


def _inner(case: Case, term: Node) -> Iterator[tuple[Apply, Apply, AnyDim]]:
    """The product of a row and a column, or of two arrays of rank 1, that makes a term a number, and its outer product.

    Its other factors are numbers.
    """
    product = bare(term)
    while is_a(product, "quotient"):
        product = product.args[0]
    if not is_a(product, "product"):
        return
    shapes = [tuple(map(prune, case.checked.shapes.get(id(factor)) or ())) for factor in product.args]
    for place, (one, other) in enumerate(pairwise(shapes)):
        is_number = not any(shapes[:place]) and not any(shapes[place + 2 :])
        if is_number and len(one) == 2 and one[0] is ONE and other == (one[1], ONE) and one[1] is not ONE:
            left, right = product.args[place : place + 2]
            args = (*product.args[:place], right, left, *product.args[place + 2 :])
            yield product, Apply(product.op, args, product.params, sign=product.sign), one[1]
        elif len(product.args) == 2 and len(one) == 1 and one == other:
            yield product, Apply("outer", product.args, sign="np.outer"), one[0]


rule = Rule(
    code="SC407",
    name="inner-beside-matrix",
    severity="warning",
    finds="""
Finds an inner product, which is a number, added to a square matrix whose size is the length of its vectors, such as
`I - z.T z` for a column z.
""",
    why="""
The number is added to every entry of the matrix. What has the shape of the matrix is the outer product: the derivative
of a normalised vector is `I - z z.T`, that of a softmax `diag(p) - p p.T`.
""",
    fix="""
Write the outer product: `z z.T`. If the number is meant, write what it multiplies: `(z.T z) I`.
""",
    bad="""
P: d x d
z: d x 1
R = P - z.T z
""",
    good="""
P: d x d
z: d x 1
R = P - z z.T
""",
    find=_find,
)
