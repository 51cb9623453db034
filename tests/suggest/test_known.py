"""Where the forward pass is written, the gradient that it gives is the first fix of one that does not fit."""

from __future__ import annotations

import subprocess
import sys

from shapecheck.diagnostic import Diagnostic
from shapecheck.suggest._fixes import DOUBT

from .fixes import findings

FORWARD = """\
X: p x m
W1: q x p
b1: q x 1
W2: r x q
Y: r x m
Z1 = W1 X + b1
A1 = tanh(Z1)
Z2 = W2 A1
J = 1/(2m) sum((Z2 - Y)^2)
dZ2 = Z2 - Y
"""
DOCUMENT = r"""
Let $X \in \mathbb{R}^{p \times m}$, $U \in \mathbb{R}^{q \times p}$, $V \in \mathbb{R}^{r \times q}$ and
$Y \in \mathbb{R}^{r \times m}$.

$$H = \tanh(U X)$$
$$P = V H$$
$$L = \frac{1}{2} \|P - Y\|_F^2$$
$$\frac{\partial L}{\partial P} = P - Y$$
$$\frac{\partial L}{\partial H} = V \frac{\partial L}{\partial P}$$
"""


def _only(text: str, path: str = "x.formulas") -> Diagnostic:
    (found,) = (each for each in findings(text, path) if each.severity == "error")
    return found


def _formulas(found: Diagnostic) -> list[str]:
    return [fix.formula for fix in found.fixes]


def test_the_gradient_stands_before_what_only_fits() -> None:
    lines = "dW2 = 1/m dZ2 A1.T\ndZ1 = W2.T dZ2 * (1 - A1^2)\ndb1 = 1/m sum(dZ2, axis=1, keepdims=True) W2.T\n"
    found = _only(FORWARD + lines)
    assert _formulas(found) == [
        "db1 = 1/m sum(dZ1, axis=1, keepdims=True)",
        "db1 = 1/m W2.T sum(dZ2, axis=1, keepdims=True)",
    ]
    assert found.fixes[0].title == "the gradient of b1 in this forward pass"
    assert found.notes[-1] == "the first of these is the gradient of b1 in this forward pass"
    assert DOUBT not in found.notes


def test_gradients_of_the_sum_stay_such() -> None:
    found = _only(FORWARD + "dW2 = dZ2 A1.T\ndb1 = sum(dZ2, axis=1, keepdims=True) W2.T\ndZ1 = W2.T dZ2 * (1 - A1^2)\n")
    assert _formulas(found)[0] == "db1 = sum(dZ1, axis=1, keepdims=True)"


def test_a_fix_that_is_the_gradient_stays_alone() -> None:
    found = _only(FORWARD + "dW2 = 1/m dZ2 A1\n")
    assert _formulas(found) == ["dW2 = 1/m dZ2 A1.T"]
    assert found.fixes[0].safe


def test_a_mean_is_missing_where_other_gradients_have_it() -> None:
    found = _only(FORWARD + "dW2 = 1/m dZ2 A1.T\ndZ1 = W2.T dZ2 * (1 - A1^2)\ndW1 = X dZ1\n")
    assert _formulas(found) == ["dW1 = 1/m dZ1 X.T", "dW1 = dZ1 X.T"]
    assert not any(fix.safe for fix in found.fixes)


def test_a_gradient_of_a_document() -> None:
    found = _only(DOCUMENT, "x.md")
    assert _formulas(found)[0] == r"\frac{\partial L}{\partial H} = V^T \frac{\partial L}{\partial P}"


def test_a_factor_that_is_computed_apart_is_the_authors_own() -> None:
    found = _only("G: q x m\n" + FORWARD + "dZ1 = dZ2 W2.T * G\n")
    assert _formulas(found) == ["dZ1 = W2.T dZ2 * G"]


def test_a_wrong_forward_pass_gives_no_gradient() -> None:
    wrong = FORWARD.replace("Z2 = W2 A1", "Z2 = A1 W2")
    found = findings(wrong + "db1 = sum(dZ2, axis=1, keepdims=True) W2.T\n", "x.formulas")
    assert not any("forward pass" in fix.title for each in found for fix in each.fixes)


def test_a_derivative_by_name_stays_such() -> None:
    assert _formulas(_only(FORWARD + "dZ1 = dZ2 W2.T * g'(Z1)\n")) == ["dZ1 = W2.T dZ2 * g'(Z1)"]


def test_another_name_of_a_gradient_is_as_good() -> None:
    text = "X: m x p\nw: p x 1\ny: m x 1\nr = X w - y\nJ = 1/2 r.T r\ndr = r\ndw = X r\n"
    assert _formulas(_only(text)) == ["dw = X.T r"]


def test_nothing_changes_without_a_forward_pass() -> None:
    found = _only("D: q x m\nX: p x m\nW: q x p\ndW = X D\n")
    assert _formulas(found) == ["dW = D X.T"]


def test_nothing_is_imported_that_a_check_does_without() -> None:
    text = FORWARD + "db1 = 1/m sum(dZ2, axis=1, keepdims=True) W2.T\n"
    code = (
        "import sys; from shapecheck.check import check; from shapecheck.text import Source; "
        f"check(Source({text!r}, 'x.formulas')); print('numpy' in sys.modules, 'sympy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False False\n"
