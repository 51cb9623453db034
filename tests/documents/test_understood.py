"""Short notes as people write them, and what becomes of each formula: understood, wrong, or neither."""

from __future__ import annotations

import pytest

from shapecheck.check import check, check_cells
from shapecheck.settings import Settings
from shapecheck.text import Source

from .reading import notebook

LAYERS = r"""
$Z^{[1]} = W^{[1]} X + b^{[1]}$ and $Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$
"""
FORWARD_INDEX = r"""
$z^{(l+1)} = W^{(l)} a^{(l)}$, $\delta^{(l)} = (W^{(l)})^T \delta^{(l+1)}$
"""


def statuses(text: str) -> list[str]:
    """What became of each formula, and the codes of what was found."""
    report = check(Source(text, "notes.md"), Settings())
    return [formula.status for formula in report.formulas] + [found.code for found in report.diagnostics]


SHORT = {
    "one formula that fits one layout only": (r"$\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot f'(z^l)$", "ok"),
    "rows are examples": (r"$\delta^{(l)} = \delta^{(l+1)} (W^{(l+1)})^T \odot f'(z^{(l)})$", "ok"),
    "one right, one wrong: nothing is blamed": (
        r"$dZ^{[1]} = W^{[2]T} dZ^{[2]}$ and $dW^{[1]} = X^T dZ^{[1]}$",
        "unknown unknown",
    ),
    "fits none": (r"$\delta^l = (w^{l+1} \delta^{l+1}) \odot f'(z^l)$", "unknown"),
    "a loss of one example of another network": (
        LAYERS + r"and $Z^{[3]} = W^{[3]} A^{[2]} + b^{[3]}$, $J = -\frac{1}{m} \sum_i y^{(i)} \log a^{[2](i)}$",
        "ok ok ok unknown",
    ),
    "enough to blame the last": (LAYERS + r"and $dW^{[1]} = X^T dZ^{[1]}$", "ok ok error SC201"),
}


@pytest.mark.parametrize("name", SHORT)
def test_a_convention_with_few_votes_helps_and_blames_nothing(name: str) -> None:
    text, expected = SHORT[name]
    assert statuses(text) == expected.split()


SPELLED = {
    "a loss of weights and data": r"$\nabla_{W^{(l)}} J(W, b; x, y) = \delta^{(l+1)} (a^{(l)})^T$",
    "an operator before a loss": r"$\frac{\partial}{\partial W^{(l)}} J(W, b; x, y) = \delta^{(l+1)} (a^{(l)})^T$",
    "the last layer": r"$\delta^{(n_l)} = -(y - a^{(n_l)}) \bullet f'(z^{(n_l)})$",
    "arrows": r"$\vec{z}^{(l+1)} = W^{(l)} \vec{a}^{(l)}$",
}


@pytest.mark.parametrize("name", SPELLED)
def test_spellings_where_weights_carry_the_layer_below(name: str) -> None:
    assert statuses(FORWARD_INDEX + SPELLED[name]) == ["ok"] * 3


COURSE = {
    "a transpose above an index": r"$dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]^{T}}$",
    "a d in braces": r"${d}W^{[2]} = \frac{1}{m} {d}Z^{[2]} A^{[1]T}$",
    "double braces": r"$dW^{[2]} = \frac{ {\partial L} }{ {\partial W^{[2]}} } = \frac{1}{m} dZ^{[2]} A^{[1]T}$",
    "a derivative of an expression on the way": (
        r"$dW^{[2]} = dZ^{[2]} \frac{\partial (W^{[2]} A^{[1]} + b^{[2]})}{\partial W^{[2]}} = dZ^{[2]} A^{[1]T}$"
    ),
    "a box around the whole": r"$\boxed{dW^{[2]} = dZ^{[2]} A^{[1]T}}$",
    "doubled backslashes": r"$$dW^{[2]} = \\frac{1}{m} dZ^{[2]} A^{[1]T}$$",
    "a box": r"$dW^{[2]} = \boxed{dZ^{[2]} A^{[1]T}}$",
}


