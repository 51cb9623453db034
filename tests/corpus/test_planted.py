"""In documents where nothing is stated few right formulas are blamed, and some single slips in gradients are found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from shapecheck.check import check_cells
from shapecheck.diagnostic import Diagnostic
from shapecheck.settings import Settings
from shapecheck.text import Source

from .planting import Planted, planted

HERE = Path(__file__).parent
FOUND = {"notes": 0.3, "programs": 0.4}
"""The least share of slips that is found on its line."""
BLAMED = 0.12
"""The largest share of right documents in which something is blamed."""
OTHERS = 0.05
"""The largest share of slips for which another line is blamed."""
STEP = 3
"""Of how many documents one is tried."""


def documents(kind: str) -> list[Path]:
    """Every `STEP`-th document of a kind."""
    found = sorted(path for path in (HERE / kind).iterdir() if path.suffix in (".md", ".tex", ".ipynb", ".py"))
    return [path for path in found if path.stem != "__init__"][::STEP]


def errors(text: str, name: str) -> set[tuple[int | None, int, int]]:
    """The cells, and the first and the last lines, of what is an error."""
    reports = check_cells(Source(text, name), Settings())
    return {place(report.source, found) for report in reports for found in report.diagnostics if is_error(found)}


def is_error(found: Diagnostic) -> bool:
    return found.severity == "error"


def place(source: Source, found: Diagnostic) -> tuple[int | None, int, int]:
    return source.cell, source.place(found.span.start).line, source.place(found.span.end).line


def slips(path: Path) -> list[Planted]:
    """Two slips of a document, drawn by its name."""
    every = list(planted(path.name, path.read_text(encoding="utf-8")))
    return random.Random(path.name).sample(every, min(2, len(every)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", FOUND)
def test_some_slips_are_found_and_few_right_formulas_are_blamed(kind: str) -> None:
    found, others, tried, blamed = [], [], 0, []
    for path in documents(kind):
        before = errors(path.read_text(encoding="utf-8"), path.name)
        blamed += [path.name] if before else []
        for slip in slips(path):
            tried += 1
            new = errors(slip.text, path.name) - before
            there = {each for each in new if each[0] == slip.cell and each[1] <= slip.line <= each[2]}
            found += [slip.wrong] if there else []
            others += [slip.wrong] if new - there else []
    assert len(found) >= FOUND[kind] * tried, f"{len(found)} of {tried}"
    assert len(others) <= max(1, OTHERS * tried), "\n".join(others)
    assert len(blamed) <= max(2, BLAMED * len(documents(kind))), ", ".join(blamed)


CLEAN = {
    "programs/digit_recognizer.ipynb": "ten digits are one example of n2",
    "programs/highway.py": "an upstream gradient is multiplied by vectors and may be one",
    "programs/hmm_baum_welch.py": "the backward pass of a hidden Markov model gives back no gradient",
    "programs/matrix_classifiers.py": "a sigmoid is called with arrays of any size",
    "programs/neural_network_zh.ipynb": "the h of f(x + h) is a step",
    "programs/regressao_linear.ipynb": "what a followed call gives is only found out",
    "programs/rnn_layers.py": "two names in a docstring have a shape each",
    "programs/sequence_models.ipynb": "a sum of a supposed size and another is supposed",
    "programs/tied_autoencoder.py": "layers are counted by two letters",
    "notes/bayes_regression_es.ipynb": "an array of code stands in mathematics",
    "notes/forum_numeric_example.md": "the last answer of a thread has all vectors as rows",
    "notes/octave_theta_notes.md": "several formulas contradict the convention that most vote for",
    "notes/redes_neurais_pt.md": "a product of derivatives by arrays is a step on the way",
    "notes/three_layer_course.ipynb": "a formula for one weight stands among those for matrices",
    "notes/window_classifier_lecture.tex": "gradients of vectors are rows, those of matrices lie as these do",
}
"""Right documents, each with what in it looks like a mistake and is none."""


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_blamed_in_what_only_looks_wrong(name: str) -> None:
    assert errors((HERE / name).read_text(encoding="utf-8"), Path(name).name) == set()
