"""Vectors in documents that lie otherwise than in all other formulas; no sizes are stated anywhere."""

from __future__ import annotations

import numpy as np
import pytest

from shapecheck.check import check
from shapecheck.diagnostic import Diagnostic
from shapecheck.settings import Settings
from shapecheck.text import Source

BILINEAR = r"""
The score of two words is $s = x^T W y$. With $u = W y$ and $v = W^T x$ it is also $s = x^T u$ or $s = v^T y$.

$$ \frac{\partial s}{\partial W} = x y^T $$

and $\frac{\partial s}{\partial x} = W y$, $\frac{\partial s}{\partial y} = W^T x$.
"""
NETWORK = r"""
Let $z = W x + b$, $h = \tanh(z)$ and $p = \sigma(V h + c)$, with the targets $y$.

$$ \delta = p - y, \qquad \nabla_V E = \delta h^T $$

$$ \epsilon = (V^T \delta) \odot (1 - h \odot h) $$

$$ \nabla_W E = \epsilon x^T, \qquad \nabla_x E = W^T \epsilon $$
"""
ROWS = r"""
Here a vector is a row: $z = x W + b$, $h = \tanh(z)$ and $p = \sigma(h V + c)$.

$$ \delta = p - y, \qquad \nabla_V E = h^T \delta $$

$$ \epsilon = (\delta V^T) \odot (1 - h \odot h) $$

$$ \nabla_W E = x^T \epsilon, \qquad \nabla_x E = \epsilon W^T $$
"""
COVARIANCE = r"""
For $\ell = -\frac12 (x - m)^T P (x - m) + \frac12 \log \det P$ we have $\nabla_m \ell = P (x - m)$ and

$$ \nabla_P \ell = \frac12 \left( P^{-1} - (x - m) (x - m)^T \right) $$
"""


def errors(text: str) -> list[Diagnostic]:
    """The errors of a document, without those that it has as its author wrote it."""
    return [each for each in check(Source(text, "a.md"), Settings()).diagnostics if each.severity == "error"]


@pytest.mark.parametrize("text", [BILINEAR, NETWORK, ROWS, COVARIANCE])
def test_what_is_right_stays_so(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (BILINEAR, "= x y^T $$", "= x y $$"),
        (BILINEAR, "= x y^T $$", "= y^T x $$"),
        (BILINEAR, "x} = W y", "x} = y W"),
        (BILINEAR, "y} = W^T x", "y} = x W^T"),
        (NETWORK, r"\delta h^T", r"\delta h"),
        (NETWORK, r"(V^T \delta)", r"(\delta V^T)"),
        (NETWORK, r"\epsilon x^T", r"x^T \epsilon"),
        (NETWORK, r"W^T \epsilon", r"\epsilon W^T"),
        (ROWS, r"h^T \delta", r"h \delta"),
        (ROWS, r"(\delta V^T)", r"(V^T \delta)"),
        (ROWS, r"\epsilon W^T", r"W^T \epsilon"),
        (COVARIANCE, "(x - m)^T \\right", "(x - m) \\right"),
    ],
)
def test_a_slip_is_found_and_mended(text: str, right: str, wrong: str) -> None:
    assert text.count(right) == 1
    found = errors(text.replace(right, wrong))
    assert len(found) == 1
    assert right.strip(" $").removesuffix(r"\right").strip() in found[0].fixes[0].formula


def test_the_message_says_which_vector_lies_where() -> None:
    (found,) = errors(NETWORK.replace(r"W^T \epsilon", r"\epsilon W^T"))
    assert found.code == "SC217"
    assert found.message == r"only a row can stand left of a matrix, but \epsilon is a column in the other formulas"
    assert [label.message for label in found.labels] == ["a column", "a matrix"]
    form = r"With $u = A v$ we have $\nabla_A \, v^T A v = {}$."
    (found,) = errors(form.format("v v"))
    assert found.message == "v and v are both columns, which have no product"
    (found,) = errors(form.format("v^T v"))
    assert found.message == "v^T v is a single number, where a matrix is needed"
    assert [label.message for label in found.labels] == ["a row times a column", "here v is a column"]


