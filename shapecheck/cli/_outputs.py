"""The files that reports go to: refused before anything is checked where they cannot hold a report each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ._command import UsageError
from ._targets import Target

if TYPE_CHECKING:
    from ._checking import Request


def refuse(request: Request, targets: Sequence[Target]) -> None:
    """UsageError where a report cannot be written, would take the place of another, or of a text that is checked."""
    outputs = [path for _, path in request.others] + ([] if request.output is None else [request.output])
    checked = {os.path.realpath(target.text) for target in targets if target.kind == "file"}
    seen: set[str] = set()
    for path in outputs:
        place = os.path.realpath(path)
        why = _why_not(path, place, checked, seen)
        if why:
            raise UsageError(f"cannot write {path}: {why}")
        seen.add(place)


def _why_not(path: str, place: str, checked: set[str], seen: set[str]) -> str | None:
    if path == "-":
        return "--report takes a file; --format writes to standard output"
    if place in checked:
        return "it is one of the files to check"
    if place in seen:
        return "another report is written to it"
    if os.path.isdir(place):
        return "it is a folder"
    folder = os.path.dirname(place)
    return None if os.path.isdir(folder) else f"there is no folder {os.path.dirname(path) or folder}"
