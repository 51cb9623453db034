"""Reductions entry by entry: Σ over the axes that are gone, the trace, norms, the softmax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..shapes.dims import ONE, AnyDim, Dim
from ..syntax.nodes import Apply
from ._context import Indices, NoIndices
from ._terms import WrittenTerm, atom, called, divided, raised, summed, times

if TYPE_CHECKING:
    from .indices import IndexWriter


def _reduced_axes(
    writer: IndexWriter, node: Apply, indices: Indices
) -> tuple[Indices, tuple[str, ...], tuple[AnyDim, ...]]:
    """The indices of the array that is reduced, the letters that the reduction runs over, and their dimensions."""
    shape, axis = writer.shape(node.args[0]), node.params.get("axis")
    named = range(len(shape)) if axis is None else axis if type(axis) is tuple else (axis,)
    if not shape:
        return (), (), ()
    if not all(type(each) is int for each in named):
        raise NoIndices(f"the axis of {writer.spelled(node)} is not a number")
    gone = {each % len(shape) for each in named}
    keeps = bool(node.params.get("keepdims"))
    kept = iter(index for place, index in enumerate(indices) if not (keeps and place in gone))
    found = tuple(writer.fresh(dim) if place in gone else next(kept) for place, dim in enumerate(shape))
    letters = tuple(index for place, index in enumerate(found) if place in gone and index is not None)
    return found, letters, tuple(shape[place] for place in sorted(gone))


def sum_term(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """A sum: Σ over the axes that are gone."""
    places, letters, _ = _reduced_axes(writer, node, indices)
    return summed(writer.term(node.args[0], places), letters)


def mean_term(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """A sum over the number of its terms."""
    places, letters, dims = _reduced_axes(writer, node, indices)
    sizes = [atom(f"({text})" if " " in (text := _text(dim)) else text) for dim in dims if dim is not ONE]
    whole = summed(writer.term(node.args[0], places), letters)
    return times([divided(atom("1"), times(sizes)), whole]) if sizes else whole


def _text(dim: AnyDim) -> str:
    if type(dim) is not Dim:
        raise NoIndices("the number of terms of a mean is not known")
    return dim.text


def extreme_term(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """Any other reduction, with its letters below its name: `max_k(Z[k,j])`."""
    places, letters, _ = _reduced_axes(writer, node, indices)
    name = f"{writer.op(node)}_{','.join(letters)}" if letters else writer.op(node)
    return called(name, [writer.term(node.args[0], places)])


def norm_term(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """The root of the sum of squares; another norm as it is written."""
    order, axis = node.params.get("ord"), node.params.get("axis")
    places, letters, _ = _reduced_axes(writer, node, indices)
    if order not in (None, "fro", "F") and not (order == 2 and (axis is not None or len(letters) < 2)):
        return writer.as_written(node, indices)
    return called("sqrt", [summed(raised(writer.term(node.args[0], places), atom("2")), letters)])


def trace_term(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """The sum of the diagonal."""
    shape = writer.shape(node.args[0])
    letter = writer.fresh(shape[-1]) if shape else None
    places = (*indices, letter, letter) if shape else ()
    return summed(writer.term(node.args[0], places), (letter,) if letter else ())


def softmax_term(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """The softmax along an axis that is named."""
    axis, shape = node.params.get("axis"), writer.shape(node.args[0])
    if type(axis) is not int or not shape:
        return writer.as_written(node, indices)
    letter = writer.fresh(shape[axis])
    others = tuple(letter if place == axis % len(shape) else index for place, index in enumerate(indices))
    above, below = (called("exp", [writer.term(node.args[0], places)]) for places in (indices, others))
    return divided(above, summed(below, (letter,) if letter else ()))
