"""Find what the names that an author states say by their form: a prime, an index in a bracket, arguments."""

from __future__ import annotations

from collections.abc import Collection

from ..notations._signs import FUNCTION_LETTERS
from ..ops import by_call
from ..symbols import TIME
from ..syntax.nodes import Apply, Name, Node, without
from ._calls import function_of, indexed
from ._names import Names
from ._primes import primed


def note_declared(nodes: Collection[Node], names: Names) -> None:
    """Note what is declared with a prime, as one of a list (`z(2)`), or with what it is applied to (`h(t)`)."""
    plain = [node for node in nodes if type(node) is Name]
    for node in nodes:
        name, function = primed(node), function_of(node)
        if name is not None:
            names.primed.add((name.base, name.indices))
        if function is None or type(node) is not Apply:
            continue
        spelled = function.base, function.indices
        if indexed(node) is not None:
            names.listed.add(spelled)
        elif all(_is_time(argument) or argument in plain for argument in node.args[1:]) or _is_own(function):
            names.applied.add(spelled)


def _is_own(function: Name) -> bool:
    """Whether a function is nobody else's: `h(z)` may be declared for the z of any layer."""
    return function.base not in FUNCTION_LETTERS and function.base not in by_call()


def _is_time(node: Node) -> bool:
    first = without(node, "add")
    return type(first) is Name and first.text in TIME
