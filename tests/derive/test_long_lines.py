"""A line that is too long is cut, and says the same."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shapecheck.derivation._folding import DerivedLine
from shapecheck.derivation.text import LONGEST, short
from shapecheck.evaluate import evaluate
from shapecheck.syntax.nodes import Apply, Name, Node

from ..simplify.reading import Formula, plain

SUM = " + ".join(f"D * (A1 + {number}) * (Z1 - D * (A1 + {number}))" for number in range(9))


def fresh() -> Iterator[Name]:
    return (Name(f"t{number}", f"t{number}", key=f"t{number}") for number in range(1, 99))


def test_a_long_line_is_cut() -> None:
    formula = Formula(SUM)

    def text(line: DerivedLine) -> str:
        return f"{line.name.text} = {plain(line.value)}"

    lines = list(short(DerivedLine("D", Name("dD", "dD", key="∂D"), formula.tree), text, formula.shape_of, fresh()))
    assert len(lines) > 1
    assert all(len(text(line)) <= LONGEST for line in lines)
    arrays = {name: np.random.default_rng(7).uniform(size=(3, 7)) for name in ("D", "A[1]", "Z[1]")}
    values: dict[str, object] = dict(arrays)
    for line in lines:
        values[line.name.key] = _value(line.value, values)
    assert np.allclose(values["∂D"], _value(formula.tree, arrays))  # type: ignore[arg-type]


def _value(node: Node, values: object) -> object:
    assert isinstance(node, Apply)
    return evaluate(node, values, {})  # type: ignore[arg-type]
