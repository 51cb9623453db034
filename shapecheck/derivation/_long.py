"""Cut a line that is too long: a part of it gets a line of its own before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..simplify import ShapeOf, key
from ..syntax.nodes import Apply, Name, Node, walk
from ._folding import DerivedLine

LONGEST = 160
"""The longest line of a derivation, in characters; a longer one is split."""
_MOST = 100
"""The longest part that becomes a line of its own."""


def short(
    line: DerivedLine, text_of: Callable[[DerivedLine], str], shape_of: ShapeOf, names: Iterator[Name]
) -> Iterator[DerivedLine]:
    """The line, behind those that hold what was cut out of it."""
    while len(text_of(line)) > LONGEST:
        part = _part(line, text_of, shape_of)
        if part is None:
            break
        name = next(names)
        yield DerivedLine(name.key, name, part)
        line = line._replace(value=_without(line.value, key(part), name))
    yield line


def _part(line: DerivedLine, text_of: Callable[[DerivedLine], str], shape_of: ShapeOf) -> Node | None:
    """The longest array within a value that makes a short line itself."""
    parts = [node for node in walk(line.value) if type(node) is Apply and node is not line.value and shape_of(node)]
    lengths = [(len(text_of(line._replace(value=node))), node) for node in parts if node.op != "transpose"]
    return max((each for each in lengths if each[0] <= _MOST), key=lambda each: each[0], default=(0, None))[1]


def _without(node: Node, part: str, name: Name) -> Node:
    """A tree with every part of that key replaced by a name."""
    if type(node) is not Apply:
        return node
    if key(node) == part:
        return name
    return Apply(node.op, tuple(_without(each, part, name) for each in node.args), node.params, sign=node.sign)
