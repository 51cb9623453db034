r"""Write a tree in LaTeX: what has a span as its author wrote it, what has none with `\frac`, `^T`, `\odot`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ...syntax.nodes import NO_PARAMS, NOWHERE, Apply, Name, Node, args_of
from .._precedence import brackets_needed, is_function
from .._writer import Writer, beside_layer
from ._scripts import group
from ._spelling import function, spelled

_BRACED = re.compile(r"\^\{[^{}]*\}\Z")
_TALL = re.compile(r"\\(?:[dt]?frac|sqrt|nabla_?|partial|sum)")
_POSTFIXED = ("transpose", "inverse", "prime", "power", "superscript", "slice", "method", "attribute")


class LatexWriter(Writer):
    """One writing: the host text and the style."""

    def write(self, node: Node) -> str:
        """The node as text, without brackets of its own."""
        if node.span != NOWHERE:
            return self.text[node.span[0] : node.span[1]]
        if type(node) is Name:
            return spelled(node)
        if type(node) is Apply and (form := self._form(node)) is not None:
            return form(self, node)
        return super().write(node)

    def _form(self, node: Apply) -> Callable[[LatexWriter, Apply], str] | None:
        if node.op == "divide":
            return _fraction if self.is_fraction(node) else None
        if is_function(node.sign) and node.op not in ("transpose", "derivative", "jacobian"):
            return None
        return _FORMS.get(node.op)

    def is_fraction(self, node: Node) -> bool:
        """Whether a node is written with a bar."""
        return type(node) is Apply and node.op == "divide" and (node.sign or self.style.divide) == "\\frac"

    def inside(self, node: Node, parent: Apply, position: int) -> str:
        """The node as text, in brackets where it needs them as that argument."""
        text = self.write(node)
        if parent.op in _POSTFIXED and position == 0 and text[:1] == "\\" and _is_tall(text):
            return f"({text})"
        if self.is_fraction(parent) or self.is_fraction(node):
            return text
        return f"({text})" if brackets_needed(node, parent, position, self.style) else text

    def _infix(self, node: Apply, sign: str) -> str:
        if node.op in ("dot", "either") and not node.sign:
            sign = " \\cdot "
        if node.op == "otimes" and not node.sign:
            sign = " \\otimes "
        sign = f" {sign.strip()} " if sign.strip()[:1] == "\\" else sign if sign.strip() else " "
        return sign.join(self.inside(arg, node, position) for position, arg in enumerate(node.args))

    def above(self, text: str, sign: str) -> str:
        """What a text is with a sign above it; what has one already goes into braces, or takes it inside of its own."""
        if sign[-1:] == "}" and sign[0] != "^":
            if _BRACED.search(text):
                return text[:-1] + sign
            sign = sign[:-1].strip()
            sign = f"^{sign}" if len(sign) == 1 or sign[:1] == "\\" else f"^{{{sign}}}"
        if sign[:1] == "^" and _has_script(text):
            return f"{{{text}}}{sign}"
        return text + sign


def _is_tall(text: str) -> bool:
    """Whether a sign after a text would not be taken for one above all of it; it is for `\\nabla_W`, a name."""
    found = _TALL.match(text)
    if found is None or found[0] != "\\nabla_":
        return found is not None
    at = found.end()
    return (group(text, at) if text[at : at + 1] == "{" else at + 1) != len(text)


def _has_script(text: str) -> bool:
    """Whether a superscript or a prime stands outside of all brackets."""
    depth = 0
    for sign in text:
        depth += (sign in "{([") - (sign in "])}")
        if depth <= 0 and sign in "^'":
            return True
    return False


def _transpose(writer: LatexWriter, node: Apply) -> str:
    sign = node.sign or writer.style.transpose
    if is_function(sign) and sign not in ("T", ".t()") and sign[-1] != "}":
        return Writer.write(writer, node)
    array = writer.inside(node.args[0], node, 0)
    if sign in ("T", "ᵀ", "'") and not array.endswith((")", "]", "}")):
        sign = "^T"
    return (None if node.sign else beside_layer(array, sign)) or writer.above(array, sign)


def _inverse(writer: LatexWriter, node: Apply) -> str:
    sign = node.sign if node.sign[:2] == "^{" else "^{-1}"
    return writer.above(writer.inside(node.args[0], node, 0), sign)


def _prime(writer: LatexWriter, node: Apply) -> str:
    inner = node.args[0]
    text = function(inner) if type(inner) is Name and inner.span == NOWHERE else writer.inside(inner, node, 0)
    return writer.above(text, node.sign or "'")


def _power(writer: LatexWriter, node: Apply) -> str:
    if (node.sign or writer.style.power)[:2] == "**":
        exponent = writer.write(node.args[1])
        closed = type(node.args[1]) is not Apply
        return f"{writer.inside(node.args[0], node, 0)}**{exponent if closed else f'({exponent})'}"
    return _superscript(writer, node)


def _superscript(writer: LatexWriter, node: Apply) -> str:
    text = writer.write(node.args[1])
    sign = f"^{text}" if len(text) == 1 else f"^{{{text}}}"
    return writer.above(writer.inside(node.args[0], node, 0), sign)


def _fraction(writer: LatexWriter, node: Apply) -> str:
    return f"\\frac{{{writer.write(node.args[0])}}}{{{writer.write(node.args[1])}}}"


def _derivative(writer: LatexWriter, node: Apply) -> str:
    top, below = map(writer.write, node.args)
    if node.sign == "∇":
        return f"\\nabla_{{{below}}} {top}"
    if node.sign == "∂/":
        return f"\\partial {top} / \\partial {below}"
    sign = "d" if node.sign == "d" else "\\partial "
    return f"\\frac{{{sign}{top}}}{{{sign}{below}}}"


def _called(writer: LatexWriter, node: Apply) -> str:
    name, *args = node.args
    if type(name) is Name and name.base == "sqrt" and len(args) == 1 and not node.params:
        return f"\\sqrt{{{writer.write(args[0])}}}"
    bare = function(name) if type(name) is Name and name.span == NOWHERE else writer.write(name)
    keywords = node.params.get("keywords", NO_PARAMS)
    given = [*map(writer.write, args), *(f"{key}={writer.write(value)}" for key, value in keywords.items())]
    return f"{bare}({', '.join(given)})"


def _sigma(writer: LatexWriter, node: Apply) -> str:
    index, low, high = (node.params.get(part) for part in ("index", "low", "high"))
    below = f"{index}={writer.write(low)}" if low else index
    bounds = f"_{{{below}}}" if below else ""
    above = f"^{{{writer.write(high)}}}" if high else ""
    return f"\\sum{bounds}{above} {writer.inside(node.args[0], node, 0)}"


def _norm(writer: LatexWriter, node: Apply) -> str:
    text = writer.write(node.args[0])
    text = f"({text})" if "|" in text or "Vert" in text else text
    below = f"_{{{node.params['ord']}}}" if node.params.get("ord") else ""
    return f"\\|{text}\\|{below}"


def _abs(writer: LatexWriter, node: Apply) -> str:
    text = writer.write(node.args[0])
    return f"|({text})|" if "|" in text or "vert" in text else f"|{text}|"


def _block(writer: LatexWriter, node: Apply) -> str:
    if "rows" in node.params:
        items = iter(node.args)
        rows = [tuple(next(items) for _ in range(length)) for length in node.params["rows"]]
    else:
        rows = [args_of(row, "row") for row in node.args]
    lines = (" & ".join(map(writer.write, row)) for row in rows)
    body = " \\\\ ".join(lines)
    return f"\\begin{{bmatrix}} {body} \\end{{bmatrix}}"


def _activation(writer: LatexWriter, node: Apply) -> str:
    primes = "'" * node.params.get("order", 0)
    return f"{writer.above(node.params['name'], primes)}({writer.write(node.args[0])})"


_COMPARED = {"==": "=", "<=": "\\le", ">=": "\\ge", "!=": "\\ne", "≤": "\\le", "≥": "\\ge", "≠": "\\ne"}


def _compare(writer: LatexWriter, node: Apply) -> str:
    sign = node.params.get("sign", ">")
    return f" {_COMPARED.get(sign, sign)} ".join(writer.inside(arg, node, place) for place, arg in enumerate(node.args))


_FORMS: Mapping[str, Callable[[LatexWriter, Apply], str]] = {
    "transpose": _transpose, "starred": _transpose,
    "inverse": _inverse, "prime": _prime, "primed": _prime, "power": _power,
    "superscript": _superscript, "bars": _abs, "sum_over": _sigma,
    "derivative": _derivative, "jacobian": _derivative, "call": _called, "called": _called, "sigma": _sigma,
    "norm": _norm, "abs": _abs,
    "block": _block, "activation": _activation, "compare": _compare,
}  # fmt: skip
"""How each operation is written anew, where not as in plain text."""
