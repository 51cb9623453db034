"""What a command is, a function whose annotations are its options, and what is wrong with a call of one."""

from __future__ import annotations

from collections.abc import Callable

from ..values import NamedTuple


class Command(NamedTuple):
    """A function that returns the exit status, and examples for its help, one per line."""

    run: Callable[..., int]
    examples: str


class UsageError(Exception):
    """An invalid call, with one line that says why."""
