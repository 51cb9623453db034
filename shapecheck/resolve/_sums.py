"""Settle sums over an index: which of their names carry it."""

from __future__ import annotations

from ..syntax.nodes import Apply, Index, Name, Node, with_args
from ._functions import is_function
from ._resolver import Resolver


def sigma(resolver: Resolver, node: Apply) -> Node:
    """A sum over an index: of the terms that carry it, or of a matrix over its examples or entries."""
    letter, factor = node.params["index"], node.params.get("factor")
    if factor is not None and resolver.is_variable(_first(factor)):
        return resolver.node(factor)
    params = {name: value for name, value in node.params.items() if name != "factor"}
    outer = resolver.bound
    resolver.bound = outer | {letter} if letter else outer
    term = _with_examples(resolver, node.args[0], letter) if letter else node.args[0]
    body = resolver.node(term)
    resolver.bound = outer
    if letter and _carries(term, letter):
        return Apply("sum_over", (body,), {**params, "inside": True}, node.span, node.sign, node.closed)
    return Apply("sigma", (body,), params, node.span, node.sign, node.closed)


def _first(node: Node) -> Name:
    """The Σ with which a term begins."""
    while type(node) is Apply:
        node = node.args[0]
    assert type(node) is Name
    return node


def _with_examples(resolver: Resolver, node: Node, letter: str) -> Node:
    """The term with `a(i)` as the i-th example of a, where no function has that name."""
    if type(node) is not Apply:
        return node
    if node.op == "call" and len(node.args) == 2 and not node.params:
        array, index = node.args
        if type(array) is Name and type(index) is Name and index.text == letter:
            return node if is_function(array.base, resolver.table) else example_of(array, index)
    return with_args(node, (_with_examples(resolver, argument, letter) for argument in node.args))


def example_of(array: Name, index: Name) -> Name:
    """`x(i)`, the example of an array that an index names."""
    span = array.span._replace(end=index.span.end + 1)
    return Name(f"{array.text}({index.text})", array.base, (*array.indices, Index("(", index.text)), span)


def _carries(node: Node, letter: str) -> bool:
    if type(node) is Name:
        return any(letter in index.text for index in node.indices)
    return type(node) is Apply and any(_carries(argument, letter) for argument in node.args)
