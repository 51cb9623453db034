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


SPELLED: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "a mean": (
        ("dZ: n x m", "A: k x m"),
        {
            "plain": "dW = 1/N dZ A.T",
            "unicode": "dW = 1/N · dZ Aᵀ",
            "latex": r"dW = \frac{1}{N} dZ A^T",
            "python": "dW = 1 / N * dZ @ A.T",
            "matlab": "dW = 1/N * dZ * A'",
        },
    ),
    "a count below": (
        ("dZ: n x m",),
        {
            "plain": "dZ / batch_size",
            "latex": r"dZ / batch\_size",
            "python": "dZ / batch_size",
            "matlab": "dZ / batch_size",
        },
    ),
    "π": (
        ("x: n x 1",),
        {"plain": "2 pi x", "unicode": "2π x", "latex": r"2 \pi x", "python": "2 * np.pi * x", "matlab": "2 * pi * x"},
    ),
    "a gradient of a loss that is called MSE": (
        ("W: n x m",),
        {"plain": "∂MSE/∂W", "unicode": "∂MSE/∂W", "latex": r"\frac{\partial MSE}{\partial W}"},
    ),
    "a gradient by its sign": (
        ("a: n x 1",),
        {"plain": "∇_a C", "unicode": "∇ₐC", "latex": r"\nabla_a C"},
    ),
    "an inner product": (
        ("x: n x 1", "y: n x 1"),
        {"plain": "<x, y>", "unicode": "⟨x, y⟩", "latex": r"\langle x, y \rangle"},
    ),
    "a system": (
        ("A: n x n", "b: n x 1"),
        {"plain": r"A \ b", "latex": r"A \backslash b", "python": "np.linalg.solve(A, b)", "matlab": r"A \ b"},
    ),
    "a system that does not fit": (
        ("A: n x n", "b: m x 1"),
        {"plain": r"A \ b", "latex": r"A \backslash b", "python": "np.linalg.solve(A, b)", "matlab": r"A \ b"},
    ),
    "the square of a function": (
        ("z: n x 1",),
        {
            "plain": "tanh^2 z",
            "unicode": "tanh² z",
            "latex": r"\tanh^2 z",
            "python": "np.tanh(z)**2",
            "matlab": "tanh(z).^2",
        },
    ),
    "norms": (
        ("x: n x 1",),
        {
            "plain": "x / (||x||_1 + ||x||_2^2)",
            "unicode": "x / (‖x‖₁ + ‖x‖₂²)",
            "latex": r"x / (\|x\|_1 + \|x\|^2_2)",
            "python": "x / (np.linalg.norm(x, 1) + np.linalg.norm(x)**2)",
            "matlab": "x / (norm(x, 1) + norm(x)^2)",
        },
    ),
    "a Kronecker product": (
        ("A: n x k", "B: p x q"),
        {"unicode": "A ⊗ B", "latex": r"A \otimes B", "python": "np.kron(A, B)", "matlab": "kron(A, B)"},
    ),
    "a matrix power": (
        ("S: n x n", "x: n x 1"),
        {
            "plain": "S^2 x",
            "unicode": "S² x",
            "latex": "S^2 x",
            "python": "np.linalg.matrix_power(S, 2) @ x",
            "matlab": "S^2 * x",
        },
    ),
    "a derivative of what is written out": (
        ("S: n x n", "x: n x 1"),
        {
            "plain": "d/dx (x.T S x) = 2 S x",
            "unicode": "∂(xᵀSx)/∂x = 2Sx",
            "latex": r"\frac{\partial x^T S x}{\partial x} = 2 S x",
        },
    ),
    "a log determinant": (
        ("S: n x n", "x: n x 1"),
        {
            "plain": "x log |S|",
            "unicode": "x log |S|",
            "latex": r"x \log |S|",
            "python": "x * np.log(np.linalg.det(S))",
            "matlab": "x * log(det(S))",
        },
    ),
    "a loss that is a matrix": (
        ("Y: n x m", "A: n x m"),
        {"plain": "J = -1/m Y log(A).T", "unicode": "J = −1/m Y log(A)ᵀ", "latex": r"J = -\frac{1}{m} Y \log(A)^T"},
    ),
}
"""Formulas with all their shapes, spelled in several notations."""


@pytest.mark.parametrize("name", SPELLED)
def test_spelled_otherwise_it_is_the_same(name: str) -> None:
    shapes, spelled = SPELLED[name]
    verdicts = {notation: told(text, notation, shapes) for notation, text in spelled.items()}
    assert len(set(verdicts.values())) == 1, verdicts
    assert "unknown" not in {each.status for each in verdicts.values()}
