"""Functions that are written out, by their names: `1 / (1 + exp(-Z))` is `sigmoid(Z)`."""

from __future__ import annotations

from ..ops import is_a
from ..syntax.nodes import Apply, Node, Number
from ._terms import key


def recognised(node: Node) -> Node:
    """The tree with its sigmoids, softmaxes and rectifiers as such; itself where there are none."""
    if type(node) is not Apply:
        return node
    args = tuple(map(recognised, node.args))
    if any(after is not before for after, before in zip(args, node.args, strict=True)):
        node = Apply(node.op, args, node.params, node.span, node.sign, node.closed)
    match node.op:
        case "divide":
            return _sigmoid(node) or _softmax(node) or node
        case "maximum":
            return _rectifier(node) or node
    return node


def _sigmoid(node: Apply) -> Node | None:
    above, below = node.args
    if not _is(above, "1") or type(below) is not Apply or below.op != "add" or len(below.args) != 2:
        return None
    one, grown = below.args if _is(below.args[0], "1") else below.args[::-1]
    argument = _argument(grown, "exp")
    inner = None if argument is None else _argument(argument, "neg")
    return Apply("sigmoid", (inner,)) if _is(one, "1") and inner is not None else None


def _softmax(node: Apply) -> Node | None:
    """The exponentials over their sum, what is subtracted first being the largest of them."""
    above, below = node.args
    argument = _argument(above, "exp")
    if argument is None or type(below) is not Apply or below.op != "sum" or key(below.args[0]) != key(above):
        return None
    axis, keeps = below.params.get("axis"), below.params.get("keepdims", False)
    if not isinstance(axis, int) or not (keeps is True or axis == 0):
        return None
    return Apply("softmax", (_unshifted(argument, axis),), {"axis": axis})


def _unshifted(argument: Node, axis: int) -> Node:
    if not is_a(argument, "sum") or len(argument.args) != 2:
        return argument
    first, second = argument.args
    largest = _argument(second, "neg") if argument.op == "add" else second
    of = None if largest is None else _argument(largest, "max")
    alike = of is not None and key(of) == key(first) and largest.params.get("axis") in (axis, None)  # type: ignore[union-attr]
    return first if alike else argument


def _rectifier(node: Apply) -> Node | None:
    zero, other = node.args if _is(node.args[0], "0") else node.args[::-1]
    return Apply("relu", (other,)) if _is(zero, "0") else None


def _is(node: Node, number: str) -> bool:
    return type(node) is Number and node.text in (number, f"{number}.", f"{number}.0")


def _argument(node: Node, op: str) -> Node | None:
    """The argument of an operation, None if a node is another."""
    return node.args[0] if type(node) is Apply and node.op == op and node.args else None
