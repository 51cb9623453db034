"""`shapecheck help` lists the topics of the manual, and says which topic is meant by a slip of one."""

from __future__ import annotations

import pytest

from shapecheck.cli._manual import topics

from .conftest import Run


def test_every_topic_is_listed_with_a_line(run: Run) -> None:
    status, out, err = run("help")
    assert (status, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines() if line.startswith("  ")] == [*topics()]
    assert all(len(line) <= 100 for line in out.splitlines())


@pytest.mark.parametrize(("topic", "near"), [("verfy", "verify"), ("Convention", "conventions"), ("docu", "documents")])
def test_a_topic_that_is_nearly_one(run: Run, topic: str, near: str) -> None:
    assert run("help", topic) == (2, "", f"shapecheck: {topic}: no such topic; did you mean {near}?\n")


def test_an_unknown_topic_is_answered_with_those_there_are(run: Run) -> None:
    status, out, err = run("help", "quaternions")
    assert (status, out) == (2, "")
    assert err == f"shapecheck: quaternions: no such topic; there are {', '.join(topics())}\n"


@pytest.mark.parametrize("name", ["check", "derive", "explain", "shapes", "verify", "rule", "config"])
def test_the_help_of_a_command_names_its_page(run: Run, name: str) -> None:
    assert f"Manual: shapecheck help {name}\n" in run(name, "-h").out
    assert "Manual: shapecheck help\n" in run("-h").out
