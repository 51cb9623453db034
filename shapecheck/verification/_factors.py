"""Name a factor: `m`, `1/m`, `-1`, `2`, as a text whose value is right for the sizes of every draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isclose, sqrt

from ..values import NamedTuple


class Factor(NamedTuple):
    """A factor as a text, with that of its inverse: `1/m` and `m`."""

    text: str
    inverse: str


Numbers = Mapping[str, float]
"""What the named dimensions and scalars are in one draw."""


def named(ratios: Sequence[float], draws: Sequence[Numbers]) -> Factor | None:
    """The simplest factor that is the ratio of each draw; None if there is none."""
    for text, inverse, values in _candidates(draws):
        if all(isclose(ratio, value, rel_tol=1e-6) for ratio, value in zip(ratios, values, strict=True)):
            return Factor(text, inverse)
    return None


def _candidates(draws: Sequence[Numbers]) -> Iterator[tuple[str, str, tuple[float, ...]]]:
    """Factors by text, with that of the inverse and the value in each draw: the simplest first, then negative ones."""
    known = list(_positive(draws))
    yield from known[1:]
    for text, inverse, values in known:
        yield f"-{text}", f"-{inverse}", tuple(-value for value in values)


def _positive(draws: Sequence[Numbers]) -> Iterator[tuple[str, str, tuple[float, ...]]]:
    numbers = [(str(value), (float(value),) * len(draws)) for value in (1, 2, 4)]
    others = [(str(value), (float(value),) * len(draws)) for value in (3, 6, 8)]
    names = [(name, tuple(draw[name] for draw in draws)) for name in draws[0]]
    roots = [(f"sqrt({name})", tuple(map(sqrt, map(abs, values)))) for name, values in names]
    for text, values in (*numbers, *names, *roots, *others):
        yield from _with_inverse(text, values)
    yield from _quotients(names, numbers[1:3])
    yield from _quotients(names, names)
    for text, values in names:
        yield from _with_inverse(f"{text}^2", tuple(value**2 for value in values))


def _with_inverse(text: str, values: tuple[float, ...]) -> Iterator[tuple[str, str, tuple[float, ...]]]:
    yield text, f"1/{text}" if text != "1" else text, values
    if text != "1" and all(values):
        yield f"1/{text}", text, tuple(1 / value for value in values)


Named = tuple[str, tuple[float, ...]]


def _quotients(above: Iterable[Named], below: Iterable[Named]) -> Iterator[tuple[str, str, tuple[float, ...]]]:
    """Products and quotients of two: `2m`, `1/(2m)`, `m/2`, `λ/m`."""
    for (one, first), (other, second) in ((a, b) for a in above for b in below if a[0] != b[0]):
        product = f"{one} * {other}" if one.isdecimal() else f"{other}{one}" if other.isdecimal() else f"{one} {other}"
        pairs = list(zip(first, second, strict=True))
        if not all(a and b for a, b in pairs):
            continue
        yield product, f"1/({product})", tuple(a * b for a, b in pairs)
        yield f"1/({product})", product, tuple(1 / (a * b) for a, b in pairs)
        yield f"{one}/{other}", f"{other}/{one}", tuple(a / b for a, b in pairs)
        yield f"{other}/{one}", f"{one}/{other}", tuple(b / a for a, b in pairs)
