"""Names that a program has for one array: `self.inputs = x`, `x_flat = x.reshape(len(x), -1)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..syntax.nodes import Scope
from ._traces import Product, TracedFactor

Place = tuple[str, str]
"""A function or a class, and what an array is called in it."""


class Aliases:
    """The arrays of which names are other names; a name that is given several things is none."""

    def __init__(self) -> None:
        self._given: dict[Place, TracedFactor | None] = {}

    def take(self, function: Scope | None, target: TracedFactor, value: TracedFactor | None) -> None:
        """Know that a name is given to an array that has another; to something else where `value` is None.

        An attribute or an entry is known in all of its class, another name in its function.
        """
        is_held = "." in target.key or "[" in target.key
        place = _places(function)[is_held], _called(target)
        before = self._given.get(place, value)
        is_one = before is not None and value is not None and _called(before) == _called(value)
        self._given[place] = value if is_one else None

    def renamed(self, found: Iterable[Product]) -> Iterator[Product]:
        """Products with one name for each array."""
        for product in found:
            target, function = product.target, product.function
            factors = tuple(self._renamed(function, factor) for factor in product.factors)
            if any(factor.is_seed for factor in product.factors):
                factors = tuple(map(_as_it_was, product.factors, factors))
            yield product._replace(factors=factors, target=target and self._renamed(function, target))

    def _renamed(self, function: Scope | None, factor: TracedFactor) -> TracedFactor:
        first = self._first(function, factor)
        is_turned = factor.is_turned != (first.is_turned and first is not factor)
        if first.is_gradient:
            variable = self._first(function, first._replace(is_gradient=False))
            first = first._replace(name=variable.name)
        return first._replace(is_turned=is_turned, is_matrix=factor.is_matrix, node=factor.node)

    def _first(self, function: Scope | None, factor: TracedFactor) -> TracedFactor:
        """An array by the name that it had first; of two that stand for each other by the first of the alphabet."""
        way = [factor]
        while (given := self._of(function, _called(way[-1]))) is not None:
            circle = [place for place, each in enumerate(way) if _called(each) == _called(given)]
            if circle:
                return min(way[circle[0] :], key=_called)
            way.append(given)
        return way[-1]

    def _of(self, function: Scope | None, name: str) -> TracedFactor | None:
        here, around = _places(function)
        return self._given[here, name] if (here, name) in self._given else self._given.get((around, name))


def _places(function: Scope | None) -> tuple[str, str]:
    """A function and its class, by their names."""
    return ("", "") if function is None else (f"{function.name}()", function.owner)


def _as_it_was(before: TracedFactor, factor: TracedFactor) -> TracedFactor:
    """A factor that is not a gradient where another one is: a difference is but an array then."""
    return before if factor.is_seed and not before.is_seed else factor


def _called(factor: TracedFactor) -> str:
    """The name of an array, or the key of a gradient, and of what has no name."""
    return factor.key if factor.is_gradient else factor.name or factor.key
