"""The index form says what the formula says: its entries are those that numpy computes."""

from __future__ import annotations

import numpy as np
import pytest

from shapecheck.check import statements
from shapecheck.evaluate import draw, evaluate, length
from shapecheck.explain import NoIndices, explain
from shapecheck.explain.indices import in_indices
from shapecheck.settings import Settings
from shapecheck.shapes.dims import Dim, prune
from shapecheck.syntax.nodes import Name, walk
from shapecheck.text import Source

from .interpreter import Interpreter

EXAMPLES = {
    "dZ1 = W2.T dZ2 * g1'(Z1)": "dZ1[i,j] = Σ_k W2[k,i] dZ2[k,j] g1'(Z1[i,j])",
    "dW1 = 1/m dZ1 X.T": "dW1[i,j] = 1/m Σ_k dZ1[i,k] X[j,k]",
    "db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)": "db1[i] = 1/m Σ_j dZ1[i,j]",
    "Z1 = W1 X + b1": "Z1[i,j] = Σ_k W1[i,k] X[k,j] + b1[i]",
    "dZ2 = A2 - Y": "dZ2[i,j] = A2[i,j] - Y[i,j]",
    "W3 W2 W1 X": "(W3 W2 W1 X)[i,j] = Σ_k Σ_p Σ_q W3[i,k] W2[k,p] W1[p,q] X[q,j]",
    "W3 (W2 W1)": "(W3 (W2 W1))[i,j] = Σ_k Σ_p W3[i,k] W2[k,p] W1[p,j]",
    "(W2 A1 + b2).T": "((W2 A1 + b2).T)[i,j] = Σ_k W2[j,k] A1[k,i] + b2[j]",
    "dA2 = -(Y/A2) + (1-Y)/(1-A2)": "dA2[i,j] = -Y[i,j]/A2[i,j] + (1 - Y[i,j]) / (1 - A2[i,j])",
    "dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))": "dZ1[i,j] = Σ_k W2[k,i] dZ2[k,j] (1 - A1[i,j]^2)",
    "dZ1 * (Z1 > 0)": "(dZ1 * (Z1 > 0))[i,j] = dZ1[i,j] (Z1[i,j] > 0)",
    "W1 - lr * dW1": "(W1 - lr * dW1)[i,j] = W1[i,j] - lr dW1[i,j]",
    "dW2 = dZ2 A1.T / m": "dW2[i,j] = Σ_k dZ2[i,k] A1[j,k] / m",
    "dW2 = 1/m dZ2 A1.T + lam/m W2": "dW2[i,j] = 1/m Σ_k dZ2[i,k] A1[j,k] + lam/m W2[i,j]",
    "tr(W1.T W1)": "tr(W1.T W1) = Σ_i Σ_j W1[j,i] W1[j,i]",
    "0.5 norm(W1)^2": "0.5 norm(W1)^2 = 0.5 sqrt(Σ_i Σ_j W1[i,j]^2)^2",
    "mean(Z1, axis=1)": "mean(Z1, axis=1)[i] = 1/m Σ_j Z1[i,j]",
    "mean(Z1)": "mean(Z1) = 1/(n1 m) Σ_i Σ_j Z1[i,j]",
    "Z1 - max(Z1, axis=0)": "(Z1 - max(Z1, axis=0))[i,j] = Z1[i,j] - max_k(Z1[k,j])",
    "Z1 - Z1.mean(axis=1, keepdims=True)": "(Z1 - Z1.mean(axis=1, keepdims=True))[i,j] = Z1[i,j] - 1/m Σ_k Z1[i,k]",
    "softmax(Z2, axis=0)": "softmax(Z2, axis=0)[i,j] = exp(Z2[i,j]) / (Σ_k exp(Z2[k,j]))",
    "sum(Z1, axis=0) / sum(Z1)": "(sum(Z1, axis=0) / sum(Z1))[i] = Σ_j Z1[j,i] / (Σ_k Σ_p Z1[k,p])",
    "np.einsum('ij,kj->ik', dZ1, X)": "np.einsum('ij,kj->ik', dZ1, X)[i,j] = Σ_k dZ1[i,k] X[j,k]",
    "np.outer(b1, b2)": "np.outer(b1, b2)[i,j] = b1[i] b2[j]",
    "b1.T (W1 X)": "(b1.T (W1 X))[i] = Σ_j Σ_k b1[j] W1[j,k] X[k,i]",
    "(b1.T b1) b2": "((b1.T b1) b2)[i] = Σ_j b1[j] b1[j] b2[i]",
    "exp(-Z1) / (1 + exp(-Z1))^2": "(exp(-Z1) / (1 + exp(-Z1))^2)[i,j] = exp(-Z1[i,j]) / ((1 + exp(-Z1[i,j]))^2)",
    "np.maximum(Z1, 0)": "np.maximum(Z1, 0)[i,j] = maximum(Z1[i,j], 0)",
    "g(W1 X + b1) * (Z1 + Z1)": "(g(W1 X + b1) * (Z1 + Z1))[i,j] = g(Σ_k W1[i,k] X[k,j] + b1[i]) (Z1[i,j] + Z1[i,j])",
    "sum((W1 X)^2, axis=1)": "sum((W1 X)^2, axis=1)[i] = Σ_j (Σ_k W1[i,k] X[k,j])^2",
    "(A1 - dZ1) * 2 - (Z1 - dZ1)": "((A1 - dZ1) * 2 - (Z1 - dZ1))[i,j] = (A1[i,j] - dZ1[i,j]) 2 - (Z1[i,j] - dZ1[i,j])",
}


