"""Names of Python code: `entity(node, known)` tells `self.W`, `grads["dW1"]`, `A[l]` as a base and indices."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Mapping

from ...syntax.nodes import Index
from ...values import NamedTuple
from .._names import decompose

PARTS = frozenset(("T", "shape", "size", "ndim", "dtype", "mT", "mH", "flat", "real", "imag"))
"""The attributes that speak of an array, in place of naming another."""
RESULTS = frozenset(("values", "indices"))
"""The attributes of what torch gives along an axis."""
NUMBERS = {"pi": "3.141592653589793", "e": "2.718281828459045", "inf": "inf", "nan": "nan"}
_TIME = re.compile(r"[tτ](?:[+-]\w+)?\Z")
_LAYER = re.compile(r"[lL](?:[+-]\w+)?\Z")


class Entity(NamedTuple):
    """What a name stands for: its base and its indices, which together say which entry of the table it is."""

    base: str
    indices: tuple[Index, ...] = ()

    def at(self, *indices: Index) -> Entity:
        """A part of it."""
        return Entity(self.base, (*self.indices, *indices))

    def begins(self, other: Entity) -> bool:
        """Whether another entity is a part of this one; `W1` is no part of `W`."""
        count = len(self.indices)
        same = self.base == other.base and len(other.indices) > count and other.indices[:count] == self.indices
        return same and other.indices[count].kind != "_"

    @property
    def is_part(self) -> bool:
        """Whether it is a part of another."""
        return bool(self.indices) and self.indices[-1].kind != "_"


class Known(NamedTuple):
    """What is known of a function's names: what each stands for, which are lists, which name modules."""

    names: Mapping[str, Entity]
    lists: frozenset[str]
    times: frozenset[str]
    modules: Mapping[str, str]
    entries: Container[Entity]


def entity(node: ast.expr, known: Known) -> Entity | None:
    """What an expression names; None if it is not a name."""
    if isinstance(node, ast.Name):
        return known.names.get(node.id) or Entity(*decompose(node.id))
    if isinstance(node, ast.Attribute):
        module = dotted(node, known)
        if module:
            return Entity(module)
        if node.attr in PARTS:
            return None
        inner = entity(node.value, known)
        return inner and inner.at(Index(".", node.attr))
    if isinstance(node, ast.Subscript):
        inner = entity(node.value, known)
        index = inner and _index(node, inner, known)
        return inner.at(index) if inner and index else None
    return None


def dotted(node: ast.expr, known: Known) -> str:
    """`np.linalg.inv`, with a module's usual name; empty if the name is of no module."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or not parts or node.id in known.names:
        return ""
    module = known.modules.get(node.id, "")
    return ".".join([module, *reversed(parts)]) if module else ""


def _index(node: ast.Subscript, array: Entity, known: Known) -> Index | None:
    """The index of an entry of a dictionary or of a list; None for a part of an array."""
    key = key_text(node.slice)
    if key:
        return Index('"', key)
    text = simple(node.slice)
    if not text:
        return None
    name = text_of(node.value)
    if name in known.times:
        return Index("<", text)
    of_tuple = Index('"', text)
    if array.at(of_tuple) in known.entries:
        return of_tuple
    entry = Index("[", text)
    is_list = name in known.lists or (name and _LAYER.match(text)) or array.at(entry) in known.entries
    return entry if is_list else None


def text_of(node: ast.expr) -> str:
    """The text of a name or an attribute of one; empty for any other."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def simple(node: ast.expr) -> str:
    """The text of an index that may be a layer or a time: `2`, `-1`, `l`, `l-1`, `-l+1`; empty for any other."""
    match node:
        case ast.Constant(value=int() as value) if not isinstance(value, bool) and value < 10**6:
            return str(value)
        case ast.Name(id=name):
            return name
        case ast.UnaryOp(op=ast.USub(), operand=(ast.Constant() | ast.Name()) as inner) if simple(inner):
            return f"-{simple(inner)}"
        case ast.BinOp(left=left, op=(ast.Add() | ast.Sub()) as op, right=(ast.Constant() | ast.Name()) as right):
            first, second = simple(left), simple(right)
            return f"{first}{'+' if isinstance(op, ast.Add) else '-'}{second}" if first and second else ""
    return ""


def is_time(text: str) -> bool:
    """Whether an index is one of time."""
    return _TIME.match(text) is not None


def key_text(node: ast.expr) -> str:
    """The text of a dictionary's key: `"W1"`; `"W" + str(l)`, `f"W{l}"` and the like give `W[l]`; else empty."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            before, after = key_text(left), key_text(right)
            return before + after if before and after else ""
        case ast.Call(func=ast.Name(id="str" | "repr"), args=[inner]):
            return _layer(inner)
        case ast.JoinedStr(values=values):
            texts = [_layer(part.value) if isinstance(part, ast.FormattedValue) else key_text(part) for part in values]
            return "".join(texts) if all(texts) else ""
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str() as text), attr="format"), args=[inner]):
            return _filled(text, "{}", inner)
        case ast.BinOp(left=ast.Constant(value=str() as text), op=ast.Mod(), right=inner):
            return _filled(text, "%d", inner) or _filled(text, "%s", inner)
    return ""


def _filled(text: str, place: str, inner: ast.expr) -> str:
    layer = _layer(inner)
    return text.replace(place, layer) if layer and text.count(place) == 1 else ""


def _layer(node: ast.expr) -> str:
    text = simple(node)
    return text if text.isdecimal() or not text else f"[{text}]"
