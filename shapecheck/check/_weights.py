"""How weights are multiplied, whatever with: beside `W[l] a` what goes back goes by `W[l].T`, or a slice of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ._traces import Product, Row, Trace, TracedFactor

Told = tuple[Product, Trace]
_WEIGHT = re.compile(r"(?:[WwΘθ]|weights?|kernel|[Tt]heta)(?:[_\d]*|_?[a-z]{1,3})\Z|[Ww](?:_\w+|eights?_\w+)\Z")
"""What weights are called; those of one layer and of another lie alike."""
_FAMILY = re.compile(r"(?:w|W)(?:eights?|s)?\Z")
"""What the weights of any layer are called in a loop."""
_INDEX = re.compile(r"\[[^\]]*\]")


class Weights:
    """The products in which weights stand, by what the weights are called without their layers and slices."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._by_kind: dict[str, list[Told]] = {}
        for product, trace in told:
            for factor in trace.body if _is_plain(trace) else ():
                if kind := _kind(factor):
                    self._by_kind.setdefault(kind, []).append((product, trace))

    def told(self, product: Product, trace: Trace) -> tuple[Product, Row] | None:
        """A product of another array by the same weight, and what it says of this gradient, if all such say it."""
        weights = [place for place, factor in enumerate(trace.body) if _kind(factor)]
        if len(trace.body) != 2 or len(weights) != 1:
            return None
        (place,) = weights
        weight, partner = trace.body[place], trace.body[1 - place]
        others = [each for each in self._by_kind.get(_kind(weight), ()) if _is_other(product, each[0])]
        forward = [each for each in others if not each[0].is_backward]
        if not forward or len({_faces(each, _kind(weight)) for _, each in others}) != 1:
            return None
        witness, told = forward[0]
        if trace.seed is None or _is_of_input(trace, told):
            return None
        body = [weight if _kind(factor) else partner for factor in told.body]
        lying = zip(body, told.body, strict=True)
        return witness, tuple(mine._replace(is_turned=its.is_turned) for mine, its in lying)


def _kind(factor: TracedFactor) -> str:
    """What a weight is called, of whichever layer or slice; "" for what is none."""
    name = _INDEX.sub("", factor.name).rpartition(".")[2]
    is_any = name != factor.name and _FAMILY.match(name)
    return "W" if is_any else name if _WEIGHT.match(name) else ""


def is_of_many(factor: TracedFactor) -> bool:
    """Whether an array is one of many weights, or a block of one: it is not symmetric."""
    return bool(_kind(factor)) and "[" in factor.name


def _is_plain(trace: Trace) -> bool:
    return len(trace.body) == 2 and sum(bool(_kind(factor)) for factor in trace.body) == 1


def _faces(trace: Trace, kind: str) -> bool:
    """Which axis of a weight the other factor of its product faces: the first or not."""
    return any((place == 1) is not factor.is_turned for place, factor in enumerate(trace.body) if _kind(factor) == kind)


def _is_other(product: Product, other: Product) -> bool:
    is_near = other.is_code is product.is_code and other.owner == product.owner
    return is_near and other.line.number != product.line.number


def _is_of_input(trace: Trace, told: Trace) -> bool:
    """Whether what is handed on belongs to what the product is given, as where derivatives are carried forward."""
    assert trace.seed is not None
    names = {factor.name for factor in told.body if factor.name}
    return bool(trace.seed.name) and trace.seed.name in names
