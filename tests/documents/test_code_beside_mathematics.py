"""A program in a note: what mathematics writes with a time, `h^{(t)}`, is a list of vectors there, `h[t]`."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

FORMULAS = r"""
$x_t \in \mathbb{R}^d$, $h_t \in \mathbb{R}^n$, $W \in \mathbb{R}^{n \times n}$, $U \in \mathbb{R}^{n \times d}$ and
$V \in \mathbb{R}^{k \times n}$.

$$h_t = \tanh(W h_{t-1} + U x_t), \quad o_t = V h_t$$
"""
PROGRAM = """
```python
da = (1 - h[t]**2) * (V.T @ do[t])
dU += np.outer(da, x[t])
dV += np.outer(do[t], h[t])
y = V @ o[t + 1]
```
"""
WITHOUT_SIZES = r"""
$$a^{(t)} = b + W h^{(t-1)} + U x^{(t)}, \quad h^{(t)} = \tanh(a^{(t)}), \quad o^{(t)} = c + V h^{(t)}$$

```python
def backward(x, h, do, W, U, V):
    dW, dU, dV = np.zeros_like(W), np.zeros_like(U), np.zeros_like(V)
    db = np.zeros(W.shape[0])
    dh_next = np.zeros(W.shape[0])
    for t in reversed(range(len(x))):
        dh = V.T @ do[t] + dh_next
        da = (1 - h[t]**2) * dh
        dW += np.outer(da, h[t-1])
        db += da
        dh_next = W.T @ da
    return dW, db
```
"""


def codes(text: str) -> list[str]:
    return [found.code for found in check(Source(text, "notes.md"), Settings()).diagnostics]


@pytest.mark.parametrize("text", [FORMULAS + PROGRAM, WITHOUT_SIZES], ids=["with sizes", "without sizes"])
def test_steps_in_time_are_no_rows(text: str) -> None:
    assert codes(text) == []
    assert codes(text.replace("_t", "^{(t)}").replace("_{t-1}", "^{(t-1)}")) == []


def test_the_gradient_that_mathematics_gives_at_each_time_is_a_list_as_well() -> None:
    formulas = WITHOUT_SIZES.partition("```")[0] + "$$\\nabla_{o^{(t)}} L = p^{(t)} - y^{(t)}$$\n"
    weights = "$$\\nabla_V L = \\sum_t (\\nabla_{o^{(t)}} L) (h^{(t)})^T, \\quad D = \\operatorname{diag}(h^{(t)})$$\n"
    assert codes(f"{formulas}{weights}\n```python\ndh = V.T @ do[t] + dh_next\nda = (1 - h[t]**2) * dh\n```\n") == []


def test_steps_in_time_are_rows_of_what_code_makes() -> None:
    made = "```python\no = np.zeros((T, k))\ndo = np.zeros((T, k))\nz = V @ do[t]\ny = V @ o[t]\n```\n"
    assert codes(FORMULAS + made) == ["SC201", "SC201"]


def test_an_array_without_a_time_has_rows() -> None:
    assert codes(FORMULAS + "```python\nz = U @ W[t]\n```\n") == ["SC201"]
