"""SC212: the scalar chain rule applied to matrices, with a tensor as a factor."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..ops import is_a
from ..repairs._layers import factors, jacobian, without_font
from ..shapes.dims import Shape, show
from ..syntax.nodes import Name, Node, walk
from ._finding import clash
from ._rule import Case, Rule
from ._wording import listed, span_of, spelled


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    facts = [each for each in case.checked.failures if each.kind == "tensor"]
    tensors = [(each.operands[0], each.shapes[0]) for each in facts]
    if len(tensors) == 1:
        message = f"{_named(case, *tensors[0])}: it cannot be a factor of a product"
    else:
        texts = listed([_text(case, node) for node, _ in tensors])
        message = f"{texts} are tensors, not matrices: they cannot be factors of a product"
    whole = _row(case, fact.node)
    labels = tuple(_labels(case, whole, {id(node): shape for node, shape in tensors}))
    return clash(rule, case, message, labels, _hints(case, tensors))


def _named(case: Case, node: Node, shape: Shape) -> str:
    return f"{_text(case, node)} is a tensor of rank {len(shape)}, {show(shape)}, not a matrix"


def _text(case: Case, node: Node) -> str:
    """A derivative as its author wrote it; a long LaTeX fraction in words."""
    inner = jacobian(node)
    said = spelled(node, case.source, "")
    if inner is not None and all(type(part) is Name for part in inner.args) and (not said or "\\" in said):
        above, below = (_short(case, part) for part in inner.args)
        return f"the derivative of {above} with respect to {below}"
    return said or "this derivative"


def _row(case: Case, node: Node) -> Node:
    """The whole product that a product is part of."""
    for member in case.checked.equation.members:
        for outer in walk(member):
            if is_a(outer, "multiplication") and any(part is node for part in walk(outer)):
                return outer
    return node


def _labels(case: Case, whole: Node, tensors: dict[int, Shape]) -> Iterator[tuple[Node, str]]:
    """Each factor with its shape, and for tensors their rank."""
    for factor in factors(whole):
        shape = tensors.get(id(factor))
        if shape is not None:
            yield factor, f"{show(shape)}: rank {len(shape)}"
        elif known := case.checked.shapes.get(id(factor)):
            inner = jacobian(factor)
            yield factor, f"{show(known)}{', elementwise' if inner and inner.params.get('elementwise') else ''}"


def _hints(case: Case, tensors: list[tuple[Node, Shape]]) -> Iterator[str]:
    for node, _ in tensors:
        inner = jacobian(node)
        if inner is not None and all(type(part) is Name for part in inner.args):
            above, below = (_short(case, part) for part in inner.args)
            yield f"{_text(case, node)} has one number for each pair of an entry of {above} and an entry of {below}"
            break
    for node, _ in tensors:
        inner = jacobian(node)
        applied = case.section.table.applied.get(inner.args[0].key) if inner and type(inner.args[0]) is Name else None
        if inner is not None and applied is not None and not applied[1]:
            yield (
                f"{_short(case, inner.args[0])} is a softmax, which mixes the entries of a column: each column p has "
                "its own derivative, the matrix diag(p) - p p.T"
            )
    yield (
        "the scalar chain rule multiplies derivatives; for matrices it sums over all entries, "
        "and the result is a different product (`shapecheck explain` shows an example in numbers)"
    )


def _short(case: Case, node: Node) -> str:
    """A name without its font command."""
    text = " ".join(case.source.slice(span_of(node)).split())
    bare = without_font(Name(text, text))
    return bare.text if type(bare) is Name else text


rule = Rule(
    code="SC212",
    name="tensor-as-factor",
    severity="error",
    finds="""
Finds products with a factor that is the derivative of a matrix with respect to a matrix (`∂Z/∂W`), written as if the
scalar chain rule held for matrices.
""",
    why="""
The derivative of an n2×m matrix with respect to an n2×n1 matrix has a number for each pair of entries: it has four
axes, so there is no matrix product with it. The chain rule does lead to a product of ordinary matrices, but in an
order and with transposes that the scalar rule does not show. (An intermediate step may be written this way: in the
middle of a chain of equalities, and in the text of a document.)
""",
    fix="""
Write the result: for `Z = W A`, the gradients are `∂L/∂W = ∂L/∂Z A.T` and `∂L/∂A = W.T ∂L/∂Z`. If the layer is known
from the convention or the file, the fix writes the chain this way. `shapecheck explain` shows an example in numbers.
""",
    bad="∂L/∂W2 = ∂L/∂Z2 ∂Z2/∂W2",
    good="∂L/∂W2 = ∂L/∂Z2 A1.T",
    explain=_explain,
)
