"""The pages of the manual: their topics, in the order of its index, and their texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "manual"
INDEX = FOLDER / "README.md"
_LISTED = re.compile(r"^- \[(?P<topic>[\w-]+)\]\((?P=topic)\.md\): (?P<summary>.+)$", re.MULTILINE)


@cache
def topics() -> Mapping[str, str]:
    """Every topic with what its page is about, in one line."""
    listed = _LISTED.finditer(INDEX.read_text(encoding="utf-8"))
    return {found["topic"]: found["summary"] for found in listed}


def page(topic: str) -> str:
    """The text of a page, in Markdown."""
    return (FOLDER / f"{topic}.md").read_text(encoding="utf-8")
