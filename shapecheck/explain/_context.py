"""What an index form is written with: the shapes of nodes, their author's words, letters not yet used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from ..infer import Checked
from ..repairs._layers import without_font
from ..shapes.dims import ONE, AnyDim, Dim, Shape, prune
from ..syntax.nodes import NOWHERE, Apply, Name, Node
from ..text import Source, Span

Indices = tuple[str | None, ...]
"""An index an axis: a letter, a letter and a number, a number; None if the axis has length 1."""

DERIVATIVE_SIGNS = ("", "∂", "d")
"""The texts of names that stand for a whole `∂L/∂W`."""
_FRACTION = re.compile(r"\\[dt]?frac\s*\{\s*(?:\\partial|d)\s*(.*?)\s*\}\s*\{\s*(?:\\partial|d)\s*(.*?)\s*\}")
"""A derivative as LaTeX writes it."""
_LETTERS = "ijkpqrsuvabcdefgh"


class NoIndices(ValueError):
    """Why a statement has no form in indices."""


class Context:
    """The writing of one statement in indices: each letter with the dimension that it runs over."""

    def __init__(self, checked: Checked, source: Source) -> None:
        self._source = source
        self._shapes = checked.shapes
        self._readings = checked.readings
        self.letters: dict[str, AnyDim] = {}
        self._free = _unused(source.slice(checked.equation.span), checked.shapes)

    def fresh(self, dim: AnyDim) -> str | None:
        """A new letter that runs over a dimension, None if that is 1."""
        if prune(dim) is ONE:
            return None
        letter = next(self._free)
        self.letters[letter] = prune(dim)
        return letter

    def shape(self, node: Node) -> Shape:
        """The shape of a node; NoIndices where it is unknown."""
        shape = self._shapes.get(id(node))
        if shape is None:
            raise NoIndices(f"the shape of {self.spelled(node)} is not known")
        return tuple(map(prune, shape))

    def knows(self, node: Node) -> bool:
        """Whether the shape of a node is known."""
        return self._shapes.get(id(node)) is not None

    def op(self, node: Apply) -> str:
        """The operation in the reading that holds."""
        return self._readings.get(id(node), node.op)

    def spelled(self, node: Node) -> str:
        """A node as its author wrote it, in one line."""
        if type(node) is Name and node.text not in DERIVATIVE_SIGNS:
            return plain_name(node.text)
        text = " ".join(self._source.slice(extent(node)).split())
        fraction = _FRACTION.fullmatch(text) if type(node) is Name else None
        return f"∂{plain_name(fraction[1])}/∂{plain_name(fraction[2])}" if fraction else text

    def entry(self, node: Node, indices: Sequence[str | None]) -> str:
        """An entry of what a node says, without a rule of its own: `inv(A)[i,j]`, `(A^-1)[i,j]`."""
        text = self.spelled(node)
        places = ",".join(index for index in indices if index is not None)
        whole = text if type(node) is not Apply or _is_piece(text) else f"({text})"
        return f"{whole}[{places}]" if places else whole


def plain_name(text: str) -> str:
    """A name without the font that is around the whole of it."""
    bare = without_font(Name(text, text))
    return bare.text if type(bare) is Name else text


def _is_piece(text: str) -> bool:
    """Whether a text is a name, a call, or one pair of brackets, so that an index may follow."""
    rest = re.sub(r"^[\w.]+", "", text)
    depth = 0
    for place, char in enumerate(rest):
        depth += (char in "([") - (char in ")]")
        if not depth:
            return char in ")]" and place == len(rest) - 1
    return not rest


def extent(node: Node) -> Span:
    """Where a node stands; one that a rewrite made stands where its arguments do."""
    if node.span != NOWHERE or type(node) is not Apply:
        return node.span
    spans = [span for span in map(extent, node.args) if span != NOWHERE]
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else NOWHERE


def _unused(text: str, shapes: Mapping[int, Shape | None]) -> Iterator[str]:
    """Letters that neither the statement nor its dimensions use."""
    dims = {prune(dim) for shape in shapes.values() for dim in shape or ()}
    taken = set(re.findall(r"[^\W\d_]+", " ".join([text, *(dim.text for dim in dims if type(dim) is Dim)])))
    yield from (letter for letter in _LETTERS if letter not in taken)
    yield from (f"i{number}" for number in count(1))


def aligned(shape: Shape, indices: Indices) -> Indices:
    """The indices of an operand that is broadcast to a result with these indices."""
    taken = indices[len(indices) - len(shape) :] if len(shape) <= len(indices) else (None,) * len(shape)
    if len(shape) > len(indices):
        taken = (None,) * (len(shape) - len(indices)) + indices
    return tuple(None if dim is ONE else index for dim, index in zip(shape, taken, strict=True))


def vector(shape: Shape, index: str | None) -> Indices:
    """The indices of a vector, whatever way it lies."""
    return tuple(None if dim is ONE else index for dim in shape)


def non_one(shape: Shape) -> Shape:
    """The dimensions of a shape that are not 1."""
    return tuple(dim for dim in map(prune, shape) if dim is not ONE)
