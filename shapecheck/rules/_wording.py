"""Wording for nodes, shapes and dimensions: the author's spelling, `m columns`, `n1×n2: n1 rows`."""

from __future__ import annotations

from ..shapes.dims import ONE, AnyDim, Dim, Shape, prune, show
from ..syntax.nodes import NOWHERE, Apply, Node
from ..text import Source, Span

LONGEST = 40
"""The longest spelling quoted in a sentence: about half a line of a terminal."""
LONGEST_FORMULA = 60
"""The longest formula quoted in a note; the label at a longer one shows it."""


def span_of(*nodes: Node) -> Span:
    """The span that covers some nodes; a node made by a rewrite is located at its arguments."""
    spans = [span for span in map(_span, nodes) if span != NOWHERE]
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else NOWHERE


def _span(node: Node) -> Span:
    if node.span != NOWHERE or type(node) is not Apply or not node.args:
        return node.span
    return span_of(*node.args)


def bare(node: Node) -> Node:
    """A term without its leading minus."""
    while type(node) is Apply and node.op == "neg" and not node.closed:
        node = node.args[0]
    return node


def spelled(node: Node, source: Source, otherwise: str) -> str:
    """A node as its author wrote it, on one line; `otherwise` if that would be too long."""
    text = " ".join(source.slice(span_of(node)).split())
    return text if 0 < len(text) <= LONGEST else otherwise


def quoted(formula: str, otherwise: str) -> str:
    """A formula in a note, on one line; `otherwise` if that would be too long."""
    text = " ".join(formula.split())
    return f"`{text}`" if 0 < len(text) <= LONGEST_FORMULA else otherwise


def is_of(node: Node, shape: Shape, source: Source, otherwise: str) -> str:
    """A node with its shape, in a sentence: `W1 is n1×n0`."""
    return f"{spelled(node, source, otherwise)} is {named(shape)}"


def text_of(dim: AnyDim) -> str:
    """A dimension as printed; `?` if unknown."""
    dim = prune(dim)
    return dim.text if isinstance(dim, Dim) else "?"


def counted(dim: AnyDim, noun: str) -> str:
    """`m columns`, `1 column`, `an unknown number of columns`."""
    dim = prune(dim)
    if not isinstance(dim, Dim):
        return f"an unknown number of {noun}s"
    plural = {"entry": "entries"}.get(noun, f"{noun}s")
    return f"{dim.text} {noun if dim is ONE else plural}"


def along(shape: Shape, axis: int) -> str:
    """The size of a shape along an axis, in words: `m columns`, `n1 rows`, `n entries`, `T along axis 1`."""
    axis %= len(shape)
    if len(shape) > 2:
        return f"{text_of(shape[axis])} along axis {axis}"
    return counted(shape[axis], "entry" if len(shape) == 1 else ("row", "column")[axis])


def sized(shape: Shape, axis: int) -> str:
    """A shape and its size along the axis that matters: `n1×n2: n1 rows`."""
    return f"{show(shape)}: {along(shape, axis)}" if -len(shape) <= axis < len(shape) else named(shape)


def named(shape: Shape) -> str:
    """A shape in a sentence: `n1×m`, `(n1,)`, `a scalar`."""
    return show(shape) if shape else "a scalar"


def with_article(noun: str) -> str:
    """`a trace`, `an inverse`."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def listed(items: list[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {word} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
