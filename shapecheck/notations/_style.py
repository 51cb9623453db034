"""How an author writes: the signs in use for transposes and products, found in the tree, for what is written anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..syntax.nodes import Apply, Name, Node, walk
from ..values import NamedTuple
from ._names import MODULES


class Style(NamedTuple):
    """The sign of each operation, with its blanks; a product's may be a function (`np.dot`) or a method (`.dot`)."""

    transpose: str = ".T"
    product: str = " "
    matmul: str = " @ "
    elementwise: str = " * "
    power: str = "^"
    divide: str = " / "


PLAIN = Style()
NUMPY = Style(product="np.dot", matmul="np.dot", power="**")
"""What is written anew in a formula of numpy's calls that stands in plain text."""
PYTHON = Style(".T", " @ ", " @ ", " * ", "**", " / ")
MATLAB = Style("'", " * ", " * ", " .* ", ".^", " / ")

_PRODUCTS = ("product", "matmul", "dot", "np_dot")


def is_numpy(nodes: Iterable[Node]) -> bool:
    """Whether formulas are numpy's although they stand in mathematics: with its calls, and no factors side by side."""
    written = tuple(nodes)
    is_called = any(type(node) is Apply and _is_call_of_numpy(node) for node in walk(*written))
    return is_called and not has_factors_side_by_side(written)


def _is_call_of_numpy(node: Apply) -> bool:
    return node.sign.startswith(("np.", "numpy.")) or node.sign == ".dot"


def has_factors_side_by_side(nodes: Iterable[Node]) -> bool:
    """Whether factors stand side by side in formulas, as in mathematics alone."""
    return any(type(node) is Apply and node.op == "product" and not node.sign.strip() for node in walk(*nodes))


def is_written_for_arrays(nodes: Iterable[Node]) -> bool:
    """Whether formulas, as they are read, have in them what only code for arrays has: `@`, or a library's call."""
    return any(type(node) is Apply and _is_of_arrays(node) for node in walk(*nodes))


def _is_of_arrays(node: Apply) -> bool:
    if node.op == "call":
        called = node.args[0]
        return "keywords" in node.params or (type(called) is Name and called.base.split(".")[0] in MODULES)
    return node.op == "method" or (node.op == "matmul" and "@" in node.sign)


def style_of(nodes: Iterable[Node], default: Style = PLAIN) -> Style:
    """The signs that stand most often in these trees; those of `default` where none does.

    Of a transpose that is written with the inverse, `X^{-T}`, it is that without it.
    """
    signs: dict[str, Counter[str]] = {name: Counter() for name in ("transpose", "product", "hadamard", "power")}
    for tree in nodes:
        for node in walk(tree):
            if type(node) is Apply:
                op = "product" if node.op in _PRODUCTS else node.op
                sign = node.sign.replace("-", "") if op == "transpose" else node.sign
                if op in signs and (sign or op == "product"):
                    signs[op][sign if sign.strip() else " "] += 1
    transpose, product, elementwise, power = (counter.most_common(1) for counter in signs.values())
    return default._replace(
        transpose=transpose[0][0] if transpose else default.transpose,
        product=product[0][0] if product else default.product,
        matmul=product[0][0] if product else default.matmul,
        elementwise=elementwise[0][0] if elementwise else default.elementwise,
        power=_power(power[0][0], default.power) if power else default.power,
    )


def _power(sign: str, default: str) -> str:
    """The sign without its exponent: a power in superscripts, as in `A²`, has none."""
    return next((each for each in ("**", ".^", "^") if sign.startswith(each)), default)
