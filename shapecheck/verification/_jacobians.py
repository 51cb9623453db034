"""The derivative of an array by an array, in numbers, and the forms in which a formula may give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from ..evaluate import array, evaluate
from ..syntax.nodes import names_in
from ._differences import KINK, Kink, refuse_kinks, steps_at
from ._passes import PassStep

STENCIL = ((-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12))
"""The steps of a derivative by differences of the fourth order, with their weights."""
WIDER = 1e3
"""How much longer the step of a second derivative is: its differences divide by the step twice."""
Values = Mapping[str, Any]
Sizes = Mapping[str, int]


def derivatives(steps: Sequence[PassStep], pair: Sequence[str], values: Values, sizes: Sizes) -> list[Any]:
    """The derivative of one variable by another on all ways, and on the direct one: a row an entry, a column an entry.

    Of a number by two vectors it is the second derivative, a row an entry of the first; by matrices there is none.
    Raises Kink.
    """
    above, below, *twice = pair
    if twice:
        vectors = all(array(values[key]).squeeze().ndim < 2 for key in (below, *twice))
        return [_second(steps, above, (below, *twice), values, sizes)] if vectors else []
    chain = _between(steps, above, (below,))
    direct = [step for step in chain if step.key == above]
    ways = [chain] if len(chain) == len(direct) else [chain, direct]
    return [_derivative(way, above, below, values, sizes) for way in ways]


def _between(steps: Sequence[PassStep], above: str, below: Sequence[str]) -> list[PassStep]:
    """The equations through which some variables act on another."""
    moved, found = set(below), []
    for step in steps:
        if step.key not in below and any(name.key in moved for name in names_in(step.value)):
            moved.add(step.key)
            found.append(step)
        if step.key == above:
            break
    return found


def _derivative(chain: Sequence[PassStep], above: str, below: str, values: Values, sizes: Sizes) -> Any:
    at, middle = array(values[below]), array(values[above])
    found = array(middle.reshape(-1, 1) * at.reshape(1, -1) * 0.0)
    lengths = steps_at(at).reshape(-1)
    for place, length in enumerate(lengths):
        sides = [_moved(chain, above, below, values, sizes, place, sign * length) for sign in (1, -1)]
        refuse_kinks(sides[0], sides[1], middle, length)
        found[:, place] = ((sides[0] - sides[1]) / (2 * length)).reshape(-1)
    return found


def _second(steps: Sequence[PassStep], above: str, variables: Sequence[str], values: Values, sizes: Sizes) -> Any:
    """The derivative by one variable of that by the other; raises Kink where steps of half the length say otherwise."""
    chain = _between(steps, above, variables)
    whole, half = (_differences(chain, above, variables, values, sizes, scale) for scale in (WIDER, WIDER / 2))
    if not (abs(whole - half) <= KINK * (1 + abs(half).max(initial=0.0))).all():
        raise Kink
    return (16 * half - whole) / 15


def _differences(
    chain: Sequence[PassStep], above: str, variables: Sequence[str], values: Values, sizes: Sizes, scale: float
) -> Any:
    """The second derivative by differences of the fourth order, a row an entry of the first variable."""
    steps = [steps_at(array(values[key])).reshape(-1) * scale for key in variables]
    found = steps[0].reshape(-1, 1) * steps[1].reshape(1, -1) * 0.0
    for row, one in enumerate(steps[0]):
        for column, other in enumerate(steps[1]):
            for (times, weight), (across, factor) in product(STENCIL, STENCIL):
                moved = {**values, variables[0]: _with_entry(values[variables[0]], row, times * one)}
                moved[variables[1]] = _with_entry(moved[variables[1]], column, across * other)
                value = float(_through(chain, above, moved, sizes).sum())
                found[row, column] += weight * factor * value / (one * other)
    return array(found)


def _with_entry(values: Any, place: int, length: float) -> Any:
    moved = array(values).copy()
    moved.reshape(-1)[place] += length
    return moved


def _through(chain: Sequence[PassStep], above: str, moved: Values, sizes: Sizes) -> Any:
    """What comes out where some values are moved."""
    found = dict(moved)
    for step in chain:
        found[step.key] = evaluate(step.value, found, sizes)
    return array(found[above])


def _moved(
    chain: Sequence[PassStep], above: str, below: str, values: Values, sizes: Sizes, place: int, length: float
) -> Any:
    """What comes out where one entry is moved."""
    return _through(chain, above, {**values, below: _with_entry(values[below], place, length)}, sizes)


def forms(derivative: Any, above: Any, below: Any, *, is_row: bool = False) -> Iterator[Any]:
    """What a formula may give for a derivative with a row an entry of `above` and a column an entry of `below`.

    A number for each entry where one of them is a number, or where each entry depends on its own alone; of two vectors
    a matrix in either layout, where it is not derived by what is a row, `∂y/∂xᵀ`. Of matrices nothing else: that has
    more than two axes.
    """
    rows, columns = (tuple(length for length in value.shape if length > 1) for value in (above, below))
    if len(rows) == len(columns) == 1:
        yield derivative
        if not is_row:
            yield derivative.T
    elif not rows or not columns:
        yield derivative.reshape(below.shape if not rows else above.shape)
    if rows and rows == columns and _is_diagonal(derivative):
        yield derivative.diagonal().reshape(below.shape)


def by_columns(derivative: Any, below: Any) -> Any:
    """A derivative with a column an entry of a matrix, whose columns are gone through one after the other."""
    return derivative.reshape(len(derivative), *below.shape).swapaxes(1, -1).reshape(derivative.shape)


def laid_out(derivative: Any, above: Any, below: Any, *, turned: bool) -> Any:
    """A derivative as a factor of a formula; raises ValueError where it has more than two axes.

    Of two vectors it is a matrix; where one of them is a number it has the shape of the other.
    """
    rows, columns = above.squeeze().ndim, below.squeeze().ndim
    if not columns:
        return derivative.reshape(above.shape)
    if not rows:
        return derivative.reshape(below.shape)
    if rows > 1 or columns > 1:
        raise ValueError("a tensor")
    return derivative.T if turned else derivative


def _is_diagonal(matrix: Any) -> bool:
    rest = matrix.copy()
    rest[range(len(rest)), range(len(rest))] = 0
    return not rest.any()
