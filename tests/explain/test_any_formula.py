"""Whatever the text, it is explained as far as it goes: nothing is raised but what says why a form is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.explain import NoIndices, explain
from shapecheck.explain.table import as_json, table
from shapecheck.explain.tree import rows
from shapecheck.rules import rules
from shapecheck.settings import Settings
from shapecheck.symbolic import NotAMatrix
from shapecheck.text import Source

FORMULAS = Path(__file__).resolve().parents[2] / "formulas"
TEXTS = {
    **{path.name: path.read_text(encoding="utf-8") for path in sorted(FORMULAS.glob("*.formulas"))},
    **{f"{rule.code} {name}": getattr(rule, name) for rule in rules.all() for name in ("bad", "good")},
}
PIECES = (
    *("W1", "W2.T", "X", "b1", "Z[l]", "dZ1", "∂L/∂W1", "∂Z1/∂W1", "I", "x(i)", "w_{pq}", "m", "2", "0.5", "g'(Z1)"),
    *("np.sum(Z1, axis=1)", "mean(A1, axis=0, keepdims=True)", "softmax(Z1, axis=0)", "[W1, W1]", "W1[:, 1:]", "W1[0]"),
    *("tr(W1 W1.T)", "norm(W1)", "foo(X)", "X.shape[0]", "Σ_i", "inv(W2 W2.T)", "np.outer(b1, b2)", "X.reshape(-1, 1)"),
    *("np.einsum('ij,jk', W1, X)", "(", ")", "+", "-", "*", "/", "@", "·", "=", ".T", "^2", ",", ";", "np.squeeze(b1)"),
)


def explain_all(text: str) -> None:
    """Every form of every statement."""
    source = Source(text)
    as_json(table(source))
    for explanation in explain(source):
        assert rows(explanation.steps())
        assert explanation.written("plain")
        assert explanation.written("matlab")
        explanation.tensors()
        try:
            assert explanation.indices().text
        except NoIndices as reason:
            assert str(reason)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_formulas_at_hand(text: str) -> None:
    explain_all(text)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9))
def test_any_pieces(pieces: list[str]) -> None:
    explain_all(" ".join(pieces))


@given(st.text(max_size=30))
def test_any_text(text: str) -> None:
    explain_all(text)


UNSAID = """\
einsum('ij,jk->ik', A, B)
B.reshape(3, -1)
kron(A)
A[:, None]
np.tile(b, (1, m))
np.stack([a, b])
A[Z > 0]
A[::2]
A[:, 3*H:]
T.sum(axis=(0, 2))
np.swapaxes(T, 1, 2)
outer(a)
a, b = c, d
\\sum_i a_i
W^-1
np.einsum('i', a)
max(A, B, C)
∂Z/∂W
"""


@pytest.mark.parametrize("text", UNSAID.splitlines())
def test_why_a_form_is_not_said_is_said_in_the_formulas_own_words(text: str) -> None:
    shapes = ("A: n x k", "B: k x m", "W: n x n", "Z: n x k", "a: n", "b: n", "T: N x C x H")
    (explanation,) = explain(Source(text), Settings(shapes=shapes))
    said = []
    for form in (explanation.indices, explanation.sympy, lambda: explanation.written("python")):
        try:
            form()
        except (NoIndices, NotAMatrix) as error:
            said.append(str(error))
    assert said
    for why in said:
        words = r" (has|have) | is not known|do not fit|not a matrix|cannot be written|there is no formula"
        assert re.search(words, why)
        assert not re.search(r"\b(sum_over|masked|hadamard|np_dot|unknown|unpack|expected|nonnegative)\b", why)
