"""Each spelling in LaTeX and the trees that it means; declarations of names in LaTeX."""

from pathlib import Path

import pytest

from shapecheck.notations import notations
from shapecheck.syntax.dump import dump
from shapecheck.syntax.nodes import Declaration, Equation, Program
from shapecheck.text import Piece, Window

CASES = (Path(__file__).parent / "spellings.txt").read_text(encoding="utf-8").strip().split("\n\n")


def parse(text: str) -> Program:
    return notations["latex"].parse(Window((Piece(text, 0),), "latex"))


@pytest.mark.parametrize(("text", "trees"), [(case[0], case[1:]) for case in (case.split("\n    ") for case in CASES)])
def test_spelling(text: str, trees: list[str]) -> None:
    program = parse(text)
    assert program.troubles == []
    found = [" = ".join(map(dump, each.members)) for each in program.statements if isinstance(each, Equation)]
    assert trees == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"\mathbf{W}^{[2]}: n_2 \times n_1", "W[2]"),
        (r"\frac{\partial L}{\partial W}: (n, m)", "(derivative L W)"),
        (r"\hat{y}: n x m", "ŷ"),
    ],
)
def test_declared_name(text: str, name: str) -> None:
    program = parse(text)
    (statement,) = program.statements
    assert isinstance(statement, Declaration)
    assert ([name], []) == (list(map(dump, statement.names)), program.troubles)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        (r"\boldsymbol\Omega_k x", r"\boldsymbol\Omega_k"),
        (r"\hat{\mathbf{y}} x", r"\hat{\mathbf{y}}"),
        (r"{\rm d}z^{(1)} x", r"{\rm d}z^{(1)}"),
        (r"d\gamma_f^{\langle t \rangle} x", r"d\gamma_f^{\langle t \rangle}"),
    ],
)
def test_a_name_spans_its_font(text: str, spelled: str) -> None:
    (statement,) = parse(text).statements
    assert isinstance(statement, Equation)
    first = statement.members[0].args[0]  # type: ignore[union-attr]
    assert (spelled, spelled) == (first.text, text[first.span.start : first.span.end])  # type: ignore[union-attr]
