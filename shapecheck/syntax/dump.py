"""Show a tree as text: `dump(node)` gives `(hadamard (product W_2.T …) …)`, for tests and for looking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .nodes import Apply, Index, Name, Node, Number

_OTHERWISE = frozenset(("factor",))
"""Parameters that hold what else was meant."""
_CLOSED = {"[": "[%s]", "(": "(%s)", "<": "<%s>", '"': '["%s"]'}


def dump(node: Node) -> str:
    """The tree as an s-expression: names by base and indices, params after the arguments in braces."""
    if type(node) is not Apply:
        return node.text if type(node) is Number else _name(node)
    if node.op == "range":
        return ":".join("" if value is None else dump(value) for value in node.params.values())
    parts = [node.op, *map(dump, node.args)]
    if node.params:
        parts.append("{" + _params(node.params) + "}")
    return f"({' '.join(parts)})"


def _name(node: Node) -> str:
    assert type(node) is Name
    return node.base + "".join(map(_index, node.indices))


def _index(index: Index) -> str:
    return _CLOSED[index.kind] % index.text if index.kind in _CLOSED else f"{index.kind}{index.text}"


def _params(params: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}={_value(value)}" for key, value in params.items() if key not in _OTHERWISE)


def _value(value: Any) -> str:
    if isinstance(value, Name | Number | Apply):
        return dump(value)
    if isinstance(value, Mapping):
        return "{" + _params(value) + "}"
    return str(value)
