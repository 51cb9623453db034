"""Files: find and read them, check them in one or several processes, and write fixes back."""

from __future__ import annotations

from .fixing import Check, Fixed, fix_source, unified_diff, write
from .reading import Content, decode, read
from .running import check_content, check_files
from .silencing import silence
from .walking import walk

__all__ = [
    "Check",
    "Content",
    "Fixed",
    "check_content",
    "check_files",
    "decode",
    "fix_source",
    "read",
    "silence",
    "unified_diff",
    "walk",
    "write",
]
