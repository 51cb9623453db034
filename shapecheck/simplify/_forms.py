"""What each operation does to sums of products, and what is kept whole as one factor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..shapes.dims import ONE, AnyDim, Dim, Shape
from ..syntax.nodes import Apply, Node, Number
from ._building import PRODUCTS, tree
from ._measures import is_ones
from ._terms import Factors, Term, Terms, collected, key

if TYPE_CHECKING:
    from ._reader import Reader


_LAST = {"axis1": -1, "axis2": -2}


def _number(reader: Reader, node: Node) -> int | None:
    """The whole number that a node is."""
    terms = reader.terms(node)
    if not terms:
        return 0
    term = terms[0]
    plain = len(terms) == 1 and not term.scalars and not term.arrays and term.number.denominator == 1
    return int(term.number) if plain else None


def _add(reader: Reader, node: Apply) -> list[Term]:
    return collected(term for argument in node.args for term in reader.terms(argument))


def _subtract(reader: Reader, node: Apply) -> list[Term]:
    left, right = node.args
    return collected([*reader.terms(left), *_negated(reader.terms(right))])


def _neg(reader: Reader, node: Apply) -> list[Term]:
    return _negated(reader.terms(node.args[0]))


def _negated(terms: Terms) -> list[Term]:
    return [term._replace(number=-term.number) for term in terms]


def _hadamard(reader: Reader, node: Apply) -> list[Term]:
    return reader.multiplied([reader.terms(argument) for argument in node.args])


def _divide(reader: Reader, node: Apply) -> list[Term]:
    above, below = node.args
    divisor = reader.single(reader.terms(below))
    if not divisor.number:
        return reader.whole(node)
    return reader.multiplied([reader.terms(above), [divisor.to_the(-1)]])


def _power(reader: Reader, node: Apply) -> list[Term]:
    base, exponent = node.args
    count = _number(reader, exponent)
    if count is None or not -9 < count < 9:
        return reader.whole(node)
    inner = reader.single(reader.terms(base))
    return [inner.to_the(count)] if inner.number else reader.whole(node)


def _square(reader: Reader, node: Apply) -> list[Term]:
    return _power(reader, Apply("power", (*node.args, Number("2"))))


def _product(reader: Reader, node: Apply) -> list[Term]:
    """Scalars in front, then the product of what is left, as one chain."""
    scale, chain = Term(), []
    for argument in node.args:
        term = reader.single(reader.terms(argument))
        scale = scale.times(term.scale())
        if term.arrays:
            chain.append(tree([Term(arrays=term.arrays)]))
    if not scale.number:
        return []
    if len(chain) < 2:
        return [scale.times(term) for term in (reader.terms(chain[0]) if chain else [Term()])]
    links = _links(reader, chain)
    return [scale.times(reader.factor(Apply("product", tuple(links)))[0])]


def _links(reader: Reader, chain: list[Node]) -> list[Node]:
    """The factors of a product, with those of products among them; a vector of one axis does not associate."""
    inner = [node.args if type(node) is Apply and node.op in PRODUCTS else (node,) for node in chain]
    flat = [link for links in inner for link in links]
    ranks = [len(reader.shape(link) or ()) for link in flat]
    return flat if min(ranks) > 1 else chain


def _transpose(reader: Reader, node: Apply) -> list[Term]:
    term = reader.single(reader.terms(node.args[0]))
    if not term.arrays:
        return [term]
    array = tree([Term(arrays=term.arrays)])
    return [term.scale().times(each) for each in _transposed(reader, array, node)]


def _transposed(reader: Reader, array: Node, node: Apply) -> list[Term]:
    shape = reader.shape(array)
    if shape is not None and len(shape) > 2 and _swaps_last(node.params.get("axes"), len(shape)):
        return _swapped(reader, array, Apply("swapaxes", (array,), _LAST))
    if node.params.get("axes") is not None or shape is None:
        return reader.factor(Apply("transpose", (array,), node.params))
    if len(shape) < 2:
        return reader.factor(array)
    if type(array) is Apply and array.op == "transpose" and "axes" not in array.params:
        return reader.terms(array.args[0])
    if type(array) is Apply and array.op == "product" and len(shape) == 2:
        turned = (Apply("transpose", (link,)) for link in reversed(array.args))
        if all(len(reader.shape(link) or ()) == 2 for link in array.args):
            return reader.terms(Apply("product", tuple(turned)))
    return reader.factor(Apply("transpose", (array,)))


def _swaps_last(axes: object, rank: int) -> bool:
    """Whether a permutation of axes exchanges the last two."""
    return axes == (*range(rank - 2), rank - 1, rank - 2)


def _swapaxes(reader: Reader, node: Apply) -> list[Term]:
    """The last two axes exchanged: a transpose of each matrix in an array."""
    term = reader.single(reader.terms(node.args[0]))
    shape = reader.shape(node.args[0])
    axes = [node.params.get("axis1"), node.params.get("axis2")]
    last = shape is not None and all(isinstance(axis, int) for axis in axes)
    if not last or shape is None or {axis % len(shape) for axis in axes} != {len(shape) - 1, len(shape) - 2}:  # type: ignore[operator]
        return reader.whole(node)
    if not term.arrays:
        return [term]
    array = tree([Term(arrays=term.arrays)])
    turned = Apply("transpose", (array,)) if len(shape) == 2 else Apply("swapaxes", (array,), _LAST)
    found = reader.terms(turned) if len(shape) == 2 else _swapped(reader, array, turned)
    return [term.scale().times(each) for each in found]


def _swapped(reader: Reader, array: Node, node: Apply) -> list[Term]:
    if type(array) is Apply and array.op == "swapaxes" and array.params == _LAST:
        return reader.terms(array.args[0])
    if type(array) is Apply and array.op == "transpose" and len(array.args) == 1:
        rank = len(reader.shape(array) or ())
        if rank > 2 and _swaps_last(array.params.get("axes"), rank):
            return reader.terms(array.args[0])
    if type(array) is Apply and array.op == "product" and all(len(reader.shape(each) or ()) > 1 for each in array.args):
        return reader.terms(Apply("product", tuple(Apply("swapaxes", (each,), _LAST) for each in reversed(array.args))))
    return reader.factor(node)


def _expand_dims(reader: Reader, node: Apply) -> list[Term]:
    """A new axis of length 1: of a sum the one that was summed."""
    term = reader.single(reader.terms(node.args[0]))
    if not term.arrays:
        return reader.whole(node)
    array = tree([Term(arrays=term.arrays)])
    found = Apply("expand_dims", (array,), node.params)
    if is_ones(array):
        found = Apply("ones_like", (found,))
    elif type(array) is Apply and array.op == "sum" and _is_of_axis(reader, array, node):
        return [term.scale().times(each) for each in reader.terms(_keeping(array))]
    return [term.scale().times(each) for each in reader.factor(found)]


def _is_of_axis(reader: Reader, total: Apply, node: Apply) -> bool:
    """Whether a new axis is the one that a sum has lost."""
    shape = reader.shape(total.args[0])
    lost, new = total.params.get("axis"), node.params.get("axis")
    if shape is None or lost is None or total.params.get("keepdims", False) is not False:
        return False
    return _axes(lost, len(shape)) == _axes(new, len(shape)) is not None


def _keeping(total: Apply) -> Apply:
    return Apply("sum", total.args, {"axis": total.params["axis"], "keepdims": True})


def _sum(reader: Reader, node: Apply) -> list[Term]:
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
    """The axes that are summed, counted from 0; None where they are not known."""
    if axis is None:
        return tuple(range(rank))
    given = axis if isinstance(axis, tuple) else (axis,)
    if not all(isinstance(each, int) and -rank <= each < rank for each in given):
        return None
    return tuple(each % rank for each in given)


def _count(reader: Reader, dims: list[AnyDim]) -> Node | None:
    """The number of entries of some axes as a tree; None where it is not known."""
    factors: list[Node] = []
    for dim in dims:
        if not isinstance(dim, Dim) or len(dim.terms) != 1:
            return None
        ((symbols, number),) = dim.terms
        factors += [Number(str(number))] * (number != 1)
        factors += [reader.size(symbol) for symbol in symbols]
    return Apply("product", tuple(factors)) if len(factors) > 1 else factors[0] if factors else Number("1")


def _mean(reader: Reader, node: Apply) -> list[Term]:
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


def _same(reader: Reader, node: Apply) -> list[Term]:
    return reader.terms(node.args[0])


FORMS: Mapping[str, Callable[[Reader, Apply], list[Term]]] = {
    "add": _add, "subtract": _subtract, "neg": _neg, "hadamard": _hadamard, "divide": _divide, "power": _power,
    "square": _square, **dict.fromkeys(PRODUCTS, _product), "transpose": _transpose, "sum": _sum, "mean": _mean,
    "same": _same, "swapaxes": _swapaxes, "expand_dims": _expand_dims,
}  # fmt: skip
