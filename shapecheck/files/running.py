"""Check many files, in this process or, where that pays, in several; the reports come in the order of the files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache as once
from typing import TYPE_CHECKING

from ..cache import Cache
from ..diagnostic import Report
from ..settings import Settings
from ..text import Source
from ..values import NamedTuple
from ._shelf import Shelf
from .reading import Content, read, shown

if TYPE_CHECKING:
    from ..sections import Include
    from .including import Including

_FILE_COST = 300
_WORTH = 150_000
"""The work, in bytes and so many for each file, from which on starting processes costs less than it saves."""


def check_content(
    content: Content, settings: Settings, path: str | None = None, include: Include | None = None
) -> tuple[Report, ...]:
    """The report of a text that was read, with what it includes where it has a path; of a notebook one for each cell.

    One that could not be read has that as its only finding.
    """
    if content.trouble is not None:
        return (Report(content.source, diagnostics=[content.trouble]),)
    include = including(path, settings) if include is None and path is not None else include
    if settings.gradients:
        from ..verification import verify

        return verify(content.source, settings, include)
    from ..check import check_cells

    return check_cells(content.source, settings, include)


def including(path: str, settings: Settings, shelf: Shelf | None = None) -> Including:
    """What reads the files that one includes."""
    from .including import Including

    return Including(path, settings, shelf)


class Checker(NamedTuple):
    """How files are checked: `settings` are those of all files, or a function that gives those of a path.

    What they include is read once for all of them, onto a `shelf`.
    """

    settings: Settings | Callable[[str], Settings]
    shelf: Shelf
    cache: Cache | None = None

    def known(self, path: str) -> tuple[Report, ...] | None:
        """The reports of a file that did not change since they were kept."""
        if self.cache is None:
            return None
        content, settings = read(path), self.settings_of(path)
        if content.trouble is not None:
            return None
        files = once(lambda: including(path, settings, self.shelf))
        return self.cache.find(content.source, settings, lambda above, name: files().look_up(above, name))

    def check(self, path: str) -> tuple[Report, ...]:
        """The reports of a file, which are then kept."""
        from ..check import failed

        content, settings = read(path), self.settings_of(path)
        include = including(path, settings, self.shelf)
        reports = check_content(content, settings, path, include)
        if self.cache is not None and not content.trouble and not failed(reports):
            self.cache.keep(content.source, settings, reports, include.seen)
        return reports

    def settings_of(self, path: str) -> Settings:
        """The settings for a file."""
        return self.settings if isinstance(self.settings, Settings) else self.settings(path)


def check_files(
    paths: Sequence[str],
    settings: Settings | Callable[[str], Settings],
    jobs: int | None = None,
    cache: Cache | None = None,
) -> Iterator[Report]:
    """The reports of each file in turn; `jobs` is the number of processes, by default one a core.

    `settings` are those of all files, or a function that gives those of a path. What a `cache` knows is not checked.
    """
    checker = Checker(settings, Shelf(), cache)
    found = {path: checker.known(path) for path in paths} if cache else {}
    left = [path for path in paths if found.get(path) is None]
    checked = _checked(left, checker, jobs)
    for path in paths:
        known = found.get(path)
        yield from next(checked) if known is None else known


def _checked(paths: Sequence[str], checker: Checker, jobs: int | None) -> Iterator[tuple[Report, ...]]:
    wanted = min(os.cpu_count() or 1 if jobs is None else jobs, len(paths))
    if wanted > 1 and _pays(paths):
        return _in_processes(paths, checker, wanted)
    return map(checker.check, paths)


def _pays(paths: Sequence[str]) -> bool:
    work = 0
    for path in paths:
        try:
            work += _FILE_COST + os.path.getsize(path)
        except OSError:
            continue
        if work > _WORTH:
            return True
    return False


def _in_processes(paths: Sequence[str], checker: Checker, jobs: int) -> Iterator[tuple[Report, ...]]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from itertools import islice

    # The first is checked here, so that processes forked from this one have all that a check imports.
    yield checker.check(paths[0])
    done = 1
    size = max(1, min(64, len(paths) // (jobs * 4)))
    pool = ProcessPoolExecutor(jobs, initializer=_follow)
    try:
        for reports in pool.map(checker.check, paths[1:], chunksize=size):
            yield reports
            done += 1
        pool.shutdown()
    except BrokenProcessPool:
        yield from _apart(list(islice(paths, done, None)), checker)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _apart(paths: Sequence[str], checker: Checker) -> Iterator[tuple[Report, ...]]:
    """The reports of files after a process has ended that checked some of them: one that ends again loses its own."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    from ..check import unchecked

    pool = ProcessPoolExecutor(1, initializer=_follow)
    try:
        for path in paths:
            try:
                yield pool.submit(checker.check, path).result()
            except BrokenProcessPool:
                pool = ProcessPoolExecutor(1, initializer=_follow)
                yield (unchecked(Source("", shown(path)), "the operating system stopped the process that checked it"),)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _follow() -> None:
    """Leave an interrupt to the process that started this one, and end with it however it ends."""
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
