"""Remarks on what an explanation assumes: that an activation's derivative is diagonal, and the convention."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import ONE, prune
from ..syntax.nodes import Apply, Name, Node, walk
from ..text import Source
from ._context import Context
from ._origins import known


def remarks(checked: Checked, section: Section, source: Source) -> Iterator[str]:
    """A sentence for each assumption."""
    nodes = list(walk(*checked.equation.members))
    context = Context(checked, source)
    seen: list[tuple[Node, ...]] = []
    for node in nodes:
        if type(node) is Apply and node.op == "jacobian" and node.params.get("elementwise") and node.args not in seen:
            seen.append(node.args)
            yield from _on_activation(context, node)
    if any(type(node) is Name and known(section, node, source).kind == "convention" for node in nodes):
        yield f"shapes from the {section.convention.name} convention ({section.convention.words}); override with -s"


def _on_activation(context: Context, node: Apply) -> Iterator[str]:
    above, below = map(context.spelled, node.args)
    yield (
        f"∂{above}/∂{below}: each entry of {above} depends only on the same entry of {below}, so this derivative is "
        f"diagonal, g'({below}), and the product with it is elementwise"
    )
    if _is_matrix(context, node.args[0]):
        yield (
            "this does not hold if g is a softmax, which mixes the entries of a column p: its derivative has a matrix "
            "for each column, diag(p) - p p.T, which multiplies that column of the gradient"
        )


def _is_matrix(context: Context, node: Node) -> bool:
    return not context.knows(node) or sum(prune(dim) is not ONE for dim in context.shape(node)) > 1
