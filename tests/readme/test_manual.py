"""The manual is whole: each topic has a page; each option, code, format, convention and setting is on some page."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from shapecheck.cli._app import whole
from shapecheck.cli._dispatch import commands
from shapecheck.cli._manual import FOLDER, INDEX, page, topics
from shapecheck.configuration.keys import KEYS
from shapecheck.conventions import BUILT_IN
from shapecheck.documents import documents
from shapecheck.formats import formats
from shapecheck.notations import notations
from shapecheck.rules import rules
from shapecheck.sections._parts import STATING

TEXT = "\n".join(map(page, topics()))
APPLICATION = get_command(whole())
OPTIONS = {
    option
    for command in (APPLICATION, *APPLICATION.commands.values())
    for parameter in command.params
    for option in (*parameter.opts, *getattr(parameter, "secondary_opts", ()))
    if option.startswith("-")
} | {"-h", "--help"}


def test_every_topic_is_a_page() -> None:
    assert sorted(f"{topic}.md" for topic in topics()) == sorted(
        path.name for path in FOLDER.iterdir() if path != INDEX
    )


def test_every_command_has_a_page() -> None:
    assert {*commands.names} - {*topics()} == {"help"}


@pytest.mark.parametrize("topic", topics())
def test_a_page_begins_with_its_title(topic: str) -> None:
    assert re.match(r"# \S.*\n\n\S", page(topic))


@pytest.mark.parametrize("name", sorted(OPTIONS, key=lambda option: option.strip("-")))
def test_every_option_is_named(name: str) -> None:
    assert re.search(rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])", TEXT)


@pytest.mark.parametrize(
    "name",
    [
        *(f"shapecheck {command}" for command in commands.names),
        *(f"`{name}`" for name in (*formats.names, *BUILT_IN, "none", "auto", *KEYS, *notations.names)),
        *(f"`{suffix}`" for document in documents.all() for suffix in (*document.suffixes, *document.named)),
        *(f"`@{directive} " for directive in STATING if directive != "reset"),
        "`@reset`",
        *rules.codes,
    ],
)
def test_every_name_is_explained(name: str) -> None:
    assert name in TEXT
