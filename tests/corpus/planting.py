"""Plant single mistakes in documents: `planted(path)` gives a document's variants, each with one slip in one gradient.

The slips are those that people make: a transpose dropped or added, two factors swapped, another axis, another kind of
product. They are planted in the text by its own look, with nothing of the program that has to find them.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple


class Slip(NamedTuple):
    """A stretch of a text that is written anew, and what kind of slip that is."""

    start: int
    end: int
    text: str
    kind: str


class Planted(NamedTuple):
    """A document with one slip: its text, the cell and line of the slip, its kind, and the right formula's line."""

    text: str
    cell: int | None
    line: int
    kind: str
    right: str
    wrong: str


def planted(name: str, text: str) -> Iterator[Planted]:
    """Every variant of a document with a single slip in a gradient."""
    if name.endswith(".ipynb"):
        yield from _in_cells(text)
    else:
        slips = in_code(text) if name.endswith(".py") else in_mathematics(text)
        yield from (_variant(text, slip, None) for slip in slips)


def _variant(text: str, slip: Slip, cell: int | None) -> Planted:
    changed = text[: slip.start] + slip.text + text[slip.end :]
    line = text.count("\n", 0, slip.start)
    return Planted(changed, cell, line + 1, slip.kind, text.split("\n")[line], changed.split("\n")[line])


def _in_cells(text: str) -> Iterator[Planted]:
    notebook = json.loads(text)
    for number, cell in enumerate(notebook["cells"], 1):
        before = cell["source"]
        source = before if isinstance(before, str) else "".join(before)
        slips = in_code(source) if cell["cell_type"] == "code" else in_mathematics(source)
        for slip in slips if cell["cell_type"] in ("code", "markdown") else ():
            there = _variant(source, slip, number)
            cell["source"] = there.text
            yield there._replace(text=json.dumps(notebook, ensure_ascii=False, indent=1))
        cell["source"] = before


# Code

_GRADIENT_NAME = re.compile(
    r"(?:.*[._\"'\[])?(?:d(?:[A-Z]|_?[a-zA-Z]\d?$|_[a-z]\w*|out|scores|hidden|logits|inputs?|weights?|bias|[xhzwba]\w?\d?$)\w*"
    r"|grad\w*|\w+_grads?|nabla\w*|\w*delta\w*|g[WUVb]\d?|gradients?)[\"'\]\d]*$"
)
_CALLS = ("dot", "matmul", "outer")


def in_code(text: str) -> Iterator[Slip]:
    """The slips in the gradients of a program."""
    try:
        tree = ast.parse(re.sub(r"^(\s*)[%!].*$", r"\1pass", text, flags=re.MULTILINE))
    except SyntaxError:
        return
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    lines = [line.encode() for line in text.split("\n")]

    def place(row: int, column: int) -> int:
        return starts[row - 1] + len(lines[row - 1][:column].decode())

    def span(node: ast.expr) -> tuple[int, int]:
        return place(node.lineno, node.col_offset), place(node.end_lineno or 0, node.end_col_offset or 0)

    for value in _gradients(tree):
        for node in ast.walk(value):
            if isinstance(node, ast.expr):
                yield from _slips_of(node, text, span)


