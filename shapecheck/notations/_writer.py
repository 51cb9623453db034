"""Write a tree as text: what has a span as its author wrote it, what has none in the author's style."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..syntax.nodes import NO_PARAMS, NOWHERE, Apply, Name, Node, Number, args_of
from ._precedence import brackets_needed, is_coefficient, is_function, level, sign_of
from ._signs import POSTFIX
from ._style import Style

_LAYERED = re.compile(r"\^\{\s*(?:\[[^][{}]*\]|\([^(){}]*\))\s*\}\Z")
_OF_TWO = frozenset(("product", "matmul", "np_dot", "hadamard"))
"""Rows that a function takes two at a time."""
JOINED = frozenset("concatenate concat cat vstack hstack stack column_stack row_stack dstack multi_dot".split())
"""Functions that join arrays."""
_POSITIONAL = ("shape", "axes", "axis1", "axis2", "reps", "shapes", "first", "last")


class Writer:
    """One writing: the host text and the style."""

    def __init__(self, text: str, style: Style) -> None:
        self.text = text
        self.style = style

    def write(self, node: Node) -> str:
        """The node as text, without brackets of its own."""
        if node.span != NOWHERE:
            return self.text[node.span[0] : node.span[1]]
        if isinstance(node, Name | Number):
            return node.text
        form = None if is_function(node.sign) and node.op != "transpose" else _FORMS.get(node.op)
        if form is not None:
            return form(self, node)
        sign = sign_of(node, self.style)
        if sign is None or is_function(sign):
            return self._call(node, sign or node.sign or node.op)
        return self._infix(node, sign)

    def signed(self, term: Node, parent: Apply) -> str:
        """A term of a sum after another, with its sign: `+ B`, `- B`."""
        if is_open_neg(term) and type(term) is Apply:
            return f"- {self.inside(term.args[0], term, 0)}"
        return f"+ {self.inside(term, parent, 1)}"

    def inside(self, node: Node, parent: Apply, position: int) -> str:
        """The node as text, in brackets where it needs them as that argument."""
        text = self.write(node)
        return f"({text})" if brackets_needed(node, parent, position, self.style) else text

    def value(self, value: Any) -> str:
        """A parameter."""
        if isinstance(value, Name | Number | Apply):
            return self.write(value)
        if isinstance(value, tuple):
            return f"({', '.join(map(self.value, value))}{',' * (len(value) == 1)})"
        return f"'{value}'" if isinstance(value, str) else str(value)

    def _infix(self, node: Apply, sign: str) -> str:
        if node.op == "divide" and is_coefficient(node) and not node.sign and sign == " / ":
            tight = level(node.args[0], self.style) >= POSTFIX and not self.write(node.args[0]).startswith("d")
            sign = "/" if tight else sign
        sign = sign if sign.strip() else " "
        return sign.join(self.inside(arg, node, position) for position, arg in enumerate(node.args))

    def _call(self, node: Apply, name: str) -> str:
        """`np.sum(A, axis=1)`, `A.sum(axis=1)`; a product of many as nested calls."""
        if node.op in _OF_TWO and len(node.args) > 2:
            first = Apply(node.op, node.args[:-1], NO_PARAMS, NOWHERE, name)
            node = Apply(node.op, (first, node.args[-1]), NO_PARAMS, NOWHERE, name)
        texts = [self.value(value) for name, value in node.params.items() if name == "spec"]
        args = (Apply("tuple", node.args),) if len(node.args) > 1 and self._joins(name) else node.args
        given = [*texts, *map(self.write, args), *self._parameters(node.params, name)]
        if "along" in node.params:
            given.insert(1, self.value(node.params["along"]))
        if name[:1] == "." and node.args:
            array = self.inside(node.args[0], Apply("method", node.args), 0)
            return f"{array}{name}({', '.join(given[1:])})"
        return f"{self._function(name)}({', '.join(given)})"

    def _joins(self, name: str) -> bool:
        """Whether a function takes the arrays that it joins as one tuple: a library's does, called by its module."""
        module, _, own = name.rpartition(".")
        return module != "" and own in JOINED

    def _function(self, name: str) -> str:
        return "np.dot" if name == "np_dot" else name.lstrip(".")

    def _parameters(self, params: Mapping[str, Any], function: str) -> list[str]:
        given = ((name, self.value(value)) for name, value in params.items() if name not in ("spec", "along"))
        return [text if name in _POSITIONAL else f"{name}={text}" for name, text in given]