@pytest.mark.parametrize("name", COURSE)
def test_spellings_of_courses(name: str) -> None:
    assert statuses(LAYERS + COURSE[name]) == ["ok"] * 3


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\frac{dL}{dz^{[1]}} = \frac{dL}{da^{[2]}} \frac{da^{[2]}}{dz^{[2]}} \frac{dz^{[2]}}{da^{[1]}}", "ok"),
        (r"db^{[1]} = dz^{[1]} \times \frac{\partial z^{[1]}}{\partial b^{[1]}}", "unknown"),
    ],
)
def test_the_chain_rule_of_vectors_is_not_blamed(formula: str, expected: str) -> None:
    assert statuses(f"{LAYERS}${formula}$") == ["ok", "ok", expected]


def test_a_network_with_its_parameters_is_no_activation() -> None:
    assert statuses(FORWARD_INDEX + r"$h_{W, b}(x) = f(z^{(n_l)})$") == ["ok", "ok", "ok"]


def test_what_begins_with_zero_may_be_an_array() -> None:
    assert statuses(LAYERS + r"$\Delta^{[1]} := 0$, $\Delta^{[1]} := \Delta^{[1]} + dW^{[1]}$")[-1] != "SC213"


DENSE = r"$Y = X A$, "
RECURRENT = r"""
$$h_t = \tanh(U h_{t-1} + V x_t + c)$$
$$o_t = W h_t + b$$
"""
FORWARD = {
    "a product": (DENSE + r"$\frac{\partial L}{\partial A} = X^T \frac{\partial L}{\partial Y}$", "ok"),
    "its other factor": (DENSE + r"$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} A^T$", "ok"),
    "a mean": (DENSE + r"$dA = \frac{1}{N} X^T dY$", "ok"),
    "swapped": (DENSE + r"$\frac{\partial L}{\partial X} = A^T \frac{\partial L}{\partial Y}$", "SC201"),
    "the wrong transpose": (DENSE + r"$\frac{\partial L}{\partial A} = X \frac{\partial L}{\partial Y}^T$", "SC201"),
    "output weights": (RECURRENT + r"$dW = do_t h_t^T$", "ok"),
    "a hidden state": (RECURRENT + r"$dh_t = W^T do_t$", "ok"),
    "no transpose": (RECURRENT + r"$dh_t = W do_t$", "SC201"),
    "recurrent weights": (RECURRENT + r"$dU = (dh_t \odot (1 - h_t^2)) h_{t-1}^T$", "ok"),
    "a row for a column": (RECURRENT + r"$dU = (dh_t \odot (1 - h_t^2))^T h_{t-1}$", "SC217"),
    "scores": (r"$S = \frac{Q K^T}{\sqrt{d_k}}$, $dQ = \frac{1}{\sqrt{d_k}} dS K$", "ok"),
    "a target": (r"$z = X w + b$, $p = \sigma(z)$, $\frac{\partial L}{\partial w} = \frac{1}{n} X^T (p - y)$", "ok"),
    "a target that is multiplied": (
        r"$z = X w + b$, $p = \sigma(z)$, $dX = y w$, $\frac{\partial L}{\partial w} = X^T (p - y)$",
        "SC201",
    ),
    "a target, transposed": (
        r"$z = X w$, $p = \sigma(z)$, $\frac{\partial L}{\partial w} = X \, p$, "
        r"$\frac{\partial L}{\partial w} = X^T (p - y)$",
        "SC201",
    ),
    "a dot": (r"$z = X \cdot w$, $\frac{\partial L}{\partial w} = X^T \cdot \frac{\partial L}{\partial z}$", "ok"),
    "a dot, without the transpose": (
        r"$z = X \cdot w$, $\frac{\partial L}{\partial w} = X \cdot \frac{\partial L}{\partial z}$",
        "SC201",
    ),
    "an update": (r"$\theta := \theta - \alpha \nabla_\theta J(\theta)$", "ok"),
    "no equation says so": (r"$\frac{\partial L}{\partial A} = X^T \frac{\partial L}{\partial Y}$", "unknown"),
}


@pytest.mark.parametrize("name", FORWARD)
def test_gradients_are_checked_against_the_forward_equations(name: str) -> None:
    text, expected = FORWARD[name]
    assert statuses(text)[-1] == expected


