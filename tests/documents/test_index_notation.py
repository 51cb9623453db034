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
