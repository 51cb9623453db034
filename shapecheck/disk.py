"""The bytes of a plain file: `contents(path, most)` waits for no pipe and reads from no device."""

from __future__ import annotations

import errno
import os
import stat


class FileTooLarge(OSError):
    """A file is larger than what is read of one."""


def contents(path: str, most: int, *, links: bool = True) -> bytes:
    """All bytes of a file, `most` of them at most; OSError or ValueError where it cannot be read, and says why.

    With `links` False what a link leads to is not read either.
    """
    _refuse(os.stat(path, follow_symlinks=links), path, most)
    # Between the look at a path and its opening something else may take its place.
    flags = (0 if links else getattr(os, "O_NOFOLLOW", 0)) | getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda name, asked: os.open(name, asked | flags)) as file:
        _refuse(os.fstat(file.fileno()), path, most)
        data = file.read(most + 1)
    if len(data) > most:
        raise FileTooLarge(errno.EFBIG, "it is too large", path)
    return data


def _refuse(status: os.stat_result, path: str, most: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe, a socket or a device", path)
    if status.st_size > most:
        raise FileTooLarge(errno.EFBIG, "it is too large", path)
