"""What each operation does to sums of products, and what is kept whole as one factor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..ops import every, is_a
from ..shapes.dims import ONE, is_single
from ..syntax.nodes import Apply, Node, Number
from ._building import tree
from ._measures import cost
from ._sums import expand_dims, mean, summed
from ._terms import Term, Terms, collected

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
    return _mirrored(reader, collected(term for argument in node.args for term in reader.terms(argument)))


def _mirrored(reader: Reader, terms: list[Term]) -> list[Term]:
    """`1 - sigmoid(-x)` as `sigmoid(x)`."""
    if len(terms) != 2:
        return terms
    one, other = sorted(terms, key=lambda term: bool(term.arrays or term.scalars))
    factors = [*other.scalars.values(), *other.arrays.values()]
    if one != Term() or other.number != -1 or len(factors) != 1 or factors[0].exponent != 1:
        return terms
    node = factors[0].node
    inner = node.args[0] if type(node) is Apply and node.op == "sigmoid" else None
    if type(inner) is not Apply or inner.op != "neg":
        return terms
    return reader.factor(Apply("sigmoid", inner.args))


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
    others = [node for node in chain if not _is_identity(node)]
    if _gives_number(reader, others) and not is_single(reader.shape(node)):
        others += [node for node in chain if _is_identity(node)][:1]
    chain = others
    if len(chain) < 2:
        return [scale.times(term) for term in (reader.terms(chain[0]) if chain else [Term()])]
    links = _links(reader, chain)
    return [scale.times(reader.factor(Apply("product", tuple(links)))[0])]


def _gives_number(reader: Reader, chain: list[Node]) -> bool:
    """Whether the product of a chain is 1×1, as `w.T w` is: it scales an identity beside it."""
    shapes = [reader.shape(node) for node in chain]
    ends = [shapes[0][:1] if shapes[0] else (), shapes[-1][-1:] if shapes[-1] else ()] if chain else []
    return all(map(is_single, ends))


def _is_identity(node: Node) -> bool:
    return type(node) is Apply and node.op == "eye" and "m" not in node.params


def _links(reader: Reader, chain: list[Node]) -> list[Node]:
    """The factors of a product, with those of products among them; a vector of one axis does not associate."""
    inner = [node.args if is_a(node, "product") else (node,) for node in chain]
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
    if _is_identity(array):
        return reader.factor(array)
    if all(dim is ONE for dim in shape):
        return reader.terms(array)
    if type(array) is Apply and array.op == "transpose" and "axes" not in array.params:
        return reader.terms(array.args[0])
    if type(array) is Apply and array.op == "add" and len(shape) == 2:
        return _transposed_sum(reader, array)
    if type(array) is Apply and array.op == "product" and len(shape) == 2:
        turned = (Apply("transpose", (link,)) for link in reversed(array.args))
        if all(len(reader.shape(link) or ()) == 2 for link in array.args):
            return reader.terms(Apply("product", tuple(turned)))
    return reader.factor(Apply("transpose", (array,)))


def _transposed_sum(reader: Reader, array: Apply) -> list[Term]:
    """`(w.T X.T - y.T).T` as `X w - y`: the sum of the transposes, where that is shorter."""
    terms = [Apply("transpose", (term,)) if reader.shape(term) else term for term in array.args]
    apart, whole = reader.terms(Apply("add", tuple(terms))), reader.factor(Apply("transpose", (array,)))
    return min((whole, apart), key=cost)


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


def _same(reader: Reader, node: Apply) -> list[Term]:
    return reader.terms(node.args[0])


FORMS: Mapping[str, Callable[[Reader, Apply], list[Term]]] = {
    "add": _add, "subtract": _subtract, "neg": _neg, "hadamard": _hadamard, "divide": _divide, "power": _power,
    "square": _square, "transpose": _transpose, "sum": summed, "mean": mean,
    **dict.fromkeys(every("product"), _product),
    "same": _same, "swapaxes": _swapaxes, "expand_dims": expand_dims,
}  # fmt: skip
