"""Operations say themselves what they have in common: no other room lists several of a kind."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import get_args

import pytest

from shapecheck.ops import Kind, every, ops

from .sources import modules, room, tree

WORDS = {"ops", "notations", "vocabulary", "documents", "cli"}
"""The rooms that read texts: they list words, which are often called as operations are."""
OTHERS = [module for module in modules() if room(module) not in WORDS]
BROAD = {"entrywise", "function", "spreading", "constant", "reduction", "activation", "joining", "made"}
"""Kinds of so many operations that their names are words of other things too: `max`, `relu`, `zeros`."""
KINDS = sorted({*get_args(Kind)} - BROAD)


def _tables(module: str) -> Iterator[tuple[int, set[str]]]:
    """The texts in each literal table: a tuple, a list, a set, words that are split, a dictionary of data."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield node.lineno, {each.value for each in node.elts if isinstance(each, ast.Constant)}
        elif isinstance(node, ast.Dict) and all(isinstance(value, ast.Constant) for value in node.values):
            yield node.lineno, {key.value for key in node.keys if isinstance(key, ast.Constant)}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            text = node.func.value
            yield node.lineno, set(text.value.split()) if isinstance(text, ast.Constant) else set()


@pytest.mark.parametrize("module", OTHERS)
def test_no_table_names_two_operations_of_a_kind(module: str) -> None:
    found = [(line, kind, sorted(texts & every(kind))) for line, texts in _tables(module) for kind in KINDS]
    assert [each for each in found if len(each[2]) > 1] == []


def test_no_kind_is_empty() -> None:
    assert [kind for kind in get_args(Kind) if not every(kind)] == []


def test_what_a_block_says_is_not_said_twice() -> None:
    assert [op.name for op in ops().values() if len({*op.names, *op.calls}) < len(op.calls)] == []
