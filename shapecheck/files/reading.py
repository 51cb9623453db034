"""Decode files: UTF-8 with or without a byte order mark, UTF-16 with one. An unreadable file is a finding."""

from __future__ import annotations

import os

from ..diagnostic import Diagnostic
from ..disk import FileTooLarge, contents
from ..text import Source
from ..values import NamedTuple

LARGEST = 50_000_000
"""The largest file that is read, in bytes: far more than anyone writes by hand."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")


class Content(NamedTuple):
    """A file's text, how it is encoded, its byte order mark, and why it could not be read (then the text is empty)."""

    source: Source
    encoding: str = "utf-8"
    mark: bytes = b""
    trouble: Diagnostic | None = None

    def encode(self, text: str) -> bytes:
        """A text in the bytes of this file."""
        return self.mark + text.encode(self.encoding)


def read(path: str) -> Content:
    """The content of a file; never raises."""
    try:
        data = contents(path, LARGEST)
    except FileTooLarge:
        return _too_large(path)
    except (OSError, ValueError) as error:
        return _unreadable(path, getattr(error, "strerror", None) or str(error))
    return decode(data, path)


def decode(data: bytes, path: str) -> Content:
    """The content that bytes are; `path` is where it is reported."""
    if len(data) > LARGEST:
        return _too_large(path)
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    if data.startswith(_UTF_32):
        return _unreadable(path, "it is UTF-32; use UTF-8, or UTF-16 with a byte order mark")
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        kind = "a binary file" if b"\0" in data and not mark else "neither UTF-8 nor UTF-16 with a byte order mark"
        return _unreadable(path, f"it is {kind}")
    if "\0" in text:
        return _unreadable(path, "it is a binary file")
    return Content(Source(text, shown(path)), encoding, mark)


def shown(path: str) -> str:
    """A path as it is reported, with `/`."""
    return path.replace(os.sep, "/")


def _unreadable(path: str, why: str) -> Content:
    return _without("SC001", path, f"{why[:1].lower()}{why[1:]}")


def _too_large(path: str) -> Content:
    return _without("SC104", path, f"the file is larger than the limit of {LARGEST // 1_000_000} MB")


def _without(code: str, path: str, what: str) -> Content:
    """The content of a file without a text, and why."""
    from ..rules import explain_troubles
    from ..syntax.nodes import NOWHERE, Trouble

    source = Source("", shown(path))
    return Content(source, trouble=explain_troubles([Trouble(code, NOWHERE, {"what": what})], source)[0])
