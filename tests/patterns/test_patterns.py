"""Patterns mean what git means by them, and cost the same however many stars they have."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from shapecheck.patterns import spec

SIGNS = ("a", "b", ".", "*", "**", "?", "/", "/**/", "[ab]", "\\*", "!")
patterns = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join)
paths = st.lists(st.text("ab.*", min_size=1, max_size=5), min_size=1, max_size=5).map("/".join)


@given(patterns, paths, st.sampled_from(["", "/"]))
def test_the_verdict_is_that_of_pathspec(pattern: str, path: str, end: str) -> None:
    try:
        expected = GitIgnoreSpec.from_lines([pattern]).check_file(path + end).include
    except ValueError:
        expected = None
    assert spec([pattern]).check_file(path + end).include == expected


NAMES = ("a.md", "ab.md", "b/a.md", "b/c/a.md", "b/c/ab.md", "a/x/b.md", "aXbXc.md", "a]b.md")


@pytest.mark.parametrize(
    "pattern",
    ["[!a]/a.md", "[!b]*.md", "a[!]x]b.md", "b/**/a.md", "**/c/**", "*X*X*", "[^a]*/*", "b[!q]c/*b.md", "/*/*b*"],
)
def test_the_verdict_is_that_of_git(tmp_path: Path, pattern: str) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text(f"{pattern}\n")
    asked = ["git", "-C", str(tmp_path), "check-ignore", "--no-index", *NAMES]
    ignored = subprocess.run(asked, capture_output=True, text=True).stdout.split()
    rules = spec([pattern])
    assert [name for name in NAMES if rules.match_file(name)] == ignored


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 40 + "b", "a" * 255),
        ("?*" * 60 + "b", "a" * 255),
        ("[a-z]*" * 60 + "B", "a" * 255),
        ("**/a/" * 40 + "b", "a/" * 1_000),
        ("/a" + "/**/a*a" * 30 + "/b", "aaaa/" * 800),
        ("*a*/" * 30 + "b", ("a" * 20 + "/") * 40),
    ],
)
def test_no_pattern_is_tried_in_every_way(pattern: str, path: str) -> None:
    """Each of these would take longer than anybody waits."""
    assert not spec([pattern]).match_file(path)
