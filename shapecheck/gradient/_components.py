"""What is written of each entry, `y_i = Σ_j W_ij x_j + b_i`, as the same in whole arrays: `y = W x + b`."""

from __future__ import annotations

from collections.abc import Sequence

from ..ops import _nodes as tree
from ..ops import is_a
from ..shapes.dims import ONE, AnyDim, Shape, long_dims
from ..symbols import TIME
from ..syntax.nodes import Apply, Name, Node, is_op, walk, with_args
from ._bindings import Bindings
from ._columns import NotWhole
from ._entries import entries_in
from ._indexed import is_entrywise, lifted
from ._shapes import Shapes

Letters = tuple[str, ...]


def letters_of(name: Name, bindings: Bindings) -> Letters:
    """The letters by which a name is each entry of an array, `i` of `y_i`; none if that is a name of its own."""
    own = [index for index in name.indices if index.kind == "_" and index.text.replace(",", "").isalpha()]
    letters = tuple(own[0].text.replace(",", "")) if len(own) == 1 else ()
    symbol = bindings.reading.by_key.get(name.key)
    is_stated = symbol is not None and not symbol.component and bool(bindings.table.stated.of(symbol))
    counted = {*bindings.reading.letters, *TIME}
    return () if is_stated or len(letters) > 2 or counted & {*letters} else letters


def in_whole(name: Name, value: Node, bindings: Bindings) -> tuple[Name, Node, Shape] | None:
    """An equation with sums over indices in whole arrays, one for each entry as one for the array, `y = W x + b`.

    None if it has no sums that can be.
    """
    if letters := letters_of(name, bindings):
        rest = tuple(index for index in name.indices if index.text.replace(",", "") != "".join(letters))
        whole = Name(name.base, name.base, rest, name.span, bindings.reading.symbol(name.base, rest).key)
        try:
            found = _Components(value, letters, bindings)
            return whole, found.tree(value, letters), found.shape(letters)
        except NotWhole:
            pass
    summed = in_arrays(value, bindings)
    return None if summed is None else (name, *summed)


def in_arrays(node: Node, bindings: Bindings) -> tuple[Node, Shape] | None:
    """A tree with its sums over indices taken over whole arrays, and its shape; None if it has none that can be."""
    try:
        return _Components(node, (), bindings).tree(node, ()), ()
    except NotWhole:
        return lifted(node, bindings)


