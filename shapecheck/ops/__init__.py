"""The operations, one block each: their shape rules, numpy and sympy forms, gradients and spellings."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from os import listdir

from ._op import Op

__all__ = ["Op", "by_call", "by_method", "ops"]


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
