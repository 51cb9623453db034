"""Pages are laid out and paged in a terminal, and piped as they are."""

from __future__ import annotations

import pydoc
import subprocess
import sys
from collections.abc import Callable

import pytest

from shapecheck.cli._manual import page, topics
from shapecheck.formats._cells import width
from shapecheck.rules import rules

from .conftest import Run

ESCAPE = "\x1b["
PAGES = (*(("help", topic) for topic in topics()), ("rule", "SC201"))


Shown = Callable[..., str]


@pytest.fixture
def shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """What the pager is given by a call in a terminal of 70 columns."""
    paged: list[str] = []
    monkeypatch.setattr(pydoc, "pager", paged.append)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "70")

    def call(*words: str) -> str:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        assert run(*words) == (0, "", "")
        return paged.pop()

    return call


@pytest.mark.parametrize("topic", topics())
def test_a_page_is_piped_as_it_is(run: Run, topic: str) -> None:
    assert run("help", topic) == (0, page(topic), "")


def test_the_page_of_a_rule_is_piped_as_it_is(run: Run) -> None:
    assert run("rule", "SC201").out == rules["SC201"].page


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_a_page_is_laid_out_and_paged_in_a_terminal(shown: Shown, words: tuple[str, str]) -> None:
    text = shown(*words, "--color", "never")
    assert [sign for sign in (ESCAPE, "```console", "](") if sign in text] == []
    assert all(width(line) <= 70 for line in text.splitlines())


def test_a_page_is_in_colour_in_a_terminal_alone(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ESCAPE in shown("help", "verify")
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in shown("help", "verify")


def test_a_link_to_a_page_names_its_topic(shown: Shown) -> None:
    assert "tensorflow (help code)" in " ".join(shown("help", "limits", "--color", "never").split())


def test_rich_is_imported_where_a_page_is_laid_out_alone() -> None:
    code = "import sys; from shapecheck.cli import main; main(['help', 'verify']); print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.endswith("\nFalse\n")
