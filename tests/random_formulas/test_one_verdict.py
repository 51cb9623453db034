"""One formula has one verdict in every notation: the same shape, the same status, the same codes."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import NamedTuple

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

from .code import CodeSpeller
from .examples import Example, examples
from .latex import LatexSpeller
from .matlab import is_expressible, matlab
from .spell import Speller, declaration
from .spelled import SPELLED

SEED = 20250301
NORMAL, LONG = 60, 1000


class Verdict(NamedTuple):
    """What is said of a formula: its status, its shape, and the codes of what was found."""

    status: str
    shape: tuple[str | None, ...] | None
    codes: tuple[str, ...]


AUTHORS: dict[str, Speller] = {
    "plain": Speller(".T", "@", "*", ""),
    "unicode": Speller("ᵀ", "", "⊙", "", "²", "⁻¹"),
    "latex": LatexSpeller("^\\top", "", "\\odot", "np.", font="\\mathbf"),
    "python": CodeSpeller(".T", "@", "*", "np.", "**2"),
    "matlab": matlab(Random(0)),
}
"""One author a notation, each with the signs that mean one thing there."""


def told(text: str, notation: str, shapes: tuple[str, ...], convention: str = "none") -> Verdict:
    """What is said of a text in a notation; the signs of Unicode are those of plain text, which nobody has to name."""
    read_as = None if notation == "unicode" else notation
    settings = Settings(shapes=shapes, notation=read_as, convention=convention or None)
    report = check(Source(text, "<formula>"), settings)
    found = tuple(sorted({each.code for each in report.diagnostics if each.severity != "info"}))
    (result,) = report.formulas
    return Verdict(result.status, result.shape, found)


def verdict(example: Example, notation: str) -> Verdict:
    """What is said of a formula alone, with its names declared."""
    author = AUTHORS[notation]
    shapes = tuple(declaration(author.name(name), dims) for name, dims in example.declared.items())
    return told(replace(example, author=author).text, notation, shapes, "")


def by_readings(each: Verdict) -> bool:
    """Whether a formula passes by another reading of its signs, which code does not have."""
    return any(code.startswith("SC4") for code in each.codes)


def _alike(each: Verdict) -> Verdict:
    """A verdict as every notation has it: MATLAB's numbers are 1×1, and what does not fit has no shape."""
    shape = None if each.status == "error" else () if each.shape == ("1", "1") else each.shape
    return each._replace(shape=shape)


@pytest.mark.parametrize("count", [NORMAL, pytest.param(LONG, marks=pytest.mark.slow)])
def test_the_verdict_is_that_of_plain_text(count: int) -> None:
    differing = []
    for example in examples(count, SEED):
        if not is_expressible(example.written):
            continue
        said = {notation: verdict(example, notation) for notation in AUTHORS}
        if any(map(by_readings, said.values())):
            continue
        if len(set(map(_alike, said.values()))) > 1:
            texts = (
                f"    {notation}: {replace(example, author=AUTHORS[notation]).text}  {each}"
                for notation, each in said.items()
            )
            differing.append("\n".join([str(example.declared), *texts]))
    assert not differing, f"{len(differing)} of {count}\n" + "\n".join(differing)


@pytest.mark.parametrize("name", SPELLED)
def test_spelled_otherwise_it_is_the_same(name: str) -> None:
    shapes, spelled = SPELLED[name]
    verdicts = {notation: _alike(told(text, notation, shapes)) for notation, text in spelled.items()}
    assert len(set(verdicts.values())) == 1, verdicts
    assert "unknown" not in {each.status for each in verdicts.values()}


@pytest.mark.parametrize("sign", ["\\odot", "\\circ"])
def test_a_sign_that_is_only_elementwise_is_no_matrix_product(sign: str) -> None:
    settings = Settings(shapes=("A: n x k", "B: k x m", "Y: n x m"), notation="latex")
    report = check(Source(f"Y = A {sign} B", "<formula>"), settings)
    (found,) = report.diagnostics
    assert (found.code, found.severity, found.fixes[0].formula) == ("SC202", "error", "Y = A B")
