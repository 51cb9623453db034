"""Apply fixes to files: in memory, checked again, shown as a diff, and written without changing any other byte."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress

from ..diagnostic import Diagnostic, Report
from ..formats._cells import one_line
from ..text import Edit, Source, apply_edits
from ..values import NamedTuple
from .reading import Content, read

_ROUNDS = 10
"""How often fixes are applied and the text checked again; two fixes that undo each other stop here."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


Check = Callable[[Source], "tuple[Report, ...]"]
"""Checks the whole text of a file."""


class Fixed(NamedTuple):
    """The reports after the fixes, the fixed text, and the number of fixes applied."""

    reports: tuple[Report, ...]
    source: Source
    made: int


def fix_source(reports: tuple[Report, ...], whole: Source, check: Check, unsafe: bool = False) -> Fixed:
    """Apply the safe fixes, with `unsafe` also the first of several, until none is left; check after each round.

    `reports` are of the text `whole`, of a file with cells one for each cell.
    """
    count = 0
    for _ in range(_ROUNDS):
        chosen = [(report, *_chosen(report.diagnostics, unsafe)) for report in reports]
        made = sum(number for _, _, number in chosen)
        if not made:
            break
        edits = tuple(edit for report, found, _ in chosen for edit in in_file(whole, report.source.cell, found))
        whole = Source(apply_edits(whole.text, edits), whole.path)
        reports = check(whole)
        count += made
    return Fixed(reports, whole, count)


def in_file(whole: Source, cell: int | None, edits: tuple[Edit, ...]) -> Iterable[Edit]:
    """Edits of a text, or of one of its cells, as edits of the file."""
    if cell is None or not edits:
        return edits
    from ..documents import document_of

    document = document_of(whole.path)
    return document.host_edits(whole, cell, edits) if document and document.host_edits else ()


def _chosen(found: Iterable[Diagnostic], unsafe: bool) -> tuple[tuple[Edit, ...], int]:
    """The edits of the fixes to make, none overlapping another, and the number of fixes."""
    chosen = (next((fix for fix in each.fixes if fix.safe or unsafe), None) for each in found)
    pieces = sorted(tuple(sorted(fix.edits)) for fix in chosen if fix is not None and fix.edits)
    edits: list[Edit] = []
    count, end = 0, -1
    for piece in pieces:
        if piece[0].span.start > end:
            edits += piece
            count, end = count + 1, piece[-1].span.end
    return tuple(edits), count


def unified_diff(before: Source, after: Source) -> str:
    """The change of a file as a unified diff; empty if nothing changed."""
    if before.text == after.text:
        return ""
    from difflib import unified_diff as difference

    names = (one_line(before.path), one_line(after.path))
    lines = difference(_LINE.findall(before.text), _LINE.findall(after.text), *names)
    return "".join(line if line[-1:] in "\r\n" else f"{line}\n\\ No newline at end of file\n" for line in lines)


def write(path: str, before: Content, text: str) -> str | None:
    """Write a new text to a file; return the reason if that is refused, such as a change since it was read.

    The text is written beside the file and then takes its place, with its encoding, byte order mark, owner and mode.
    """
    path = os.path.realpath(path)
    beside = None
    try:
        status = os.stat(path)
        refused = _why_not(status)
        if refused:
            return refused
        beside = _written_beside(path, before.encode(text), status)
        now = read(path)
        if now.trouble or now[1:3] != before[1:3] or now.source.text != before.source.text:
            return "it changed while it was checked"
        os.replace(beside, path)
        beside = None
    except OSError as error:
        return error.strerror or str(error)
    finally:
        if beside is not None:
            with suppress(OSError):
                os.unlink(beside)
    return None


def _why_not(status: os.stat_result) -> str:
    """Why a file must not be written; empty if it may."""
    if not stat.S_IMODE(status.st_mode) & 0o222:
        return "it is read-only"
    if status.st_nlink > 1:
        return "it has other names (hard links), which would keep the old text"
    return ""


def _written_beside(path: str, data: bytes, status: os.stat_result) -> str:
    """The path of a new file in the same folder, which belongs to whom the other one belongs to."""
    import shutil
    import tempfile

    handle, beside = tempfile.mkstemp(prefix=".shapecheck-", dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        new = os.stat(beside)
        if (new.st_uid, new.st_gid) != (status.st_uid, status.st_gid):
            os.chown(beside, status.st_uid, status.st_gid)
        shutil.copystat(path, beside)
        os.utime(beside)
    except BaseException:
        os.unlink(beside)
        raise
    return beside
