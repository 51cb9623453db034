"""The error that a command raises for an invalid call."""

from __future__ import annotations


class UsageError(Exception):
    """An invalid call, with one line that says why."""
