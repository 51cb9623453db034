"""A bar on stderr for work that takes more than a moment, where somebody is watching."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")
_MOMENT = 1.0
"""Seconds of work before the bar is worth its import."""


def watched(items: Iterable[Item], total: int, quiet: bool) -> Iterator[Item]:
    """The items as they come, with a bar from the moment on that they take long."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield from items
        return
    begun, count = monotonic(), 0
    waiting = iter(items)
    for item in waiting:
        count += 1
        yield item
        if monotonic() - begun > _MOMENT:
            break
    yield from _with_bar(waiting, count, total)


def _with_bar(items: Iterator[Item], done: int, total: int) -> Iterator[Item]:
    first = next(items, None)
    if first is None:
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("checking", total=total, completed=done + 1)
        yield first
        for item in items:
            progress.advance(task)
            yield item
