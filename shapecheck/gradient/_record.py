"""A statement of a source, with what is known of it."""

from __future__ import annotations

from ..documents import Passage
from ..infer import Checked
from ..sections import Section
from ..values import dataclass


@dataclass(slots=True)
class Record:
    """A statement and what is known of it; in a program the function in which it stands, and its passage."""

    checked: Checked
    section: Section
    function: str = ""
    passage: Passage | None = None
