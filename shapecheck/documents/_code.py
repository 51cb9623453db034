"""Tell a line of Python from mathematics: it calls numpy or its like, and parses; `indexed_in` reads it."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from ..ops import by_call

if TYPE_CHECKING:
    import ast

_CALL = re.compile(
    r"(?<![\w.])(?:np|numpy|jnp|jax|torch|tf|F|nn|scipy)(?:\.[A-Za-z_]\w*)+\(|\w\.m[TH](?!\w)|\b(?:dim|keepdim)="
)
_PRODUCT = re.compile(r"[\w)\]]\s*@\s*[\w(\[-]")
_FOREIGN = re.compile(r"[\^ᵀ]|<-|\w'|\s\.(?!\d)|(?<![\d\s])\.\s")
"""What means something else in mathematics than in Python: a power, an arrow, a prime, a point between factors."""


def calls_library(text: str) -> bool:
    """Whether numpy, torch or their like are called in a text, or an array is turned as only theirs are."""
    return "." in text and _CALL.search(text) is not None


def parsed(text: str) -> ast.Module | None:
    """A text as Python, None if it is not one."""
    from ast import parse

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def is_line(text: str) -> bool:
    """Whether a line is Python, by a call of a library or by `@` between operands beside a remainder."""
    return indexed_in(text.strip()) is not None


def indexed_in(text: str) -> frozenset[str] | None:
    """The names in a line of Python that stand before a lone index; None if it may be mathematics.

    `W[2]` is an entry of the array W there, and in mathematics the W of layer 2.
    """
    if not (calls_library(text) or ("%" in text and _PRODUCT.search(text))) or _FOREIGN.search(text):
        return None
    return _indexed_in(text)


@lru_cache(maxsize=1 << 16)
def _indexed_in(text: str) -> frozenset[str] | None:
    """The same, for the lines that look like Python; a long text is asked twice."""
    tree = parsed(text)
    return None if tree is None else _indexed(tree)


def _indexed(tree: ast.Module) -> frozenset[str] | None:
    import ast

    if not all(isinstance(each, ast.Assign | ast.AugAssign | ast.Expr) for each in tree.body):
        return None
    nodes = list(ast.walk(tree))
    if not all(_is_function(node.func) for node in nodes if isinstance(node, ast.Call)):
        return None
    parts = [node for node in nodes if isinstance(node, ast.Subscript) and not isinstance(node.value, ast.Call)]
    return frozenset(ast.unparse(each.value) for each in parts if not isinstance(each.slice, ast.Slice | ast.Tuple))


def _is_function(called: ast.expr) -> bool:
    """Whether what is called is a function by its spelling: `a(1 - a)` is a product in mathematics."""
    name = getattr(called, "id", "")
    return hasattr(called, "attr") or (len(name) > 1 and (name in by_call() or name.lower() in by_call()))
