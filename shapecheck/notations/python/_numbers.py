"""Which names of a function are numbers, by how it uses them: `n` in `np.zeros((n, 1))`, `range(n)`, `lr=0.1`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from .._names import MODULES
from ._names import text_of

SHAPED = frozenset("zeros ones empty full random random_sample standard_normal normal uniform binomial randint".split())
"""What takes a shape as one argument: a name alone may be a whole tuple."""
_LISTED = frozenset("randn rand eye identity reshape view range xrange arange".split())
"""What takes dimensions one by one, or a single number."""
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv)
_KEYWORDS = frozenset(("size", "shape"))
_TYPES = frozenset(("int", "float"))


def numbers(nodes: Iterable[ast.AST], known: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names, and attributes of names, that are used as dimensions, and those that lend them their value.

    `known` are the names that are numbers by what stands elsewhere.
    """
    nodes = list(nodes)
    found = {name for node in nodes if isinstance(node, ast.Call) for name in _dimensions(node)} | known
    lent = [pair for node in nodes if isinstance(node, ast.Assign) for pair in _lent(node)]
    return frozenset(found | {name for target, name in lent if target in found})


def given(arguments: ast.arguments) -> Iterator[str]:
    """The parameters that are numbers by what is written of them: `lr=0.1`, `n: int`."""
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = zip(reversed(positional), reversed(arguments.defaults), strict=False)
    for each, default in (*defaults, *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)):
        if isinstance(default, ast.Constant) and isinstance(default.value, float):
            yield each.arg
    for each in (*positional, *arguments.kwonlyargs):
        if isinstance(each.annotation, ast.Name) and each.annotation.id in _TYPES:
            yield each.arg


def _dimensions(call: ast.Call) -> Iterator[str]:
    """The names that a call takes for dimensions."""
    function = call.func.attr if isinstance(call.func, ast.Attribute) else text_of(call.func)
    if function not in SHAPED and function not in _LISTED:
        return
    shapes = [each.value for each in call.keywords if each.arg in _KEYWORDS]
    for each in (*call.args[_is_reshape_of(call) :], *shapes):
        if isinstance(each, ast.Tuple | ast.List):
            for entry in each.elts:
                yield from _leaves(entry)
        elif function in _LISTED:
            yield from _leaves(each)


def _is_reshape_of(call: ast.Call) -> bool:
    """Whether a call is `np.reshape(X, …)`, whose first argument is the array."""
    return text_of(call.func).partition(".")[::2] in [(module, "reshape") for module in (*MODULES, "xp")]


def _leaves(node: ast.expr) -> Iterator[str]:
    """The names in a sum or a product of dimensions."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, _ARITHMETIC):
            waiting += (node.left, node.right)
        elif text_of(node) and not text_of(node).endswith(("shape", "dims")):
            yield text_of(node)


def _lent(node: ast.Assign) -> Iterator[tuple[str, str]]:
    """Each target and the name that is assigned to it."""
    for target in node.targets:
        if isinstance(node.value, ast.Name) and text_of(target):
            yield text_of(target), node.value.id
