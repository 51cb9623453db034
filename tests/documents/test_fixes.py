"""Fixes of formulas in documents, written with the macros and over the lines of their author."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

MACROS = r"""
\newcommand{\vx}{\mathbf{x}} \newcommand{\vh}{\mathbf{h}} \newcommand{\mW}[1]{\mathbf{W}_{#1}}
\newcommand{\D}[1]{\nabla_{#1}}
\begin{align*}
  \vh &= \tanh(\mW{1} \vx + \mathbf{b}_1), & \mathbf{y} &= \mW{2} \vh + \mathbf{b}_2
\end{align*}
"""
FORWARD = "$h = \\tanh(W x + b)$, $y = V h + c$, $e = y - t$\n\n"
FIXED = {
    "with macros": (
        MACROS
        + r"With $\mathbf{e} = \mathbf{y} - \mathbf{t}$ "
        + r"\[ \D{\mW{2}} = \mathbf{e} \vh^\top, \quad \D{\vh} = \mW{2} \mathbf{e} \]",
        r"\D{\vh} = \mW{2}^\top \mathbf{e}",
    ),
    "a gradient as a factor": (
        r"$Q = \tanh(W s \mathbf{1}^T + U H)$, $e = Q^T v$"
        + "\n\n"
        + r"$\nabla_v = Q \nabla_e$, $\nabla_Q = v \nabla_e$.",
        r"\nabla_Q = v \nabla_e^T",
    ),
    "a gradient by a name in braces": (
        FORWARD.replace("h", r"\mathbf{h}") + r"$\nabla_V L = e \mathbf{h}^T$, $\nabla_{\mathbf{h}} L = V e$",
        r"\nabla_{\mathbf{h}} L = V^T e",
    ),
    "a gradient without its loss before a name": (
        r"$s = U H$, $a = \tanh(s)$, $c = H a$, $e = c - t$, $\nabla_a = H^T \nabla_c$, $\nabla_c = e$, "
        r"$\nabla_s = \nabla_a \odot (1 - a \odot a)$." + "\n\n" + r"$\nabla_H = \nabla_c a + U^T \nabla_s$",
        r"\nabla_H = \nabla_c a^T + U^T \nabla_s",
    ),
    "over lines": (
        FORWARD + "$\\nabla_V L = e h^T$\n\n$$\n\\nabla_h L\n  = V\n  e\n$$",
        "\\nabla_h L\n  = V^T\n  e",
    ),
    "with a comment between": (
        FORWARD + "$\\nabla_V L = e h^T$\n\n\\begin{align}\n\\nabla_h L &= V % of the layer above\n  e\n\\end{align}",
        "\\nabla_h L &= V^T % of the layer above\n  e",
    ),
}


@pytest.mark.parametrize(("text", "fix"), FIXED.values(), ids=FIXED)
def test_a_fix_is_written_as_its_author_would(text: str, fix: str) -> None:
    found = check(Source(text, "notes.tex"), Settings()).diagnostics
    assert [each.fixes[0].formula for each in found if each.severity == "error"] == [fix]


MARKED = r"""\documentclass{article}
\newcommand{\be}{\begin{equation}} \newcommand\ee{\end{equation}}
\def\bea{\begin{align}} \def\eea{\end{align}}
\begin{document}
Let $W \in \mathbb{R}^{n \times k}$ and $x \in \mathbb{R}^{k}$. % \be
\be y = W^T x \ee
\bea
z &= W x \\
u &= W^T x
\eea
\end{document}
"""


def test_macros_may_stand_for_the_signs_of_an_environment() -> None:
    source = Source(MARKED, "notes.tex")
    report = check(source)
    assert [found.status for found in report.formulas] == ["error", "ok", "error"]
    for found, (old, new) in zip(report.diagnostics, (("y = W^T", "y = W"), ("u &= W^T", "u &= W")), strict=True):
        edits = sorted(found.fixes[0].edits, reverse=True)
        text = MARKED
        for edit in edits:
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        assert text == MARKED.replace(old, new)
