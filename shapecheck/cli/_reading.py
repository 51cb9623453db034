"""The texts that the words of a call name, for commands that look at a text without checking it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..settings import Settings
from ..text import Source
from . import _targets
from ._command import UsageError

if TYPE_CHECKING:
    from ..files import Content
    from ..syntax.nodes import Program

TERMINAL = "<formula>"
Include = Callable[[str], "Program | str"]


def sources(words: Sequence[str], settings: Settings) -> Iterator[tuple[Source, Include | None]]:
    """Each text with what reads its includes; UsageError where one cannot be read."""
    for target in _targets.find(words):
        if target.kind == "formula":
            yield Source(target.text, TERMINAL), None
            continue
        from ..files import decode, read
        from ..files.including import Including

        content = read(target.text) if target.kind == "file" else decode(_targets.read_stdin(), _targets.STDIN)
        yield _readable(content), Including(target.text, settings) if target.kind == "file" else None


def _readable(content: Content) -> Source:
    if content.trouble is not None:
        raise UsageError(f"{content.source.path}: {content.trouble.message}")
    return content.source
