"""What is declared is that name, whatever word, function, constant, sign or gradient the program knows by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from shapecheck.check import check
from shapecheck.conventions import BUILT_IN
from shapecheck.notations import _prose
from shapecheck.notations.latex import _commands, _names
from shapecheck.ops import by_call, by_method
from shapecheck.resolve._functions import ACTIVATIONS
from shapecheck.settings import Settings
from shapecheck.symbols import ERRORS, _gradients
from shapecheck.symbols._greek import LETTERS
from shapecheck.table._entries import SCALARS
from shapecheck.text import Source

ONLY_HERE = {"x", "v"}
"""What the tests call their own arrays."""


def known() -> Iterator[str]:
    """Every word that the program takes for something where nobody declares it."""
    for words in (_prose._CLAUSE, _prose._LEADING, _prose._KNOWN):
        yield from re.findall(r"\w+", words)
    yield from (*_commands.FUNCTIONS, *_commands.BRACKETED, *_names._PROSE)
    yield from (*by_call(), *by_method(), *ACTIVATIONS)
    yield from (*SCALARS, *LETTERS, *LETTERS.values(), *ERRORS, *_gradients._WORDS, *_gradients._LOSSES)
    yield from (key.removesuffix("[l]") for convention in BUILT_IN.values() for key in convention.shapes)
    yield from ("Σ", "I", "T", "In", "As", "e", "J", "E", "L", "R", "True", "None", "self", "end", "np", "F", "math")


WORDS = sorted({word for word in known() if re.fullmatch(r"(?:[^\W\d]|Σ)[^\W_]*", word)} - ONLY_HERE)
COMMANDS = {letter: f"\\{name}" for name, letter in _commands.LETTERS.items() if name.isalpha()}


def shapes(lines: list[str], notation: str = "plain") -> list[tuple[str, str, tuple[str | None, ...] | None]]:
    """The text, status and shape of each formula of a file in which all words are declared."""
    declared = tuple(f"{word}: a x b" for word in WORDS)
    report = check(
        Source("\n".join(lines), "a.formulas"), Settings(shapes=(*declared, "x: b x 1", "v: c x a"), notation=notation)
    )
    assert len(report.formulas) == len(lines), [found.message for found in report.diagnostics]
    return [(report.source.slice(each.span), each.status, each.shape) for each in report.formulas]


def test_many_words_are_known() -> None:
    assert len(WORDS) > 500


@pytest.mark.parametrize("form", ["{} x", "{}(x)", "x.T {}.T", "-{} x"])
def test_a_word_that_is_declared_is_a_factor(form: str) -> None:
    wanted = ("1", "a") if ".T" in form else ("a", "1")
    assert [found for found in shapes([form.format(word) for word in WORDS]) if found[1:] != ("ok", wanted)] == []


def test_a_word_that_is_declared_stands_behind_another_name() -> None:
    found = shapes([f"v {word}" for word in WORDS])
    assert [each for each in found if each[1:] != ("ok", ("c", "b"))] == []


def test_a_word_that_is_declared_is_a_factor_in_latex() -> None:
    found = shapes([f"2 {COMMANDS.get(word, word)} x" for word in WORDS if word != "Δ"], "latex")
    assert [each for each in found if each[1:] != ("ok", ("a", "1"))] == []


def test_a_greek_letter_is_declared_by_its_name() -> None:
    names = tuple(f"{name}: a x b" for name in LETTERS)
    lines = [f"{letter} x" for letter in LETTERS.values()]
    report = check(Source("\n".join(lines), "a.formulas"), Settings(shapes=(*names, "x: b x 1")))
    assert {(each.status, each.shape) for each in report.formulas} == {("ok", ("a", "1"))}


def test_a_word_that_is_not_declared_ends_a_formula() -> None:
    report = check(Source("Y = X W and b is a vector\n"), Settings(shapes=("X: m x k", "W: k x n")))
    assert [(each.status, each.shape) for each in report.formulas] == [("ok", ("m", "n"))]
