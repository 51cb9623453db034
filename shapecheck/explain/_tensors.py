"""What a derivative of rank 3 or more is, and why a product with it is no matrix product."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..shapes.dims import ONE, Dim, Shape, prune, show, size
from ..syntax.nodes import Apply, Node, walk
from ..text import Source
from ._context import Context


def tensors(checked: Checked, source: Source) -> Iterator[str]:
    """A few sentences on each derivative that is no matrix."""
    context = Context(checked, source)
    seen: set[str] = set()
    for member in checked.equation.members:
        for node in walk(member):
            shape = checked.shapes.get(id(node))
            text = context.spelled(node)
            if type(node) is Apply and node.op.startswith("jacobian") and shape and len(shape) > 2 and text not in seen:
                seen.add(text)
                yield from _sentences(context, node, tuple(map(prune, shape)), text)


def _sentences(context: Context, node: Apply, shape: Shape, text: str) -> Iterator[str]:
    above, below = node.args
    of, by = context.spelled(above), context.spelled(below)
    yield (
        f"{text} is a tensor of rank {len(shape)}, {show(shape)}: a number for each entry of {of} and each of {by}"
        f"{_count(shape)}"
    )
    first, second = (_letters(context, argument) for argument in node.args)
    sums = " ".join(f"Σ_{letter}" for letter in first if letter)
    yield (
        f"a product with it is no matrix product, which sums over one index: the chain rule sums over all of {of}'s, "
        f"{_entry(f'∂L/∂{by}', second)} = {sums} {_entry(f'∂L/∂{of}', first)} "
        f"{_entry(f'∂{of}', first)}/{_entry(f'∂{by}', second)}"
    )


def _count(shape: Shape) -> str:
    known = tuple(dim for dim in shape if isinstance(dim, Dim))
    if len(known) < len(shape):
        return ""
    total = size(known)
    if total.value is not None:
        return f", {total.value} entries"
    texts = [dim.text for dim in known if dim is not ONE]
    return f", {' · '.join(f'({text})' if ' ' in text else text for text in texts)} entries"


def _letters(context: Context, node: Node) -> list[str | None]:
    return [context.fresh(dim) for dim in context.shape(node)]


def _entry(text: str, letters: list[str | None]) -> str:
    return f"{text}[{','.join(letter for letter in letters if letter)}]" if any(letters) else text
