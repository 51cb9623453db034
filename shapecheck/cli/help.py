"""`shapecheck help`: the topics of the manual, or the page of one."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from . import _status
from ._command import Command, UsageError
from ._manual import page, topics
from ._mistyped import nearest
from ._options import Color
from ._output import write
from ._pages import show


def _beginning(incomplete: str) -> list[str]:
    return [topic for topic in topics() if topic.startswith(incomplete)]


Topic = Annotated[
    str | None, typer.Argument(metavar="[TOPIC]", help="A topic of the manual.", autocompletion=_beginning)
]


def help(topic: Topic = None, *, color: Color = "auto") -> int:
    """Show a page of the manual, or list its topics."""
    if topic is None:
        longest = max(map(len, topics()))
        lines = "".join(f"  {name:{longest}}  {summary}\n" for name, summary in topics().items())
        write(f"Topics of the manual:\n\n{lines}\nRead one with `shapecheck help TOPIC`.\n", sys.stdout)
    elif topic in topics():
        show(page(topic), color)
    else:
        near = nearest(topic.lower(), tuple(topics()))
        known = f"did you mean {near}?" if near else f"there are {', '.join(topics())}"
        raise UsageError(f"{topic}: no such topic; {known}")
    return _status.CLEAN


command = Command(help, "shapecheck help\nshapecheck help verify")
