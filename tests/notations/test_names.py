"""Rooms ask a notation for its traits and never for its name, so that a new one needs no change elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from shapecheck.notations import notations
from tests.architecture.sources import modules, room, tree

SAYING = ("notations", "documents", "ops")
"""Rooms that may: documents say what a file is written in, operations how each notation spells them."""


def names_in(node: ast.AST) -> set[str]:
    """The names of notations that stand as texts in what is compared, or in a table."""
    texts = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return texts & set(notations.names)


def told_by_name(module: str) -> Iterator[int]:
    """The lines that compare with a notation's name, or hold two in a table."""
    for node in ast.walk(tree(module)):
        is_compared = isinstance(node, ast.Compare | ast.MatchValue) and names_in(node)
        is_table = isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict) and len(names_in(node)) > 1
        if is_compared or is_table:
            yield node.lineno


@pytest.mark.parametrize("module", [each for each in modules() if room(each) not in SAYING])
def test_no_notation_is_told_by_its_name(module: str) -> None:
    lines = list(told_by_name(module))
    assert not lines, f"{module} tells notations by their names on lines {lines}; ask the notation for a trait"
