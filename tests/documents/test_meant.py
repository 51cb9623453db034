"""Formulas in notes that look wrong by what stands elsewhere, and that their author means as they are written."""

from __future__ import annotations

import pytest

from shapecheck.check import check, check_cells
from shapecheck.settings import Settings
from shapecheck.text import Source

from .reading import notebook

STATED = r"Let $X \in \mathbb{R}^{N \times D}$ and $W \in \mathbb{R}^{K \times D}$, so the scores are $Z = X W^T$."
COURSE = r"""
$$Z^{[1]} = W^{[1]} X + b^{[1]}, \quad A^{[1]} = \tanh(Z^{[1]}), \quad Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$$

$$dW^{[2]} = dZ^{[2]} A^{[1]T}, \quad dW^{[1]} = dZ^{[1]} X^T$$
"""


def errors(text: str) -> list[str]:
    """The codes of the errors in a note."""
    found = check(Source(text, "notes.md"), Settings()).diagnostics
    return [each.code for each in found if each.severity == "error"]


MEANT = {
    "the gradient of a trace": r"From $C = A B$ we get $\bar A = \bar C B^T$, $\bar B = A^T \bar C$. With"
    r" $s = \mathrm{tr}(A B)$ it is $\bar A = \bar s B^T$ and $\bar B = \bar s A^T$, with $s = \mathrm{tr}(A^T B A)$"
    r" we get $\bar B = \bar s A A^T$.",
    "ones of two sizes": r"$S = D V$, $P = D^T D$, so $\nabla_b J = D \mathbf{1}$ and $\nabla_c J = D^T \mathbf{1}$.",
    "the identity of two sizes": r"Let $V \in \mathbb{R}^{D \times K}$. If $V^T V = I$, then $(V V^T - I) V = 0$.",
    "a matrix T behind a transpose": r"Let $T \in \mathbb{R}^{N \times K}$ and $Z \in \mathbb{R}^{N \times D}$, $W \in"
    r" \mathbb{R}^{D \times K}$. Then $Z^{\top}Z W = Z^{\top}T$.",
    "rows of matrices": "$P_{i:} = \\mathrm{softmax}(S_{i:})$.\n\n"
    r"$$dS_{i:} = P_{i:} \odot dP_{i:} - (P_{i:}^\top dP_{i:}) P_{i:}$$",
    "what is called a mistake": STATED + "\n\nA common mistake is to write $Z = X W$.",
    "what is called wrong in German": STATED + "\n\nFalsch wäre $Z = X W$.",
    "another layout": STATED + "\n\nIf the examples are the columns of $X$, then $Z = W X$.",
    "two weights that are one": COURSE + "\nExercise: let the layers share them, $W^{[1]} = W^{[2]}$.",
    "a covariance that is called as losses are": r"Let $K \in \mathbb{R}^{n \times n}$, $C = K + I$, $y \in"
    r" \mathbb{R}^n$. $$\frac{\partial L}{\partial \theta_j} = y^T \frac{\partial C}{\partial \theta_j} y$$",
    "a trace with the derivative of a covariance": r"Let $K \in \mathbb{R}^{n \times n}$, $y \in \mathbb{R}^n$,"
    r" $E = K + I$. $$\frac{\partial L}{\partial \theta_j} ="
    r" \operatorname{tr}((y y^T - E^{-1}) \frac{\partial E}{\partial \theta_j})$$",
    "a number before matrices": r"Let $W \in \mathbb{R}^{o \times i}$, $B \in \mathbb{R}^{o \times r}$, $A \in"
    r" \mathbb{R}^{r \times i}$, $X \in \mathbb{R}^{i \times n}$ and $G \in \mathbb{R}^{o \times n}$."
    r" $$Y = W X + s B A X, \quad Z = A X$$ $$\frac{\partial L}{\partial Z} = s B^T G, \quad"
    r" \frac{\partial L}{\partial B} = s G Z^T$$",
    "a bias as a column, beside rows": r"""
$$Z^{[1]} = X W^{[1]} + b^{[1]}, \quad A^{[1]} = \tanh(Z^{[1]}), \quad Z^{[2]} = A^{[1]} W^{[2]} + b^{[2]}$$

$$dW^{[2]} = A^{[1]T} dZ^{[2]}, \quad dW^{[1]} = X^T dZ^{[1]}$$

In full this is $Z^{[2]} = A^{[1]} W^{[2]} + \mathbf{1} b^{[2]T}$.
""",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT)
def test_what_is_meant_is_not_blamed(text: str) -> None:
    assert errors(text) == []