def add(writer: Writer, node: Apply) -> str:
    """The terms of a sum with the signs between them."""
    parts = [writer.write(node.args[0]) if is_open_neg(node.args[0]) else writer.inside(node.args[0], node, 0)]
    parts += [writer.signed(argument, node) for argument in node.args[1:]]
    return " ".join(parts)


def is_open_neg(node: Node) -> bool:
    """Whether a term begins with its minus, and not with a bracket of its author's."""
    return type(node) is Apply and node.op == "neg" and not (node.closed and node.span != NOWHERE)


def subtract(writer: Writer, node: Apply) -> str:
    """A difference, as the sum of one and the negative of the other."""
    return add(writer, Apply("add", (node.args[0], Apply("neg", node.args[1:]))))


def negative(writer: Writer, node: Apply) -> str:
    """What stands after a minus."""
    return f"-{writer.inside(node.args[0], node, 0)}"


def _transpose(writer: Writer, node: Apply) -> str:
    array = writer.inside(node.args[0], node, 0)
    sign = node.sign or writer.style.transpose
    if "axes" in node.params:
        return f"{array}.transpose{writer.value(node.params['axes'])}"
    if is_function(sign) and sign not in ("T", ".t()"):
        name = sign.removesuffix("()")
        return f"{array}{name}()" if name[0] == "." else f"{name}({writer.write(node.args[0])})"
    if sign == "T" and not (array[-1:] in tuple(")]}'") or array[-1:].isdigit()):
        sign = ".T"
    return (None if node.sign else beside_layer(array, sign)) or array + sign


def beside_layer(array: str, sign: str) -> str | None:
    """A transpose beside the layer in its braces: `W^{[2]T}`; None if no layer stands in brackets there."""
    if sign[:1] != "^" or not _LAYERED.search(array):
        return None
    bare = sign[2:-1] if sign[1:2] == "{" and sign[-1] == "}" else sign[1:]
    return f"{array[:-1]}{bare}}}"


def _prime(writer: Writer, node: Apply) -> str:
    return writer.inside(node.args[0], node, 0) + (node.sign or "'")


def _power(writer: Writer, node: Apply) -> str:
    sign = next((each for each in ("**", ".^", "^") if node.sign.startswith(each)), writer.style.power)
    exponent = node.args[1]
    text = writer.write(exponent)
    bare = type(exponent) is not Apply and (sign != "^" or text.isdigit() or len(text) == 1)
    negative = sign != "^" and type(exponent) is Apply and exponent.op == "neg" and type(exponent.args[0]) is Number
    closed = text if bare or negative else f"({text})"
    return writer.inside(node.args[0], node, 0) + sign + closed


def _superscript(writer: Writer, node: Apply) -> str:
    exponent = node.args[1]
    text = "".join(writer.write(exponent).split())
    return writer.inside(node.args[0], node, 0) + (f"^{text}" if type(exponent) is not Apply else f"^{{{text}}}")


def _called(writer: Writer, node: Apply) -> str:
    function = writer.inside(node.args[0], node, 0) if type(node.args[0]) is Name else writer.write(node.args[0])
    return f"{function}{node.sign}({_given(writer, node)})"


def _given(writer: Writer, node: Apply) -> str:
    keywords = node.params.get("keywords", NO_PARAMS)
    given = [writer.write(argument) for argument in node.args[1:]]
    return ", ".join([*given, *(f"{name}={writer.write(value)}" for name, value in keywords.items())])


def _method(writer: Writer, node: Apply) -> str:
    return f"{writer.inside(node.args[0], node, 0)}.{node.params['method']}({_given(writer, node)})"


def _slice(writer: Writer, node: Apply) -> str:
    """A slice: surface items are arguments, settled ones a parameter."""
    items = [_item(writer, item) for item in node.params.get("items", node.args[1:])]
    return f"{writer.inside(node.args[0], node, 0)}[{', '.join(items)}]"


def _item(writer: Writer, item: Any) -> str:
    if isinstance(item, tuple) and item[:1] == ("range",):
        return _bounds(writer, *item[1:])
    return writer.value(item)


def _range(writer: Writer, node: Apply) -> str:
    return _bounds(writer, *(node.params.get(part) for part in ("start", "stop", "step")))


def _bounds(writer: Writer, start: Any, stop: Any, step: Any) -> str:
    parts = ["" if part is None else writer.value(part) for part in (start, stop, step)]
    return ":".join(parts if parts[2] else parts[:2])