class _Components:
    """The arrays of one tree, all of whose names with letters are numbers."""

    def __init__(self, node: Node, letters: Letters, bindings: Bindings) -> None:
        sums = [letter for part in walk(node) if is_op(part, "sum_over") for letter in part.params["index"]]
        found = entries_in(node, [*letters, *sums], bindings) if sums else None
        if not found or not all(entry.is_full and len(entry.shape) == 2 for entry in found.values()):
            raise NotWhole("entries")
        self._entries = found
        self._is_number = not letters
        self._shape_of = Shapes(bindings.shapes, bindings.section).of
        pairs = (zip(entry.letters, long_dims(entry.shape), strict=True) for entry in found.values())
        self._lengths = {letter: dim for each in pairs for letter, dim in each}
        for entry in found.values():
            bindings.know(entry.array.key, entry.array, entry.shape)

    def shape(self, letters: Letters) -> Shape:
        """The shape of what has an entry for each of some letters."""
        lengths: list[AnyDim] = [self._lengths[letter] for letter in letters if letter in self._lengths]
        if len(lengths) < len(letters):
            raise NotWhole("a length")
        return (*lengths, ONE) if len(lengths) == 1 else tuple(lengths)

    def tree(self, node: Node, letters: Letters) -> Node:
        """A tree with an entry for each of some letters; what has fewer is a number, a column or a row."""
        free = self._letters(node)
        own = tuple(letter for letter in letters if letter in free)
        found = self._exactly(node, own)
        return tree.transpose(found) if len(letters) == 2 and own == letters[1:] else found

    def _letters(self, node: Node) -> set[str]:
        """The letters that are free in a tree."""
        if id(node) in self._entries:
            return {*self._entries[id(node)].letters}
        if type(node) is not Apply:
            return set()
        free = set[str]().union(*map(self._letters, node.args))
        return free - {*node.params["index"]} if node.op == "sum_over" else free

    def _exactly(self, node: Node, letters: Letters) -> Node:
        if id(node) in self._entries:
            entry = self._entries[id(node)]
            array = Name(entry.array.text, entry.array.base, entry.array.indices, key=entry.array.key)
            if len({*entry.letters}) < len(entry.letters):
                return tree.apply("diagonal_column", array)
            is_column = len(letters) == 2 or entry.shape[1] is ONE
            return array if entry.letters == letters and is_column else tree.transpose(array)
        if self._is_number and not self._speaks(node):
            return self._number(node)
        if type(node) is not Apply:
            return node
        if node.op == "sum_over":
            return self._sum(node.args[0], [*node.params["index"]], letters)
        args = [self.tree(argument, letters) for argument in node.args]
        if is_a(node, "multiplication", "contraction"):
            return tree.times(*args) if letters else tree.product(*args)
        if not is_entrywise(node):
            raise NotWhole(node.op)
        return with_args(node, args)

    def _speaks(self, node: Node) -> bool:
        """Whether an entry stands in a tree, or a sum."""
        return any(id(part) in self._entries or is_op(part, "sum_over") for part in walk(node))

    def _number(self, node: Node) -> Node:
        """What stands beside entries, or beside a sum of them: a number."""
        if self._shape_of(node) != ():
            raise NotWhole("an array")
        return node

    def _are_alike(self, node: Node, letters: set[str]) -> bool:
        """Whether all entries in a tree, and sums of them, have just these letters: it is taken entry by entry then."""
        if id(node) in self._entries or is_op(node, "sum_over"):
            return self._letters(node) == letters
        return type(node) is not Apply or all(self._are_alike(argument, letters) for argument in node.args)

    def _order(self, node: Node) -> Letters:
        """The free letters of a tree, as the first of its entries has them."""
        free = self._letters(node)
        entries = (
            tuple(dict.fromkeys(self._entries[id(part)].letters)) for part in walk(node) if id(part) in self._entries
        )
        return next((letters for letters in entries if {*letters} == free), tuple(sorted(free)))

    def _sum(self, body: Node, summed: list[str], letters: Letters) -> Node:
        """A sum over some letters: products of matrices, where each letter joins two factors."""
        if type(body) is Apply and body.op == "sum_over":
            return self._sum(body.args[0], [*summed, *body.params["index"]], letters)
        if not letters and self._are_alike(body, {*summed}):
            return tree.total(self.tree(body, self._order(body)))
        if is_a(body, "sum"):
            terms = tuple(self._sum(term, summed, letters) for term in body.args)
            return Apply(body.op, terms, body.params, body.span)
        factors = list(body.args) if is_a(body, "multiplication", "contraction") else [body]
        inside = [factor for factor in factors if self._letters(factor) & {*summed}]
        if not {*summed} <= set[str]().union(*map(self._letters, inside)):
            raise NotWhole("a letter that nothing has")
        outside = [self.tree(factor, letters) for factor in factors if factor not in inside]
        chain = self._chain(inside, summed, letters)
        return (tree.times if letters else tree.product)(*outside, chain)

    def _chain(self, factors: Sequence[Node], summed: list[str], letters: Letters) -> Node:
        """The product of factors from the first free letter to the last; a vector begins or ends it, or ones do."""
        left = list(factors)
        if not letters and len(left) == 1:
            return tree.total(self.tree(left[0], self._order(left[0])))
        ends = [factor for factor in left if len(self._letters(factor)) == 1]
        at = letters[0] if letters else min(self._letters(ends[0])) if ends else summed[0]
        found: list[Node] = []
        if not letters and ends:
            left.remove(ends[0])
            found.append(tree.transpose(self.tree(ends[0], (at,))))
        while left:
            matrix = next((each for each in left if at in self._letters(each) and len(self._letters(each)) == 2), None)
            vector = next((each for each in left if self._letters(each) == {at}), None)
            factor = matrix or vector
            if factor is None:
                raise NotWhole("a chain")
            left.remove(factor)
            following = (self._letters(factor) - {at}) or {""}
            found.append(self.tree(factor, (at, *following) if matrix else (at,)))
            at = following.pop()
        whole = tree.product(*found)
        if not letters and not ends and at == summed[0]:
            raise NotWhole("a trace")
        if at in summed and len(letters) < 2:
            return tree.total(whole, 1) if letters else tree.total(whole)
        if at != (letters[1] if len(letters) == 2 else ""):
            raise NotWhole("a sum")
        return whole
