"""What the members of a statement are by their form: definitions, steps of thought, bare numbers, what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from ..ops import is_a
from ..shapes.dims import ONE, Shape, prune
from ..syntax.nodes import Apply, Name, Node, Number, is_op, names_in, walk
from ..vocabulary import COUNTS
from .facts import Checked, Fact

ELLIPSES = frozenset(("…", "..."))


def is_definition(node: Node) -> bool:
    """Whether a left side says what a function is: `f(x) = W x + b`, `Attention(Q, K, V) = …`, `log p(x) = …`."""
    if type(node) is not Apply or not node.args:
        return False
    if is_a(node, "function") and node.op != "activation":
        return is_definition(node.args[0])
    return node.op == "unknown" or (node.op == "activation" and node.params.get("order") == 0)


def is_averaged(value: Node) -> bool:
    """Whether a value has a logarithm in it, or a quotient by a number of examples."""
    for node in walk(value):
        if type(node) is Apply and node.op == "divide":
            below = {part.base for part in names_in(node.args[1])}
            if below & COUNTS:
                return True
    return has_logarithm(value)


def has_logarithm(value: Node) -> bool:
    """Whether a value has a logarithm in it."""
    return any(is_op(node, "log") for node in walk(value))


def terms(node: Node) -> Iterator[Node]:
    """What a value adds up, without signs, numbers, quotients and transposes around it."""
    if is_a(node, "sum", "quotient", "transposition"):
        for argument in node.args[:1] if node.op == "divide" else node.args:
            yield from terms(argument)
        return
    if is_a(node, "multiplication") and len(node.args) == 2:
        scale, array = node.args
        if type(scale) is Number or (is_a(scale, "multiple")):
            yield from terms(array)
            return
    yield node


def has_jacobian(node: Node) -> bool:
    """Whether a member holds the derivative of an array by an array: a step of thought, unless a chain ends with it."""
    return any(is_a(part, "derivative") or (type(part) is Apply and part.op == "supposed") for part in walk(node))


def is_zero(node: Node) -> bool:
    """Whether a side is a bare zero, with which an array of any shape begins (`ΔW := 0`)."""
    return type(node) is Number and not float(node.text)


def has_ellipsis(node: Node) -> bool:
    """Whether a member leaves out what goes on alike: its operands are not known then."""
    return any(part.base in ELLIPSES for part in names_in(node))


def is_mapping(target: Node, member: Node) -> bool:
    """Whether a side is `f(x)` of any function, as in "y = f(x)": it maps ℝⁿ to ℝᵐ as well as entry by entry."""
    is_named = type(target) is Name and not any(kind in "[_(" for kind, _ in target.indices)
    is_call = type(member) is Apply and member.op == "activation" and not member.params["order"]
    return is_named and is_call and type(member) is Apply and member.params["name"] in ("f", "g", "h")


def is_constant(node: Node) -> bool:
    """Whether a side is a bare number, which stands for an array of any shape (`dW = 0`)."""
    if type(node) is Apply and node.op == "neg":
        return is_constant(node.args[0])
    return type(node) is Number


def is_open(checked: Checked) -> bool:
    """Whether `δ · x` of two columns stands alone: right for one unit, and else without the transpose that is meant."""
    if len(checked.equation.members) > 1:
        return False
    return all(_is_of_columns(fact) for fact in checked.failures)


def _is_of_columns(fact: Fact) -> bool:
    is_dot = type(fact.node) is Apply and fact.node.op == "dot"
    return is_dot and fact.kind == "inner" and all(map(_is_column, fact.shapes))


def _is_column(shape: Shape) -> bool:
    return len(shape) == 2 and prune(shape[1]) is ONE
