"""Sums and means: what is the same all along an axis stands before them, and where nothing else is left they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..shapes.dims import ONE, AnyDim, Dim, Shape
from ..syntax.nodes import Apply, Node, Number
from ._building import tree
from ._measures import is_ones
from ._terms import Factors, Term, key

if TYPE_CHECKING:
    from ._reader import Reader


def expand_dims(reader: Reader, node: Apply) -> list[Term]:
    """A new axis of length 1, for each factor of a product: of a sum the one that was summed."""
    term = reader.single(reader.terms(node.args[0]))
    shape = reader.shape(node.args[0])
    if not term.arrays or shape is None:
        return reader.whole(node)
    if any(len(reader.shape(factor.node) or ()) != len(shape) for factor in term.arrays.values()):
        array = tree([Term(arrays=term.arrays)])
        return [term.scale().times(_raised(reader, array, node))]
    found = term.scale()
    for array, exponent in term.arrays.values():
        found = found.times(_raised(reader, array, node).to_the(exponent))
    return [found]


def _raised(reader: Reader, array: Node, node: Apply) -> Term:
    """One array with the new axis."""
    raised = Apply("expand_dims", (array,), node.params)
    if type(array) is Apply and array.op == "sum" and _is_of_axis(reader, array, node):
        return reader.single(reader.terms(_keeping(array)))
    return reader.factor(Apply("ones_like", (raised,)) if is_ones(array) else raised)[0]


def _is_of_axis(reader: Reader, total: Apply, node: Apply) -> bool:
    """Whether a new axis is the one that a sum has lost."""
    shape = reader.shape(total.args[0])
    lost, new = total.params.get("axis"), node.params.get("axis")
    if shape is None or lost is None or total.params.get("keepdims", False) is not False:
        return False
    return _axes(lost, len(shape)) == _axes(new, len(shape)) is not None


def _keeping(total: Apply) -> Apply:
    return Apply("sum", total.args, {"axis": total.params["axis"], "keepdims": True})


def summed(reader: Reader, node: Apply) -> list[Term]:
    """Numbers and scalars stand before a sum; where nothing else is left, its entries are counted."""
    shape = reader.shape(node.args[0])
    inner = reader.terms(node.args[0])
    if not inner:
        return []
    term = reader.single(reader.without_ones(inner))
    if shape == ():
        return [term]
    if shape is None or not term.arrays:
        return reader.whole(node)
    even, rest = _split(reader, term, node, shape)
    array = tree([Term(arrays=rest)])
    if reader.shape(array) != shape:
        return reader.whole(node)
    return reader.multiplied([[term.scale().times(even)], _summed(reader, array, node, shape)])


def _split(reader: Reader, term: Term, node: Apply, shape: Shape) -> tuple[Term, Factors]:
    """The factors that are the same all along the axes that are summed, and the others."""
    axes = _axes(node.params.get("axis"), len(shape))
    if axes is None or node.params.get("keepdims", False) is not True:
        return Term(), term.arrays
    even = {
        name: factor
        for name, factor in term.arrays.items()
        if len(own := reader.shape(factor.node) or ()) == len(shape) and all(own[axis] is ONE for axis in axes)
    }
    rest = {name: factor for name, factor in term.arrays.items() if name not in even}
    whole = bool(rest) and reader.shape(tree([Term(arrays=rest)])) == shape
    return (Term(arrays=even), rest) if whole else (Term(), term.arrays)


def _summed(reader: Reader, array: Node, node: Apply, shape: Shape) -> list[Term]:
    axis, keep = node.params.get("axis"), node.params.get("keepdims", False)
    axes = _axes(axis, len(shape))
    if axes is None:
        return reader.factor(Apply("sum", (array,), node.params))
    if keep is True and all(shape[each] is ONE for each in axes):
        return reader.terms(array)
    if len(axes) == 1 and (key(array), axes[0]) in reader.distributions:
        return _ones(reader, Apply("sum", (array,), node.params))
    if is_ones(array) and (number := _count(reader, [shape[each] for each in axes])) is not None:
        rest = _ones(reader, Apply("sum", (array,), node.params))
        return [term.times(each) for term in reader.terms(number) for each in rest]
    if type(array) is Apply and array.op == "sum" and len(axes) == len(shape) and keep is False:
        return reader.terms(Apply("sum", array.args, {}))
    return reader.factor(Apply("sum", (array,), node.params))


def _ones(reader: Reader, node: Node) -> list[Term]:
    return [Term()] if reader.shape(node) == () else reader.factor(Apply("ones_like", (node,)))


def _axes(axis: object, rank: int) -> tuple[int, ...] | None:
    """The axes that are summed, counted from 0; None if they are not known."""
    if axis is None:
        return tuple(range(rank))
    given = axis if isinstance(axis, tuple) else (axis,)
    if not all(isinstance(each, int) and -rank <= each < rank for each in given):
        return None
    return tuple(each % rank for each in given)


def _count(reader: Reader, dims: list[AnyDim]) -> Node | None:
    """The number of entries of some axes as a tree; None if it is not known."""
    factors: list[Node] = []
    for dim in dims:
        if not isinstance(dim, Dim) or len(dim.terms) != 1:
            return None
        ((symbols, number),) = dim.terms
        factors += [Number(str(number))] * (number != 1)
        factors += [reader.size(symbol) for symbol in symbols]
    return Apply("product", tuple(factors)) if len(factors) > 1 else factors[0] if factors else Number("1")


def mean(reader: Reader, node: Apply) -> list[Term]:
    """A mean is a sum over the number of its entries."""
    shape = reader.shape(node.args[0])
    axes = None if shape is None else _axes(node.params.get("axis"), len(shape))
    number = None if shape is None or axes is None else _count(reader, [shape[each] for each in axes])
    if number is None:
        return reader.whole(node)
    total = Apply(
        "sum", node.args, {name: value for name, value in node.params.items() if name in ("axis", "keepdims")}
    )
    return reader.terms(Apply("divide", (total, number)))
