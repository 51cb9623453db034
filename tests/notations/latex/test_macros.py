"""A document's macros are collected and expanded; what they stand for has the place of the call."""

import pytest

from shapecheck.check import check
from shapecheck.notations import notations
from shapecheck.notations.latex import collect, expanded
from shapecheck.syntax.dump import dump
from shapecheck.syntax.nodes import Equation, Trouble, walk
from shapecheck.text import Piece, Source, Window

DOCUMENT = r"""
\newcommand{\slope}[2]{\frac{\partial #1}{\partial #2}}
\newcommand{\grad}[2][L]{\slope{#1}{#2}}
\renewcommand\tr{^\top}
\def\bW{\mathbf{W}} % \def\bZ{Z}
\def\mat#1{\mathbf{#1}}
\DeclareMathOperator{\soft}{softmax}
\newcommand{\setup}{\def\x{y}}
\providecommand{\bW}{V}
"""
MACROS = collect(DOCUMENT)


def window(text: str) -> Window:
    found = expanded(Window((Piece(text, 100),), "latex"), MACROS)
    assert isinstance(found, Window)
    return found


def test_collected() -> None:
    assert {"slope", "grad", "tr", "bW", "mat", "soft"} == set(MACROS)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"\slope{J}{\bW}", r"\frac{\partial J}{\partial \mathbf{W}}"),
        (r"\grad{x} + \grad[E]x", r"\frac{\partial L}{\partial x} + \frac{\partial E}{\partial x}"),
        (r"\mat x\tr y", r"\mathbf{x}^\top y"),
        (r"x\tr y\trace", r"x^\top y\trace"),
        (r"\soft(z)", r"\operatorname{softmax}(z)"),
        (r"a\tr{}b", r"a^\top{}b"),
    ],
)
def test_expanded(text: str, plain: str) -> None:
    assert plain == window(text).text


def test_places() -> None:
    text = r"\bW\tr \delta"
    (statement,) = notations["latex"].parse(window(text)).statements
    assert isinstance(statement, Equation)
    places = {dump(node): text[node.span.start - 100 : node.span.end - 100] for node in walk(statement.members[0])}
    assert places == {
        "(product (transpose W) δ)": text, "(transpose W)": r"\bW\tr", "W": r"\bW", "δ": r"\delta",
    }  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [
        r"\def\a{\a\a}",
        r"\def\a{\b\b}\def\b{\a}",
        "".join(rf"\def\{chr(97 + at)}{{\{chr(98 + at)}\{chr(98 + at)}}}" for at in range(24)),
        r"\def\a{\b{" + "x" * 5000 + r"}}\def\b#1{#1#1#1#1#1#1}",
    ],
    ids=["itself", "each other", "doubling", "arguments"],
)
def test_too_much(document: str) -> None:
    found = expanded(Window((Piece(r"x = \a", 7),), "latex"), collect(document))
    assert isinstance(found, Trouble)
    assert (found.code, tuple(found.span)) == ("SC104", (7, 13))


def test_what_macros_add_to_a_file_is_limited() -> None:
    long, uses = "W X + " * 1500, "$$Z = \\sums b$$\n\n" * 40
    report = check(Source(f"$$\\newcommand{{\\sums}}{{{long}}}$$\n\n{uses}", "notes.md"))
    assert {each.code for each in report.diagnostics} == {"SC104"}
    assert (len(report.formulas), len(report.diagnostics)) == (4, 36)


def test_a_long_file_may_use_many_macros() -> None:
    uses = "$$\\w = \\w$$\n\n" * 300
    report = check(Source(f"$$\\newcommand{{\\w}}{{\\mathbf{{W}}}}$$\n\n{uses}", "notes.md"))
    assert not report.diagnostics
