"""Find the names that are numbers by what they are assigned: `d_k = 64`, `d_k = k.shape[-1]`, `d_k = d // h`."""

from __future__ import annotations

from ..ops import is_a
from ..symbols._greek import with_letters
from ..syntax.nodes import Apply, Name, Node, Number

_COUNTING = frozenset(("len", "int", "size", "numel"))
"""Functions and methods whose results are numbers of something."""
_START = frozenset(("0", "1", "0.0", "1.0", "0.", "1."))
"""With what a sum of gradients begins, or the gradients themselves."""


def is_number(node: Node) -> bool:
    """Whether what is assigned is a number, and none with which a gradient may begin."""
    if type(node) is Number:
        return node.text not in _START
    if type(node) is not Apply:
        return False
    if node.op == "divide" and "//" in node.sign:
        return True
    if node.op == "slice":
        return type(node.args[0]) is Apply and node.args[0].op == "attribute" and node.args[0].params["name"] == "shape"
    if node.op == "call":
        return type(node.args[0]) is Name and (node.args[0].base in _COUNTING or all(map(is_number, node.args[1:])))
    return _is_of_numbers(node) and all(map(is_number, node.args))


def _is_of_numbers(node: Apply) -> bool:
    return is_a(node, "arithmetic", "power") or node.op == "superscript"


def may_be_number(node: Node) -> bool:
    """Whether what is assigned is computed as numbers are: no product of arrays, and nothing that makes one."""
    if type(node) is not Apply or is_number(node):
        return True
    if node.op == "product" and sum(type(factor) is not Number for factor in node.args) > 1:
        return False
    return _is_of_numbers(node) and all(map(may_be_number, node.args))


def is_small_letter(base: str) -> bool:
    """Whether a base is a small letter, or the name of a Greek one."""
    letter = with_letters(base)
    return len(letter) == 1 and letter.islower()
