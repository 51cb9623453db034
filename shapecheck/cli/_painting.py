"""Lines of runs as text: plain, or with the terminal's codes for colours, by rich, which reads no markup in them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

from ..diagnostic import Report
from ..formats._line import Line
from ._output import has_color, width_of, write

_BRANCHES = str.maketrans({"├": "|", "└": "`", "│": "|", "─": "-"})
"""The branches of a tree where a stream is not in Unicode."""
_STYLES = {"bold": "bold", "dim": "dim", "shape": "cyan", "wrong": "bold red", "unknown": "yellow", "note": "bold cyan"}


def write_lines(lines: Sequence[Line], color: str) -> None:
    """Write lines to stdout, in colour where that is wanted."""
    painted = has_color(color, sys.stdout)
    text = _painted(lines) if painted else "".join(f"{_plain(line)}\n" for line in lines)
    unicode = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    write(text if unicode else text.translate(_BRANCHES), sys.stdout)


def write_findings(reports: Sequence[Report], color: str, stream: TextIO) -> None:
    """The findings as check writes them."""
    from ..formats import Options, formats

    options = Options(width_of(stream), has_color(color, stream), quiet=True)
    write(formats["full"].render(reports, options), stream)


def _plain(line: Line) -> str:
    return "".join(run.text for run in line).rstrip()


def _painted(lines: Sequence[Line]) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="standard", width=10_000, no_color=False, legacy_windows=False
    )
    for line in lines:
        text = Text.assemble(*((run.text, _STYLES.get(run.style, "")) for run in line), end="\n")
        text.rstrip()
        console.print(text, soft_wrap=True, highlight=False)
    return out.getvalue()
