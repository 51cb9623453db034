"""Tell what stands with a bracket behind it: `z(2)` and `W(l)` are names with an index, `h(t)` and `f(x)` values."""

from __future__ import annotations

from ..syntax.nodes import Apply, Index, Name, Node, Number

_LETTERS = frozenset("lLij")
"""Letters of layers and of examples: their arrays are told apart; what else is in a bracket leaves the shape alone."""


def index_text(node: Node) -> str:
    """The text of an index: a name, a number, a sum of them; empty for any other."""
    if type(node) is Name or type(node) is Number:
        return node.text
    if type(node) is Apply and node.op == "neg":
        text = index_text(node.args[0])
        return text and f"-{text}"
    if type(node) is Apply and node.op == "add":
        texts = [index_text(each) for each in node.args]
        return "+".join(texts).replace("+-", "-") if all(texts) else ""
    return ""


def function_of(node: Node) -> Name | None:
    """The name before a bracket; None of anything else."""
    is_call = type(node) is Apply and node.op == "call" and not node.params
    return node.args[0] if is_call and type(node) is Apply and type(node.args[0]) is Name else None


def indexed(node: Apply) -> Name | None:
    """A call as a name whose index stands in the bracket, `z(2)`, `a(l-1)`; None where it can be none."""
    text = index_text(node.args[1]) if len(node.args) == 2 else ""
    if not (text[:1].isdecimal() or text[:1] in _LETTERS) or (text[1:2].isalpha()):
        return None
    return at_step(node)


def at_step(node: Apply) -> Name | None:
    """A call as a name with whatever index stands in the bracket, `x(k+1)`."""
    function, text = function_of(node), index_text(node.args[1]) if len(node.args) == 2 else ""
    if function is None or not text:
        return None
    return Name(f"{function.text}({text})", function.base, (*function.indices, Index("(", text)), node.span)
