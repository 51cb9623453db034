"""Modules and functions stay small enough to read, and say what they are for."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from .sources import classes, functions, modules, public, room, text, tree

MODULE_LINES = 300
FUNCTION_LINES = 40
NAMELESS = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}
LEFTOVERS = ("TODO", "FIXME", "XXX", "HACK")


@pytest.mark.parametrize("module", modules())
def test_a_module_is_short(module: str) -> None:
    lines = text(module).count("\n")
    assert lines <= MODULE_LINES


@pytest.mark.parametrize("module", modules())
def test_functions_are_short(module: str) -> None:
    long = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(module)}
    assert {name: lines for name, lines in long.items() if lines > FUNCTION_LINES} == {}


@pytest.mark.parametrize("module", modules())
def test_what_is_public_is_documented(module: str) -> None:
    assert ast.get_docstring(tree(module)), f"{module} has no docstring"
    assert [node.name for node in public(module) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("module", modules())
def test_names_say_something(module: str) -> None:
    assert not NAMELESS & set(module.removesuffix(".py").split("/"))


def test_a_class_name_stands_for_one_thing() -> None:
    found = Counter(each.name for module in modules() if room(module) != "api" for each in classes(module))
    assert [name for name, count in found.items() if count > 1] == []


@pytest.mark.parametrize("module", modules())
def test_nothing_is_left_for_later(module: str) -> None:
    assert [word for word in LEFTOVERS if word in text(module)] == []
