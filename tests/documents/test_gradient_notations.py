"""Notes whose authors have a notation of their own for gradients: it is read as they define it, or as they use it."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

FORWARD = r"""
Let $X \in \mathbb{R}^{m \times d}$, $W \in \mathbb{R}^{d \times h}$ and $V \in \mathbb{R}^{h \times k}$.

$$S = X W, \quad A = \tanh(S), \quad F = A V$$
"""
RECURRENT = r"""
Let $x_t \in \mathbb{R}^d$ and $h_t \in \mathbb{R}^n$. The weights are $W \in \mathbb{R}^{n \times d}$,
$R \in \mathbb{R}^{n \times n}$, $C \in \mathbb{R}^{k \times n}$.

$$a_t = W x_t + R h_{t-1}, \quad h_t = \tanh(a_t), \quad s_t = C h_t$$
"""
STEPS = r"""
$$\delta h_t = C^\top \delta s_t + R^\top \delta a_{t+1}, \quad \delta a_t = \delta h_t \odot (1 - h_t^2)$$

$$\delta W = \sum_t \delta a_t x_t^\top, \quad \delta C = \sum_t \delta s_t h_t^\top$$
"""


def statuses(text: str) -> dict[str, str]:
    """What is said of each formula of a note."""
    found = check(Source(text, "notes.md"), Settings()).formulas
    return {text[each.span.start : each.span.end]: each.status for each in found}


SAID = {
    "an index, by an example": (r"Let $g_F$ denote $\partial L / \partial F$.", "g_V", "g_F"),
    "an index, for all": (r"Put $G_Y = \nabla_Y L$ for every array $Y$; here $G_F = \nabla_F L$.", "G_V", "G_F"),
    "an index in words": (r"We denote the gradient of $L$ with respect to $W$ by $q_W$.", "q_V", "q_F"),
    "an index below a letter with a hat": (
        r"I write $\hat\delta_A$ for the derivative of the loss with respect to $A$.",
        r"\hat\delta_V",
        r"\hat\delta_F",
    ),
    "an index in bare text": ("Here r_W stands for the gradient of L with respect to W.", "r_V", "r_F"),
    "a bar": (r"We write $\bar x$ for ∂L/∂x.", r"\bar V", r"\bar F"),
    "a dot": (r"Let $\dot W$ = dL/dW.", r"\dot V", r"\dot F"),
    "a mark by its name": ("A tilde denotes the gradient of the loss.", r"\tilde V", r"\tilde F"),
    "a star": ("The adjoint of $v$ is written $v^*$.", "V^*", "F^*"),
    "a sign in front": (r"Denote by $\delta v$ the gradient of the total loss by $v$.", r"\delta V", r"\delta F"),
}


@pytest.mark.parametrize(("said", "of_v", "of_f"), SAID.values(), ids=SAID)
def test_a_notation_is_read_as_it_is_defined(said: str, of_v: str, of_f: str) -> None:
    right, wrong = f"{of_v} = A^T {of_f}", f"{of_v} = A {of_f}"
    assert statuses(f"{said}\n{FORWARD}\n$${right}$$")[right] == "ok"
    assert statuses(f"{said}\n{FORWARD}\n$${wrong}$$")[wrong] == "error"


@pytest.mark.parametrize(("said", "of_v", "of_f"), SAID.values(), ids=SAID)
def test_a_notation_that_nobody_defines_is_none(said: str, of_v: str, of_f: str) -> None:
    wrong = f"{of_v} = A {of_f}"
    found = statuses(f"{FORWARD}\n$${wrong}$$").get(wrong)
    is_conjugate = of_v.endswith("*")  # a star is the conjugate transpose then, and A F^* does not fit
    assert (found == "error") is is_conjugate


USED = r"""
- $g_V = A^T g_F$ and $g_A = g_F V^T$
- $g_S = g_A \odot (1 - A^2)$
- $g_W = X^T g_S$
"""


def test_several_names_with_an_array_below_are_gradients_of_these() -> None:
    assert set(statuses(FORWARD + USED).values()) == {"ok"}
    for right, wrong in (
        ("g_V = A^T g_F", "g_V = A g_F"),
        ("g_A = g_F V^T", "g_A = V^T g_F"),
        ("g_W = X^T g_S", "g_W = g_S X^T"),
    ):
        assert statuses((FORWARD + USED).replace(right, wrong))[wrong] == "error"


def test_several_names_behind_a_sign_are_gradients() -> None:
    assert set(statuses(RECURRENT + STEPS).values()) == {"ok"}
    wrong = r"\delta W = \sum_t x_t \delta a_t^\top"
    assert statuses((RECURRENT + STEPS).replace(r"\delta W = \sum_t \delta a_t x_t^\top", wrong))[wrong] == "error"


NO_GRADIENTS = {
    "a vector beside others": RECURRENT
    + r"""
$$\delta = \hat y - y, \quad \frac{\partial L}{\partial C} = \delta h_t^\top, \quad \Delta W = \delta x_t^\top$$
""",
    "gates": r"""
$x \in \mathbb{R}^d$ and $W_i, W_f, W_o \in \mathbb{R}^{n \times d}$, $U \in \mathbb{R}^{n \times 3 n}$.

$$g_i = W_i x, \quad g_f = W_f x, \quad g_o = W_o x$$

$$i = U [g_i; g_f; g_o], \quad f = g_f g_f^T i, \quad o = g_o^T f$$
""",
    "errors of layers": r"""
$$\delta_2 = W_3^T \delta_3 \odot g'(z_2), \quad \delta_1 = W_2^T \delta_2 \odot g'(z_1), \quad g_t = W_2^T \delta_2$$
""",
    "weights of arrays": r"""
$x \in \mathbb{R}^d$, $h \in \mathbb{R}^n$, $W_x \in \mathbb{R}^{n \times d}$, $W_h \in \mathbb{R}^{n \times n}$.

$$G_x = W_x^T W_x, \quad G_h = W_h^T W_h, \quad G_z = W_h W_h^T, \quad z = W_x x + W_h h$$
""",
}


@pytest.mark.parametrize("text", NO_GRADIENTS.values(), ids=NO_GRADIENTS)
def test_what_only_looks_so_is_none(text: str) -> None:
    assert "error" not in statuses(text).values()


def test_a_maximum_with_a_number_keeps_the_shape() -> None:
    text = FORWARD.replace(r"\tanh(S)", r"\max(S, 0)") + USED.replace(r"(1 - A^2)", r"[S > 0]")
    assert set(statuses(text).values()) == {"ok"}
