"""The mathematics of one text gives the same windows in Markdown, in a notebook and in LaTeX."""

from __future__ import annotations

import pytest

from .reading import found, notebook, passages

TEXTS = (
    "The error is $dZ^{[2]} = A^{[2]} - Y$.",
    "$$\ndW = \\frac{1}{m} dZ X^T\n$$\n\nand \\(db = dZ 1\\), so \\[ a = b \\]",
    "\\begin{align}\ndW &= \\frac{\\partial J}{\\partial W} \\\\\n &= dZ X^T \\\\\ndb &= x\n\\end{align}\n",
    "$$\\begin{aligned} a &= b \\\\ &= c \\end{aligned}$$ then $$= d$$\n",
    "\\begin{eqnarray*} a &=& b \\\\ c &=& d \\end{eqnarray*} and $X^T X$ of $W$, $n \\times m$",
)


@pytest.mark.parametrize("text", TEXTS)
def test_windows_agree(text: str) -> None:
    windows = found(text, "markdown")
    assert windows
    assert windows == found(text, "tex")
    assert windows == found(notebook(("markdown", text)), "notebook")
    assert windows == found(notebook(("markdown", text), lines=False, ascii_only=True), "notebook")


def test_headings_agree() -> None:
    markdown = "$a = b$\n\n# One\n$a = b$\n\n## Two\n$a = b$\n\n## Three\n$a = b$\n\n# Four\n$a = b$\n"
    tex = (
        "$a = b$ \\section{One} $a = b$ \\subsection{Two} $a = b$ \\subsection*{Three} $a = b$ \\section{Four} $a = b$"
    )
    rst = (
        ":math:`a = b`\n\nOne\n===\n:math:`a = b`\n\nTwo\n---\n:math:`a = "
        "b`\n\nThree\n-----\n:math:`a = b`\n\nFour\n====\n:math:`a = b`\n"
    )
    expected = [(), (1,), (1, 1), (1, 2), (2,)]
    assert [passage.scope for passage in passages(markdown, "markdown")] == expected
    assert [passage.scope for passage in passages(tex, "tex")] == expected
    assert [passage.scope for passage in passages(rst, "rst")] == expected


def test_headings_go_on_over_cells() -> None:
    text = notebook(
        ("markdown", "# One\n## Two\n$a = b$"), ("code", "Z = W @ X"), ("markdown", "$c = d$\n# Three\n$e = f$")
    )
    assert [(each.cell, each.scope) for each in passages(text, "notebook")] == [
        (1, (1, 1)),
        (2, (1, 1)),
        (3, (1, 1)),
        (3, (2,)),
    ]
