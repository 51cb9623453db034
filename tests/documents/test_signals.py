"""Control and signal processing, nothing declared: arrays with a time in a bracket, `x(t)`, or a step below, `x_k`."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

OBSERVER = r"""
The plant is $\dot{x}(t) = A x(t) + B u(t)$ with the output $y(t) = C x(t)$.

$$\dot{\hat{x}}(t) = A \hat{x}(t) + B u(t) + L (y(t) - C \hat{x}(t))$$

The error $e(t) = x(t) - \hat{x}(t)$ obeys $\dot{e}(t) = (A - L C) e(t)$. With $u(t) = -K x(t)$,

$$V(t) = x^T(t) P x(t), \qquad K = R^{-1} B^T P$$

$$A^T P + P A - P B R^{-1} B^T P + Q = 0$$
"""
ADAPTIVE = r"""
$$y(n) = \mathbf{w}^H(n-1)\, \mathbf{u}(n), \qquad e(n) = d(n) - y(n)$$

$$\mathbf{k}(n) = \frac{\mathbf{P}(n-1) \mathbf{u}(n)}{\lambda + \mathbf{u}^H(n) \mathbf{P}(n-1) \mathbf{u}(n)}$$

$$\mathbf{P}(n) = \lambda^{-1} \mathbf{P}(n-1) - \lambda^{-1} \mathbf{k}(n) \mathbf{u}^H(n) \mathbf{P}(n-1)$$
"""
KALMAN = r"""
# The cart

$$x_{k+1} = F x_k + G u_k + w_k, \qquad y_k = H x_k + v_k$$

## Filter

$$\hat{x}_k^- = F \hat{x}_{k-1} + G u_{k-1}, \qquad P_k^- = F P_{k-1} F^T + Q$$

$$S_k = H P_k^- H^T + R, \qquad K_k = P_k^- H^T S_k^{-1}$$

$$P_k = (I - K_k H) P_k^-, \qquad \hat{x}_k = \hat{x}_k^- + K_k (y_k - H \hat{x}_k^-)$$

## Regulator

$$\Pi = M + F^T \Pi F - F^T \Pi G (N + G^T \Pi G)^{-1} G^T \Pi F$$
"""


def not_right(text: str) -> list[str]:
    """The formulas of a note that are not found to be right."""
    report = check(Source(text, "notes.md"), Settings())
    return [report.source.slice(formula.span) for formula in report.formulas if formula.status != "ok"]


@pytest.mark.parametrize("text", [OBSERVER, ADAPTIVE, KALMAN])
def test_arrays_of_a_time_are_understood(text: str) -> None:
    assert not_right(text) == []


def test_an_array_has_one_shape_at_all_times() -> None:
    sized = KALMAN.replace("# The cart", r"Let $F \in \mathbb{R}^{n \times n}$ and $H \in \mathbb{R}^{p \times n}$.")
    assert not_right(sized) == []
    wrong = sized.replace("P_k^- H^T S_k^{-1}", "P_k^- H S_k^{-1}")
    assert not_right(wrong) == ["K_k = P_k^- H S_k^{-1}"]
