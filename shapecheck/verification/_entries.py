"""What is claimed of each entry, in numbers: an axis for each letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..evaluate import array, evaluate
from ..gradient import KRONECKER, Side
from ..ops import is_a
from ..syntax.nodes import Apply, Name, Node, is_op, names_in, walk

Values = Mapping[str, Any]
Sizes = Mapping[str, int]


def letters_of(sides: Sequence[Side]) -> list[str]:
    """The letters of both sides of a derivative in order, each once."""
    return list(dict.fromkeys(letter for side in sides for letter in side.letters))


def of_sides(derivative: Any, sides: Sequence[Side], values: Values) -> Any:
    """A derivative, a row an entry of the one and a column an entry of the other, with an axis for each letter."""
    letters = [letter for side in sides for letter in side.letters]
    lengths = [length for side in sides if side.letters for length in array(values[side.array]).squeeze().shape]
    return _with_letters(array(derivative).reshape(lengths), letters, letters_of(sides))


def each_entry(tree: Apply, values: Values, sizes: Sizes) -> Any:
    """The values of a claim for each entry; raises NoValue and ValueError where there are none."""
    sides: Sequence[Side] = tree.params["sides"]
    body = tree.args[0]
    sums = [part.params["index"] for part in walk(body) if type(part) is Apply and part.op == "sum_over"]
    letters = list(dict.fromkeys((*letters_of(sides), *sums)))
    lengths = dict(_lengths(sides, body, letters, values))
    found = array(_Entries(letters, lengths, values, sizes).value(body))
    wanted = tuple(lengths[letter] for letter in letters_of(sides))
    return (found + array(0.0).reshape((1,) * found.ndim)).reshape(found.shape[: len(wanted)]) + _zeros(wanted)


def _zeros(lengths: Sequence[int]) -> Any:
    """Zeros along some axes."""
    total = array(0.0)
    for length in lengths:
        total = total[..., None] + array([0.0] * length)
    return total


def _lengths(sides: Sequence[Side], body: Node, letters: Sequence[str], values: Values) -> Iterator[tuple[str, int]]:
    """How far each letter counts; raises ValueError where two arrays say it differently."""
    found: dict[str, int] = {}
    entries = [(side.array, side.letters) for side in sides]
    entries += [(name.key, _own(name, letters)) for name in names_in(body) if name.key in values]
    for key, own in entries:
        shape = array(values[key]).squeeze().shape if own else ()
        for letter, length in zip(own, shape, strict=True):
            if found.setdefault(letter, length) != length:
                raise ValueError(letter)
    yield from found.items()


def _own(name: Name, letters: Sequence[str]) -> tuple[str, ...]:
    """The letters by which a name is each entry of an array."""
    low = [index.text.replace(",", "") for index in name.indices if index.kind == "_"]
    return tuple(low[0]) if len(low) == 1 and set(low[0]) <= set(letters) else ()


class _Entries:
    """The entries of trees: an axis of its length, or of 1, for each letter, and one of 1 after them."""

    def __init__(self, letters: Sequence[str], lengths: Mapping[str, int], values: Values, sizes: Sizes) -> None:
        self.letters = letters
        self.lengths = lengths
        self.values = values
        self.sizes = sizes

    def value(self, node: Node) -> Any:
        """The value of a tree."""
        letters = self._letters(node)
        if not letters and not any(is_op(part, "sum_over") for part in walk(node)):
            return array(evaluate(node, self.values, self.sizes)).reshape((1,) * (len(self.letters) + 1))
        if type(node) is Name:
            return self._entry(node, node)
        assert type(node) is Apply
        if node.op == "sum_over":
            axis = self.letters.index(node.params["index"])
            term = self.value(node.args[0])
            length = self.lengths[node.params["index"]] if term.shape[axis] == 1 else 1
            return term.sum(axis=axis, keepdims=True) * length
        if node.op in ("transpose", "inverse"):
            return self._entry(node, next(names_in(node)))
        op = "hadamard" if is_a(node, "contraction") else node.op
        names = [Name(str(place), str(place), key=f"·{place}") for place in range(len(node.args))]
        given = {name.key: self.value(each) for name, each in zip(names, node.args, strict=True)}
        return array(evaluate(Apply(op, tuple(names), node.params), given, self.sizes))

    def _letters(self, node: Node) -> set[str]:
        return {letter for name in names_in(node) for letter in _own(name, self.letters)}

    def _entry(self, node: Node, name: Name) -> Any:
        """The entries of an array, or of what is computed of it; those of δ are 1 where its letters are equal."""
        own = _own(name, self.letters)
        if name.key == KRONECKER:
            rows, columns = (range(self.lengths[letter]) for letter in own)
            whole = array([[float(row == column) for column in columns] for row in rows])
        else:
            whole = array(evaluate(node, self.values, self.sizes)).squeeze()
        return _with_letters(whole, own, self.letters)[..., None]


def _with_letters(values: Any, own: Sequence[str], letters: Sequence[str]) -> Any:
    """An array whose axes have letters, with an axis for each of some letters, of length 1 where it has none."""
    left = list(own)
    for letter in dict.fromkeys(own):
        while left.count(letter) > 1:
            first = left.index(letter)
            second = left.index(letter, first + 1)
            values = values.diagonal(axis1=first, axis2=second)
            left = [each for place, each in enumerate(left) if place not in (first, second)] + [letter]
    values = values.transpose([left.index(letter) for letter in letters if letter in left])
    lengths = iter(values.shape)
    return values.reshape([next(lengths) if letter in left else 1 for letter in letters])
