"""What each operation means entry by entry: products contract, transposes exchange indices, reductions are Σ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..ops import Kind, every, ops
from ..ops.contraction import spelled_out
from ..shapes.dims import ONE, symbol
from ..shapes.solve import Solver
from ..syntax.nodes import Apply, Node
from ._context import Indices, NoIndices, aligned, non_one, vector
from ._reductions import extreme_term, mean_term, norm_term, softmax_term, sum_term, trace_term
from ._slices import slice_term
from ._terms import ATOM, WrittenTerm, atom, called, divided, negative, plus, raised, summed, times

if TYPE_CHECKING:
    from .indices import IndexWriter
from ..shapes.dims import AnyDim, Shape

Rule = Callable[["IndexWriter", Apply, Indices], WrittenTerm]
Fresh = Callable[[AnyDim], "str | None"]


def _product(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    shapes = [writer.shape(argument) for argument in node.args]
    places, sums = chain(shapes, indices, writer.fresh)
    return summed(times([writer.term(*each) for each in zip(node.args, places, strict=True)]), sums)


def _elementwise(writer: IndexWriter, node: Apply, indices: Indices) -> list[WrittenTerm]:
    return [writer.term(argument, aligned(writer.shape(argument), indices)) for argument in node.args]


def _entrywise(made: Callable[..., WrittenTerm]) -> Rule:
    """The rule of a sign: what it makes of the same entry of each argument."""
    return lambda writer, node, indices: made(*_elementwise(writer, node, indices))


def _compare(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    left, right = _elementwise(writer, node, indices)
    return atom(f"({left.text} {node.params.get('sign', '>')} {right.text})")


def _activation(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    name = f"{node.params['name']}{chr(39) * node.params.get('order', 0)}"
    return called(name.rpartition("np.")[2], _elementwise(writer, node, indices))


def each(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """A function of one entry of each argument, by the name that its author gives it."""
    name = node.sign.lstrip(".").rpartition(".")[2]
    return called(name if name.isidentifier() else node.op, _elementwise(writer, node, indices))


def _inner(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    shapes = [writer.shape(argument) for argument in node.args]
    if any(len(non_one(shape)) > 1 for shape in shapes):
        return writer.as_written(node, indices)
    letter = writer.fresh(next((dim for dim in shapes[0] if dim is not ONE), ONE))
    terms = [writer.term(argument, vector(shape, letter)) for argument, shape in zip(node.args, shapes, strict=True)]
    return summed(times(terms), (letter,) if letter else ())


def _outer(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    if any(len(non_one(writer.shape(argument))) > 1 for argument in node.args):
        return writer.as_written(node, indices)
    pairs = zip(node.args, indices, strict=True)
    return times([writer.term(argument, vector(writer.shape(argument), index)) for argument, index in pairs])


def _moved(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """What only moves axes: where each goes is found by giving the operation axes that can be told apart."""
    shape = writer.shape(node.args[0])
    marks = tuple(dim if dim is ONE else symbol(f"axis {axis}") for axis, dim in enumerate(shape))
    moved = ops()[writer.op(node)].shape(Solver(), (marks,), node.params)  # type: ignore[misc]
    if not isinstance(moved, tuple):
        raise NoIndices(f"the axes of {writer.spelled(node)} are not known")
    to = dict(zip(moved, indices, strict=True))
    return writer.term(node.args[0], tuple(None if mark is ONE else to[mark] for mark in marks))


def _diagonal(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """The diagonal of a matrix; a diagonal matrix as it is written."""
    shape = writer.shape(node.args[0])
    if node.params.get("k") or len(non_one(shape)) < 2:
        return writer.as_written(node, indices)
    return writer.term(node.args[0], (indices[0], indices[0]))


def _einsum(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    shapes = tuple(map(writer.shape, node.args))
    letters = spelled_out(node.params["spec"], shapes)
    if letters is None:
        return writer.as_written(node, indices)
    inputs, output = letters
    known = dict(zip(output, indices, strict=True))
    sums: list[str] = []
    factors: list[tuple[Node, Indices]] = []
    for argument, shape, own in zip(node.args, shapes, inputs, strict=True):
        for letter, dim in zip(own, shape, strict=True):
            if known.get(letter) is None and letter not in output and dim is not ONE:
                known[letter] = writer.fresh(dim)
                sums.append(known[letter] or "")
        factors.append((argument, aligned(shape, tuple(known.get(letter) for letter in own))))
    return summed(times([writer.term(*factor) for factor in factors]), tuple(sums))


def _jacobian(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    above, below = (writer.shape(argument) for argument in node.args)
    if node.params.get("elementwise"):
        first, second = aligned(above, indices), aligned(below, indices)
    elif len(above) + len(below) == len(indices) and len(indices) > 2:
        first, second = indices[: len(above)], indices[len(above) :]
    else:
        rows, columns = indices[::-1] if writer.op(node) == "jacobian_transposed" else indices
        first, second = vector(above, rows), vector(below, columns)
    parts = zip("∂∂", node.args, (first, second), strict=True)
    return atom("/".join(f"{sign}{writer.term(argument, places).closed(ATOM)}" for sign, argument, places in parts))


def _sum_over(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """A sum over an index that stands in its terms: they keep it as their author writes it."""
    letter = node.params.get("index")
    if not letter:
        return writer.as_written(node, indices)
    return summed(writer.term(node.args[0], indices), (letter,))


def _constant(value: str) -> Rule:
    return lambda writer, node, indices: atom(value)


def _as_written(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    return writer.as_written(node, indices)


_RULES: Mapping[str, Rule] = {
    "hadamard": _entrywise(lambda *terms: times([*terms])),
    "add": _entrywise(lambda *terms: plus([*terms])),
    "subtract": _entrywise(lambda left, right: plus([left, negative(right)])),
    "neg": _entrywise(negative),
    "divide": _entrywise(divided),
    "power": _entrywise(raised),
    "same": _entrywise(lambda term: term),
    "broadcast_to": _entrywise(lambda term: term),
    "compare": _compare,
    "activation": _activation,
    "inner": _inner,
    "outer": _outer,
    "einsum": _einsum,
    "diag": _diagonal,
    "sum": sum_term,
    "mean": mean_term,
    "norm": norm_term,
    "trace": trace_term,
    "softmax": softmax_term,
    "slice": slice_term,
    "sum_over": _sum_over,
}
"""The operations that have a rule of their own."""
_OF_KINDS: Mapping[Kind, Rule] = {
    "product": _product,
    "layout": _moved,
    "reduction": extreme_term,
    "derivative": _jacobian,
    "ones": _constant("1"),
    "zeros": _constant("0"),
    "entrywise": each,
}
"""The rules of the others, by their kind."""


def rule_of(name: str) -> Rule:
    """How an operation is written in indices: by its rule, by that of its kind, else as its author wrote it."""
    kinds = (rule for kind, rule in _OF_KINDS.items() if name in every(kind))
    return _RULES.get(name) or next(kinds, _as_written)


class FactorAxis:
    """An axis of a factor, and the index that it gets."""

    __slots__ = ("dim", "index")

    def __init__(self, dim: AnyDim) -> None:
        self.dim = dim
        self.index: str | None = None


Axis = list[FactorAxis]
"""The axes of the factors that are one axis of the product."""


def chain(shapes: list[Shape], indices: Indices, fresh: Fresh) -> tuple[list[Indices], tuple[str, ...]]:
    """The indices of each factor of a product whose own are given, and the letters of its sums.

    Scalars scale, as does what is 1×1 and fits nowhere; rank 1 is a row on the left and a column on the right.
    """
    factors = [[FactorAxis(dim) for dim in shape] for shape in shapes]
    running: list[Axis] = []
    sums: list[str] = []
    for factor in factors:
        axes = [[place] for place in factor]
        if not factor or not running:
            running = running or axes
        elif _dim(running[-1]) is _dim(axes[_row(axes)]):
            letter = fresh(_dim(running[-1]))
            _assign([*running[-1], *axes[_row(axes)]], letter)
            sums.extend([letter] if letter else [])
            running = [*_broadcast(running[:-2], axes[:-2]), *running[-2:-1], *(axes[-1:] if len(axes) > 1 else [])]
        elif all(_dim(axis) is ONE for axis in running):
            running = axes
    for axis, index in zip(running, indices, strict=False):
        _assign(axis, index)
    return [tuple(place.index for place in factor) for factor in factors], tuple(sums)


def _row(axes: list[Axis]) -> int:
    return -2 if len(axes) > 1 else -1


def _dim(axis: Axis) -> AnyDim:
    return next((place.dim for place in axis if place.dim is not ONE), ONE)


def _assign(axis: Axis, index: str | None) -> None:
    for place in axis:
        place.index = None if place.dim is ONE else index


def _broadcast(left: list[Axis], right: list[Axis]) -> list[Axis]:
    """The leading axes of two factors, those that are one taken together."""
    longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
    extra = len(longer) - len(shorter)
    return [*longer[:extra], *(one + other for one, other in zip(longer[extra:], shorter, strict=True))]
