"""Short documents, and the formulas that are found in them."""

from __future__ import annotations

import pytest

from .reading import FORMATS, found

CASES = {
    "inline mathematics": (
        "markdown",
        "The error $dZ = A - Y$ is \\(dZ\\), then \\\\( db = dZ 1 \\\\).",
        ["dZ = A - Y", "db = dZ 1"],
    ),
    "prices": ("markdown", "It costs $5 and $6, or 7$ and 8$, not \\$9 and \\$x = y.\n", []),
    "mathematics that begins with a digit": (
        "markdown",
        "Of $5 for 2 item(s) a$ half is $1 - np.sum(A B, axis=1, keepdims=True)$, $2 max^T b$ or $3 \\text{if } x y$",
        ["1 - np.sum(A B, axis=1, keepdims=True)", "2 max^T b", "3 \\text{if } x y"],
    ),
    "prices beside mathematics": ("markdown", "From $5 to $6 for $Z = W X$, in US$ and $b = c$.", ["Z = W X", "b = c"]),
    "spaces inside dollars": ("markdown", "as $ Z = W X $ shows", ["Z = W X"]),
    "a display on one line": ("markdown", "$$dW = dZ X^T$$ and \\[ db = dZ \\]", ["dW = dZ X^T", "db = dZ"]),
    "a display of several lines": ("markdown", "so\n$$\nZ = W X\n+ b\n- c\n$$\n", ["Z = W X + b - c"]),
    "a display that opens within a line": (
        "markdown",
        "where $$Z = W X\n+ b\n$$\nand\n$$a = b$$\n",
        ["Z = W X + b", "a = b"],
    ),
    "rows": ("markdown", "$$\\begin{align}a &= b \\\\[6pt] c &= d\\end{align}$$", ["a &= b", "c &= d"]),
    "a chain over rows": (
        "markdown",
        "$$\n\\begin{aligned}\ndW &= \\frac{\\partial J}{\\partial W} "
        "\\\\\n &= dZ X^T \\tag{7} \\\\\n db &= dZ 1\n\\end{aligned}\n$$",
        ["dW &= \\frac{\\partial J}{\\partial W} &= dZ X^T \\tag{7}", "db &= dZ 1"],
    ),
    "a chain over displays": ("markdown", "$$dW = a$$\n$$= dZ X^T$$\n", ["dW = a= dZ X^T"]),
    "side by side": ("markdown", "$$\\begin{align*} a &= b & c &= d \\end{align*}$$", ["a &= b", "c &= d"]),
    "three columns": ("markdown", "\\begin{eqnarray}\na &=& b \\\\\n &=& c\n\\end{eqnarray}", ["a &=& b &=& c"]),
    "a matrix is no layout": (
        "markdown",
        "$$z = W \\begin{pmatrix} a \\\\ x \\end{pmatrix}$$",
        ["z = W \\begin{pmatrix} a \\\\ x \\end{pmatrix}"],
    ),
    "an array that is a layout": (
        "markdown",
        "$$\\begin{array}{ll} a = b \\\\ c = d \\end{array}$$",
        ["a = b", "c = d"],
    ),
    "mentions are no formulas": (
        "markdown",
        "$W$, $n_x$, $(n, m)$, $n \\times m$, $W \\in \\mathbb{R}^{n \\times m}$, $g'(z)$",
        [],
    ),
    "expressions": ("markdown", "$W^{[2]T} dZ^{[2]}$ and $X^T X$", ["W^{[2]T} dZ^{[2]}", "X^T X"]),
    "calls of more than names": (
        "markdown",
        "$\\tanh(A \\circ F)$, $W (P \\circ Q)$, $E (P \\circ Q)$, $R (1 - X H)$, $\\sin(U^T W_f)$, not "
        "$J(W, b)$, $g^{[1]'}(Z^{[1]})$, $p(y|x)$, $\\mathcal{O}(n m)$, $\\max(0, z_i)$",
        ["\\tanh(A \\circ F)", "W (P \\circ Q)", "E (P \\circ Q)", "R (1 - X H)", "\\sin(U^T W_f)"],
    ),
    "sums with a transpose": (
        "markdown",
        "$A_1^T + W$, $x_t^\\top - W^{[2]}$, $A^{\\mathsf{T}} + B$, but $n_a + n_x$, $n_{T-1} + 1$, $(W^T, b)$",
        ["A_1^T + W", "x_t^\\top - W^{[2]}", "A^{\\mathsf{T}} + B"],
    ),
    "quotes and lists": (
        "markdown",
        "> a $x\n> = y$\n>\n> $$\n> a = b\n> + c\n> $$\n\n- one\n  - $c = d$\n\n    $$e\n    = f$$\n",
        ["x = y", "a = b + c", "c = d", "e = f"],
    ),
    "code hides mathematics": ("markdown", "`$a = b$` and ``c ` $d = e$``\n\n    $f = g$\n\n~~~\n$h = i$\n~~~\n", []),
    "a table": ("markdown", "| a | b |\n|---|---|\n| $x = y$ | dZ2 = A2 - Y |\n", ["x = y", "dZ2 = A2 - Y"]),
    "lines that are equations": (
        "markdown",
        "Then:\n\n- dZ[2] = A[2] - Y\n- W1 is large\n- dW2 = 1/m "
        "dZ2 A1.T\n- x = 5\n- `dZ1 = W2.T dZ2` but `foo = bar(W1)`\n",
        ["dZ[2] = A[2] - Y", "dW2 = 1/m dZ2 A1.T", "dZ1 = W2.T dZ2"],
    ),
    "names of the document": (
        "markdown",
        "$dq = r s$\n\n`q = r dq`, `u = r dq`, `unit = r dq`\n",
        ["dq = r s", "q = r dq", "u = r dq"],
    ),
    "equations of one letter each": (
        "markdown",
        "    ∇f(w) = 2Xᵀ(Xw − y) + 2λw\n\n    E = XW − Y\n\n    cost = X n\n",
        ["∇f(w) = 2Xᵀ(Xw − y) + 2λw", "E = XW − Y"],
    ),
    "letters alone are no mathematics": ("markdown", "    x = y + z\n\nIf a = b - c, then\n", []),
    "runs of letters": ("markdown", "    ∂f/∂W = 2XE\n\n    X = AS\n\n    NAME = ABC\n", ["∂f/∂W = 2XE", "X = AS"]),
    "a remark behind an equation": ("markdown", "    dW = X^T dZ      of X, m x n\n", ["dW = X^T dZ"]),
    "two equations in a row": ("markdown", "    h = tanh(W x)      y = V h\n", ["h = tanh(W x)", "y = V h"]),
    "equations in a sentence": (
        "markdown",
        "With E = XW − Y (in the notation of Aᵀ) we get G = XᵀE, where r = 5, and q = sum(G, axis=0).\n",
        ["E = XW − Y", "G = XᵀE", "q = sum(G, axis=0)"],
    ),
    "a fence without a language may hold anything": ("markdown", "```\nG = X^T E\nmake all\n```\n", []),
    "fences": (
        "markdown",
        "```math\na = b\n```\n```formulas\nc = (d +\n  e)\nf = g # note\n```\n```js\nx = y\n```\n```\nz = w\n```\n",
        ["a = b", "c = (d + e)", "f = g"],
    ),
    "dollars with backticks": ("markdown", "as $`Z = W X`$ shows", ["Z = W X"]),
    "HTML": ("markdown", "<div>\n$a = b$\n</div>\n\n<!-- $c = d$ -->\n\n<pre>\n$e = f$\n</pre>\n", ["a = b"]),
    "carriage returns": ("markdown", "a\r\n\r\n$$\r\na = b\r\n$$\r\n> $c\r\n> = d$\r\n", ["a = b", "c = d"]),
    "LaTeX": (
        "tex",
        "$p = q$ \\begin{document} 100\\% % $x = y$\n$a = b$ \\verb|$c = d$| "
        "\\[ e = f \\]\n\\begin{equation*}\\begin{split} g &= h \\\\ &+ i"
        "\\end{split}\\end{equation*}\n\\begin{verbatim}$j = k$\\end{verbatim}\\begin{comment}$l = m$\\end{comment}",
        ["a = b", "e = f", "g &= h &+ i"],
    ),
    "comments in rows": (
        "tex",
        "\\begin{align}\na &= b % c &= d \\\\\n + e \\\\\nf &= g\n\\end{align}",
        ["a &= b + e", "f &= g"],
    ),
    "reStructuredText": (
        "rst",
        "T\n=\n\n:math:`a = b`::\n\n   :math:`c = d`\n\n.. math::\n   :label: "
        "x\n\n   e &= f \\\\\n     &= g\n\n   h = i\n\n.. math:: j = k\n",
        ["a = b", "e &= f &= g", "h = i", "j = k"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_formulas_are_found(name: str) -> None:
    document, text, expected = CASES[name]
    assert expected == [window for _, window in found(text, document)]


def test_notations() -> None:
    text = "$a = b$ `dZ1 = W2.T dZ2`\n```python\nZ = W @ X\n```\n```formulas\nc = d\n```\n"
    assert [notation for notation, _ in found(text, "markdown")] == ["latex", "plain", "python", "plain"]


def test_python_keeps_its_indentation() -> None:
    text = "- a\n  ```python\n  def f(x):\n      return x @ W\n  ```\n"
    from .reading import passages

    assert [each.window.text for each in passages(text, "markdown")] == ["def f(x):\n    return x @ W\n"]


@pytest.mark.parametrize("document", FORMATS)
def test_nothing_is_found_in_nothing(document: str) -> None:
    assert found("", document) == []
