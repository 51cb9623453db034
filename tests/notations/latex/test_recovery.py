"""Whatever the LaTeX, what can be read is read, and what cannot is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.notations import notations
from shapecheck.notations.latex._lexer import lex
from shapecheck.syntax.nodes import Program, Span, walk
from shapecheck.text import Piece, Window

PIECES = (
    r"\frac \frac{ \partial \nabla \begin{pmatrix} \end{pmatrix} \begin{cases} \end{cases} \begin \end \over \\ \\[6pt]"
    r" \left \right \left( \right) \left[ & { } ^ _ ^{ _{ ^T ^{[l]T} ^{[ ^{\langle _{\text{ \top \prime ' \mathbf \rm"
    r" \mathbf{ {\rm \text{ \text \hat \hat{ \mathbb{I} \sum_{i=1}^{m} \sum \underbrace{ \underbrace \stackrel{ \tag{"
    r" \tag \quad , ; = := \leftarrow \in \forall \dots \mathbb{R} $ % ( ) | \| \{ \} [ ] \sqrt \log \langle \rangle"
    r" dW W^{[2]} \delta \foo \foo{ 1 m \Delta \operatorname{ np.sum \Rightarrow ~ x̂ ᵀ . : + - * / \cdot \odot \otimes"
    r" d \mathrm{d} \hspace{"
).split()
"""Commands and parts of them."""

texts = st.lists(st.sampled_from([*PIECES, " ", "\n"])).map("".join) | st.text(st.characters(codec=None))


def parse(text: str) -> Program:
    return notations["latex"].parse(Window((Piece(text, 0),), "latex"))


@given(texts)
def test_nothing_raises(text: str) -> None:
    program = parse(text)
    spans = [found.span for found in (*program.statements, *program.troubles)]
    assert all(0 <= start <= end <= len(text) for start, end in spans)


@given(texts)
def test_nodes_stand_in_the_text(text: str) -> None:
    for statement in parse(text).statements:
        for member in getattr(statement, "members", ()):
            assert all(0 <= node.span.start <= node.span.end <= len(text) for node in walk(member))


@given(texts)
def test_tokens_are_in_order(text: str) -> None:
    starts = [token[2] for token in lex(text)]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("text", "code", "span"),
    [
        (r"\foo{a}{b} + x", "SC103", (0, 10)),
        (r"A = \begin{cases} 1 \\ 0 \end{cases}", "SC103", (4, 36)),
        (r"\frac{\partial^2 L}{\partial^2 W} = A", "SC103", (0, 33)),
        (r"A \odot \cdot B", "SC101", (8, 13)),
        (r"\left(A + B", "SC102", (0, 6)),
        (r"A +", "SC101", (3, 3)),
        (r"\sqrt[3]{x}", "SC103", (0, 5)),
    ],
)
def test_trouble(text: str, code: str, span: tuple[int, int]) -> None:
    first, *_ = parse(text).troubles
    assert (code, Span(*span)) == (first.code, first.span)


@pytest.mark.parametrize(
    "text",
    [
        r"W \in \mathbb{R}^{n \times d}",
        r"X \in \mathbb{R}^{n \times d}, \quad W \in \mathbb{R}^{d \times k}",
        r"f: \mathbb{R}^n \to \mathbb{R}^m",
        r"a_1, \dots, a_n",
        r"\text{the forward pass}",
        r"\quad",
    ],
)
def test_no_formula(text: str) -> None:
    assert parse(text) == Program([], [])


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{" * 3000,
        "{" * 5000,
        r"\mathbf{" * 2000,
        "x_{" * 4000,
        r"\mathbb1_{x>" * 1500,
        "1" * 1001,
        r"\log" * 4000,
        "a^" * 9000,
    ],
    ids=["fractions", "groups", "fonts", "scripts", "indicators", "digits", "functions", "superscripts"],
)
def test_limits(text: str) -> None:
    assert parse(text).troubles
