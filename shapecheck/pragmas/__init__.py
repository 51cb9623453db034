"""What a comment asks for: `expect: SC201`, `shapecheck: ignore[SC204]` and what they do to findings."""

from __future__ import annotations

from ._reading import Pragma, find, mistaken
from ._settling import BAD_PRAGMA, UNMET_EXPECTATION, UNUSED_IGNORE, settle

__all__ = [
    "BAD_PRAGMA",
    "UNMET_EXPECTATION",
    "UNUSED_IGNORE",
    "Pragma",
    "find",
    "mistaken",
    "settle",
]
