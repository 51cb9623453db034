"""The entries of arrays in a sum over indices: `A_ij` is a number, `x_i` one, or a row or a column of X."""

from __future__ import annotations

from collections.abc import Mapping

from ..shapes.dims import AnyDim, Shape, Var, long_dims, prune, symbol
from ..syntax.nodes import Index, Name, Node, names_in
from ..values import NamedTuple
from ._bindings import Bindings


class IndexedName(NamedTuple):
    """What a name with indices is: the array of which it is an entry, a row or a column, and its letters in order.

    The shape `is_guessed` where a convention alone has one.
    """

    array: Name
    shape: Shape
    is_guessed: bool
    letters: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether there is a letter for each axis, so that it is a number."""
        return len(self.letters) == len(long_dims(self.shape))


def entries_in(node: Node, letters: list[str], bindings: Bindings) -> dict[int, IndexedName] | None:
    """The entries in a tree by the `id` of their names; None where a name with a letter is of no known array."""
    names = list(names_in(node))
    found = {id(name): entry for name in names if (entry := entry_of(name, letters, bindings)) is not None}
    lost = any(_carries(name, letters) and id(name) not in found for name in names)
    return None if lost else _settled(found)


def _settled(entries: Mapping[int, IndexedName]) -> dict[int, IndexedName]:
    """The entries, where only a convention has a shape for one with that of those beside it that have its letters."""
    known = {entry.letters: entry.shape for entry in entries.values() if entry.is_full and not entry.is_guessed}
    return {
        place: entry._replace(shape=known.get(entry.letters, entry.shape)) if entry.is_guessed else entry
        for place, entry in entries.items()
    }


def _carries(name: Name, letters: list[str]) -> bool:
    """Whether a name has an index with one of the letters; that of an example, `x^{(i)}`, is another matter."""
    return any(set(index.text) & set(letters) for index in name.indices)


def entry_of(name: Name, letters: list[str], bindings: Bindings) -> IndexedName | None:
    """The array that a name with some of the letters is of: of its own letter, or of the capital one."""
    own = [index for index in name.indices if index.kind == "_" and index.text.replace(",", "").isalpha()]
    own = [index for index in own if set(index.text.replace(",", "")) <= set(letters)]
    if len(own) != 1:
        return None
    rest = tuple(index for index in name.indices if index is not own[0])
    bases = (name.base, name.base[:1].upper() + name.base[1:])
    letters_here = tuple(own[0].text.replace(",", ""))
    found = [array for base in dict.fromkeys(bases) if (array := _array(base, rest, bindings)) is not None]
    entries = [IndexedName(*array, letters_here) for array in sorted(found, key=lambda array: array[2])]
    return next((entry for entry in entries if len(entry.letters) <= len(long_dims(entry.shape))), None)


def _array(base: str, indices: tuple[Index, ...], bindings: Bindings) -> tuple[Name, Shape, bool] | None:
    own = bindings.reading.symbol(base, indices)
    key = bindings.current.get(own.key, own.key)
    entry = bindings.table.look_up(own)
    shape = bindings.shapes.get(key) or (entry.shape if entry is not None else None)
    name = bindings.names.get(key) or Name(base, base, indices, key=key)
    is_guessed = entry is not None and entry.origin.kind == "convention"
    return (name, tuple(map(_counted, shape)), is_guessed) if shape is not None and 0 < len(shape) < 3 else None


def _counted(dim: AnyDim) -> AnyDim:
    """A dimension, an open number of examples as the m of them: what is summed over has a length."""
    dim = prune(dim)
    return symbol("m") if type(dim) is Var and dim.hint == "?" else dim
