"""Dimensions that code names twice: the D of `N, D = X.shape` is the `n_in` that another function made W with."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ..conventions import is_conventional
from ..shapes.dims import AnyDim, Dim, Shape, prune, substitute, symbol
from ._entries import Entry

if TYPE_CHECKING:
    from . import Table


class Identities:
    """Which dimensions of one function are those of another.

    `local` are the names that one function alone gives to the dimensions of what it is handed: such a name says
    nothing against a number, or against a name that stands elsewhere. `same` is what each was found to be, `held` are
    the numbers that names hold, as after `m = X.shape[1]`.
    """

    def __init__(self, held: dict[str, AnyDim]) -> None:
        self.local: set[str] = set()
        self.same: dict[str, Dim] = {}
        self.held = held

    def hold(self, key: str, value: AnyDim | None) -> None:
        """Record the number that a name holds, None if unknown."""
        if value is None:
            self.held.pop(key, None)
        else:
            self.held[key] = value

    def mention(self, shape: Shape) -> None:
        """Take the dimensions of an argument's stated shape for names of this function alone."""
        self.local.update(name for dim in shape if isinstance(dim, Dim) for name in dim.symbols)

    def told(self, dim: AnyDim) -> AnyDim:
        """A dimension, written with the names that are known elsewhere."""
        return substitute(dim, self.same) if self.same and isinstance(dim, Dim) else dim

    def pair(self, left: AnyDim, right: AnyDim) -> tuple[str, Dim] | None:
        """Of two different dimensions the one of this function, and what it may stand for; None if neither is."""
        one, other = prune(left), prune(right)
        if not (isinstance(one, Dim) and isinstance(other, Dim)):
            return None
        for name, meant in ((one, other), (other, one)):
            if name.symbols == (name.text,) and self._may_be(name.text, meant):
                return name.text, meant
        return None

    def mixes(self, name: str, other: Dim) -> bool:
        """Whether a number of examples would be identified with another kind of size, as N with inputs in `X.T @ W`."""
        return len(other.symbols) > 0 and _counts_examples(name) is not any(map(_counts_examples, other.symbols))

    def count_examples(self, *dims: Dim) -> bool:
        """Whether the names of all these sizes denote numbers of examples, so that they may be equal."""
        return all(any(map(_counts_examples, dim.symbols)) for dim in dims)

    def _may_be(self, name: str, other: Dim) -> bool:
        if name in other.symbols or other.value == 1:
            return False
        if len(name) > 2 and other.text in (f"{name}s", name.removesuffix("s")):
            return True
        if is_conventional(name) and name not in self.local:
            return name != "m" and len(other.symbols) > 0 and not any(map(is_conventional, other.symbols))
        if name not in self.local:
            return False
        is_product = len(other.terms) == 1 and len(other.terms[0][0]) > 1
        return is_product or not any(each in self.local or is_conventional(each) for each in other.symbols)


def _counts_examples(name: str) -> bool:
    return name in ("N", "M", "m", "B") or any(word in name.lower() for word in ("batch", "sample", "example", "train"))


Known: TypeAlias = tuple[
    dict[str, Entry], dict[str, Entry], dict[str, AnyDim], dict[str, Dim], tuple[dict[str, Dim], bool]
]
"""What is assigned, noted, held and identified, and what the convention's dimensions are taken for."""


def known_now(table: Table) -> Known:
    """A snapshot of what a table knows."""
    held, same = table.identities.held, table.identities.same
    return dict(table.assigned), dict(table.noted.by_key), dict(held), dict(same), table.naming.supposed()


def go_back(table: Table, known: Known) -> None:
    """Restore a snapshot."""
    assigned, noted, table.identities.held, table.identities.same, supposed = known
    table.assigned.clear()
    table.assigned.update(assigned)
    table.noted.go_back(noted)
    table.naming.go_back(*supposed)
    table.found.clear()


def makes_square(table: Table, name: str, dim: Dim) -> bool:
    """Whether a matrix has these two sizes: authors who name them differently mean different numbers."""
    sides = {symbol(name), dim}
    entries = (*table.assigned.values(), *table.noted.by_key.values())
    return any(len(entry.shape) == 2 and set(map(prune, entry.shape)) == sides for entry in entries)


def identify(table: Table, name: str, dim: Dim) -> None:
    """Replace a dimension of a function by the one that it was found to equal, everywhere."""
    identities, (supposed, silent) = table.identities, table.naming.supposed()
    same = {each: substitute(old, {name: dim}) for each, old in identities.same.items()}
    identities.same = same | {name: dim}
    table.naming.go_back(supposed | {name: dim}, silent)
    table.noted.go_back(table.noted.by_key)
    for entries in (table.assigned, table.noted.by_key):
        for key, entry in entries.items():
            entries[key] = Entry(tuple(map(identities.told, entry.shape)), entry.origin)
    for key, held in identities.held.items():
        identities.held[key] = substitute(held, {name: dim}) if isinstance(held, Dim) else held
    table.found.clear()
