"""Whatever the text, a notation reads what it can and says what it cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.notations import notations
from shapecheck.syntax.dump import dump
from shapecheck.syntax.nodes import Equation, Program
from shapecheck.text import Piece, Span, Window

PIECES = [
    *(
        [
            "dZ1",
            "W2",
            ".T",
            "np.sum",
            "x̂",
            "ℓ",
            "where",
            "scalar",
            "^{",
            "^{[2]T}",
            "∂L/∂",
            "sum_i",
            "(o)",
            "\\top",
            "1e5",
            "�",
            "\x00",
            ".*",
            ".^",
            "⁻¹",
            "²ᵀ",
        ]
    ),
    *"'()[]{}^_Σ∂∇/*@+-=:,;|‖1#%<>",
]


def parse(text: str, notation: str = "plain") -> Program:
    return notations[notation].parse(Window((Piece(text, 0),), notation))


@pytest.mark.parametrize(
    ("text", "code", "span", "tree"),
    [
        ("A + * B", "SC101", (4, 5), "(add A (hadamard (missing) B))"),
        ("A B] + C", "SC101", (3, 4), "(product A B)"),
        ("A (B C", "SC102", (2, 3), "(call A (product B C))"),
        ("A B +", "SC101", (5, 5), "(add (product A B) (missing))"),
        ("dW = ∂/∂W + L", "SC103", (5, 9), "(add (missing) L)"),
        ("dZ = A - Y output layer", "SC103", (11, 23), "(add A (neg Y))"),
    ],
)
def test_trouble(text: str, code: str, span: tuple[int, int], tree: str) -> None:
    program = parse(text)
    (statement,) = program.statements
    assert isinstance(statement, Equation)
    assert [(code, Span(*span))] == [(trouble.code, trouble.span) for trouble in program.troubles]
    assert tree == dump(statement.members[-1])


@pytest.mark.parametrize(
    "text", ["dZ = A - Y or A[l] - Y", "dZ = A - Y, where A is known.", "dZ = A - Y  # words", "dZ = A - Y,"]
)
def test_words_after_a_formula_are_left_out(text: str) -> None:
    program = parse(text)
    (statement,) = program.statements
    assert isinstance(statement, Equation)
    assert (program.troubles, dump(statement.members[1])) == ([], "(add A (neg Y))")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        "f(" * 3000,
        "a" + ".T" * 500,
        "a" + "'" * 500,
        "1" * 1001,
        "a " * 10_001,
        "x: " + "(" * 999,
        "X: n x " + "9" * 1001,
    ],
    ids=["brackets", "calls", "transposes", "primes", "digits", "length", "dimension", "size"],
)
def test_limits(text: str) -> None:
    assert [trouble.code for trouble in parse(text).troubles] == ["SC104"]


@given(
    st.text(st.characters(codec=None)) | st.lists(st.sampled_from(PIECES)).map("".join),
    st.sampled_from(notations.names),
)
def test_nothing_raises(text: str, notation: str) -> None:
    program = parse(text, notation)
    spans = [found.span for found in (*program.statements, *program.troubles)]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