def _block(writer: Writer, node: Apply) -> str:
    """Rows between semicolons; settled blocks have their items in a row and their lengths as a parameter."""
    if "rows" not in node.params:
        rows = [args_of(row, "row") for row in node.args]
    else:
        items = iter(node.args)
        rows = [tuple(next(items) for _ in range(length)) for length in node.params["rows"]]
    return f"[{'; '.join(', '.join(map(writer.write, row)) for row in rows)}]"


def _sigma(writer: Writer, node: Apply) -> str:
    index, low, high = (node.params.get(part) for part in ("index", "low", "high"))
    below = f"{index}={writer.write(low)}" if low else index or ""
    bounds = f"_{{{below}}}" if below else ""
    above = f"^{{{writer.write(high)}}}" if high else ""
    return f"∑{bounds}{above} {writer.inside(node.args[0], node, 0)}"


def _norm(writer: Writer, node: Apply) -> str:
    below = f"_{node.params['ord']}" if node.params.get("ord") else ""
    text = writer.write(node.args[0])
    return f"‖({text})‖{below}" if "‖" in text else f"‖{text}‖{below}"


def _angled(writer: Writer, node: Apply) -> str:
    if node.sign.strip() == ":":
        return writer._infix(node, node.sign)
    inner = ", ".join(map(writer.write, node.args))
    return f"E[{inner}]" if node.sign == "E" else f"⟨{inner}⟩"


def _abs(writer: Writer, node: Apply) -> str:
    return f"abs({writer.write(node.args[0])})" if node.sign else f"|{writer.write(node.args[0])}|"


def _compare(writer: Writer, node: Apply) -> str:
    sign = f" {node.params.get('sign', '>')} "
    return sign.join(writer.inside(argument, node, position) for position, argument in enumerate(node.args))


def _derivative(writer: Writer, node: Apply) -> str:
    top, below = map(writer.write, node.args)
    return f"d{top}/d{below}" if node.sign == "d" else f"∂{top}/∂{below}"


def _string(writer: Writer, node: Apply) -> str:
    text = node.params["text"]
    return f'"{text}"' if "'" in text else f"'{text}'"


def _activation(writer: Writer, node: Apply) -> str:
    return f"{node.params['name']}{chr(39) * node.params.get('order', 0)}({writer.write(node.args[0])})"


_FORMS: Mapping[str, Callable[[Writer, Apply], str]] = {
    "add": add, "subtract": subtract, "neg": negative, "compare": _compare,
    "power": _power, "superscript": _superscript,
    "transpose": _transpose, "starred": _transpose, "prime": _prime, "primed": _prime,
    "call": _called, "called": _called, "method": _method,
    "slice": _slice, "range": _range, "block": _block,
    "pairing": _angled, "expectation": _angled,
    "pinv": lambda writer, node: writer.inside(node.args[0], node, 0) + (node.sign or "^+"),
    "sigma": _sigma, "sum_over": _sigma, "norm": _norm, "abs": _abs, "bars": _abs,
    "derivative": _derivative, "jacobian": _derivative,
    "string": _string, "activation": _activation,
    "star": lambda writer, node: f"*{writer.inside(node.args[0], Apply('transpose', node.args), 0)}",
    "missing": lambda writer, node: "?",
    "shape_of": lambda writer, node: f"{writer.write(node.args[0])}.shape",
    "dimension": lambda writer, node: f"{writer.write(node.args[0])}.shape[{node.params['axis']}]",
    "inverse": lambda writer, node: writer.inside(node.args[0], node, 0) + (node.sign or "^-1"),
    "attribute": lambda writer, node: f"{writer.inside(node.args[0], node, 0)}.{node.params['name']}",
    "row": lambda writer, node: ", ".join(map(writer.write, node.args)),
    "tuple": lambda writer, node: f"({', '.join(map(writer.write, node.args))}{',' * (len(node.args) == 1)})",
    "unknown": lambda writer, node: f"{node.params.get('name', '?')}({', '.join(map(writer.write, node.args))})",
    "masked": lambda writer, node: f"{writer.inside(node.args[0], node, 0)}[{writer.write(node.args[1])}]",
}  # fmt: skip


def write_inside(writer: Writer, node: Node, parent: Apply, position: int) -> str:
    """The text to put in place of the argument at `position` of `parent`, in brackets where it needs them.

    The span of a subtracted term holds its sign, so that the text that replaces one begins with a sign.
    """
    if parent.op == "add" and position and is_open_neg(parent.args[position]):
        return writer.signed(node, parent)
    if parent.op == "add" and position and is_open_neg(node):
        return f"({writer.write(node)})"
    return writer.inside(node, parent, position)
