"""The entries of arrays in a sum over indices: `A_ij` is a number, `x_i` one, or a row or a column of X."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ..conventions import EXAMPLES
from ..shapes.dims import ONE, AnyDim, Shape, Var, long_dims, prune
from ..syntax.nodes import Index, Name, Node, names_in
from ..values import NamedTuple
from ._bindings import Bindings

Letters: TypeAlias = tuple[str, ...]


class IndexedName(NamedTuple):
    """What a name with indices is: the array of which it is an entry, a row or a column, and its letters in order.

    The shape `is_guessed` where a convention alone has one. Of vectors that a letter tells apart it has a `length`.
    """

    array: Name
    shape: Shape
    is_guessed: bool
    letters: Letters
    length: AnyDim | None = None

    @property
    def is_full(self) -> bool:
        """Whether there is a letter for each axis, so that it is a number."""
        return len(self.letters) == len(long_dims(self.shape))


def entries_in(node: Node, letters: list[str], bindings: Bindings) -> dict[int, IndexedName] | None:
    """The entries in a tree by the `id` of their names; None if a name with a letter is of no known array."""
    names = list(names_in(node))
    found = {id(name): entry for name in names if (entry := entry_of(name, letters, bindings)) is not None}
    lost = any(_carries(name, letters) and id(name) not in found for name in names)
    return None if lost else _settled(found)


def _settled(entries: Mapping[int, IndexedName]) -> dict[int, IndexedName]:
    """The entries, where only a convention has a shape for one with that of those beside it that have its letters."""
    told = [entry for entry in entries.values() if not entry.is_guessed]
    known = {entry.letters: entry.shape for entry in told if entry.is_full}
    counts: dict[Letters, AnyDim] = {
        letters: long_dims(shape)[0] for letters, shape in known.items() if len(letters) == 1
    }
    counts |= {entry.letters: entry.length for entry in told if entry.length is not None}
    return {place: _told(entry, known, counts) for place, entry in entries.items()}


def _told(entry: IndexedName, known: Mapping[Letters, Shape], counts: Mapping[Letters, AnyDim]) -> IndexedName:
    if not entry.is_guessed or entry.length is None:
        return entry._replace(shape=known.get(entry.letters, entry.shape)) if entry.is_guessed else entry
    count = counts.get(entry.letters, entry.length)
    return entry._replace(shape=tuple(count if dim is entry.length else dim for dim in entry.shape), length=count)


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
    example = bindings.reading.symbol(name.base, name.indices)
    single = bindings.table.look_up(example)
    if single is not None and len(long_dims(single.shape)) == 1:
        shape = bindings.shapes.get(example.key) or single.shape
        several = _several(entries, shape, letters_here, _examples(bindings))
        return several or _made(bases, rest, shape, letters_here, bindings)
    full = next((entry for entry in entries if len(entry.letters) <= len(long_dims(entry.shape))), None)
    if full is None and single is not None and single.shape == () and bindings.table.stated.of(example):
        return _made(bases, rest, (), letters_here, bindings)
    return full


def _several(entries: list[IndexedName], shape: Shape, letters: Letters, examples: AnyDim) -> IndexedName | None:
    """The matrix whose rows or columns are vectors of a shape."""
    found = next((entry for entry in entries if len(long_dims(entry.shape)) == 1 + len(letters)), None)
    (length,) = long_dims(shape)
    if found is not None and found.is_guessed and length not in found.shape:
        found = found._replace(shape=tuple(dim if dim is examples else length for dim in found.shape))
    others = [dim for dim in found.shape if dim is not length] if found is not None else []
    return found._replace(length=others[0]) if found is not None and len(others) == 1 else found


def _made(
    bases: tuple[str, ...], rest: tuple[Index, ...], shape: Shape, letters: Letters, bindings: Bindings
) -> IndexedName | None:
    """A matrix of such columns, by a letter that stands for nothing else."""
    count = _examples(bindings)
    for base in bases if len(letters) == 1 else ():
        key = bindings.reading.symbol(base, rest).key
        if key not in bindings.shapes:
            dims = (*long_dims(shape), count) if shape else (count, ONE)
            return IndexedName(Name(base, base, rest, key=key), dims, True, letters, count)
    return None


def _examples(bindings: Bindings) -> AnyDim:
    """What counts the examples: what is summed over has a length."""
    return bindings.table.naming.dimension(EXAMPLES.text)


def _array(base: str, indices: tuple[Index, ...], bindings: Bindings) -> tuple[Name, Shape, bool] | None:
    own = bindings.reading.symbol(base, indices)
    key = bindings.current.get(own.key, own.key)
    entry = bindings.table.look_up(own)
    shape = bindings.shapes.get(key) or (entry.shape if entry is not None else None)
    name = bindings.names.get(key) or Name(base, base, indices, key=key)
    is_guessed = entry is not None and entry.origin.kind == "convention"
    if shape is None or not 0 < len(shape) < 3:
        return None
    return name, tuple(_counted(dim, bindings) for dim in shape), is_guessed


def _counted(dim: AnyDim, bindings: Bindings) -> AnyDim:
    """A dimension, an open number of examples as the m of them."""
    dim = prune(dim)
    return _examples(bindings) if type(dim) is Var and dim.hint == "?" else dim
