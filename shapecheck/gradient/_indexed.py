"""A sum over indices, `Σ_i Σ_j A_ij x_i x_j`, in whole arrays: each index becomes an axis, and the sum one over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product as choices

from ..ops import _nodes as tree
from ..ops import every, is_a
from ..shapes.dims import ONE, AnyDim, Dim, Shape, long_dims
from ..syntax.nodes import Apply, Name, Node, Number, walk
from ..values import NamedTuple
from ._bindings import Bindings
from ._columns import NotWhole, columns
from ._entries import IndexedName, entries_in
from ._shapes import Shapes

_SCALARS = (ONE, ONE)


class Lifted(NamedTuple):
    """A tree whose first axes are those of the letters, and the rows and columns after them."""

    node: Node
    rows: AnyDim
    columns: AnyDim


def lifted(node: Node, bindings: Bindings) -> tuple[Node, Shape] | None:
    """A tree with its sums over indices taken over whole arrays, and its shape; None if it has none that can be."""
    sums = [part for part in walk(node) if type(part) is Apply and part.op == "sum_over"]
    letters = list(dict.fromkeys(part.params["index"] for part in sums))
    entries = entries_in(node, letters, bindings) if letters else None
    if not entries:
        return None
    found = _Arrays(bindings, letters, entries)
    return found.of_one_letter(node) if len(letters) == 1 else found.of_many(node)


class _Arrays:
    """The arrays of one tree; `lengths` says how far a letter counts, where an entry of an array says it."""

    def __init__(self, bindings: Bindings, letters: list[str], entries: Mapping[int, IndexedName]) -> None:
        self.bindings = bindings
        self.letters = letters
        self.entries = entries
        full = (entry for entry in entries.values() if entry.is_full)
        pairs = [pair for entry in full for pair in zip(entry.letters, long_dims(entry.shape), strict=True)]
        counts = ((entry.letters[0], entry.length) for entry in entries.values() if entry.length is not None)
        self.lengths = {**dict(counts), **dict(pairs)}
        for entry in entries.values():
            bindings.know(entry.array.key, entry.array, None)
            bindings.shapes[entry.array.key] = entry.shape

    def of_one_letter(self, node: Node) -> tuple[Node, Shape] | None:
        """The tree in whole matrices, as a textbook has it; else with an axis for the letter."""
        whole = self.of_many(node)
        if whole is not None and whole[1]:
            return whole
        for along in self._layouts():
            try:
                found = columns(node, self._is_entry, partial(self._whole, along), self._rank)
            except NotWhole:
                break
            shape = self._shape(found)
            if shape is not None:
                return found, shape
        return whole

    def _is_entry(self, name: Name) -> bool:
        return id(name) in self.entries

    def _rank(self, node: Node) -> int | None:
        if id(node) in self.entries:
            return 0 if self.entries[id(node)].is_full else None
        shape = self._shape(node)
        return None if shape is None else len(long_dims(shape))

    def _layouts(self) -> Iterator[Mapping[str, int]]:
        """Of each matrix whose rows or columns a letter counts, the axis along which it does."""
        (letter,) = self.letters
        length = self.lengths.get(letter)
        arrays = {entry.array.key: entry.shape for entry in self.entries.values() if not entry.is_full}
        axes = [[axis for axis in (0, 1) if length in (None, shape[axis])] for shape in arrays.values()]
        yield from (dict(zip(arrays, each, strict=True)) for each in choices(*axes))

    def _whole(self, along: Mapping[str, int], name: Name) -> Node:
        """The matrix whose columns are what a name stands for; where all are numbers, vectors stay as they lie."""
        entry = self.entries[id(name)]
        if len({*entry.letters}) < len(entry.letters):
            raise NotWhole("a diagonal")
        array = Name(entry.array.text, entry.array.base, entry.array.indices, key=entry.array.key)
        stands = entry.is_full and len(entry.shape) == 2 and entry.shape[1] is ONE and bool(along)
        is_row = stands if entry.is_full else along[entry.array.key] == 0
        return tree.transpose(array) if is_row else array

    def of_many(self, node: Node) -> tuple[Node, Shape] | None:
        """The tree with an axis for each letter."""
        try:
            node, rows, cols = self._lifted(node)
        except NotWhole:
            return None
        if (rows, cols) == _SCALARS:
            return tree.total(node), ()
        axes = tuple(range(len(self.letters)))
        return tree.total(node, axes if len(axes) > 1 else 0, keepdims=False), (rows, cols)

    def _shape(self, node: Node) -> Shape | None:
        found = Shapes(self.bindings.shapes, self.bindings.section).of(node)
        return None if found is None or not all(isinstance(dim, Dim) for dim in found) else found

    def _lifted(self, node: Node) -> Lifted:
        if id(node) in self.entries and type(node) is Name:
            return self._spread(self.entries[id(node)])
        if type(node) is not Apply or not any(id(part) in self.entries for part in walk(node)):
            return self._plain(node)
        if node.op == "sum_over":
            term = self._lifted(node.args[0])
            axis = self.letters.index(node.params["index"])
            return term._replace(node=tree.total(term.node, axis))
        if is_a(node, "contraction"):
            return self._product([self._lifted(factor) for factor in node.args], node.op)
        return self._other(node, [self._lifted(argument) for argument in node.args])

    def _plain(self, node: Node) -> Lifted:
        """What carries no letter: a number, or a matrix that is the same for all."""
        shape = () if type(node) is Number else self._shape(node)
        if shape is None or len(shape) not in (0, 2):
            raise NotWhole("a name")
        return Lifted(node, *(shape or _SCALARS))

    def _other(self, node: Apply, args: list[Lifted]) -> Lifted:
        first = args[0] if args else None
        if first is not None and node.op == "transpose":
            return Lifted(tree.apply("swapaxes", first.node, axis1=-1, axis2=-2), first.columns, first.rows)
        if first is not None and node.op == "sum" and not node.params:
            return Lifted(tree.total(first.node, (-2, -1)), *_SCALARS)
        if first is not None and node.op == "norm" and not node.params:
            return Lifted(tree.apply("sqrt", tree.total(tree.square(first.node), (-2, -1))), *_SCALARS)
        if not is_entrywise(node):
            raise NotWhole(node.op)
        whole = Apply(node.op, tuple(each.node for each in args), node.params, node.span, node.sign)
        return Lifted(whole, _joined([each.rows for each in args]), _joined([each.columns for each in args]))

    def _product(self, factors: list[Lifted], op: str) -> Lifted:
        """The product from left to right: numbers scale, two columns have their inner product under its sign."""
        whole, *rest = factors
        for factor in rest:
            scales = whole[1:] == _SCALARS or factor[1:] == _SCALARS
            if not scales and op not in every("product") and whole[1:] == factor[1:]:
                whole = Lifted(tree.total(tree.times(whole.node, factor.node), (-2, -1)), *_SCALARS)
            elif scales:
                rows, cols = (factor if whole[1:] == _SCALARS else whole)[1:]
                whole = Lifted(tree.times(whole.node, factor.node), rows, cols)
            elif whole.columns is factor.rows:
                whole = Lifted(tree.apply("matmul", whole.node, factor.node), whole.rows, factor.columns)
            else:
                raise NotWhole("product")
        return whole

    def _spread(self, entry: IndexedName) -> Lifted:
        """An array with its own axes at the places of its letters, and what is left of it as a column after them."""
        array: Node = Name(entry.array.text, entry.array.base, entry.array.indices, key=entry.array.key)
        dims = long_dims(entry.shape)
        places = [self.letters.index(letter) for letter in entry.letters]
        if len(dims) == 2 and entry.letters[0] == entry.letters[-1] and entry.is_full:
            array, dims, places = tree.apply("diagonal_column", array), dims[:1], places[:1]
        if len(places) == 2 and places[0] > places[1]:
            array, dims, places = tree.transpose(array), dims[::-1], places[::-1]
        if len(places) < len(dims) and self._counts_columns(entry):
            array, dims = tree.transpose(array), dims[::-1]
        lengths: list[AnyDim] = [ONE] * len(self.letters)
        for place, dim in zip(places, dims, strict=False):
            lengths[place] = dim
        rows = dims[len(places)] if len(dims) > len(places) else ONE
        return Lifted(tree.apply("reshape", array, shape=(*lengths, rows, ONE)), rows, ONE)

    def _counts_columns(self, entry: IndexedName) -> bool:
        """Whether the letter of a part of a matrix counts its columns, not its rows."""
        length = self.lengths.get(entry.letters[0])
        return length is not None and entry.shape[0] is not length and entry.shape[1] is length


def is_entrywise(node: Apply) -> bool:
    """Whether an operation gives each entry of that entry of its arguments."""
    return is_a(node, "contraction", "entrywise")


def _joined(dims: list[AnyDim]) -> AnyDim:
    """The length of an axis on which lengths, or 1, are joined."""
    long = list(dict.fromkeys(dim for dim in dims if dim is not ONE))
    if len(long) > 1:
        raise NotWhole("lengths")
    return long[0] if long else ONE
