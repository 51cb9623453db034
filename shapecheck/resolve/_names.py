"""Names with a bare superscript: `W²` and `Wˡ⁻¹`, as names with a layer."""

from __future__ import annotations

from ..ops import is_a
from ..syntax.nodes import Apply, Index, Name, Node, Number


def layered_name(node: Apply) -> Name | None:
    """The name with its bare superscript as a layer."""
    name, exponent = node.args
    text = exponent_text(exponent)
    if type(name) is not Name or text is None:
        return None
    spelled = name.text + node.sign if node.sign else f"{name.text}^{text}"
    return Name(spelled, name.base, (*name.indices, Index("[", text)), node.span)


def exponent_text(node: Node) -> str | None:
    """A layer's text for an exponent: `2`, `l`, `l-1`; None for any other."""
    if type(node) is Number and node.text.isdecimal():
        return node.text
    if type(node) is Name:
        return node.text if not node.indices else None
    if type(node) is Apply and is_a(node, "sum") and node.op != "subtract":
        parts = [exponent_text(argument) for argument in node.args]
        if None in parts:
            return None
        return "-" + str(parts[0]) if node.op == "neg" else "+".join(map(str, parts)).replace("+-", "-")
    return None