ENCODER = r"""
$$H = X U + c$$
$$A = \tanh(H)$$
$$S = A V$$
"""
BACK = r"""
$$\frac{\partial L}{\partial V} = A^T \frac{\partial L}{\partial S}$$
$$\frac{\partial L}{\partial A} = \frac{\partial L}{\partial S} V^T$$
$$\frac{\partial L}{\partial U} = X^T \frac{\partial L}{\partial H}$$
"""
EXCEPTIONS = {
    "a product that is none": (BACK, r"\frac{\partial L}{\partial X} = U^T \frac{\partial L}{\partial H}", "SC201"),
    "another shape": (BACK, r"\frac{\partial L}{\partial U} = \frac{\partial L}{\partial H}^T X", "SC204"),
    "a right one": (BACK, r"\frac{\partial L}{\partial X} = \frac{\partial L}{\partial H} U^T", "ok"),
    "before the others": (
        r"$$\frac{\partial L}{\partial X} = U^T \frac{\partial L}{\partial H}$$" + BACK,
        r"\frac{\partial L}{\partial X} = \frac{\partial L}{\partial H} U^T",
        "SC201",
    ),
    "a bias, which may be of any rank": (
        BACK,
        r"\frac{\partial L}{\partial c} = 1^T \frac{\partial L}{\partial H}",
        "",
    ),
    "names that no other formulas hold": (BACK + "$$B = D F$$", r"dD = F^T dB", "SC201"),
    "a name with which an equation fails": (
        "$$S = V A$$" + BACK,
        r"\frac{\partial L}{\partial A} = V \frac{\partial L}{\partial S}",
        "",
    ),
    "a name in an equation whose sign may mean two things": (
        r"$$G = X \cdot U$$" + BACK,
        r"\frac{\partial L}{\partial X} = U^T \frac{\partial L}{\partial H}",
        "SC201",
    ),
    "no others": ("", r"\frac{\partial L}{\partial X} = U^T \frac{\partial L}{\partial H}", "SC201"),
    "a step of thought": (
        BACK,
        r"\frac{\partial L}{\partial U} = \frac{\partial L}{\partial H} \frac{\partial H}{\partial U}",
        "",
    ),
}


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_a_gradient_that_alone_fits_no_forward_equation_is_wrong(name: str) -> None:
    before, formula, expected = EXCEPTIONS[name]
    found = statuses(f"{ENCODER}\n{before}\n$${formula}$$")
    assert found[-1] == expected or (not expected and "error" not in found)


def test_what_is_wrong_by_the_forward_equations_says_which() -> None:
    report = check(Source(f"{ENCODER}\n{BACK}\n$$dX = U^T dH$$", "notes.md"), Settings())
    found = report.diagnostics[0]
    assert [fix.formula for fix in found.fixes] == ["dX = dH U^T"]
    assert any("from this equation" in label.message for label in found.labels)
    assert found.notes[-1].startswith("no sizes are stated")


def test_sizes_that_are_stated_are_not_said_to_be_supposed() -> None:
    stated = r"$W \in \mathbb{R}^{k \times d}$, $x \in \mathbb{R}^d$, $z = W x$"
    text = rf"{stated}: $\frac{{\partial L}}{{\partial x}} = W \frac{{\partial L}}{{\partial z}}$"
    (found,) = check(Source(text, "notes.md"), Settings()).diagnostics
    assert found.fixes and not any("no sizes" in note for note in found.notes)


def test_cells_are_told_apart() -> None:
    cells = [f"{ENCODER}\n{BACK}", "$dX = dH U^T$", "$dX = U^T dH$"]
    reports = check_cells(Source(notebook(*[("markdown", cell) for cell in cells]), "notes.ipynb"), Settings())
    assert [report.formulas[-1].status for report in reports if report.formulas] == ["ok", "ok", "error"]


def test_what_a_forward_equation_supposes_is_no_result() -> None:
    assert statuses(DENSE) == ["unknown"]


