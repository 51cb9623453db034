"""What a command is: a function whose annotations are its options, and what its help says last."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Command(NamedTuple):
    """A function that returns the exit status, and examples for the end of its help, a line each."""

    run: Callable[..., int]
    examples: str
