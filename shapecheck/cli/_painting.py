"""Write lines of runs, or findings as check writes them, to a stream: in colour where that is wanted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

from ..diagnostic import Report
from ..formats._line import Line
from ..formats.full import as_text
from ._output import has_color, width_of, write

_BRANCHES = str.maketrans({"├": "|", "└": "`", "│": "|", "─": "-", "⎡": "[", "⎤": "]", "⎣": "[", "⎦": "]"})
"""The branches of a tree, and the brackets of a matrix, where a stream is not in Unicode."""
_STYLES = {"bold": "bold", "dim": "dim", "shape": "cyan", "wrong": "bold red", "unknown": "yellow", "note": "bold cyan"}


def write_lines(lines: Sequence[Line], color: str) -> None:
    """Write lines to stdout, in colour where that is wanted."""
    painted = has_color(color, sys.stdout)
    text = as_text(lines, _STYLES if painted else None)
    unicode = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    write(text if unicode else text.translate(_BRANCHES), sys.stdout)


def write_findings(reports: Sequence[Report], color: str, stream: TextIO) -> None:
    """The findings as check writes them."""
    from ..formats import Options, formats

    options = Options(width_of(stream), has_color(color, stream), quiet=True)
    write(formats["full"].render(reports, options), stream)
