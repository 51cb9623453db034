"""One symbol for all spellings of a name, and what its indices mean."""

from __future__ import annotations

import pytest

from shapecheck.notations._names import decompose
from shapecheck.notations.plain import notation as plain
from shapecheck.survey import names_of_trees, survey
from shapecheck.symbols import Reading, Symbol
from shapecheck.syntax.nodes import Equation
from shapecheck.text import Piece, Window


def read(text: str, *others: str) -> Symbol:
    """The symbol of a name in a file that holds other texts too."""
    programs = (plain.parse(Window((Piece(each, 0),))) for each in (text, *others))
    equations = [each for program in programs for each in program.statements if type(each) is Equation]
    return survey(names_of_trees(equations)).reading.symbol(*decompose(text))


@pytest.mark.parametrize("text", ["W2", "W_2", "W_{2}", "W[2]", "W^{[2]}", "W^{(2)}", "W^[2]", "W₂"])
def test_spellings_of_one_symbol(text: str) -> None:
    assert read(text).key == "W[2]"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("W[l-1+1]", "W[l]"),
        ("W[l+1]", "W[l+1]"),
        ("W_f", "W_f"),
        ("A_prev", "A_prev"),
        ("n_x", "n_x"),
        ("a⟨t-1⟩", "a"),
        ("s_{t-1}", "s"),
        ("x^{(i)}", "x(i)"),
        ("a^{[1](i)}", "a[1](i)"),
        ('grads["W1"]', 'grads["W1"]'),
        ("self.W", "self.W"),
    ],
)
def test_what_indices_mean(text: str, key: str) -> None:
    assert read(text).key == key


def test_a_letter_is_a_layer_where_the_file_adds_a_number_to_it() -> None:
    assert read("f_k").key == "f_k"
    assert read("f_k", "f_{k-1}").key == "f[k]"


@pytest.mark.parametrize("text", ["w_{pq}", "x_{ik}"])
def test_two_index_letters_make_a_component(text: str) -> None:
    assert read(text).component


def test_the_last_layer_is_the_highest_that_is_numbered() -> None:
    assert read("A[L]", "Z3 = W3 A2").key == "A[3]"
    assert read("A[L]", "Z[l] = W[l] A[l-1]").key == "A[L]"


@pytest.mark.parametrize(
    ("text", "of"),
    [
        *[("dW1", "W"), ("d_X", "X"), ("X_grad", "X"), ("grad_X", "X"), ("δ[2]", "Z"), ("delta2", "Z")],
        *[("dL_dW", "W"), ("dLdW", "W"), ("dJ_dtheta", "theta"), ("d_loss_d_W", "W"), ("dloss_wrt_b", "b")],
        *[("grad_loss_wrt_b", "b"), ("grad_wrt_b", "b"), ("gradW", "W"), ("gW", "W"), ("gb", "b"), ("W_gradient", "W")],
        *[("nabla_w", "w"), ("ΔW", "W"), ("delta_W", "W"), ("W_delta", "W"), ("self.dW", "self.W"), ("W.grad", "W")],
        *[('grads["dW"]', 'grads["W"]'), ('grads["W"]', 'grads["W"]'), ('params["W"]', "")],
        *[("dot", ""), ("W", ""), ("d", ""), ("grad", ""), ("gamma", ""), ("gx", ""), ("diag", ""), ("delta_t", "Z")],
    ],
)
def test_what_a_name_is_spelled_as_the_gradient_of(text: str, of: str) -> None:
    assert read(text).of == of


@pytest.mark.parametrize(
    "text", ["dW1", "dL_dW1", "dLdW1", "grad_W1", "gW1", "W1_grad", "ΔW1", "W1_delta", "weights_1_grad"]
)
def test_the_layer_of_a_gradient_is_that_of_its_variable(text: str) -> None:
    assert read(text).gradient_of().key in ("W[1]", "weights[1]")


@pytest.mark.parametrize(
    ("text", "is_change"), [("ΔW", True), ("delta_W", True), ("W_delta", True), ("δ", False), ("dW", False)]
)
def test_a_change_is_the_gradient_up_to_a_factor(text: str, is_change: bool) -> None:
    assert read(text).is_change is is_change


@pytest.mark.parametrize(
    ("text", "other"), [("delta_o", "δ_o"), ("Theta1", "Θ1"), ("dtheta", "dθ"), ("lambda", "λ"), ("beta[l]", "β[l]")]
)
def test_a_greek_letter_and_its_name_are_one_symbol(text: str, other: str) -> None:
    assert read(text).key == read(other).key


def test_a_number_that_python_refuses_is_no_layer() -> None:
    assert Reading().symbol(*decompose("W" + "1" * 5000)).layer is None
