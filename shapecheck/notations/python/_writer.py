"""Write a tree as Python: `@` and `*` of one level, brackets where Python's precedence needs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ...syntax.nodes import NOWHERE, Apply, Node, Number
from .._precedence import is_function, sign_of
from .._style import Style
from .._writer import JOINED, Writer, add, is_open_neg, negative, subtract

CONDITIONAL, COMPARE, BITS, SUM, PRODUCT, UNARY, POWER, POSTFIX, ATOM = range(9)
_LEVELS = {
    "join": CONDITIONAL, "compare": COMPARE, "logical_and": BITS, "logical_or": BITS, "logical_not": UNARY,
    "add": SUM, "subtract": SUM,
    "hadamard": PRODUCT, "matmul": PRODUCT, "product": PRODUCT, "divide": PRODUCT,
    "remainder": PRODUCT, "floor_divide": PRODUCT,
    "neg": UNARY, "power": POWER,
}  # fmt: skip
_SIGNS = {"remainder": " % ", "floor_divide": " // ", "logical_and": " & ", "logical_or": " | "}
_JOINING = frozenset(("add", "hadamard", "matmul", "logical_and", "logical_or"))
"""Operations that join what stands in front of them unless it is in brackets; `&` and `|` are of two levels."""
_POSTFIXES = frozenset(("transpose", "method", "attribute", "slice", "masked", "dimension", "shape_of", "call"))
_FUNCTIONS = {"inverse": "np.linalg.inv", "norm": "np.linalg.norm", "abs": "np.abs", "stack": "np.array"}


_TORCH = re.compile(r"(?<!import )(?<!from )\btorch\.\w|\b(?:dim|keepdim)=")
_NUMPY = re.compile(r"\bnp\.\w|\baxis=")
"""What stands only in a text written for torch, and for numpy; an import says of neither."""
_OF_TORCH = {"axis": "dim", "keepdims": "keepdim"}
_ONLY_TORCH = frozenset((".norm", ".softmax", ".log_softmax", ".logsumexp"))
"""Methods that an array of numpy has not."""


class PythonWriter(Writer):
    """One writing in Python, with torch's names where the text is written for torch."""

    def __init__(self, text: str, style: Style) -> None:
        super().__init__(text, style)
        self._is_torch = _TORCH.search(text) is not None and _NUMPY.search(text) is None

    def write(self, node: Node) -> str:
        """The node as text, without brackets of its own."""
        if type(node) is not Apply or node.span != NOWHERE:
            return super().write(node)
        form = _FORMS.get(node.op)
        spelled = is_function(node.sign)
        if form is not None and not (spelled and node.op in _LEVELS):
            return form(self, node)
        if spelled or node.op == "compare" or node.op not in _LEVELS:
            return super().write(node)
        sign = sign_of(node, self.style) or _SIGNS[node.op]
        if is_function(sign):
            return self._call(node, sign)
        sign = sign if sign.strip() else " @ "
        return sign.join(self.inside(arg, node, place) for place, arg in enumerate(node.args))

    def inside(self, node: Node, parent: Apply, position: int) -> str:
        """The node as text, in brackets where Python would read it otherwise as that argument."""
        text = self.write(node)
        return f"({text})" if self._level(node) < self._least(parent, position, node) else text

    def _level(self, node: Node) -> int:
        """How tightly a node holds together as it is written."""
        return ATOM if self._is_called(node) else _level(node)

    def _least(self, parent: Apply, position: int, child: Node) -> int:
        """The level that an argument must have to stand there without brackets."""
        sign = parent.sign or sign_of(parent, self.style) or ""
        if not is_function(sign):
            return _least(parent, position, child)
        return POSTFIX if sign[0] == "." and not position else 0

    def _is_called(self, node: Node) -> bool:
        """Whether a node without a text of its own is written as a call: by its own sign, or by its author's habit."""
        if type(node) is not Apply or node.span != NOWHERE or node.op not in _LEVELS:
            return False
        return is_function(node.sign or sign_of(node, self.style) or "")

    def _parameters(self, params: Mapping[str, Any], function: str) -> list[str]:
        module, dot, _ = function.partition(".")
        is_torch = module in ("torch", "F", "nn") if module and dot else self._is_torch or function in _ONLY_TORCH
        if is_torch:
            names = {**_OF_TORCH, "ord": "p"} if function in (".norm", "torch.norm") else _OF_TORCH
            params = {names.get(name, name): value for name, value in params.items()}
        return super()._parameters(params, function)

    def _joins(self, name: str) -> bool:
        return name.rpartition(".")[2] in JOINED

    def _function(self, name: str) -> str:
        """A function by its whole name; what was a method is one of the library's."""
        library = "torch" if self._is_torch else "np"
        return f"{library}.{name.removeprefix('np_').lstrip('.')}" if name == "np_dot" or name[:1] == "." else name

    def signed(self, term: Node, parent: Apply) -> str:
        """A term of a sum after another, with its sign: a product needs no brackets after a minus."""
        inner = term.args[0] if type(term) is Apply and is_open_neg(term) else term
        if inner is term or self._level(inner) < PRODUCT:
            return super().signed(term, parent)
        return f"- {self.write(inner)}"


