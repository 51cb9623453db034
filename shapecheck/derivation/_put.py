"""What comes back to a part of an array as lines of its own: `dE[:, 1:] += …`, gathered rows one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..notations import Notation
from ..simplify import ShapeOf
from ..syntax.nodes import Apply, Name, Node, with_args
from ..values import NamedTuple
from ._numpy_forms import Unwritten

Written = Callable[[Node], str]
_ARRAY = Name("a", "a", key="a")


class PlacedPart(NamedTuple):
    """A part that is put into an array of its own, which begins as zeros."""

    array: Name
    zeros: Node
    part: Apply


def unpacked(node: Node, names: Iterator[Name]) -> tuple[list[PlacedPart], Node]:
    """The parts within a tree, each in an array of its own, and the tree of these."""
    if type(node) is not Apply:
        return [], node
    found: list[PlacedPart] = []
    args: list[Node] = []
    for argument in node.args:
        before, value = unpacked(argument, names)
        found += before
        args.append(value)
    whole = with_args(node, args)
    if node.op != "scatter":
        return found, whole if found else node
    array = next(names)
    return [*found, PlacedPart(array, Apply("zeros", (), {"shape": node.params["shape"]}), whole)], array


def added(array: Name, part: Apply, written: Written, notation: Notation, shape_of: ShapeOf) -> Iterator[str]:
    """The lines that add a part where it was taken from; rows that were gathered may come more than once."""
    items = part.params["items"]
    gathered = [place for place, item in enumerate(items) if _is_gathered(item, shape_of)]
    place, value = written(Apply("slice", (array,), {"items": items})), written(part.args[0])
    if gathered and notation.is_numpy:
        yield f"np.add.at({written(array)}, {_indices(items, written)}, {value})"
    elif gathered and notation.is_code:
        yield _one_by_one(array, part, gathered, written, shape_of)
    elif notation.is_dotted:
        yield f"{place} = {place} + {value}{notation.stop}"
    else:
        yield f"{place} += {value}"


def _is_gathered(item: Any, shape_of: ShapeOf) -> bool:
    """Whether an index is an array of them."""
    return isinstance(item, Name | Apply) and bool(shape_of(item))


def _indices(items: tuple[Any, ...], written: Written) -> str:
    """The indices as numpy's `np.add.at` takes them."""
    if len(items) == 1:
        return written(items[0])
    text = written(Apply("slice", (_ARRAY,), {"items": items}))
    return f"np.s_{text[text.index('[') :]}"


def _one_by_one(array: Name, part: Apply, gathered: list[int], written: Written, shape_of: ShapeOf) -> str:
    """A loop over the indices: MATLAB would take only the last of those that are equal."""
    items, shape = part.params["items"], shape_of(part.args[0])
    if len(gathered) > 1 or shape is None or type(items[gathered[0]]) is not Name:
        raise Unwritten("a part gathered by several index arrays cannot be written in MATLAB")
    axis = gathered[0]
    rank = len(shape)
    index = written(items[axis])
    one = ", ".join(f"{index}(k)" if place == axis else ":" for place in range(rank))
    own = ", ".join("k" if place == axis else ":" for place in range(rank))
    whole, value = written(array), written(part.args[0])
    before = "" if isinstance(part.args[0], Name) else f"part = {value}; "
    taken = f"{value if not before else 'part'}({own})"
    return f"{before}for k = 1:numel({index}), {whole}({one}) = {whole}({one}) + {taken}; end"
