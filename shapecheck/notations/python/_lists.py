"""Which names of a function are lists or dictionaries of arrays, and which of these are indexed by time."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ._names import is_time, simple, text_of

_BUILDERS = frozenset(("list", "dict", "deque", "defaultdict", "OrderedDict", "zip"))
_WRITTEN = (ast.List, ast.ListComp, ast.Dict, ast.DictComp)
_GROWING = frozenset(("append", "insert", "extend", "appendleft"))
_PASSING = frozenset(("zip", "enumerate", "reversed"))


def lists(nodes: Iterable[ast.AST]) -> tuple[frozenset[str], frozenset[str]]:
    """The names that are lists, and those indexed by time, by what is done with them among these nodes."""
    nodes = list(nodes)
    arrays = {name for node in nodes for name in _computed(node)}
    surely = {name for node in nodes for name in (*_built(node), *_grown(node))}
    found = surely | {name for node in nodes for name in _passed(node) if name not in arrays}
    times = {name for node in nodes for name in _timed(node) if name in found}
    return frozenset(found), frozenset(times)


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Each name that a statement assigns to, with its value."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Tuple | ast.List):
                if isinstance(node.value, ast.Tuple | ast.List) and len(node.value.elts) == len(target.elts):
                    pairs = zip(target.elts, node.value.elts, strict=True)
                    yield from ((text_of(one), value) for one, value in pairs)
            else:
                yield text_of(target), node.value
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield text_of(node.target), node.value


def _built(node: ast.AST) -> Iterator[str]:
    return (name for name, value in _assigned(node) if name and is_display(value))


def _computed(node: ast.AST) -> Iterator[str]:
    made = (ast.Call, ast.BinOp)
    return (name for name, value in _assigned(node) if name and isinstance(value, made) and not is_display(value))


def is_display(value: ast.expr) -> bool:
    """Whether an expression makes a list or a dictionary."""
    if isinstance(value, ast.BinOp):
        return isinstance(value.left, _WRITTEN) or isinstance(value.right, _WRITTEN)
    if isinstance(value, _WRITTEN):
        return True
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in _BUILDERS


def _grown(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _GROWING:
        yield from filter(None, (text_of(node.func.value),))


def _passed(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _PASSING:
        yield from filter(None, map(text_of, node.args))


def _timed(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Subscript) and is_time(simple(node.slice)):
        yield from filter(None, (text_of(node.value),))
