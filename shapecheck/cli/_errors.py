"""What a command raises where the call cannot be carried out."""

from __future__ import annotations


class UsageError(Exception):
    """A call that cannot be carried out, with the one line that says why."""
