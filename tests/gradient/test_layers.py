"""Layers that are letters: the formulas stand for a network of three layers."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.gradient import Graph, gradients, graphs
from shapecheck.text import Source

GENERAL = """
Z[l] = W[l] A[l-1] + b[l]
A[l] = g[l](Z[l])
A[L] = σ(Z[L])
J = -1/m sum(Y * log(A[L]) + (1 - Y) * log(1 - A[L]))
dZ[L] = A[L] - Y
dZ[l] = W[l+1].T dZ[l+1] * g[l]'(Z[l])
dW[l] = 1/m dZ[l] A[l-1].T
"""
BESIDE = """
Z[l] = W[l] A[l-1] + b[l]
A[l] = g[l](Z[l])
dZ[l] = W[l+1].T dZ[l+1] * g[l]'(Z[l])
Z1 = W1 X + b1
A1 = tanh(Z1)
dW1 = 1/m dZ1 X.T
"""
OF = [("Z[2]", "dZ[l]"), ("A[2]", "dA[l]"), ("W[3]", "dW[l+1]"), ("b[1]", "db[l-1]")]


def graphs_of(text: str) -> list[Graph]:
    return graphs(Source(text, "layers.formulas"))


def test_a_general_layer_is_three() -> None:
    (graph,) = graphs_of(GENERAL)
    assert [step.name.key for step in graph.steps] == ["Z[1]", "A[1]", "Z[2]", "A[2]", "Z[3]", "A[3]", "J"]
    assert graph.layer == 2
    shapes = {key: [dim.text for dim in graph.shapes[key] or ()] for key in ("W[1]", "W[3]", "Y")}  # type: ignore[union-attr]
    assert shapes == {"W[1]": ["n1", "n0"], "W[3]": ["n3", "n2"], "Y": ["n3", "m"]}


def test_claims_are_of_the_second_layer_and_of_the_last() -> None:
    (graph,) = graphs_of(GENERAL)
    assert [(claim.of, claim.name.text) for claim in graph.claims] == [
        ("Z[3]", "dZ[L]"),
        ("Z[2]", "dZ[l]"),
        ("W[2]", "dW[l]"),
    ]


@pytest.mark.parametrize(
    ("of", "text"), [("Z[2]", "dZ[l]"), ("A[2]", "dA[l]"), ("W[3]", "dW[l+1]"), ("b[1]", "db[l-1]")]
)
def test_gradients_are_spelled_as_from_layer_l(of: str, text: str) -> None:
    (graph,) = graphs_of(GENERAL)
    assert {gradient.of: gradient.name.text for gradient in gradients(graph)}[of] == text


def test_numbered_layers_beside_them_are_a_network_of_their_own() -> None:
    numbered, general = graphs_of(BESIDE)
    assert [step.name.key for step in numbered.steps] == ["Z[1]", "A[1]"]
    assert [claim.of for claim in numbered.claims] == ["W[1]"]
    assert [claim.of for claim in general.claims] == ["Z[2]"]


RECURRENT = """
@unroll 3
x[t]: k x m
h[t]: n x m
W: n x n
U: n x k
V: j x n
h[t] = tanh(W h[t-1] + U x[t])
y[t] = V h[t]
J = Σ_t sum(y[t] * y[t])
dV = Σ_t dy[t] h[t].T
dh[t] = V.T dy[t] + W.T (dh[t+1] * (1 - h[t+1] * h[t+1]))
"""


def test_times_are_variables_of_their_own() -> None:
    (graph,) = graphs_of(RECURRENT.replace("@unroll 3\n", ""))
    assert graph.inputs[:4] == ("W", "h<t-1>", "U", "x<t>")


def test_unrolled_each_time_is_a_step() -> None:
    (graph,) = graphs_of(RECURRENT)
    assert [step.name.key for step in graph.steps] == ["h<1>", "y<1>", "h<2>", "y<2>", "h<3>", "y<3>", "J"]
    assert [(claim.of, claim.name.text) for claim in graph.claims] == [("V", "dV"), ("h<2>", "dh[t]")]


def test_what_every_time_uses_adds_up() -> None:
    (graph,) = graphs_of(RECURRENT)
    weights = next(gradient for gradient in gradients(graph) if gradient.of == "V")
    assert len(weights.value.args) == 3  # type: ignore[union-attr]


@pytest.mark.parametrize("count", ["", "many", "0", "100"])
def test_a_number_of_steps_that_is_none_is_found(count: str) -> None:
    report = check(Source(f"@unroll {count}\nZ1 = W1 X", "times.formulas"))
    assert [each.code for each in report.diagnostics] == ["SC113"]
