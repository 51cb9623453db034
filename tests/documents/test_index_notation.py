"""Statements in index notation: each name with a running index is a number, whether its array is known or not."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

LAYER = r"""
Let $y_i = \sum_j w_{ij} x_j + b_i$. Then

$$\frac{\partial L}{\partial w_{mn}} = \sum_i \frac{\partial L}{\partial y_i} \delta_{im} x_n
= \frac{\partial L}{\partial y_m} x_n$$

$$\frac{\partial L}{\partial x_j} = \sum_i \frac{\partial L}{\partial y_i} w_{ij}$$
"""
VECTORS = r"""
Let $h_j \in \mathbb{R}^{n}$, $W \in \mathbb{R}^{k \times n}$ and $\alpha_{ij}$ the weights.

$$c_i = \sum_j \alpha_{ij} h_j, \quad p_i = W c_i$$
"""
SAMPLES = r"""
Let $x_i \in \mathbb{R}^{d}$ and $M \in \mathbb{R}^{d \times d}$.

$$K_{ij} = x_i^T M x_j, \quad D_{ij} = \|x_i - x_j\|^2, \quad z_i = M x_i$$
"""
EACH = r"""
Example by example $z_i = W x_i + b$, $a_i = \tanh(z_i)$ and $s_i = V a_i + c$. With
$\delta_i = \frac{\partial L}{\partial s_i}$

$$\frac{\partial L}{\partial V} = \sum_i \delta_i a_i^T, \qquad \frac{\partial L}{\partial a_i} = V^T \delta_i$$

and $e_i = (V^T \delta_i) \odot (1 - a_i \odot a_i)$ gives $\frac{\partial L}{\partial W} = \sum_i e_i x_i^T$.
"""
ROWS = r"""
The rows $x_i$ give $h_i = \phi(x_i W + b)$ and $y_i = h_i V$. With $g_i = \partial L / \partial y_i$

$$\frac{\partial L}{\partial V} = \sum_i h_i^T g_i, \qquad \frac{\partial L}{\partial h_i} = g_i V^T$$

and $d_i = (g_i V^T) \odot \phi'(x_i W + b)$ gives $\frac{\partial L}{\partial W} = \sum_i x_i^T d_i$.
"""
REGRESSION = r"""
With $p_i = \sigma(w^T x_i + b)$ the loss is $L = -\sum_i y_i \log p_i + (1 - y_i) \log(1 - p_i)$, so
$\nabla_w L = \sum_i (p_i - y_i) x_i$,
$\frac{\partial L}{\partial b} = \sum_i (p_i - y_i)$ and
$H = \sum_i p_i (1 - p_i) x_i x_i^T$; a step is $w := w - H^{-1} \nabla_w L$.
"""


def statuses(text: str) -> list[str]:
    """What is said of each formula of a note."""
    return [each.status for each in check(Source(text, "notes.md"), Settings()).formulas]


def test_a_layer_in_indices_is_understood() -> None:
    assert set(statuses(LAYER)) == {"ok"}


@pytest.mark.parametrize("text", [VECTORS, SAMPLES], ids=["vectors", "samples"])
def test_one_of_several_vectors_is_no_entry(text: str) -> None:
    assert "error" not in statuses(text)
    assert statuses(text)[-1] == "ok"


def test_a_mistake_beside_vectors_is_found() -> None:
    assert statuses(SAMPLES.replace("z_i = M x_i", "z_i = x_i M"))[-1] == "error"


@pytest.mark.parametrize("text", [EACH, ROWS, REGRESSION], ids=["columns", "rows", "regression"])
def test_a_sum_over_examples_is_one_of_vectors(text: str) -> None:
    assert set(statuses(text)) == {"ok"}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (EACH, r"\delta_i a_i^T", r"\delta_i a_i"),
        (EACH, r"\delta_i a_i^T", r"a_i \delta_i^T"),
        (EACH, r"e_i x_i^T", r"x_i e_i^T"),
        (EACH, r"V^T \delta_i$$", r"V \delta_i$$"),
        (ROWS, r"h_i^T g_i", r"g_i^T h_i"),
        (ROWS, r"x_i^T d_i", r"d_i x_i^T"),
        (REGRESSION, r"H^{-1} \nabla_w L", r"\nabla_w L H^{-1}"),
    ],
)
def test_a_mistake_in_a_sum_over_examples_is_found(text: str, right: str, wrong: str) -> None:
    assert text.count(right) == 1
    found = check(Source(text.replace(right, wrong), "notes.md"), Settings()).diagnostics
    assert [each.severity for each in found] == ["error"]
    assert right.removesuffix("$$") in found[0].fixes[0].formula


def test_what_a_sum_runs_over_is_an_entry_where_nothing_is_an_array_by_it() -> None:
    text = r"""
Let $s = \sum_i u_i v_i$ and $p_j = \frac{e^{s_j}}{\sum_k e^{s_k}}$, with the loss $L = -\sum_j t_j \log p_j$.
"""
    assert "error" not in statuses(text)