def _gradients(tree: ast.AST) -> Iterator[ast.expr]:
    """The values that are assigned to gradients, and those that a `backward` returns."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[target, *_], value=value) | ast.AugAssign(target=target, value=value):
                if _GRADIENT_NAME.match(ast.unparse(target).replace(" ", "")) and not isinstance(target, ast.Tuple):
                    yield value
            case ast.FunctionDef(name=name, body=body) if re.match(r"_?(backward|backprop)", name):
                last = body[-1]
                if isinstance(last, ast.Return) and last.value is not None and not isinstance(last.value, ast.Name):
                    yield last.value


def _slips_of(node: ast.expr, text: str, span: object) -> Iterator[Slip]:
    at = span  # type: ignore[assignment]
    match node:
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            yield from _of_product(node, left, right, text, at)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=attr), args=[left, right]) if attr in _CALLS:
            yield from _of_product(node, left, right, text, at)
        case ast.Call(func=ast.Attribute(value=left, attr="dot"), args=[right]):
            yield from _of_product(node, left, right, text, at)
        case ast.Attribute(value=value, attr="T"):
            start, end = at(node)  # type: ignore[operator]
            yield Slip(start, end, text[slice(*at(value))], "transpose dropped")  # type: ignore[operator]
        case ast.Call(keywords=keywords):
            for keyword in keywords:
                if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant) and keyword.value.value in (0, 1):
                    start, end = at(keyword.value)  # type: ignore[operator]
                    yield Slip(start, end, str(1 - int(keyword.value.value)), "axis")


def _of_product(node: ast.expr, left: ast.expr, right: ast.expr, text: str, at: object) -> Iterator[Slip]:
    (begin, middle), (start, end) = at(left), at(right)  # type: ignore[operator]
    one, other = text[begin:middle], text[start:end]
    is_written = isinstance(node, ast.BinOp) or text[slice(*at(node))].startswith("np.")  # type: ignore[operator]
    if is_written and not isinstance(left, ast.BinOp) and not isinstance(right, ast.BinOp):
        yield Slip(begin, end, other + text[middle:start] + one, "factors swapped")
    for part in (left, right):
        if isinstance(part, ast.Name | ast.Attribute | ast.Subscript) and not text[slice(*at(part))].endswith(".T"):  # type: ignore[operator]
            place = at(part)[1]  # type: ignore[operator]
            yield Slip(place, place, ".T", "transpose added")
    if isinstance(node, ast.BinOp):
        yield Slip(begin, end, one + text[middle:start].replace("@", "*") + other, "kind of product")


# Mathematics

_FENCE = re.compile(r"^(```|~~~)(\w*)[^\n]*\n(.*?)^\1", re.MULTILINE | re.DOTALL)
_DISPLAY = re.compile(
    r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\begin\{(align|equation|gather|eqnarray|aligned|split|multline)\*?\}(.+?)\\end\{\3\*?\}|"
    r"(?<![\\$\w])\$([^$\n]+?)\$(?![\w$])|\\\((.+?)\\\)",
    re.DOTALL,
)
_SIDE = re.compile(
    r"(?:\\boldsymbol|\\mathbf|\\bm|\\mathrm|\{|\\,|\\displaystyle|&|\s)*"
    r"(?:\\[dt]?frac\s*\{\s*\\(?:partial|mathrm\{d\}|d)|\\[dt]?frac\s*\{\s*d|\\nabla|\\delta|\\Delta|\\partial|\\bar\b|\\overline|\\dot\b|d\s*\\?\w|∂|δ|\\pd\b|g_)"
)
_TRANSPOSE = re.compile(
    r"\^\s*(?:\{\s*(?:\\top|\\intercal|\\(?:mathsf|mathrm|rm|text)\s*\{?T\}?|T)\s*\}|\\top|\\intercal"
    r"|\\(?:mathsf|mathrm|text)\s*\{T\}|T(?![a-z]))"
    r"|(?<=[\])}>])\s*(?:T|\\top)(?=\s*\})"
)
_BOUNDS = re.compile(r"\\(?:sum|prod|int)\s*(?:_\s*(?:\{[^{}]*\}|\S))?\Z")
_SCRIPT = r"(?:\s*[_^]\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\(?:mathsf|mathrm|text)\s*\{[^{}]*\}|\\[a-zA-Z]+|\S)|')"
_ATOM = re.compile(
    r"(?:\\[dt]?frac\s*\{\s*(?:\\partial|d)(?:[^{}]|\{[^{}]*\})*\}\s*\{(?:[^{}]|\{[^{}]*\})*\}"
    r"|\\(?:mathbf|boldsymbol|bm|vec|hat|tilde|bar|mathrm|mathcal|dot)\s*(?:\{[^{}]*\}|[A-Za-z]|\\[a-z]+)"
    r"|\{\\(?:bf|rm)\s*\w+\}|\\(?:delta|Delta|theta|Theta|Phi|phi|Omega|Lambda|Sigma|beta|xi|varepsilon)(?![a-z])"
    r"|(?<![\\A-Za-z])d?[A-Za-z](?![a-z]{2}))" + _SCRIPT + "*"
)
_ENTRY = re.compile(r"[_^]\s*\{?\s*[ijkpqrs]{1,3}\s*\}?$")
_SCALARS = re.compile(r"[mnNMBcdkiltT]$|\\(?:alpha|beta|lambda|eta|gamma|mu)")


def in_mathematics(text: str) -> Iterator[Slip]:
    """The slips in the gradients of a text's mathematics, and in its fences of code."""
    for fence in _FENCE.finditer(text):
        if fence[2] in ("python", "py", "numpy"):
            begin = fence.start(3)
            for slip in in_code(fence[3]):
                yield slip._replace(start=slip.start + begin, end=slip.end + begin)
    bare = _FENCE.sub(lambda it: " " * len(it[0]), text)
    for found in _DISPLAY.finditer(bare):
        number = next(group for group in (1, 2, 4, 5, 6) if found[group] is not None)
        yield from _in_rows(found[number], found.start(number))


def _in_rows(display: str, begin: int) -> Iterator[Slip]:
    is_gradient, at = False, 0
    for row in re.split(r"(\\\\(?:\[[^\]]*\])?)", display):
        sides = re.split(r"(?<![<>!:\\])=", row)
        if sides[0].strip(" &\n\t"):
            is_gradient = _SIDE.match(sides[0]) is not None
        if is_gradient and len(sides) > 1:
            offset = len(row) - len(sides[-1])
            yield from _in_side(sides[-1], begin + at + offset)
        at += len(row)


def _in_side(side: str, begin: int) -> Iterator[Slip]:
    for found in _TRANSPOSE.finditer(side):
        if _BOUNDS.search(side[: found.start()]):
            continue
        yield Slip(begin + found.start(), begin + found.end(), "", "transpose dropped")
    atoms = [atom for atom in _ATOM.finditer(side) if atom[0].strip()]
    for one, other in pairwise(atoms):
        between = side[one.end() : other.start()]
        apart = re.fullmatch(r"\s*(?:\\[,;!]\s*|\\cdot\s*|\\times\s*|@\s*)?", between)
        if apart and not _SCALARS.match(one[0]) and not _SCALARS.match(other[0]) and _is_factor(side, one, other):
            swapped = other[0] + (between or " ") + one[0]
            yield Slip(begin + one.start(), begin + other.end(), swapped, "factors swapped")


def _is_factor(side: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two atoms stand as factors, not in an index, and the second is no function's name."""
    depth = side[: one.start()].count("{") - side[: one.start()].count("}")
    after = side[other.end() :].lstrip()
    if _ENTRY.search(one[0]) or _ENTRY.search(other[0]):
        return False
    return depth <= side.count("\\frac") and not after.startswith(("(", "'", "\\left(")) and not other[0].endswith("'")


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:]:
        for each in planted(name, Path(name).read_text(encoding="utf-8")):
            print(
                f"{name}:{each.cell or ''}:{each.line}: {each.kind}\n    {each.right.strip()}\n    {each.wrong.strip()}"
            )
