"""Text to a stream: in the stream's encoding whatever that is, with a width and with colour where it takes them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

PIPE_WIDTH = 100
"""The line length of output that does not go to a terminal."""


def write(text: str, stream: TextIO) -> None:
    """Write a text; where the stream is not in Unicode `×` is `x`, and what it cannot hold is escaped."""
    encoding = stream.encoding or "utf-8"
    if not encoding.lower().startswith("utf"):
        text = text.replace("×", "x")
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    except BrokenPipeError:
        abandon(stream)


def abandon(stream: TextIO) -> None:
    """Write to nowhere what is still written to a stream whose reader has gone."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_bytes(data: bytes) -> None:
    """Write the bytes of a text to stdout as they are, whatever its encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def complain(message: str) -> None:
    """One line on stderr that says why a call cannot be carried out."""
    from ..formats._cells import one_line

    write(f"shapecheck: {one_line(message)}\n", sys.stderr)


def has_color(when: str, stream: TextIO) -> bool:
    """Whether to write in colour: `always`, `never`, or `auto`, in a terminal where NO_COLOR is not set."""
    if when != "auto":
        return when == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO) -> int:
    """The columns of a stream: the terminal's, else what COLUMNS says, else 100."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said[:6]) > 0:
        return int(said[:6])
    try:
        return os.get_terminal_size(stream.fileno()).columns or PIPE_WIDTH
    except (OSError, ValueError):
        return PIPE_WIDTH
