"""Shapes that Python code states as it runs: `assert dW.shape == W.shape`, `n, m = X.shape`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...syntax.nodes import Name, Node
from ...text import Span, Window
from ...values import NamedTuple
from ._expressions import ExpressionReader
from ._names import Known
from ._source import Code, is_too_deep, read


class Assertion(NamedTuple):
    """A name and its shape: a tuple of dimensions, or the shape of another array (`attribute`).

    `is_assertion` tells `assert` from the unpacking of a shape, which names dimensions.
    """

    name: Name
    shape: Node
    span: Span
    is_assertion: bool


def assertions(window: Window) -> list[Assertion]:
    """The shapes that a window's assertions and unpackings state, in order; none where it is not Python."""
    code = read(window)
    if not isinstance(code, Code):
        return []
    reader = ExpressionReader(code, Known({}, frozenset(), frozenset(), {}, ()), lambda call: None)
    found = [each for node in ast.walk(code.tree) for each in (*_asserted(reader, node), *_unpacked(reader, node))]
    return sorted(found, key=lambda each: each.span)


def _asserted(reader: ExpressionReader, node: ast.AST) -> Iterator[Assertion]:
    """`assert A.shape == (n, m)`, either side first, several joined by `and`."""
    tests = [node.test] if isinstance(node, ast.Assert) and not is_too_deep(node.test) else []
    while tests:
        test = tests.pop()
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            tests.extend(test.values)
        elif isinstance(test, ast.Compare) and all(isinstance(op, ast.Eq) for op in test.ops):
            sides = [test.left, *test.comparators]
            name = next((name for side in sides if (name := _of_shape(reader, side))), None)
            others = [side for side in sides if side is not sides[_place(reader, sides)]] if name else []
            if name:
                yield from (
                    Assertion(name, reader.node(side), reader.code.span(test), True)
                    for side in others
                    if isinstance(side, ast.Tuple) or (isinstance(side, ast.Attribute) and side.attr == "shape")
                )


def _place(reader: ExpressionReader, sides: list[ast.expr]) -> int:
    return next(place for place, side in enumerate(sides) if _of_shape(reader, side))


def _of_shape(reader: ExpressionReader, node: ast.expr) -> Name | None:
    """The name of which an expression is the shape."""
    return reader.name(node.value) if isinstance(node, ast.Attribute) and node.attr == "shape" else None


def _unpacked(reader: ExpressionReader, node: ast.AST) -> Iterator[Assertion]:
    """`n, m = X.shape`."""
    if not isinstance(node, ast.Assign) or len(node.targets) != 1 or is_too_deep(node.value):
        return
    target, name = node.targets[0], _of_shape(reader, node.value)
    if name and isinstance(target, ast.Tuple) and all(isinstance(each, ast.Name) for each in target.elts):
        yield Assertion(name, reader.node(target), reader.code.span(node), False)
