"""The command line: `main` runs a call and never lets an error out as a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from . import _status
from ._errors import UsageError
from ._output import abandon, complain


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status; 2 for an invalid call."""
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    status = _status.CLEAN
    try:
        status = _run(list(sys.argv[1:] if argv is None else argv))
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
