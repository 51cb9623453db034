"""Derive what a text means: as it stands, else with the shapes of a convention, else with those that fit."""

from __future__ import annotations

from collections.abc import Sequence

from ..gradient import NoGradient
from ..sections import Include
from ..settings import Settings
from ..text import Source
from ..values import NamedTuple
from . import Derivation, asking, assuming, derive, length_of, undeclared


class Derivations(NamedTuple):
    """The derivations of a text, what was read for them, and under which settings."""

    derivations: list[Derivation]
    source: Source
    settings: Settings


class NothingDerived(ValueError):
    """Why no gradient can be taken, with its place; `is_empty` says that there is no forward pass at all."""

    def __init__(self, why: str, is_empty: bool = False) -> None:
        super().__init__(why)
        self.is_empty = is_empty


def attempted(
    source: Source, settings: Settings, include: Include | None = None, wrt: Sequence[str] | None = None
) -> Derivations:
    """The derivations of a text; raises NothingDerived where there are none."""
    troubles: list[NoGradient] = []
    whole = length_of(source, settings, include)
    tries = ((source, settings), (asking(source), settings), (source, assuming(source, settings, include)))
    for read, known in tries:
        if length_of(read, known, include) < whole:
            continue
        try:
            found = derive(read, known, include, wrt)
        except NoGradient as error:
            troubles.append(error)
            continue
        unknown = [name for name in wrt or () if found and all(name in each.missing for each in found)]
        if unknown:
            raise NothingDerived(f"{source.path}: the forward pass has no variable {' or '.join(unknown)}")
        if any(each.lines for each in found):
            return Derivations([each for each in found if each.lines], read, known)
        troubles += [trouble for each in found if (trouble := undeclared(each.graph)) is not None]
    raise _nothing(source, troubles)


def _nothing(source: Source, troubles: list[NoGradient]) -> NothingDerived:
    if not troubles:
        return NothingDerived(f"{source.path}: there is no forward pass to derive gradients from; write one", True)
    trouble = troubles[0]
    place, text = source.place(trouble.span.start), " ".join(source.slice(trouble.span).split())
    return NothingDerived(f"{source.path}:{place.line}: cannot derive the gradient of {text}: {trouble}")
