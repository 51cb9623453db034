"""The definition of a command: a function whose annotations are its options, and examples for its help."""

from __future__ import annotations

from collections.abc import Callable

from ..values import NamedTuple


class Command(NamedTuple):
    """A function that returns the exit status, and examples for its help, one per line."""

    run: Callable[..., int]
    examples: str
