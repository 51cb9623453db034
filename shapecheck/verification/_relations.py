"""Compare the author's value with the gradient: equal, a multiple, or the sum of only some of its terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, combinations_with_replacement
from typing import Any

from ..evaluate import array

TOLERANCE = 1e-6
"""The largest relative difference of two values that rounding explains."""
MOST_TERMS = 8
"""The most terms that are left out together; each further one doubles the combinations to try."""


def agree(given: Any, wanted: Any) -> bool:
    """Whether two values are equal up to rounding; axes of length 1 count for nothing."""
    one, other = squeezed(given), squeezed(wanted)
    if one.shape != other.shape:
        return False
    size = max(_largest(one), _largest(other))
    return bool(_largest(one - other) <= TOLERANCE * size) and size < float("inf")


def squeezed(value: Any) -> Any:
    """A value as an array without its axes of length 1."""
    return array(value).squeeze()


def _largest(value: Any) -> float:
    return float(abs(value).max(initial=0.0))


def is_zero(value: Any) -> bool:
    """Whether nothing is left of a value: of such a one nothing can be said."""
    return _largest(array(value)) == 0


def ratio(given: Any, wanted: Any) -> float | None:
    """The number that the one value is times the other, None if it is not a multiple."""
    one, other = squeezed(given), squeezed(wanted)
    if one.shape != other.shape or is_zero(other) or is_zero(one):
        return None
    found = float((one * other).sum() / (other * other).sum())
    return found if agree(one, found * other) else None


def parts(given: Any, terms: Sequence[Any]) -> tuple[int, ...] | None:
    """Which of the terms, though not all, add up to the value, the most of them first; None if none do."""
    return next((chosen for chosen in _choices(len(terms)) if _adds_up(given, terms, chosen)), None)


def _choices(count: int) -> Iterator[tuple[int, ...]]:
    for left in range(min(count, MOST_TERMS) - 1, 0, -1):
        yield from combinations(range(count), left)


def _adds_up(given: Any, terms: Sequence[Any], chosen: tuple[int, ...]) -> bool:
    return agree(given, sum((array(terms[place]) for place in chosen[1:]), array(terms[chosen[0]])))


def in_letters(shape: Sequence[int], sizes: Mapping[str, int]) -> str:
    """The shape of a value in a draw, in the letters of the sizes that are drawn: `n×m`."""
    pairs = combinations_with_replacement(sizes.items(), 2)
    names = {one * two: f"({first} {second})" for (first, one), (second, two) in pairs}
    names |= {size: name for name, size in sizes.items()}
    return "×".join(names.get(length, str(length)) for length in shape) or "a number"
