"""The command line: `main` runs a call and never lets an error out as a traceback."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from . import _status
from ._command import UsageError
from ._output import abandon, complain


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status; 2 for an invalid call."""
    if argv is not None:
        return _call(list(argv))
    with _seldom_collected():
        return _call(sys.argv[1:])


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A process of its own: what it imports is no garbage, and at its end nothing needs to be looked for.

    The garbage collector would take a tenth of the time in which one formula is checked.
    """
    gc.set_threshold(100_000)
    try:
        yield
    finally:
        gc.freeze()


def _call(argv: list[str]) -> int:
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    status = _status.CLEAN
    try:
        status = _run(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        _stop()
    except BrokenPipeError:
        abandon(sys.stdout)
    return status


def _nowhere() -> TextIO:
    """A replacement for a stream that was closed before the call."""
    return open(os.devnull, "w", encoding="utf-8")


def _run(argv: list[str]) -> int:
    from ._dispatch import dispatch

    try:
        return dispatch(argv)
    except UsageError as error:
        for line in str(error).splitlines():
            complain(line)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except (OSError, MemoryError) as error:
        complain(f"{error.strerror or error}" if isinstance(error, OSError) else "out of memory")
    except Exception as error:
        complain(f"this is a bug in shapecheck, please report it: {type(error).__name__}: {error}")
    return _status.USAGE


def _stop() -> None:
    """Exit at once, together with the worker processes."""
    if "multiprocessing" in sys.modules:
        from multiprocessing import active_children

        # The thread that watches over the processes would print what happened to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        for child in active_children():
            child.terminate()
    os._exit(_status.INTERRUPTED)
