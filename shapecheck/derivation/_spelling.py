"""A settled tree as it is spelled in a notation for reading: with its author's signs in the author's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..gradient import Graph
from ..notations import Notation
from ..notations._ones import ONES, is_ones
from ..notations._style import style_of
from ..shapes.dims import ONE, prune
from ..simplify import ShapeOf
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number, name_of, names_in, walk
from ._code import by_sign, flat, parameters, swapped
from ._names import GRADIENT, identifier, typeset

_LAYER = "ˡ"
_SHIFTED = re.compile(r"(?<=[_^])[a-zA-Z][+-]\d+")
"""A layer that needs braces: `W_l+1`."""
_LETTERS = frozenset("l+-0123456789")
_RAISED = str.maketrans("l+-0123456789", "ˡ⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_KEPT_SIGNS = frozenset((" / ",))


class Spelling:
    """The writing of one graph's trees in plain text or LaTeX; `own` says that its author writes so."""

    def __init__(self, graph: Graph, notation: Notation, own: bool) -> None:
        trees = [step.value for step in graph.steps] + [claim.written for claim in graph.claims]
        default = notation.style
        style = style_of(trees, default) if own else default
        raised = own and notation.is_plain and any(_LAYER in name.text for name in graph.names.values())
        self.style = style._replace(transpose="ᵀ") if raised and style.transpose == ".T" else style
        self.notation = notation
        self.own = own
        self.graph = graph
        self.shape_of: ShapeOf = graph.shape_of
        self.ones = _ones_sign(graph) if notation.is_plain and own else ""
        self.sum_sign = _sum_sign(trees) if notation.is_plain and own else "np.sum"

    def name(self, name: Name) -> str:
        """A name in the notation."""
        if self.own:
            return superscripted(self.graph, name) if _LAYER in name.text else _SHIFTED.sub(r"{\g<0>}", name.text)
        return typeset(name) if self.notation.is_typeset else identifier(name)

    def tree(self, node: Node) -> Node:
        """The tree without places, with the signs of the notation."""
        if type(node) is Name:
            return name_of(self.name(node))
        if type(node) is Number:
            return Number(node.text)
        assert type(node) is Apply
        form = _FORMS.get(node.op)
        return form(self, node) if form else self.plainly(node)

    def plainly(self, node: Apply, sign: str = "") -> Node:
        """An operation with its parameters and a sign."""
        if not sign and self.notation.is_plain and node.sign in _KEPT_SIGNS:
            sign = node.sign
        args = tuple(map(self.tree, node.args))
        return Apply(node.op, args, parameters(node.params, self.tree, by_sign), NOWHERE, sign)


def superscripted(graph: Graph, name: Name) -> str:
    """A name whose layer is a raised letter, with the layer that is meant: `δˡ⁺¹`."""
    of = name.key.removeprefix(GRADIENT)
    variable = graph.names.get(of)
    layers = [index.text for index in variable.indices if set(index.text) <= _LETTERS] if variable else []
    if not layers:
        return name.text
    model = graph.spellings.get(f"{of.partition('[')[0]}[{graph.layer}]") if name.key != of else None
    text = model.text if model is not None and _LAYER in model.text else name.text
    return text.partition(_LAYER)[0] + layers[-1].translate(_RAISED)


def _sum_sign(trees: list[Node]) -> str:
    """How the author writes a sum over an axis."""
    sums = (part for part in walk(*trees) if type(part) is Apply and part.op == "sum")
    return next((part.sign for part in sums if "axis" in part.params and part.sign[:1] != "."), "np.sum")


def _sum(spelling: Spelling, node: Apply) -> Node:
    return spelling.plainly(node, spelling.sum_sign)


def _ones_sign(graph: Graph) -> str:
    """How the author writes a vector of ones; empty if none stands there by its sign."""
    members = (member for step in graph.steps for member in step.equation.members)
    names = names_in(*members)
    return next((name.text for name in names if is_ones(name)), "")


def _hadamard(spelling: Spelling, node: Apply) -> Node:
    return Apply("hadamard", flat(tuple(map(spelling.tree, node.args))))


def _product(spelling: Spelling, node: Apply) -> Node:
    """A product; what scales is joined by `*` where matrices are joined by `@` or `np.dot`."""
    sign = spelling.style.product.strip()
    scalars = [each for each in node.args if spelling.shape_of(each) == ()]
    arrays = [each for each in node.args if spelling.shape_of(each) != ()]
    if not scalars or not (sign == "@" or sign.lstrip(".")[:1].isalpha()):
        return spelling.plainly(node)
    whole = arrays if len(arrays) < 2 else [Apply("matmul", tuple(arrays))]
    factors = [spelling.tree(each) for each in (*scalars, *whole)]
    return Apply("hadamard", tuple(factors), {}, NOWHERE, " * ")


def _swapaxes(spelling: Spelling, node: Apply) -> Node:
    return swapped(spelling.tree(node.args[0]), node)


def _activation(spelling: Spelling, node: Apply) -> Node:
    """A function by its name in the notation."""
    if spelling.own:
        return spelling.plainly(node)
    name = node.params["name"]
    spelled = spelling.name(name_of(name))
    return Apply("activation", (spelling.tree(node.args[0]),), {**node.params, "name": spelled.strip()})


def _diagonal(spelling: Spelling, node: Apply) -> Node:
    return spelling.plainly(node, "diag")


def _identity(spelling: Spelling, node: Apply) -> Node:
    """`I`, or `eye(n)` where I is something else, and where it is not square."""
    sizes = list(spelling.plainly(node).params.values())  # type: ignore[union-attr]
    if len(sizes) > 1 or "I" in spelling.graph.names:
        given = tuple(name_of(str(size)) if isinstance(size, int) else size for size in sizes)
        return Apply("eye", given, {}, NOWHERE, "eye")
    return name_of("I")


def _ones(spelling: Spelling, node: Apply) -> Node:
    """A vector of ones as its author writes one, a plain 1 as `𝟙`: alone it would be read as the number."""
    rows, *columns = map(prune, node.params["shape"])
    if not spelling.ones or columns != [ONE]:
        return spelling.plainly(node)
    return name_of(f"1_{rows}" if "_" in spelling.ones else ONES)


_FORMS: Mapping[str, Callable[[Spelling, Apply], Node]] = {
    "sum": _sum, "hadamard": _hadamard, "product": _product, "swapaxes": _swapaxes, "activation": _activation,
    "eye": _identity, "ones": _ones, "diagonal_matrix": _diagonal, "diagonal_column": _diagonal,
}  # fmt: skip
