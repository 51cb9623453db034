"""What is declared is that name, whatever word, function, constant, sign or gradient the program knows by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import shapecheck
from shapecheck.check import check
from shapecheck.conventions import BUILT_IN
from shapecheck.notations import _prose
from shapecheck.notations.latex import _commands, _names
from shapecheck.ops import by_call, by_method
from shapecheck.resolve._functions import ACTIVATIONS
from shapecheck.settings import Settings
from shapecheck.symbols import ERRORS, _gradients
from shapecheck.symbols._greek import LETTERS
from shapecheck.text import Source
from shapecheck.vocabulary import EXPECTATIONS, LOSSES, OPTIMA, PREFIXED, PREFIXED_TO_ROWS, SCALARS, SIZES

ONLY_HERE = {"x", "v"}
"""What the tests call their own arrays."""


def known() -> Iterator[str]:
    """Every word that the program takes for something where nobody declares it."""
    for words in (_prose._CLAUSE, _prose._LEADING, _prose._KNOWN):
        yield from re.findall(r"\w+", words)
    yield from (*_commands.FUNCTIONS, *_commands.BRACKETED, *_names._PROSE)
    yield from (*by_call(), *by_method(), *ACTIVATIONS)
    yield from (*SCALARS, *LETTERS, *LETTERS.values(), *ERRORS, *_gradients._WORDS)
    yield from (*LOSSES, *SIZES, *PREFIXED, *PREFIXED_TO_ROWS, *OPTIMA, *EXPECTATIONS)
    yield from (key.removesuffix("[l]") for convention in BUILT_IN.values() for key in convention.shapes)
    yield from (
        "Σ",
        "I",
        "T",
        "In",
        "As",
        "e",
        "J",
        "E",
        "L",
        "R",
        "True",
        "None",
        "self",
        "end",
        "np",
        "F",
        "math",
        "o",
    )


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


DOCUMENTS = {
    "notes.md": "<!-- shapecheck\nNAME: a x b\nx: b x c\n-->\n\n$$y = NAME\\, x$$\n\n$$y = x\\, NAME$$\n",
    "paper.tex": "% shapecheck: NAME: a x b\n% shapecheck: x: b x c\n$$y = NAME\\, x$$\n\n$$y = x\\, NAME$$\n",
    "net.py": "# shapecheck: NAME: a x b\n# shapecheck: x: b x c\ny = NAME @ x\ny = x @ NAME\n",
    "own.formulas": "NAME: a x b\nx: b x c\ny = NAME x\ny = x NAME\n",
}


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("name", ["In", "I", "J", "E", "sum", "T", "diag", "theta", "e", "dot", "Sigma"])
def test_a_word_is_declared_in_every_kind_of_document(name: str, path: str) -> None:
    report = check(Source(DOCUMENTS[path].replace("NAME", name), path))
    assert [each.status for each in report.formulas] == ["ok", "error"], [it.message for it in report.diagnostics]


def test_what_only_code_can_be_called_is_declared_in_code() -> None:
    report = check(Source(DOCUMENTS["net.py"].replace("NAME", "lambda_"), "net.py"))
    assert [each.status for each in report.formulas] == ["ok", "error"]


def test_an_included_file_declares_names_too(tmp_path: Path) -> None:
    (tmp_path / "shapes.formulas").write_text("In: a x b\nx: b x c\n", encoding="utf-8")
    (tmp_path / "own.formulas").write_text("@include shapes.formulas\nIn x\nx In\n", encoding="utf-8")
    (report,) = shapecheck.check_file(tmp_path / "own.formulas")
    assert [each.status for each in report.formulas] == ["ok", "error"]


@pytest.mark.parametrize("notation", ["plain", "python"])
@pytest.mark.parametrize("name", ["E", "T", "W", "emb", "L"])
def test_the_entries_of_a_declared_array_are_gathered(name: str, notation: str) -> None:
    settings = Settings(shapes=(f"{name}: v x d", "idx: (b,)"), notation=notation)
    report = check(Source(f"Z = {name}[idx]", "x.formulas"), settings)
    assert [(each.status, each.shape) for each in report.formulas] == [("ok", ("b", "d"))]


@pytest.mark.parametrize("text", [r"\mathbf E[idx]", r"\mathbf{E}[idx]", "E[idx]", r"\mathbb{E}[idx]"])
def test_the_entries_of_a_declared_array_are_gathered_in_latex(text: str) -> None:
    settings = Settings(shapes=("E: v x d", "idx: (b,)", "W: d x k"), notation="latex")
    for formula, shape in ((f"Z = {text}", ("b", "d")), (f"Z = {text} W", ("b", "k"))):
        report = check(Source(formula, "x.formulas"), settings)
        assert [(each.status, each.shape) for each in report.formulas] == [("ok", shape)]


@pytest.mark.parametrize(("notation", "text"), [("plain", "E[{}]"), ("latex", r"\mathbf E[{}]"), ("latex", "E[{}]")])
def test_a_column_of_indices_is_a_list_of_them_unless_it_may_be_a_factor(notation: str, text: str) -> None:
    settings = Settings(shapes=("E: v x d", "idx: b", "x: d"), notation=notation)
    found = [check(Source(f"Z = {text.format(name)}", "x.formulas"), settings).formulas[0] for name in ("idx", "x")]
    assert [(each.status, each.shape) for each in found] == [("ok", ("b", "d")), ("unknown", None)]


def test_what_is_not_declared_has_an_expectation() -> None:
    report = check(Source("Z = E[idx]", "x.formulas"), Settings(shapes=("idx: b x 1",)))
    assert [(each.status, each.shape) for each in report.formulas] == [("ok", ("b", "1"))]
