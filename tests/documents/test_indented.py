"""Indented code in Markdown: programs, displays that are indented too far, and lines that are equations."""

from __future__ import annotations

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

FORWARD = "Here $Z^{[1]} = W^{[1]} X + b^{[1]}$ and $Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$.\n\n"


def codes(text: str) -> list[tuple[int, str]]:
    """The lines and codes of what is found."""
    report = check(Source(text, "notes.md"), Settings())
    return [(report.source.place(found.span.start).line, found.code) for found in report.diagnostics]


def test_a_program() -> None:
    text = "# Code\n\n    W = np.zeros((n, k))\n    X = np.zeros((k, m))\n    Z = np.dot(X, W)\n"
    assert codes(text) == [(5, "SC201")]


def test_an_equation() -> None:
    assert codes(FORWARD + "    dW[1] = X.T dZ[1]\n") == [(3, "SC201")]


def test_a_display_below_a_list() -> None:
    text = FORWARD + "1. weights\n\n        $$\n        dW^{[1]} = X^T dZ^{[1]}\n        $$\n"
    assert codes(text) == [(6, "SC201")]


def test_other_code_is_left_alone() -> None:
    assert (
        codes(FORWARD + '    $ export A="$HOME"; b=$A\n    total = 3\n    for (i = 0; i < n; i++) x += y @ z;\n') == []
    )


def test_what_is_not_understood_may_be_ignored() -> None:
    ignored = "<!-- shapecheck: ignore -->\n"
    assert codes(ignored + r"$q_1 = \mathcal{F}(q_2) r_2$" + "\n") == []
    assert codes(FORWARD + ignored + r"$dW^{[1]} = dZ^{[1]} X^T$" + "\n") == [(3, "SC002")]
