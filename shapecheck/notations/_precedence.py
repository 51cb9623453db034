"""When a node needs brackets: `brackets_needed(child, parent, position, style)`."""

from __future__ import annotations

from ..syntax.nodes import Apply, Name, Node, Number
from ._infixes import divides
from ._signs import ATOM, COEFFICIENT, COMPARE, ELEMENTWISE, LEVELS, POSTFIX, POWER, PRODUCT, SUM, TERM
from ._style import Style

_POSTFIX = ("transpose", "inverse", "prime", "superscript", "method", "attribute", "slice")
_SIGMAS = ("sigma", "sum_over")
_LEVEL = {
    "add": SUM, "subtract": SUM, "neg": TERM, **dict.fromkeys(_SIGMAS, TERM), "compare": COMPARE,
    "power": POWER, "matrix_power": POWER,
    **dict.fromkeys(("transpose", "starred", "inverse", "prime", "primed", "superscript"), POSTFIX),
}  # fmt: skip
_DEFAULT_SIGNS = {
    "dot": " · ",
    "either": " · ",
    "otimes": " ⊗ ",
    "kron": " ⊗ ",
    "left_divide": " \\ ",
    "right_divide": " / ",
    **dict.fromkeys(("product", "matmul", "hadamard", "divide"), ""),
}


def sign_of(node: Apply, style: Style) -> str | None:
    """The sign between a node's arguments; None if it has none and is written as a call."""
    if node.op == "np_dot":
        return None
    sign = node.sign
    if not sign:
        match node.op:
            case "product":
                return style.product
            case "matmul":
                return style.matmul
            case "hadamard":
                return style.elementwise
            case "divide":
                return style.divide
        return _DEFAULT_SIGNS.get(node.op)
    if sign.strip() in LEVELS and (sign.strip() or node.op in _DEFAULT_SIGNS):
        return sign
    return None


def is_function(sign: str) -> bool:
    """Whether a sign is the name of a function or method."""
    return (sign[:1].isalpha() and sign != "ᵀ") or (sign[:1] == "." and sign[1:2].isalpha() and sign != ".T")


def level(node: Node, style: Style) -> int:
    """How tightly a node holds together as it is written."""
    if type(node) is not Apply:
        return TERM if type(node) is Number and node.text[:1] == "-" else ATOM
    if node.closed and node.span[1]:
        return ATOM
    if is_function(node.sign):
        return ATOM
    fixed = _LEVEL.get(node.op)
    if fixed is not None:
        return fixed
    sign = sign_of(node, style)
    if sign is None or is_function(sign):
        return ATOM
    if node.args and _is_open_sigma(node.args[-1]):
        return TERM
    if sign.strip() in ("", "·") and node.args and is_coefficient(node.args[0]):
        return COEFFICIENT
    return LEVELS.get(sign.strip(), PRODUCT)


def _is_open_sigma(node: Node) -> bool:
    return type(node) is Apply and node.op in _SIGMAS and not node.closed


def is_coefficient(node: Node) -> bool:
    """Whether a quotient stands without brackets at the head of a product: `1/m`, `λ/(2m)`."""
    if type(node) is not Apply or node.op != "divide" or node.closed or is_function(node.sign):
        return False
    return all(type(part) is not Apply or part.closed or part.op in ("add", "product") for part in node.args)


def minimum(parent: Apply, position: int, style: Style) -> int:
    """The level that an argument must have to stand there without brackets."""
    op = parent.op
    if op in ("add", "neg"):
        return TERM
    if op == "compare":
        return SUM if position else COMPARE
    if op in ("power", "matrix_power"):
        return POSTFIX
    if op == "pinv" and not is_function(parent.sign):
        return ATOM
    if op in _POSTFIX:
        return 0 if position else POSTFIX
    if op in _SIGMAS:
        return ELEMENTWISE
    sign = sign_of(parent, style)
    if sign is None or is_function(sign):
        return POSTFIX if sign and sign[0] == "." and not position else 0
    if LEVELS.get(sign.strip(), PRODUCT) == PRODUCT:
        return POWER if position else PRODUCT
    return ELEMENTWISE if not position else POWER if op == "divide" else PRODUCT


def brackets_needed(child: Node, parent: Apply, position: int, style: Style) -> bool:
    """Whether a node, written as an argument of `parent`, would be read otherwise without brackets."""
    if type(child) is not Apply:
        return level(child, style) < minimum(parent, position, style)
    if child.closed and child.span[1]:
        return False
    sign = sign_of(parent, style)
    if sign is None or is_function(sign) or is_function(child.sign):
        return level(child, style) < minimum(parent, position, style) or (child.op == "neg" == parent.op)
    if position and position == len(parent.args) - 1 and child.op in _SIGMAS and parent.op != "divide":
        return False
    if not position and LEVELS.get(sign.strip()) == PRODUCT and is_coefficient(child):
        return not _divides_what_follows(child, parent, style)
    same = child.op == parent.op and (sign_of(child, style) or "").strip() == sign.strip()
    if not position and same and child.op in ("hadamard", "matmul", "product"):
        return True
    return level(child, style) < minimum(parent, position, style)


def _divides_what_follows(child: Apply, parent: Apply, style: Style) -> bool:
    """Whether the quotient stays one before the next factor: a name before a bracket may be read as a function."""
    below, following = child.args[-1], parent.args[1]
    if type(below) is not Name:
        return True
    closed = type(following) is Apply and (following.closed or brackets_needed(following, parent, 1, style))
    return not closed or divides(below.text, True)