@pytest.mark.parametrize(("formula", "expected"), EXAMPLES.items(), ids=EXAMPLES.keys())
def test_the_form(formula: str, expected: str) -> None:
    assert [each.indices().text for each in explain(Source(formula))] == [expected]


@pytest.mark.parametrize("formula", [*EXAMPLES, "A1[:, 1:]", "A1[0, :] A1.T", "np.squeeze(b1)", "A1.T[2:, :] dZ1"])
def test_its_entries_are_those_of_numpy(formula: str) -> None:
    source = Source(formula)
    ((_, checked),) = statements(source, Settings())
    names = {node.text: node for member in checked.equation.members for node in walk(member) if isinstance(node, Name)}
    shapes = {text: tuple(map(prune, checked.shapes[id(node)] or ())) for text, node in names.items()}
    arrays, sizes = draw({text: shape for text, shape in shapes.items() if text != "m"})
    arrays = {text: np.abs(array) + 0.1 for text, array in arrays.items()}
    form = in_indices(checked, source)
    lengths = {letter: size_of(text, sizes) for letter, text in form.ranges}
    expected = evaluate(checked.equation.members[-1], arrays, sizes, checked.readings)
    found = Interpreter(form.text, arrays | {name: np.asarray(value) for name, value in sizes.items()}, lengths).value()
    assert np.squeeze(found) == pytest.approx(np.squeeze(expected))


def size_of(text: str, sizes: dict[str, int]) -> int:
    """The number that a range's end is: `n1`, `m - 1`, `3`."""
    from shapecheck.notations._dims import parse_shape

    shape = parse_shape(f"({text},)", 0)
    assert isinstance(shape, tuple)
    assert isinstance(shape[0], Dim)
    return length(shape[0], sizes)


def test_the_letters_are_explained() -> None:
    (explanation,) = explain(Source("Z1 = W1 X + b1"))
    form = explanation.indices()
    assert form.legend == "i = 1..n1, j = 1..m, k = 1..n0"
    assert form.drops_ones


def test_letters_of_the_formula_are_not_taken() -> None:
    (explanation,) = explain(Source("i: scalar\nk: 3 x 4\ni k"))
    assert explanation.indices().text == "(i k)[j,p] = i k[j,p]"


def test_layers_and_derivatives() -> None:
    (layer,) = explain(Source("dW[l] = 1/m dZ[l] A[l-1].T"))
    assert layer.indices().text == "dW[l][i,j] = 1/m Σ_k dZ[l][i,k] A[l-1][j,k]"
    (gradient,) = explain(Source("∂L/∂W1 = ∂L/∂Z1 X.T"))
    assert gradient.indices().text == "∂L/∂W1[i,j] = Σ_k ∂L/∂Z1[i,k] X[j,k]"
    (tensor,) = explain(Source("∂Z1/∂W1"))
    assert tensor.indices().text == "(∂Z1/∂W1)[i,j,k,p] = ∂Z1[i,j]/∂W1[k,p]"


def test_what_has_no_rule_stands_as_it_is_written() -> None:
    (explanation,) = explain(Source("inv(W1.T W1) X"))
    assert explanation.indices().text == "(inv(W1.T W1) X)[i,j] = Σ_k inv(W1.T W1)[i,k] X[k,j]"


@pytest.mark.parametrize("formula", ["dZ1 = dZ2 W2.T", "q = f(u) W1"])
def test_there_is_none_of_what_is_wrong_or_unknown(formula: str) -> None:
    (explanation,) = explain(Source(formula))
    with pytest.raises(NoIndices):
        explanation.indices()