@pytest.mark.parametrize(
    ("names", "expected"), [("W b Z X", ["ok", "ok", "error", "SC201"]), ("U c P Q", ["ok", "error", "SC204"])]
)
def test_a_noted_vector_may_lie_either_way(names: str, expected: list[str]) -> None:
    weights, bias, product, data = names.split()
    noted = rf"Let ${weights} \in \mathbb{{R}}^{{d \times k}}$, ${bias} \in \mathbb{{R}}^k$."
    formulas = (
        f"${product} = {data} {weights} + {bias}$, $d{data} = d{product} {weights}^T$, $d{data} = {weights} d{product}$"
    )
    assert statuses(f"{noted} {formulas}")[-len(expected) :] == expected


def test_the_gradient_that_is_noted_names_the_examples() -> None:
    text = r"""
Let $W \in \mathbb{R}^{I \times O}$ and $b \in \mathbb{R}^O$. Then $Z = X W + b$.
With $\frac{\partial L}{\partial Z} \in \mathbb{R}^{B \times O}$,
$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Z} W^T$
and $\frac{\partial L}{\partial W} = X^T \frac{\partial L}{\partial Z}$.
"""
    assert statuses(text)[-2:] == ["ok", "ok"]


EXAMPLE = r"""
$z^{[1]} = W^{[1]} x + b^{[1]}$, $z^{[2]} = W^{[2]} a^{[1]} + b^{[2]}$, $\hat{y} = \sigma(z^{[2]})$
"""


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathcal{L}(\hat{y}, y) = -\left[ y \ln(\hat{y}) + (1 - y) \ln(1 - \hat{y}) \right]",
        r"\hat{y}' = \hat{y} (1 - \hat{y})",
        r"(dW^{[2]}, db^{[2]} da^{[1]})",
        r"L = y^T \log(\hat{y}), \quad dz^{[2]} = \hat{y} - y",
    ],
)
def test_notes_of_one_example_are_not_blamed(formula: str) -> None:
    assert not [found for found in statuses(f"{EXAMPLE}\n${formula}$") if found.startswith("SC")]


def test_a_subscript_may_be_escaped_for_markdown() -> None:
    text = (
        r"$W\_{a} \in \mathbb{R}^{n \times k}$, $h \in \mathbb{R}^{k \times m}$: $dh = W\_{a}^T dq$ and $q = W\_{a} h$"
    )
    assert statuses(text)[:1] == ["ok"]


LINEAR = r"""
$X \in \mathbb{R}^{N \times D}$, $W \in \mathbb{R}^{D \times M}$, $Y = X W$,
$\frac{\partial L}{\partial Y} \in \mathbb{R}^{N \times M}$, $h_t \in \mathbb{R}^M$.
"""
CHAIN = r"$$\frac{\partial L}{\partial W} = \frac{\partial L}{\partial Y} \frac{\partial Y}{\partial W}$$"
RESULT = r"$$\frac{\partial L}{\partial W} = X^T \frac{\partial L}{\partial Y}$$"
WRONG = r"$$\frac{\partial L}{\partial W} = X \frac{\partial L}{\partial Y}$$"
THOUGHTS = {
    "the result follows": (f"{CHAIN}\n\nHence\n\n{RESULT}", "ok unknown ok"),
    "the result stands before": (f"{RESULT}\n\n{CHAIN}", "ok ok unknown"),
    "no result": (CHAIN, "ok unknown"),
    "a wrong result": (f"{CHAIN}\n\n{WRONG}", "ok unknown error SC201"),
    "the result of another": (f"{CHAIN}\n\n$$dX = dY W^T$$", "ok unknown ok"),
    "a sum over time": (
        r"$$\frac{\partial L}{\partial W} = \sum_t \frac{\partial L}{\partial h_t} \frac{\partial h_t}{\partial W}$$",
        "ok unknown",
    ),
}


@pytest.mark.parametrize("name", THOUGHTS)
def test_a_tensor_before_the_result_is_a_step_of_thought(name: str) -> None:
    text, expected = THOUGHTS[name]
    assert statuses(f"{LINEAR}\n{text}") == expected.split()


def test_a_tensor_is_a_step_of_thought_in_a_document_that_follows_a_convention() -> None:
    chain = CHAIN.replace("W", "W^{[2]}").replace("Y", "Z^{[2]}")
    layers = r"$Z^{[1]} = W^{[1]} X + b^{[1]}$, $A^{[1]} = g(Z^{[1]})$, $Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$"
    assert statuses(f"{layers}\n\n{chain}\n\n$dW^{{[2]}} = dZ^{{[2]}} A^{{[1]T}}$") == [*["ok"] * 3, "unknown", "ok"]