def _level(node: Node) -> int:
    """How tightly a node holds together as it is written."""
    if type(node) is not Apply:
        return POWER if type(node) is Number else ATOM
    if (node.closed and node.span != NOWHERE) or (is_function(node.sign) and node.op != "transpose"):
        return ATOM
    if node.op == "join" and "test" not in node.params:
        return ATOM
    return _LEVELS.get(node.op, ATOM)


def _least(parent: Apply, position: int, child: Node) -> int:
    """The level that an argument must have to stand there without brackets."""
    if parent.op in _POSTFIXES:
        return 0 if position else POSTFIX
    level = _LEVELS.get(parent.op)
    if level is None or is_function(parent.sign):
        return 0
    if level == POWER:
        return UNARY if position else POSTFIX
    if level in (UNARY, COMPARE):
        return level if level == UNARY else BITS
    alike = type(child) is Apply and (child.op == parent.op) is (level != BITS)
    joins = alike and parent.op in _JOINING
    return level + 1 if position or joins or level == CONDITIONAL else level


def _join(writer: PythonWriter, node: Apply) -> str:
    test: Any = node.params.get("test")
    if test is None:
        return f"({' or '.join(writer.inside(each, node, 1) for each in node.args)})"
    return f"{writer.inside(node.args[0], node, 0)} if {test} else {writer.inside(node.args[1], node, 1)}"


def _function(writer: PythonWriter, node: Apply) -> str:
    name = node.sign if is_function(node.sign) else _FUNCTIONS[node.op]
    parts = [writer.write(each) for each in node.args]
    return f"{name}([{', '.join(parts)}])" if node.op == "stack" else f"{name}({', '.join(parts)})"


def _block(writer: PythonWriter, node: Apply) -> str:
    """The rows of blocks as lists in a list."""
    items = iter(node.args)
    rows = [[writer.write(next(items)) for _ in range(length)] for length in node.params.get("rows", (len(node.args),))]
    return f"[{', '.join('[' + ', '.join(row) + ']' for row in rows)}]"


def _nested_block(writer: PythonWriter, node: Apply) -> str:
    """numpy's `block` of its rows; of one row that is not a list in a list its items alone."""
    whole = _block(writer, node)
    return f"{node.sign}({whole if node.params.get('nested') else whole[1:-1]})"


def _between_brackets(writer: PythonWriter, node: Apply) -> str:
    """`np.c_[x, y]`."""
    return f"{node.sign}[{', '.join(map(writer.write, node.args))}]"


def _number_array(writer: PythonWriter, node: Apply) -> str:
    return writer._call(node, node.sign if node.sign.rpartition(".")[2] in ("zeros", "empty") else "np.zeros")


_FORMS: Mapping[str, Callable[[PythonWriter, Apply], str]] = {
    "add": add, "subtract": subtract, "neg": negative, "join": _join,
    "inverse": _function, "abs": _function, "stack": _function, "block": _block,
    "zeros": _number_array,
    "nested_block": _nested_block, "c_": _between_brackets, "r_": _between_brackets,
    "logical_not": lambda writer, node: f"~{writer.inside(node.args[0], node, 0)}",
    "power": lambda writer, node: f"{writer.inside(node.args[0], node, 0)}**{writer.inside(node.args[1], node, 1)}",
    "called": lambda writer, node: f"{node.sign}({', '.join(map(writer.write, node.args[1:]))})",
    "unknown": lambda writer, node: f"{node.params.get('name', 'unknown')}({', '.join(map(writer.write, node.args))})",
}  # fmt: skip
