"""Distinct formulas of backpropagation, and the same ones as matrix expressions of sympy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """A formula of layer `a`, with `b` the layer after it and `z` the one before, as text and as sympy builds it."""

    text: str
    build: Callable[[Any, Any], Any]


class Layer:
    """The MatrixSymbols of one layer's formulas."""

    def __init__(self, sp: Any, number: int) -> None:
        self.n, self.before, self.after, self.m = (
            sp.Symbol(name, integer=True, positive=True)
            for name in (f"n{number}", f"n{number - 1}", f"n{number + 1}", "m")
        )
        matrix = sp.MatrixSymbol
        self.W = matrix(f"W{number}", self.n, self.before)
        self.next_W = matrix(f"W{number + 1}", self.after, self.n)
        self.b = matrix(f"b{number}", self.n, 1)
        self.Z, self.dZ, self.dA, self.A = (
            matrix(f"{name}{number}", self.n, self.m) for name in ("Z", "dZ", "dA", "A")
        )
        self.next_dZ = matrix(f"dZ{number + 1}", self.after, self.m)
        self.previous_A = matrix(f"A{number - 1}", self.before, self.m)
        self.g = sp.Function(f"g{number}")


KINDS = (
    Kind("Z{a} = W{a} A{z} + b{a}", lambda sp, it: it.W * it.previous_A + it.b * sp.OneMatrix(1, it.m)),
    Kind(
        "dZ{a} = W{b}.T dZ{b} * g{a}'(Z{a})",
        lambda sp, it: sp.HadamardProduct(it.next_W.T * it.next_dZ, it.Z.applyfunc(it.g)),
    ),
    Kind("dW{a} = 1/m dZ{a} A{z}.T", lambda sp, it: 1 / it.m * it.dZ * it.previous_A.T),
    Kind("db{a} = 1/m np.sum(dZ{a}, axis=1, keepdims=True)", lambda sp, it: 1 / it.m * it.dZ * sp.OneMatrix(it.m, 1)),
    Kind("dA{a} = W{b}.T dZ{b}", lambda sp, it: it.next_W.T * it.next_dZ),
    Kind("dZ{a} = dA{a} * g{a}'(Z{a})", lambda sp, it: sp.HadamardProduct(it.dA, it.Z.applyfunc(it.g))),
    Kind(
        "dZ{a} = dA{a} * (1 - A{a} * A{a})",
        lambda sp, it: sp.HadamardProduct(it.dA, sp.OneMatrix(it.n, it.m) - sp.HadamardProduct(it.A, it.A)),
    ),
    Kind("W{a} = W{a} - 0.01 * dZ{a} A{z}.T", lambda sp, it: it.W - 0.01 * it.dZ * it.previous_A.T),
)


def text(count: int) -> str:
    """A formulas file of so many distinct formulas, each layer's in turn."""
    return "".join(f"{kind.text.format(a=a, b=a + 1, z=a - 1)}\n" for a, kind in _numbered(count))


def builders(sp: Any, count: int) -> list[Callable[[], Any]]:
    """For each of these formulas what builds it, its MatrixSymbols being there."""
    layers = {a: Layer(sp, a) for a in {a for a, _ in _numbered(count)}}
    return [lambda build=kind.build, layer=layers[a]: build(sp, layer) for a, kind in _numbered(count)]  # type: ignore[misc]


def _numbered(count: int) -> list[tuple[int, Kind]]:
    return [(number // len(KINDS) + 2, KINDS[number % len(KINDS)]) for number in range(count)]
