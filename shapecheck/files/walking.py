"""The files of a folder that can hold formulas: sorted, `.gitignore` respected, hidden folders and links left aside."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from ..disk import contents
from ..patterns import spec
from ..values import NamedTuple
from .reading import LARGEST

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class _Ignoring(NamedTuple):
    """The rules of one `.gitignore` and the folder that they are relative to."""

    folder: str
    rules: GitIgnoreSpec


def walk(folder: str, suffixes: Collection[str], excludes: Callable[[str], bool] = lambda path: False) -> Iterator[str]:
    """The paths below a folder that have one of the suffixes and are not ignored by git, sorted by folder and name.

    What `excludes` is left out; it is asked for files, and for folders, whose paths end with a slash. What is said of
    the folder itself does not count: it was asked for.
    """
    rules = _rules_above(os.path.abspath(folder))
    rules = () if _ignored(f"{folder}/", rules) else rules
    yield from _walk(folder, frozenset(suffixes), rules, excludes)


def _walk(
    folder: str, suffixes: frozenset[str], rules: tuple[_Ignoring, ...], excludes: Callable[[str], bool]
) -> Iterator[str]:
    waiting = [(folder, rules)]
    while waiting:
        folder, rules = waiting.pop()
        rules = (*rules, *_rules_of(folder))
        folders = []
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and not excludes(f"{entry.path}/"):
                    folders.append(entry.path)
            elif _has_suffix(entry, suffixes) and not _ignored(entry.path, rules) and not excludes(entry.path):
                yield os.path.normpath(entry.path)
        waiting += ((path, rules) for path in reversed(folders) if not _ignored(f"{path}/", rules))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What a folder holds, by name; nothing if it may not be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _has_suffix(entry: os.DirEntry[str], suffixes: frozenset[str]) -> bool:
    """Whether an entry is a file with one of the suffixes; what a link leads to may stand outside of the folder."""
    try:
        return os.path.splitext(entry.name)[1].lower() in suffixes and entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _ignored(path: str, rules: tuple[_Ignoring, ...]) -> bool:
    """What the innermost `.gitignore` that speaks of a path says of it."""
    for ignoring in reversed(rules):
        relative = os.path.relpath(path, ignoring.folder).replace(os.sep, "/")
        verdict = ignoring.rules.check_file(relative + "/" * path.endswith("/")).include
        if verdict is not None:
            return verdict
    return False


def _rules_above(folder: str) -> tuple[_Ignoring, ...]:
    """The rules of the folders above, up to the one that is a git repository; none if there is none."""
    found: tuple[_Ignoring, ...] = ()
    while not os.path.exists(os.path.join(folder, ".git")):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return ()
        found = (*_rules_of(folder), *found)
    return found


def _rules_of(folder: str) -> tuple[_Ignoring, ...]:
    path = os.path.join(folder, ".gitignore")
    if not os.path.isfile(path):
        return ()
    try:
        lines = contents(path, LARGEST).decode("utf-8-sig", "replace").splitlines()
    except OSError:
        return ()
    return (_Ignoring(os.path.abspath(folder), spec(lines)),)
