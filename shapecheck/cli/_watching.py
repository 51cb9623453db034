"""`--watch`: check again whenever one of the files changes, until an interrupt."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from . import _status
from ._command import UsageError
from ._output import complain, write

_PATIENCE = 100
"""How long one look at the folders takes, in milliseconds."""
_CLEAR = "\x1b[2J\x1b[H"


def watch(words: Sequence[str], check: Callable[[], int]) -> int:
    """Check, and then after each change of what the words name; returns only where nothing can be watched any more.

    What cannot be carried out, such as a mistake in the settings that is being mended, is said and waited for.
    """
    changes = _changes([word for word in words if os.path.exists(word)])
    status = _status.CLEAN
    for number, changed in enumerate(changes):
        if changed or not number:
            status = _check(check)
    return status


def _changes(paths: list[str]) -> Any:
    """The changes of files that are read, and at first an empty set, when they are watched already."""
    try:
        from watchfiles import watch as watched
    except ImportError as error:
        raise UsageError("--watch needs watchfiles: pip install 'shapecheck-backprop[watch]'") from error
    from ..documents import by_suffix

    if not paths:
        raise UsageError("--watch needs a file or a folder")
    suffixes = (*by_suffix(), ".toml")

    def is_read(change: Any, path: str) -> bool:
        return path.lower().endswith(suffixes)

    return watched(*paths, watch_filter=is_read, yield_on_timeout=True, rust_timeout=_PATIENCE)


def _check(check: Callable[[], int]) -> int:
    if sys.stdout.isatty():
        write(_CLEAR, sys.stdout)
    try:
        status = check()
    except UsageError as error:
        complain(str(error))
        status = _status.USAGE
    sys.stdout.flush()
    return status
