"""What a comment asks for, as a value."""

from __future__ import annotations

from typing import Literal

from ..text import Span
from ..values import NamedTuple


class Pragma(NamedTuple):
    """What is asked for, the codes it names (none: all), and where it stands.

    One that is `mistaken` asks for nothing, since it is not written so; `meant` is what to write, "" where that is not
    clear.
    """

    kind: Literal["expect", "ignore", "mistaken"]
    codes: tuple[str, ...]
    span: Span
    meant: str = ""
