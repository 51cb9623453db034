"""Read what runs over the entries of arrays as these arrays: `diag(π_i (1 - π_i))` has all of them on its diagonal."""

from __future__ import annotations

from ..ops import is_a
from ..symbols import COUNTING
from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number, walk, with_args
from ..text import Span
from ._calls import FORMS as CALLS
from ._calls import bracketed
from ._components import OF_NUMBERS
from ._resolver import Resolver

_LETTERS = COUNTING | {"n", "m"}


def _call(resolver: Resolver, node: Apply) -> Node:
    """A call; `diag(w_i y_i)` as that of the arrays, multiplied entry by entry."""
    return CALLS["call"](resolver, _on_diagonal(resolver, node))


def _on_diagonal(resolver: Resolver, node: Apply) -> Apply:
    function, *args = node.args
    if resolver.notation.is_program or type(function) is not Name or len(args) != 1:
        return node
    if function.base.lower() != "diag" or not (letters := _running(resolver, args[0])):
        return node
    (letter,) = letters if len(letters) == 1 else ("",)
    return Apply("call", (function, _whole(args[0], letter)), node.params, node.span, node.sign) if letter else node


def _running(resolver: Resolver, node: Node) -> set[str]:
    """The letters that count the entries of known arrays in a tree; none if it has whole arrays as well."""
    nodes = list(walk(node))
    names = [part for part in nodes if type(part) is Name]
    entries = [name for name in names if _is_entry(name) and _is_of_array(resolver, name)]
    whole = [name for name in names if name not in entries and resolver.is_array(name)]
    is_of_numbers = all(part.op in OF_NUMBERS - {"sigma"} for part in nodes if type(part) is Apply)
    return {name.indices[0].text for name in entries} if is_of_numbers and not whole else set()


def _is_entry(name: Name) -> bool:
    return len(name.indices) == 1 and name.indices[0].kind == "_" and name.indices[0].text in _LETTERS


def _is_of_array(resolver: Resolver, entry: Name) -> bool:
    """Whether the name without its index is an array's, and the one with it is not a name of its own."""
    array = Name(entry.base, entry.base, (), entry.span)
    return resolver.is_variable(array) and resolver.table.own(resolver.symbol(entry)) is None


def _whole(node: Node, letter: str) -> Node:
    if type(node) is Name and node.indices and node.indices[0].text == letter and _is_entry(node):
        return Name(node.base, node.base, (), node.span)
    if type(node) is not Apply:
        return node
    args = tuple([_whole(child, letter) for child in node.args])
    if node.op == "call" and len(args) == 2 and args[0] != node.args[0]:
        bracket = Span(node.args[0].span.end + len(node.sign), node.span.end)
        args = (args[0], bracketed(args[1], bracket))
    elif not is_a(node, "contraction") or all(type(factor) is Number for factor in args[1:]):
        return with_args(node, args)
    return Apply("hadamard", args, NO_PARAMS, node.span, node.sign, node.closed)


FORMS = {"call": _call}
