"""MATLAB: names in ASCII, functions by their names there."""

from __future__ import annotations

from .._matlab import Matlab
from .._names import Identifiers
from .._spelling import Spelling
from ._dialect import Dialect, Spell


def _name(spelling: Spelling | None) -> Spell:
    return spelling.name if spelling and spelling.own else Identifiers(ascii=True)


dialect = Dialect(lambda shape_of, name: Matlab(shape_of, name).tree, _name, "MATLAB")
