"""A line of output: runs of text, each in a style; what a style looks like is a matter of painting."""

from __future__ import annotations

from typing import TypeAlias

from ..values import NamedTuple


class Run(NamedTuple):
    """Text in one style."""

    text: str
    style: str = ""


Line: TypeAlias = list[Run]
