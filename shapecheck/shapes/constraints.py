"""What went wrong between shapes, as data: which arguments, which of their axes, which dimensions; no prose."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..values import NamedTuple
from .dims import AnyDim

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Clash(NamedTuple):
    """Why an operation has no result.

    `kind` names the constraint that failed: `inner` (a product), `elementwise`, `axis`, `blocks`, `reshape`, `einsum`,
    `square`, `scalar`, `rank`, `tensor`, `arguments`. `arguments` are positions among the operation's arguments, `axes`
    the axis of each that clashes (counted from 0), `dims` the dimensions that stand there; `words` is what else a rule
    needs to speak.
    """

    kind: str
    arguments: tuple[int, ...] = ()
    axes: tuple[int, ...] = ()
    dims: tuple[AnyDim, ...] = ()
    words: Mapping[str, Any] = NOTHING
