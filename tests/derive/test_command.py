"""`shapecheck derive`: what it prints, in which notation, and what it says where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shapecheck.cli import main

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "formulas" / "two_layers.formulas"
SHAPES = ("-s", "W: n x k", "-s", "A: k x m", "-s", "Y: n x m")
Derive = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def derive(capsys: pytest.CaptureFixture[str]) -> Derive:
    def run(*words: str) -> tuple[int, list[str], str]:
        status = main(["derive", *words])
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err

    return run


def test_the_course_and_its_six_formulas(derive: Derive) -> None:
    assert derive(str(COURSE)) == (
        0,
        [
            "dZ[2] = A[2] - Y",
            "dW[2] = 1/m dZ[2] A[1]T",
            "db[2] = 1/m np.sum(dZ[2], axis=1, keepdims=True)",
            "dZ[1] = W[2]T dZ[2] * g[1]'(Z[1])",
            "dW[1] = 1/m dZ[1] X.T",
            "db[1] = 1/m np.sum(dZ[1], axis=1, keepdims=True)",
        ],
        "",
    )


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("plain", "dZ[1] = W[2]T dZ[2] * g[1]'(Z[1])"),
        ("latex", "dZ^{[1]} = W^{[2]T} dZ^{[2]} \\odot g^{[1]}'(Z^{[1]})"),
        ("python", "dZ1 = W2.T @ dZ2 * g1_prime(Z1)"),
        ("matlab", "dZ1 = W2' * dZ2 .* g1'(Z1);"),
        ("sympy", "Eq(dW1, 1/m*dZ1*X.T)"),
    ],
)
def test_each_form(derive: Derive, form: str, line: str) -> None:
    status, lines, _ = derive("--as", form, str(COURSE))
    assert status == 0
    assert line in lines, lines


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("f = (1ᵀ x)^2", "dx = 2 𝟙 𝟙ᵀ x"),
        ("f = (x^T 1)^2", "dx = 2 𝟙 𝟙^T x"),
        ("f = (1_n^T x)^2", "dx = 2 1_n 1_n^T x"),
        (r"f = (\mathbf{1}^\top x)^2", r"dx = 2 \mathbf{1} \mathbf{1}^\top x"),
        ("f = (ones(n, 1)^T x)^2", "dx = 2 ones((n, 1)) ones((n, 1))^T x"),
    ],
)
def test_vectors_of_ones_as_their_author_writes_them(derive: Derive, formula: str, line: str) -> None:
    assert derive("-s", "x: n x 1", formula)[1] == [line]


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("f = 1 / (xᵀ x)", "dx = -2 x f^2"),
        ("f = -log(1 / (xᵀ x))", "dx = 2 x (1 / (xᵀ x))"),
        ("f = sqrt(x.T x)", "dx = x (1 / f)"),
    ],
)
def test_a_number_is_not_transposed(derive: Derive, formula: str, line: str) -> None:
    assert derive("-s", "x: n x 1", formula)[1] == [line]


def test_formulas_one_by_one_and_the_names_asked_for(derive: Derive) -> None:
    formulas = ("Z = W A", "J = 1/2 sum((Z - Y)^2)")
    assert derive(*SHAPES, *formulas)[1] == ["dZ = Z - Y", "dW = dZ A.T", "dA = W.T dZ"]
    assert derive(*SHAPES, "--wrt", "A", *formulas)[1] == ["dZ = Z - Y", "dA = W.T dZ"]


def test_without_a_loss_what_comes_back_is_given(derive: Derive) -> None:
    status, lines, err = derive(*SHAPES, "Z", "=", "W", "A")
    assert (status, lines) == (0, ["dW = dZ A.T", "dA = W.T dZ"])
    assert err == "note: there is no loss; the upstream gradient dZ is given\n"


@pytest.mark.parametrize(
    ("forward", "backward"),
    [
        (("z_l = W_l a_{l-1} + b_l", "a_l = g(z_l)"), "dz_l = W_{l+1}.T dz_{l+1} * g'(z_l)"),
        (("z^l = W^l a^{l-1} + b^l", "a^l = \\tanh(z^l)"), "dz^l = {W^{l+1}}^T dz^{l+1} \\odot (1 - {a^l}^2)"),
    ],
)
def test_layers_are_spelled_as_their_author_does(derive: Derive, forward: tuple[str, ...], backward: str) -> None:
    assert derive(*forward)[1][0] == backward


def test_undeclared_names_are_matrices_that_fit(derive: Derive) -> None:
    status, lines, err = derive("Z = W A")
    assert (status, lines) == (0, ["dW = dZ A.T", "dA = W.T dZ"])
    assert "note: no shapes are stated; assuming W: n x k, A: k x m\n" in err
    assert derive("Z = W A", "J = 1/2 sum((Z - Y)^2)")[1] == ["dZ = Z - Y", "dW = dZ A.T", "dA = W.T dZ"]
    assert derive("C = A B.T", "E = 1/2 sum((C - D)^2)", "--wrt", "B")[1] == ["dC = C - D", "dB = dC.T A"]


def test_a_convention_knows_the_shapes_where_gradients_are_asked_for(derive: Derive) -> None:
    loss = "J = -1/m sum(Y * log(A) + (1 - Y) * log(1 - A))"
    status, lines, err = derive("Z = w.T X + b", "A = sigmoid(Z)", loss)
    assert (status, err) == (0, "")
    assert lines == ["dZ = A - Y", "dw = 1/m X dZ.T", "db = 1/m np.sum(dZ)", "dX = 1/m w dZ"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "give a file, or the formulas of a forward pass, as in: shapecheck derive"),
        (("Z = foo(P) Q",), "cannot derive the gradient of Z = foo(P) Q: `foo` is not understood"),
        (("-s", "P: n x k", "Z = P Q"), 'the shape of Q is not known; declare it, as in -s "Q: n x m"'),
        (("dW1 = dZ1 X.T",), "there is no forward pass to derive gradients from; write one, as in: shapecheck derive"),
        (("--wrt", "Q", *SHAPES, "Z = W A"), "the forward pass has no variable Q"),
        (("-s", "T: a x b x c", "--as", "sympy", "J = sum(T^2)"), "these gradients have no sympy form: dT has 3 axes"),
        (("-s", "X: n x m", "J = sum(round(X) * foo(X))"), "`foo` is not understood"),
        (("-s", "X: n x m", "Z = X q", "J = sum(Z)"), "the shape of q is not known; declare it, as in -s"),
    ],
)
def test_what_is_missing_is_said(derive: Derive, words: tuple[str, ...], said: str) -> None:
    status, lines, err = derive(*words)
    assert (status, lines) == (2, [])
    assert said in err


def test_a_wrong_formula_is_said_and_the_rest_derived(derive: Derive) -> None:
    status, lines, err = derive(*SHAPES, "Z = W A", "U = A W", "J = 1/2 sum(Z^2)")
    assert status == 1
    assert lines[-1] == "dA = W.T dZ"
    assert "SC201" in err


def test_what_is_not_understood_is_said(derive: Derive) -> None:
    status, lines, err = derive(*SHAPES, "Z = W A", "U = q Z", "J = 1/2 sum(Z^2)")
    assert status == 0
    assert lines[-1] == "dA = W.T dZ"
    assert "note: not understood: U = q Z" in err
