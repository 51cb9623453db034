"""The derivative of an array by an array, in numbers, and the forms in which a formula may give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..evaluate import array, evaluate
from ._differences import refuse_kinks, steps_at
from ._passes import Step, names_in

Values = Mapping[str, Any]
Sizes = Mapping[str, int]


def derivatives(steps: Sequence[Step], above: str, below: str, values: Values, sizes: Sizes) -> list[Any]:
    """The derivative of one variable by another on all ways, and on the direct one: a row an entry, a column an entry.

    Raises Kink.
    """
    chain = _between(steps, above, below)
    direct = [step for step in chain if step.key == above]
    ways = [chain] if len(chain) == len(direct) else [chain, direct]
    return [_derivative(way, above, below, values, sizes) for way in ways]


def _between(steps: Sequence[Step], above: str, below: str) -> list[Step]:
    """The equations through which one variable acts on another."""
    moved, found = {below}, []
    for step in steps:
        if step.key != below and any(name.key in moved for name in names_in(step.value)):
            moved.add(step.key)
            found.append(step)
        if step.key == above:
            break
    return found


def _derivative(chain: Sequence[Step], above: str, below: str, values: Values, sizes: Sizes) -> Any:
    at, middle = array(values[below]), array(values[above])
    found = array(middle.reshape(-1, 1) * at.reshape(1, -1) * 0.0)
    lengths = steps_at(at).reshape(-1)
    for place, length in enumerate(lengths):
        sides = [_moved(chain, above, below, values, sizes, place, sign * length) for sign in (1, -1)]
        refuse_kinks(sides[0], sides[1], middle, length)
        found[:, place] = ((sides[0] - sides[1]) / (2 * length)).reshape(-1)
    return found


def _moved(
    chain: Sequence[Step], above: str, below: str, values: Values, sizes: Sizes, place: int, length: float
) -> Any:
    """What comes out where one entry is moved."""
    moved = array(values[below]).copy()
    moved.reshape(-1)[place] += length
    found = {**values, below: moved}
    for step in chain:
        found[step.key] = evaluate(step.value, found, sizes)
    return array(found[above])


def forms(derivative: Any, above: Any, below: Any) -> Iterator[Any]:
    """What a formula may give for a derivative with a row an entry of `above` and a column an entry of `below`.

    A number for each entry where one of them is a number, or where each entry depends on its own alone; of two vectors
    a matrix in either layout. Of matrices nothing else: that has more than two axes.
    """
    rows, columns = (tuple(length for length in value.shape if length > 1) for value in (above, below))
    if len(rows) == len(columns) == 1:
        yield derivative
        yield derivative.T
    elif not rows or not columns:
        yield derivative.reshape(below.shape if not rows else above.shape)
    if rows and rows == columns and _is_diagonal(derivative):
        yield derivative.diagonal().reshape(below.shape)


def _is_diagonal(matrix: Any) -> bool:
    rest = matrix.copy()
    rest[range(len(rest)), range(len(rest))] = 0
    return not rest.any()
