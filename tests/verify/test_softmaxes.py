"""Along which axis a softmax goes that does not say it: as its result is used, else as the examples lie."""

from __future__ import annotations

import pytest

from .test_derivatives import last, verified

ATTENTION = ("Q: n x c", "K: m x c", "V: m x d")
ROWS = "dS = P * (dP - sum(P * dP, axis=1, keepdims=True))"
COLUMNS = "dS = P * (dP - sum(P * dP, axis=0, keepdims=True))"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("S = Q Kᵀ / √c", "P = softmax(S)", "O = P V"), ROWS),
        (("S = K Qᵀ", "P = softmax(S)", "O = Pᵀ V"), COLUMNS),
        (("S = K Qᵀ", "P = softmax(S)", "O = Vᵀ P"), COLUMNS),
        (("S = Q Kᵀ", "P = softmax(S)", "O = Vᵀ Pᵀ"), ROWS),
        (("S = Q Kᵀ", "P = softmax(S)", "D = P ⊙ M", "O = 1/2 D V"), "dS = P * (M * dD - sum(P * M * dD, axis=1))"),
    ],
)
def test_it_goes_along_the_axis_that_meets_the_other_factor(lines: tuple[str, ...], line: str) -> None:
    line = line.replace("axis=1))", "axis=1, keepdims=True))")
    assert last(verified(*lines, line, shapes=(*ATTENTION, "M: n x m")))[0] == "right"
    other = line.replace("axis=1", "axis=2").replace("axis=0", "axis=1").replace("axis=2", "axis=0")
    assert last(verified(*lines, other, shapes=(*ATTENTION, "M: n x m")))[0] == "wrong"


def test_the_same_softmax_in_a_gradient_goes_along_the_same_axis() -> None:
    lines = ("O = softmax(Q Kᵀ / √c) V", "dV = softmax(Q Kᵀ / √c)ᵀ dO")
    assert last(verified(*lines, shapes=("Q, K: n x c", "V: n x d")))[0] == "right"


@pytest.mark.parametrize("mean", ["", "1/m "])
@pytest.mark.parametrize(
    ("shapes", "scores", "gradient"),
    [
        (("X: m x d", "W: d x k", "Y: m x k"), "X W", "Xᵀ (P - Y)"),
        (("X: d x m", "W: k x d", "Y: k x m"), "W X", "(P - Y) Xᵀ"),
    ],
)
def test_beside_labels_it_goes_along_the_classes(
    shapes: tuple[str, ...], scores: str, gradient: str, mean: str
) -> None:
    lines = (f"P = softmax({scores})", f"J = -{mean}sum(Y * log(P))")
    assert last(verified(*lines, f"∂J/∂W = {mean}{gradient}", shapes=shapes))[0] == "right"
    assert last(verified(*lines, f"∂J/∂W = {mean}{gradient.replace('P - Y', 'P + Y')}", shapes=shapes))[0] == "wrong"


@pytest.mark.parametrize("line", [ROWS, COLUMNS])
def test_where_nothing_tells_its_author_may_mean_either(line: str) -> None:
    assert last(verified("P = softmax(S)", line, shapes=("S: a x c",)))[0] == "right"
    assert last(verified("P = softmax(S)", line.replace("P *", "S *", 1), shapes=("S: a x c",)))[0] == "wrong"