def test_the_variable_of_a_long_derivative_has_its_name() -> None:
    text = (
        r"Let $W \in \mathbb{R}^{k \times n}$, $x \in \mathbb{R}^n$, $y \in \mathbb{R}^k$."
        "\n\n"
        r"$$\frac{\partial \mathcal{L}_{\mathrm{reconstruction}}}{\partial \mathbf{W}} = x y^T$$"
    )
    (found,) = check(Source(text, "notes.md"), Settings()).diagnostics
    assert found.message.startswith("the left side must have the shape of W, k×n")


STILL_WRONG = {
    "a product beside a number before matrices": MEANT["a number before matrices"].replace("s G Z^T", "s Z G^T"),
    "nothing takes it back": STATED + "\n\nThe scores are $Z = X W$.",
    "a question": STATED + "\n\nWhat is wrong with $Z = X W$?",
    "another sentence calls something wrong": STATED + "\n\nThat would be wrong. The scores are $Z = X W$.",
    "a gradient that lacks its sum": COURSE + "\n$$db^{[2]} = dZ^{[2]}$$",
}


@pytest.mark.parametrize("text", STILL_WRONG.values(), ids=STILL_WRONG)
def test_what_is_wrong_is_blamed(text: str) -> None:
    assert len(errors(text)) == 1


def test_what_a_function_is_given_is_no_size_of_the_text() -> None:
    text = notebook(
        ("markdown", r"Here $W_1 \in \mathbb{R}^{D \times H}$ and $W_2 \in \mathbb{R}^{H \times C}$."),
        ("code", "def backward(X, H, dS):\n    dW2 = H.T @ dS\n    return dW2\n"),
    )
    reports = check_cells(Source(text, "notes.ipynb"), Settings())
    assert [found.code for report in reports for found in report.diagnostics] == []


ADJOINTS = r"Let $Y = A X$. Then $\bar X = A^T \bar Y$ and $\bar A = \bar Y X^T$."


def test_bars_are_gradients_where_several_are_given() -> None:
    assert errors(ADJOINTS) == []
    assert errors(ADJOINTS.replace("A^T", "A")) == errors(ADJOINTS.replace(r"\bar Y X^T", r"X^T \bar Y")) == ["SC201"]


def test_one_bar_is_a_mean() -> None:
    assert errors(r"Let $Y = A X$ and $\bar X = X M$. Then $Z = \bar X^T \bar X$.") == []


def test_several_bars_that_are_computed_of_none_are_no_gradients() -> None:
    text = r"Let $x \in \mathbb{R}^n$, $A \in \mathbb{R}^{n \times n}$,"
    text += r" $\bar x = \frac{1}{n} \mathbf{1}^T x$, $\bar A = A - I$."
    assert errors(text) == []


ENTRIES = r"""
$\pi = \sigma(X\beta)$ with $X \in \mathbb{R}^{n \times p}$, $\beta \in \mathbb{R}^p$ and $w \in \mathbb{R}^n$.

$$V = \operatorname{diag}(\pi_i (1 - \pi_i)), \quad D = \operatorname{diag}(w_i \pi_i), \quad H = X^T V D X$$
"""


def test_entries_on_a_diagonal_are_those_of_their_arrays() -> None:
    report = check(Source(ENTRIES, "notes.md"), Settings())
    assert [*report.diagnostics] == []
    assert {each.status for each in report.formulas} == {"ok"}
    assert errors(ENTRIES.replace("X^T V D X", "X V D X^T")) == ["SC201"]
    assert errors(ENTRIES.replace("w_i", r"w_j")) == []


SCATTER = r"""
$x = \Lambda z + \mu + \epsilon$ with
$z \in \mathbb{R}^k$, $x, \mu \in \mathbb{R}^p$, $\Lambda \in \mathbb{R}^{p \times k}$.

$$\Psi = \frac{1}{n} \operatorname{diag}\Bigl( \sum_i (x_i - \mu)(x_i - \mu)^T
- \Lambda \mathbb{E}[z \mid x_i] (x_i - \mu)^T \Bigr)$$
"""


def test_matrices_on_a_diagonal_are_multiplied_as_matrices() -> None:
    assert [found.code for found in check(Source(SCATTER, "notes.md"), Settings()).diagnostics] == []


def test_what_takes_an_axis_tells_that_an_array_has_it() -> None:
    """That g has two axes is supposed, since it is multiplied by a matrix."""
    text = """
def block(self, n, hidden):
    def forward(self, x):
        return self.a @ self.W2 + self.b2
    def backward(self, g):
        t = xp.swapaxes(g, 1, 2)
        gz = g @ self.C.T
        for part in (*self.blocks, self.norm):
            part.update(lr)
"""
    assert check(Source(text, "mixer.py"), Settings()).diagnostics == []
