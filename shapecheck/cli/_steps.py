"""A formula taken apart: a line for each part of it with its shape, and its form in sympy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..check import statements
from ..infer import Checked
from ..settings import Settings
from ..shapes.dims import show
from ..syntax.nodes import Apply, Node, Number
from ..text import Source


class Step(NamedTuple):
    """A part of a formula as its author wrote it, how deep it stands, its shape, and the operation that makes it."""

    depth: int
    text: str
    shape: str
    operation: str


def steps(source: Source, settings: Settings) -> Iterator[tuple[list[Step], Checked]]:
    """The parts of each statement, the whole first, and what is known of it."""
    for _, checked in statements(source, settings):
        taken = [step for member in checked.equation.members for step in _parts(member, checked, source)]
        yield taken, checked


def _parts(whole: Node, checked: Checked, source: Source) -> Iterator[Step]:
    waiting = [(whole, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield _step(node, depth, checked, source)
        if isinstance(node, Apply):
            waiting.extend((part, depth + 1) for part in reversed(node.args) if not isinstance(part, Number))


def _step(node: Node, depth: int, checked: Checked, source: Source) -> Step:
    operation = checked.readings.get(id(node), node.op) if isinstance(node, Apply) else ""
    text = source.slice(node.span) or getattr(node, "text", operation)
    shape = checked.shapes.get(id(node))
    return Step(depth, text, "?" if shape is None else show(shape), operation)


def in_sympy(checked: Checked, latex: bool = False) -> str | None:
    """The statement as sympy writes it, as code or as LaTeX; None where sympy's matrices cannot say it."""
    from ..symbolic import NotAMatrix, to_sympy

    if checked.failures:
        return None
    try:
        expression = to_sympy(checked.equation, checked.shapes, checked.readings)
    except NotAMatrix:
        return None
    if not latex:
        return str(expression)
    return str(expression._repr_latex_()).strip("$").removeprefix("\\displaystyle ")
