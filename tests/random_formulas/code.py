"""The trees in numpy, each in a function of a program that makes its inputs with `np.zeros((n, k))`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from . import tree
from .examples import Example
from .grow import LETTERS
from .spell import JUXTAPOSED, POSTFIX, Speller, axes, declaration
from .tree import FUNCTIONS, Dims, Reduction, Tree

FACTORS = {"1/m": "(1 / m)", "λ": "lam"}


@dataclass(frozen=True)
class CodeSpeller(Speller):
    """An author of numpy: `transpose` may be a call, `product` and `elementwise` an operator, a call or a method."""

    def _transposed(self, of: Tree) -> str:
        if self.transpose == "np.transpose":
            return f"np.transpose({self.formula(of)})"
        return super()._transposed(of)

    def _scaled(self, by: str, of: Tree) -> str:
        return f"{FACTORS.get(by, by)} * {self._at_least(JUXTAPOSED, of)}"

    def _inverted(self, of: Tree) -> str:
        return f"np.linalg.inv({self.formula(of)})"

    def _function(self, name: str) -> str:
        return f"np.{name}" if name in ("exp", "tanh", "sin") else name

    def _elementwise(self, left: Tree, right: Tree) -> tuple[str, int]:
        if self.elementwise == "np.multiply":
            return f"np.multiply({self.formula(left)}, {self.formula(right)})", POSTFIX
        return super()._elementwise(left, right)

    def _product(self, left: Tree, right: Tree) -> tuple[str, int]:
        if self.product == ".dot":
            return f"{self._at_least(POSTFIX, left)}.dot({self.formula(right)})", POSTFIX
        if self.product == "np.matmul":
            return f"np.matmul({self.formula(left)}, {self.formula(right)})", POSTFIX
        return super()._product(left, right)

    def _reduction(self, tree: Reduction) -> str:
        if self.prefix == ".":
            return f"{self._at_least(POSTFIX, tree.of)}.{tree.name}({', '.join(axes(tree))})"
        return super()._reduction(tree)


def code(random: Random) -> Speller:
    """An author of numpy at random."""
    return CodeSpeller(
        transpose=random.choice((".T", ".T", "np.transpose")),
        product=random.choice(("@", "@", "np.dot", ".dot", "np.matmul")),
        elementwise=random.choice(("*", "*", "np.multiply")),
        prefix=random.choice(("np.", ".")),
        square="**2",
    )


def program(made: list[Example]) -> tuple[str, list[int]]:
    """A program with a function a formula, which makes the names in it, and the line that each formula stands on."""
    written = ["import numpy as np", ""]
    lines = []
    for number, example in enumerate(made):
        named = set(re.findall(r"\w+", example.text))
        inputs = {name: dims for name, dims in example.declared.items() if name in named - {example.target}}
        written += ["", f"def formula_{number}({', '.join(LETTERS)}, lam=0.7):"]
        written += [f"    {name} = np.zeros({_tuple(dims)})" for name, dims in inputs.items()]
        if example.target:
            written += [f"    # shapecheck: {declaration(example.target, example.shape)}"]
        lines.append(len(written) + 1)
        written += [f"    {example.text}", f"    return {example.target}", ""] if example.target else _returned(example)
    return "\n".join(written), lines


def _returned(example: Example) -> list[str]:
    return [f"    return {example.text}", ""]


NUMBERS = {"m": 1 / tree.FACTORS["1/m"], "lam": tree.FACTORS["λ"]}
"""What the numbers before a formula are worth, by the names of code."""


class _Algebra:
    """The functions of `np.linalg` in the formulas."""

    inv = staticmethod(tree.inverse)


class _Numpy:
    """numpy, with the stand-ins for functions that would saturate, and for the inverse of what has none."""

    linalg = _Algebra

    def __getattr__(self, name: str) -> Any:
        return FUNCTIONS.get(name) or getattr(np, name)


def worth(example: Example, text: str) -> Any:
    """What numpy makes of an expression; ValueError where it is no code, or does not fit."""
    try:
        return eval(text, {**FUNCTIONS, "np": _Numpy(), **NUMBERS, **example.arrays})
    except SyntaxError as error:
        raise AssertionError(f"no code: {text}") from error


def _tuple(dims: Dims) -> str:
    return f"({', '.join(dims)})"
