"""The lines of a derivation as text, in each notation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from ..gradient import Graph
from ..notations import notations
from ..notations._style import Style
from ..shapes.dims import Dim, Shape, prune
from ..simplify import ShapeOf
from ..syntax.nodes import Apply, Equation, Name, Node, Number
from . import Derivation, Line
from ._long import short
from ._names import identifier
from ._numpy import Numpy, named
from ._parts import pieces
from ._spelling import Spelling
from ._wanted import variable


def text_of(derivation: Derivation, notation: str | None = None) -> list[str]:
    """A line for each gradient in a notation, by default in that of the forward pass."""
    graph = derivation.graph
    written = notation_of(graph)
    own = notation is None or notation == written
    notation = notation or written
    if notation == "python":
        lines = list(_lines(derivation, Numpy(graph.shape_of).tree, identifier, notation))
        needs_math = any("math." in line for line in lines)
        return [*["import math"] * needs_math, *_sizes(derivation, lines), *lines]
    if notation == "sympy":
        return list(_expressions(derivation))
    spelling = Spelling(graph, notation, own)
    return list(_lines(derivation, spelling.tree, spelling.name, notation, spelling.style))


def notation_of(graph: Graph) -> str:
    """The notation of the last formula of the forward pass."""
    at = graph.steps[-1].span.start
    passages = graph.section.part.passages
    last = [passage for passage in passages if passage.window.start <= at]
    return graph.section.at(last[-1]).notation if last else graph.notation


def _lines(derivation: Derivation, tree: Any, name: Any, notation: str, style: Style | None = None) -> Iterator[str]:
    form = notations[notation]

    def written(node: Node) -> str:
        return str(form.write(tree(node), "", style or form.style))

    end = ";" * (notation == "matlab")

    def text(line: Line) -> str:
        return f"{name(line.name)} = {written(line.value)}{end}"

    graph = derivation.graph
    names = (named(f"t{number}") for number in count(1) if f"t{number}" not in graph.names)
    for long in derivation.lines:
        rest, parts = pieces(long.value)
        zeros = Apply("zeros_like", (variable(graph, long.of),)) if parts and rest is None else None
        yield from map(text, short(long._replace(value=zeros or rest or long.value), text, graph.shape_of, names))
        for part in parts:
            yield _added(part, long.name, written, graph) + end


def _added(part: Apply, name: Name, written: Callable[[Node], str], graph: Graph) -> str:
    """What comes back to a part of an array added there; an index that stands twice in a list counts twice."""
    items = part.params["items"]
    rows = items[0] if len(items) == 1 else None
    if isinstance(rows, Name | Apply) and graph.notation != "matlab" and graph.shape_of(rows):
        return f"np.add.at({written(name)}, {written(rows)}, {written(part.args[0])})"
    return f"{written(Apply('slice', (name,), {'items': items}))} += {written(part.args[0])}"


def _expressions(derivation: Derivation) -> Iterator[str]:
    """Each line as an equation of sympy's matrices; raises NotAMatrix where there is none."""
    from ..symbolic import NotAMatrix, to_sympy

    shape_of = derivation.graph.shape_of
    for line in derivation.lines:
        shapes: dict[int, Shape | None] = {}
        members = tuple(_plainly_named(side, shape_of, shapes) for side in (line.name, line.value))
        try:
            yield str(to_sympy(Equation(members, "="), shapes))
        except NotAMatrix as error:
            text = notations["plain"].write(error.node, "") if error.node is not None else ""
            raise (NotAMatrix(f"{text} {error.what}") if text else error) from error


def _plainly_named(node: Node, shape_of: ShapeOf, shapes: dict[int, Shape | None]) -> Node:
    """The tree with names of Python, and the shapes of its nodes by their `id`."""
    found: Node = node
    if type(node) is Name:
        found = named(identifier(node))
    elif type(node) is Apply:
        args = tuple(_plainly_named(argument, shape_of, shapes) for argument in node.args)
        found = Apply(node.op, args, node.params)
    shapes[id(found)] = () if type(found) is Number else shape_of(node)
    return found


def _sizes(derivation: Derivation, lines: list[str]) -> Iterator[str]:
    """The dimensions that the lines speak of, taken from the arrays of the forward pass."""
    graph = derivation.graph
    given = {identifier(variable(graph, key)) for key in graph.names if key not in _dims(graph)}
    spoken = {word for line in lines for word in re.findall(r"[^\W\d]\w*", line)}
    for size in sorted((spoken & _dims(graph)) - given):
        place = _place_of(graph, size)
        if place is not None:
            yield f"{size} = {place}"


def _dims(graph: Graph) -> set[str]:
    return {dim.text for shape in graph.shapes.values() for dim in map(prune, shape or ()) if isinstance(dim, Dim)}


def _place_of(graph: Graph, size: str) -> str | None:
    """The part of an array's shape that is a dimension."""
    for key in (*graph.inputs, *(step.name.key for step in graph.steps)):
        for axis, dim in enumerate(map(prune, graph.shapes.get(key) or ())):
            if isinstance(dim, Dim) and dim.text == size:
                return f"{identifier(variable(graph, key))}.shape[{axis}]"
    return None
