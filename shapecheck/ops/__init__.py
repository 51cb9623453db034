"""The operations, one block each: their shape rules, numpy and sympy forms, gradients and spellings."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from os import listdir
from typing import TypeGuard

from ..syntax.nodes import Apply, Node, walk
from ._kinds import Kind
from ._op import Op

__all__ = ["Kind", "Op", "by_call", "by_method", "every", "holds_a", "is_a", "ops"]


@cache
def ops() -> dict[str, Op]:
    """All operations by name, from all modules of this folder."""
    names = sorted(listdir(__path__[0]))
    modules = [name.removesuffix(".py") for name in names if name.endswith(".py") and not name.startswith("_")]
    found = (value for module in modules for value in vars(import_module(f"{__name__}.{module}")).values())
    return {op.name: op for op in found if type(op) is Op}


@cache
def by_call() -> dict[str, Op]:
    """The operation that a function's name means, without `np.`."""
    return {name: op for op in ops().values() for name in op.calls}


@cache
def by_method() -> dict[str, Op]:
    """The operation that a method's name means."""
    return {name: op for op in ops().values() for name in op.methods}


@cache
def every(*kinds: Kind) -> frozenset[str]:
    """The names of all operations of these kinds."""
    return frozenset(name for name, op in ops().items() if op.is_a(*kinds))


def is_a(node: Node, *kinds: Kind) -> TypeGuard[Apply]:
    """Whether a node applies an operation of one of these kinds."""
    return type(node) is Apply and node.op in every(*kinds)


def holds_a(node: Node, *kinds: Kind) -> bool:
    """Whether an operation of one of these kinds stands in a tree."""
    return any(is_a(part, *kinds) for part in walk(node))
