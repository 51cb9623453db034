"""LaTeX: sums with a Σ, functions upright."""

from __future__ import annotations

from .._latex import Latex
from .._names import typeset
from .._spelling import Spelling
from ._dialect import Dialect, Spell


def _name(spelling: Spelling | None) -> Spell:
    return spelling.name if spelling else typeset


dialect = Dialect(lambda shape_of, name: Latex(shape_of, name).tree, _name)