def test_what_is_addressed_to_shapecheck_is_no_thought() -> None:
    fence = "```formulas\nX: N x D\nW: D x M\nY = X W\n∂L/∂W = ∂L/∂Y ∂Y/∂W\n∂L/∂W = X.T ∂L/∂Y\n```\n"
    assert statuses(fence) == ["ok", "error", "ok", "SC212"]


def test_a_product_of_numbers_is_no_second_mistake() -> None:
    formula = r"$dZ^{[1]} = dZ^{[2]} \cdot W^{[2]T} \cdot A^{[1]} (1 - A^{[1]})$"
    assert statuses(LAYERS + formula)[2:] == ["error", "SC201"]


def test_a_plus_marks_a_number_and_inverts_a_matrix() -> None:
    stated = r"Let $J \in \mathbb{R}$, $A \in \mathbb{R}^{n \times m}$, $b \in \mathbb{R}^n$, $x \in \mathbb{R}^m$. "
    assert "error" not in " ".join(statuses(stated + r"$g = \frac{J^{+} - J^{-}}{2 \varepsilon}$"))
    assert statuses(stated + r"$x = A^{+} b$")[-1] == "ok"
    assert statuses(stated + r"$b = A^{+} x$")[-1] == "SC201"


FORWARD_CELL = """
import numpy as np
def dense_forward(x, w, b):
    y = x.reshape(len(x), -1) @ w + b
    cache = (x, w)
    return y, cache
"""
BACKWARD_CELL = """
def dense_backward(dy, cache):
    x, w = cache
    dw = x.reshape(len(dy), -1).T @ dy
    dx = (dy @ w.T).reshape(x.shape)
    return dx, dw
"""
LAYER_CELL = """
import numpy as np
def layer(x, w, b):
    return x @ w + b
"""
LAYERS_CELL = """
def train(X, W1, b1, W2, b2, T):
    H = np.tanh(layer(X, W1, b1))
    Y = layer(H, W2, b2)
    dY = Y - T
    dW2 = H.T @ dY
    dH = dY @ W2.T * (1 - H ** 2)
    dW1 = X.T @ dH
    return dW1, dW2
"""


def codes_of_cells(*cells: str) -> list[str]:
    """The codes of what is found in the cells of a program."""
    text = notebook(*(("code", cell) for cell in cells))
    return [found.code for report in check_cells(Source(text, "n.ipynb"), Settings()) for found in report.diagnostics]


def test_a_program_is_one_over_all_cells() -> None:
    assert codes_of_cells(FORWARD_CELL, BACKWARD_CELL) == []
    assert codes_of_cells(FORWARD_CELL, BACKWARD_CELL.replace("dy @ w.T", "dy @ w")) == ["SC201"]
    assert codes_of_cells(FORWARD_CELL, "def", BACKWARD_CELL.replace("dy @ w.T", "dy @ w")) == ["SC201"]


def test_calls_of_a_function_of_another_cell_hand_it_arrays_of_several_sizes() -> None:
    assert codes_of_cells(LAYER_CELL, LAYERS_CELL) == []
    assert codes_of_cells(LAYER_CELL, LAYERS_CELL.replace("H.T @ dY", "H @ dY")) == ["SC201"]


def test_a_plain_letter_among_bold_ones_is_a_number() -> None:
    text = r"""
$$\mathbf{y} = C \mathbf{h} + \mathbf{b}, \quad \mathbf{h} = A \mathbf{x}, \quad \mathbf{r} = \mathbf{y} - \mathbf{t}$$

$$\frac{\partial L}{\partial C} = g_j \mathbf{r} \mathbf{h}^T,\; \frac{\partial L}{\partial A} = g_j BACK \mathbf{x}^T$$
"""
    assert statuses(text.replace("BACK", r"C^T \mathbf{r}"))[3:] == ["ok", "ok"]
    assert statuses(text.replace("BACK", r"C \mathbf{r}"))[3:] == ["ok", "error", "SC201"]
