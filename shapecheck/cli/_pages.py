"""Pages in Markdown: laid out and paged in a terminal, piped as they are."""

from __future__ import annotations

import os
import re
import sys

from ._output import has_color, width_of, write

_WIDEST = 100
"""Longer lines of prose are hard to read."""
_LINK = re.compile(r"\[([^\]]+)\]\(([\w-]+)\.md(?:#[\w-]*)?\)")
_ELSEWHERE = re.compile(r"\[([^\]]+)\]\([.#][^)]*\)")
_STYLES = {"markdown.code": "cyan", "markdown.code_block": "none"}


def show(page: str, color: str) -> None:
    """Write a page to stdout."""
    in_terminal = sys.stdout.isatty() and (sys.stdout.encoding or "").lower().startswith("utf")
    painted = has_color(color, sys.stdout)
    text = _laid_out(page, painted) if in_terminal or painted else page
    if in_terminal:
        _paged(text)
    else:
        write(text, sys.stdout)


def _laid_out(page: str, painted: bool) -> str:
    """A page as rich lays it out; of a link its text is left, and the topic of the page that it leads to."""
    from io import StringIO

    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    page = _ELSEWHERE.sub(r"\1", _LINK.sub(r"\1 (`help \2`)", page))
    out = StringIO()
    console = Console(
        file=out,
        width=min(width_of(sys.stdout), _WIDEST),
        color_system="standard" if painted else None,
        force_terminal=painted,
        no_color=False,
        legacy_windows=False,
        theme=Theme(_STYLES),
    )
    console.print(Markdown(page, code_theme="ansi_dark", hyperlinks=False))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _paged(text: str) -> None:
    """Through the pager of the system, which ends at once where the text fits the screen, and shows colours."""
    from pydoc import pager

    os.environ.setdefault("LESS", "FRX")
    pager(text)
