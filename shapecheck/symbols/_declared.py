"""What an author declares is never something else: no word, function, constant, sum sign, gradient or entry."""

from __future__ import annotations

from collections.abc import Iterable

from ..shapes.dims import ONE, Dim, substitute, symbol
from ..syntax.nodes import Apply, Index, Name, Node
from ..values import NamedTuple
from ._gradients import derived
from ._greek import with_letters


class DeclaredName(NamedTuple):
    """A name, in the tree of its declaration, with its shape."""

    node: Node
    shape: tuple[Dim, ...]


class Declared:
    """The names that are declared in a file, by how they are spelled.

    Every reader of names asks here first, before it takes one for anything that it knows. The sign `before` a name is
    part of it, as in `δ h`.
    """

    def __init__(self, names: Iterable[DeclaredName] = (), before: str = "") -> None:
        self.before = before
        found = [(name, shape) for node, shape in names if (name := _name(node)) is not None]
        indexed = ((with_letters(name.base), index) for name, shape in found if shape for index in name.indices)
        self._spelled = frozenset(name.text for name, _ in found)
        self._bases = frozenset(with_letters(name.base) for name, _ in found)
        self._arrays = frozenset(indexed)
        self.matrices = frozenset(with_letters(name.base) for name, shape in found if _is_matrix(name, shape))
        self.columns = frozenset(with_letters(name.base) for name, shape in found if shape[1:] == (ONE,))
        self._plain = frozenset(with_letters(name.base) for name, _ in found if not name.indices)
        self._indexed = frozenset((with_letters(name.base), index) for name, _ in found for index in name.indices)
        self.letters = frozenset(letter for name, shape in found for letter in _letters_of(name, shape))

    def __bool__(self) -> bool:
        return bool(self._bases)

    def shape(self, shape: tuple[Dim, ...]) -> tuple[Dim, ...]:
        """A declared shape, in which `d_k` is a size of layer k where k is the letter of a family."""
        sizes = {name for dim in shape for name in dim.symbols if name[-2:-1] == "_" and name[-1] in self.letters}
        return tuple(substitute(dim, {name: symbol(f"{name[:-2]}[{name[-1]}]") for name in sizes}) for dim in shape)

    def has(self, base: str) -> bool:
        """Whether a name of this base is declared; a Greek letter is spelled by its name as well."""
        return base in self._bases or with_letters(base) in self._bases

    def is_spelled(self, text: str) -> bool:
        """Whether a name of just this spelling is declared."""
        return text in self._spelled

    def is_array(self, base: str, index: Index) -> bool:
        """Whether an array is declared with this index, as in `w_ij: 4 x 3`: it is a name, and no entry of w."""
        names = (base, derived(base).variable)
        return bool(self._arrays) and any((with_letters(name), index) in self._arrays for name in names)

    def is_apart(self, base: str, index: Index) -> bool:
        """Whether a name with this index is declared beside the one without it, as `x_t` beside `x`."""
        name = with_letters(base)
        return (name, index) in self._indexed and name in self._plain


class _Everything(Declared):
    """Where names are declared, all are."""

    def __bool__(self) -> bool:
        return True

    def has(self, base: str) -> bool:
        return True


NONE_DECLARED = Declared()
EVERYTHING = _Everything()


def _is_matrix(name: Name, shape: tuple[Dim, ...]) -> bool:
    """Whether a name without an index is declared as a matrix of several rows and columns."""
    return len(shape) == 2 and ONE not in shape and not name.indices


def _name(node: Node) -> Name | None:
    """The name in what is declared, as that of `W` in `W^2`."""
    while type(node) is Apply and node.args:
        node = node.args[0]
    return node if type(node) is Name else None


def _letters_of(name: Name, shape: tuple[Dim, ...]) -> Iterable[str]:
    """The letters of a family's layers: of `W_k: d_k x d_{k-1}` the k."""
    layers = {each.partition("[")[2].rstrip("]") for dim in shape for each in dim.symbols}
    return {layer[0] for layer in layers if layer[:1].isalpha()} & {index.text for index in name.indices}