@pytest.mark.parametrize(
    "text",
    [
        "With the labels $y_i$ the gradient is $\\nabla_w \\ell = (p_i - y_i) x_i$, where $p_i = \\sigma(w^T x_i)$.\n",
        "In rows $o = a v$, $\\bar v = a^T \\bar o$, $\\bar a = \\bar o v^T$ with $s = q k^T$, $a = softmax(s)$.\n",
        "The law is $u = -k x$, so $x' = A x + b u$ and $A - b k$ has to be stable; $V = x^T P x$.\n",
        "The step is $d = -H g$ with $y = g_2 - g$, $s^T y > 0$ and $H_2 = H - s y^T H / (y^T s)$.\n",
        "$\\log \\pi(a) = w^T a$ and $\\nabla_w \\log \\pi(a) = a - \\bar a$ with $\\bar a = \\sum_b \\pi(b) b$.\n",
        "We have $D = P \\mathbf 1$ and $dS = P (dP - D \\mathbf 1^T)$.\n",
        "# Columns\n\n$z = W x$, $\\nabla_W E = \\delta x^T$, $\\nabla_x E = W^T \\delta$\n\n# Rows\n\n"
        "$z = x W$, $\\nabla_W E = x^T \\delta$, $\\nabla_x E = \\delta W^T$\n",
    ],
)
def test_numbers_batches_and_other_layouts_are_no_mistake(text: str) -> None:
    assert errors(text) == []


def test_two_formulas_that_contradict_each_other_are_both_left_alone() -> None:
    assert errors("$\\nabla_x E = W^T \\delta$ and $\\nabla_b E = \\delta V$, $\\delta^T c$\n") == []


BETWEEN = r"""
The model is $z = W x + c$, and $\delta = NAMED$ is what its loss sends back.

$$ FIRST_W E = \delta x^T, \qquad FIRST_c E = \delta, \qquad FIRST_x E = \delta W^T $$
"""


def test_a_nabla_lies_as_its_variable_does() -> None:
    (found,) = errors(BETWEEN.replace("NAMED", r"\nabla_z E").replace("FIRST", r"\nabla"))
    assert found.fixes[0].formula == r"\nabla_x E = W^T \delta"


def test_a_row_that_is_written_for_a_column_is_mended_to_what_fits_the_forward_pass() -> None:
    text = BETWEEN.replace("NAMED", r"\nabla_z E").replace("FIRST", r"\nabla").replace(r"\delta W^T", r"\delta W")
    (found,) = errors(text)
    assert [(fix.title, fix.formula) for fix in found.fixes] == [
        ("swap the factors and transpose W", r"\nabla_x E = W^T \delta")
    ]


def test_of_two_gradients_of_which_either_may_be_wrong_none_is_blamed() -> None:
    derivative = BETWEEN.replace("NAMED", r"\frac{\partial E}{\partial z}")
    for letter in "Wcx":
        derivative = derivative.replace(f"FIRST_{letter} E", rf"\frac{{\partial E}}{{\partial {letter}}}")
    assert errors(derivative) == []


def test_numpy_computes_what_is_mended_alone() -> None:
    sizes = {"x": (5, 1), "y": (3, 1), "W": (5, 3)}
    draw = np.random.default_rng(1)
    arrays = {name: draw.normal(size=size) for name, size in sizes.items()}

    def value(formula: str) -> tuple[int, ...]:
        code = formula.partition("= ")[2].replace("^T", ".T").replace(" ", " @ ")
        result: np.ndarray = eval(code, arrays)
        return result.shape

    for right, wrong, shape in (
        ("= x y^T $$", "= x y $$", (5, 3)),
        ("x} = W y", "x} = y W", (5, 1)),
        ("y} = W^T x", "y} = x W^T", (3, 1)),
    ):
        (found,) = errors(BILINEAR.replace(right, wrong))
        assert value(found.fixes[0].formula) == shape
        with pytest.raises(ValueError, match="matmul"):
            value(wrong.strip(" $"))
