"""Small trees of code: a name as it is, a call, a dimension as an expression of its symbols."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..shapes.dims import AnyDim, Dim, Var, prune
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number, name_of

ONE = Number("1")


def called(name: str, *args: Node, **params: Any) -> Apply:
    """A call of a function of code."""
    return Apply("call_of", args, params, NOWHERE, name)


def sized(value: Any) -> Node:
    """A length, or any number, as a tree."""
    return value if isinstance(value, Name | Number | Apply) else Number(str(value))


def flat(factors: Sequence[Node]) -> tuple[Node, ...]:
    """The factors of an elementwise product without brackets around the first ones."""
    first, *rest = factors
    return (*first.args, *rest) if type(first) is Apply and first.op == "hadamard" else tuple(factors)


def swapped(array: Node, node: Apply) -> Node:
    """`A.swapaxes(-1, -2)`."""
    axes = tuple(Number(str(axis)) for axis in node.params.values())
    return Apply("method", (array, *axes), {"method": "swapaxes"})


def parameters(
    params: Mapping[str, Any], tree: Callable[[Node], Node], dim: Callable[[AnyDim], Node]
) -> dict[str, Any]:
    """The parameters of an operation as code: `tree` writes the trees in them, `dim` the dimensions."""

    def value(given: Any) -> Any:
        if isinstance(given, Name | Number | Apply):
            return tree(given)
        if isinstance(given, Dim | Var):
            return dim(prune(given))
        return tuple(map(value, given)) if isinstance(given, tuple) else given

    return {name: value(given) for name, given in params.items()}


def by_sign(dim: AnyDim) -> Node:
    """A dimension as mathematics writes it."""
    return name_of(str(dim))


def dimension(dim: AnyDim) -> Node:
    """A dimension as an expression of its symbols; one that is not known by the sign of that."""
    if not isinstance(dim, Dim):
        return name_of(str(dim))
    terms: tuple[Node, ...] = tuple(_monomial(symbols, factor) for symbols, factor in dim.terms)
    return Apply("add", terms) if len(terms) > 1 else terms[0] if terms else Number("0")


def _monomial(symbols: tuple[str, ...], factor: int) -> Node:
    """`2 * n * m`; a negative one with its sign before it."""
    if factor < 0:
        return Apply("neg", (_monomial(symbols, -factor),))
    factors: list[Node] = [Number(str(factor))] if factor != 1 or not symbols else []
    factors += map(name_of, symbols)
    return factors[0] if len(factors) == 1 else Apply("hadamard", tuple(factors))
