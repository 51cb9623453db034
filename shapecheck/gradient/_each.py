"""Derivatives entry by entry, `∂y_i/∂x_j = y_i (δ_ij - y_j)`: a claim of arrays, in their entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeGuard

from ..ops import is_a
from ..shapes.dims import is_single
from ..symbols import Symbol
from ..syntax.nodes import Apply, Index, Name, Node, Number, walk, with_args
from ..values import replace
from ._bindings import Bindings
from ._columns import NotWhole
from ._components import letters_of
from ._derivatives import is_second
from ._entries import IndexedName, entry_of
from ._graph import EACH, GRADIENT, KRONECKER, Claim, Side
from ._indexed import is_entrywise
from ._record import Record


def of_entries(record: Record, bindings: Bindings) -> Claim | None:
    """The claim of a formula for a derivative of entries by entries; None if it is not one, or not understood."""
    equation = record.checked.equation
    target, value = equation.members[0], equation.members[-1]
    if bindings.code or len(equation.members) < 2 or record.checked.failures:
        return None
    sides = _sides(record, target, bindings)
    if not any(side.letters for side in sides) or not all(_is_one(side, bindings) for side in sides[:1]):
        return None
    try:
        body = _Body(value, sides, bindings).node(bindings.tree(value, record.checked), _letters(sides))
    except NotWhole:
        return None
    above, below, *twice = (side.array for side in sides)
    key = f"{GRADIENT}{above}" + "".join(f"/{GRADIENT}{each}" for each in (below, *twice))
    text = target.text if type(target) is Name else target.sign if type(target) is Apply else ""
    name = Name(text or "'", "∂", (), target.span, key if sides[0].letters or twice else GRADIENT + below)
    each = Apply(EACH, (body,), {"sides": tuple(sides)})
    claim = Claim(below, name, each, value, equation.sign, equation, equation.span, record.passage, above)
    return replace(claim, twice=twice[0] if twice else "")


def _is_one(side: Side, bindings: Bindings) -> bool:
    """Whether what is differentiated is one number; one that no equation gives is a loss."""
    shape = bindings.shapes.get(side.array)
    return bool(side.letters) or shape is None or is_single(shape)


def _letters(sides: Sequence[Side]) -> frozenset[str]:
    return frozenset(letter for side in sides for letter in side.letters)


def _sides(record: Record, target: Node, bindings: Bindings) -> list[Side]:
    """What is differentiated, and by what: each an array and the letters of its entries, a number without any."""
    if type(target) is Name and not is_second(target):
        symbol = bindings.reading.by_key.get(target.key)
        if symbol is None or not symbol.of or symbol.is_change or not bindings.table.is_gradient(symbol):
            return []
        below = _side(replace(target, base=_base(symbol.of, target)), bindings)
        return [Side(record.above), below] if below is not None else []
    if not (is_a(target, "derivative") or is_second(target)) or type(target) is Name:
        return []
    args = target.args[-2:]  # type: ignore[union-attr]
    if not all(type(each) is Name for each in args):
        return []
    found = [_side(each, bindings) for each in args if type(each) is Name]
    sides = [side for side in found if side is not None]
    if not is_a(target, "derivative"):
        sides = [Side(record.above), *sides]
    return sides if len(sides) == len(found) + (not is_a(target, "derivative")) else []


def _side(name: Name, bindings: Bindings) -> Side | None:
    """An array with letters for all of its axes; a name without any as it stands."""
    letters = letters_of(name, bindings)
    entry = entry_of(name, list(letters), bindings) if letters else None
    if entry is None:
        return Side(bindings.current.get(name.key, name.key))
    return Side(_known(entry, bindings), entry.letters) if entry.is_full else None


def _known(entry: IndexedName, bindings: Bindings) -> str:
    bindings.know(entry.array.key, entry.array, entry.shape)
    return entry.array.key


def _base(text: str, name: Name) -> str:
    """A base without the index that stands below its name: x of `∂f/∂x_k`."""
    ends = (f"_{index.text}" for index in name.indices if index.kind == "_")
    return next((text.removesuffix(end) for end in ends if text.endswith(end)), text)


def _letters_in(name: Name) -> frozenset[str]:
    """The letters in the indices of a name, or that it is itself."""
    return frozenset("".join(index.text for index in name.indices) or name.text)


def _is_whole(node: Node) -> TypeGuard[Apply]:
    """Whether an index after it, as in `(X^-1)_ij`, is one of the whole array."""
    return is_a(node, "transposition") or (type(node) is Apply and node.op == "inverse")


def _is_of_whole(node: Apply) -> bool:
    """Whether an operation on a whole array is one on a name, so that an index says which entry of it is meant."""
    inside = node.args[0]
    return type(inside) is Name or (_is_whole(inside) and _is_of_whole(inside))


class _Body:
    """The value of a claim, whose names have the keys of their arrays."""

    def __init__(self, value: Node, sides: Sequence[Side], bindings: Bindings) -> None:
        sums = [part.params["index"] for part in walk(value) if type(part) is Apply and part.op == "sum_over"]
        self.letters = _letters(sides) | frozenset(sums)
        self.bindings = bindings

    def node(self, node: Node, free: frozenset[str]) -> Node:
        """A tree in which some letters have a meaning; raises NotWhole where it is not understood."""
        if type(node) is Name:
            return self._name(node, free)
        if type(node) is not Apply or not self._carries(node):
            return node
        if (equal := self._equality(node, free)) is not None:
            return equal
        if node.op == "sum_over":
            if node.params["low"] not in (None, Number("0"), Number("1")):
                raise NotWhole("a bound")
            free = free | {node.params["index"]}
        elif not (_is_of_whole(node) if _is_whole(node) else is_entrywise(node)):
            raise NotWhole(node.op)
        args = tuple(self.node(argument, free) for argument in node.args)
        return with_args(node, args)

    def _carries(self, node: Node) -> bool:
        """Whether a letter stands in a tree, or a sum over one."""
        parts = list(walk(node))
        letters = {letter for name in parts if type(name) is Name for letter in _letters_in(name)}
        return bool(letters & self.letters) or any(type(part) is Apply and part.op == "sum_over" for part in parts)

    def _equality(self, node: Apply, free: frozenset[str]) -> Name | None:
        """`𝟙[i = j]`, which is δ_ij; None for anything else."""
        inside = node.args[0] if node.op == "heaviside" else node
        if type(inside) is not Apply or inside.op != "compare" or inside.params["sign"] != "==":
            return None
        letters = [each.text for each in inside.args if type(each) is Name and each.text in free]
        index = Index("_", ",".join(letters))
        return Name("δ", "δ", (index,), node.span, KRONECKER) if len(letters) == 2 else None

    def _name(self, name: Name, free: frozenset[str]) -> Name:
        letters = _letters_in(name) & self.letters
        if not letters:
            return name
        if not letters <= free or not name.indices:
            raise NotWhole("a letter")
        if self._is_kronecker(name, letters):
            return replace(name, indices=(Index("_", "".join(sorted(letters))),), key=KRONECKER)
        bindings, is_gradient = self.bindings, name.key.startswith(GRADIENT)
        symbol = bindings.reading.by_key.get(name.key.removeprefix(GRADIENT))
        own = replace(name, base=_base(symbol.base, name)) if is_gradient and symbol is not None else name
        entry = entry_of(own, sorted(free), bindings)
        if entry is None or not entry.is_full or not letters_of(own, bindings):
            raise NotWhole("a name")
        return replace(name, key=GRADIENT * is_gradient + _known(entry, bindings))

    def _is_kronecker(self, name: Name, letters: frozenset[str]) -> bool:
        """Whether a name is δ_ij, or `1_{i=j}`."""
        if name.base in ("1", "𝟙"):
            return re.fullmatch(r"(\w)=(\w)", name.indices[0].text) is not None
        return name.base == "δ" and len(letters) == 2 and not self._is_array(self.bindings.reading.symbol("δ", ()))

    def _is_array(self, symbol: Symbol) -> bool:
        """Whether an author says what an array is, or computes it."""
        return self.bindings.table.own(symbol) is not None or symbol.key in self.bindings.shapes
