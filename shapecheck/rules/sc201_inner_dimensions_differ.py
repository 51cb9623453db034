"""SC201: a matrix product whose inner dimensions differ."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..shapes.dims import prune
from ..syntax.nodes import Apply, Node
from ._finding import clash
from ._rule import Case, Rule
from ._wording import along, counted, is_of, sized, spelled


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    if fact.kind == "index":
        one, other, labels = _along_axes(case, fact, "one entry", "of ")
        return clash(rule, case, f"the index {fact.words['letter']} runs over {one}, but over {other}", labels)
    if fact.kind == "scalar-operand" or len(fact.operands) < 2:
        return _scalar(rule, case, fact)
    if "summed" in fact.clash.words:
        one, other, labels = _along_axes(case, fact, "one")
        return clash(rule, case, f"the summed axes differ in size: {one}, {other}", labels)
    (left, right), (former, latter) = fact.operands, fact.shapes
    first, second = fact.clash.axes
    if former and (first >= len(former) or prune(former[first]) is not fact.clash.dims[0]):
        return _after_a_vector(rule, case, fact)
    said = is_of(left, former, case.source, "the left factor"), is_of(right, latter, case.source, "the right factor")
    sizes = ((left, sized(former, first)), (right, sized(latter, second)))
    return clash(rule, case, f"inner dimensions differ: {', '.join(said)}", sizes, _hints(case, fact))


def _along_axes(case: Case, fact: Fact, otherwise: str, head: str = "") -> tuple[str, str, list[tuple[Node, str]]]:
    """The sizes of two arrays along axes that meet, as j does in `Σ_j W_ji x_j` or as `tensordot` sums them; labels."""
    ends = list(zip(fact.operands, fact.shapes, fact.clash.axes, strict=True))
    one, other = (f"{along(shape, axis)} in {spelled(array, case.source, otherwise)}" for array, shape, axis in ends)
    return one, other, [(array, f"{head}{sized(shape, axis)}") for array, shape, axis in ends]


def _after_a_vector(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    """A product whose last factor is a vector: its width is not that factor's."""
    (left, right), (_, other) = fact.operands, fact.shapes
    width = counted(fact.clash.dims[0], "entry")
    words = f"the product up to {spelled(left, case.source, 'here')} has {width}"
    said = is_of(right, other, case.source, "the next factor")
    labels = ((left, f"up to here: {width}"), (right, sized(other, fact.clash.axes[1])))
    return clash(rule, case, f"inner dimensions differ: {words}, {said}", labels)


def _scalar(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    scalar = fact.operands[0] if fact.operands else fact.node
    text = spelled(scalar, case.source, "a factor")
    hint = "multiply by a scalar with `*`; numpy's `@` and `matmul` do not accept one"
    return clash(rule, case, f"a matrix product needs two arrays: {text} is a scalar", ((scalar, "a scalar"),), (hint,))


def _hints(case: Case, fact: Fact) -> tuple[str, ...]:
    (left, right), (one, other) = fact.operands, fact.shapes
    if _is_derivative(case, left) and _is_derivative(case, right) and prune(other[-1]) is prune(one[0]):
        return ("in the scalar chain rule the order of the factors does not matter; with matrices it does",)
    if len(one) == 1 == len(other):
        return ("the product of two rank-1 arrays is their inner product: both need the same number of entries",)
    return ()


def _is_derivative(case: Case, node: Node) -> bool:
    """Whether a factor is spelled as a derivative: ∂L/∂Z."""
    while type(node) is Apply and node.op == "transpose":
        node = node.args[0]
    text = spelled(node, case.source, "")
    return "/d" in text or "∂" in text or "\\partial" in text or "\\frac{d" in text


rule = Rule(
    code="SC201",
    name="inner-dimensions-differ",
    severity="error",
    finds="""
Finds matrix products whose inner dimensions differ: the left factor must have as many columns as the right factor has
rows. The same holds for a product written in entries, as in `y_i = Σ_j W_ji x_j`: an index must have the same range in
each array.
""",
    why="""
An entry of the product A B is the inner product of a row of A and a column of B. So a row of A must have as many
entries as a column of B: an n×k matrix times a k×m matrix is n×m, and if the inner dimensions differ there is no
product. The order matters too: A B and B A are different products, and often only one of them exists.
""",
    fix="""
Write the two shapes side by side: the inner numbers must be equal, the outer ones are the shape of the result. Then
swap the factors, or transpose one of them. In a backward pass the transposed weights take the place that the weights
have in the forward pass: `Z2 = W2 A1` leads to `dA1 = W2.T dZ2`.
""",
    bad="dZ1 = dZ2 W2.T * g1'(Z1)",
    good="dZ1 = W2.T dZ2 * g1'(Z1)",
    explain=_explain,
)
