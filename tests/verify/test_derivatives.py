"""Every formula for a derivative is judged right, wrong, or not verified with the reason."""

from __future__ import annotations

import pytest

from shapecheck.diagnostic import Report
from shapecheck.formats._format import summary_line
from shapecheck.settings import Settings
from shapecheck.text import Source
from shapecheck.verification import verify

VECTORS = ("x, y, z: n", "A: n x n")


def verified(*lines: str, path: str = "<formula>", shapes: tuple[str, ...] = VECTORS) -> Report:
    return verify(Source("\n".join(lines), path), Settings(shapes=shapes, gradients=True))[0]


def last(report: Report) -> tuple[str, str]:
    """The verdict on the last formula, and why it has none."""
    formula = report.formulas[-1]
    return formula.verdict, formula.why


RIGHT = [
    ("f = xᵀ A x", "∂f/∂x = (A + Aᵀ) x"),
    ("f(x) = xᵀ A x", "∂f/∂x = A x + Aᵀ x"),
    ("f(x) = xᵀ A x", "f'(x) = A x + Aᵀ x"),
    ("f = xᵀ A x", "dx = (A + Aᵀ) x"),
    (r"\mathcal{L} = \|x - y\|^2", r"\frac{\partial \mathcal{L}}{\partial x} = 2 (x - y)"),
    ("MSE = 1/n sum((x - y) * (x - y))", "∂MSE/∂x = 2/n (x - y)"),
    (r"\frac{\partial (x^T A x)}{\partial x} = (A + A^T) x",),
    ("p = softmax(z)", "∂p/∂z = diag(p) - p pᵀ"),
    (r"\frac{\partial \operatorname{tr}(\mathbf{AA})}{\partial \mathbf{A}} = 2 \mathbf{A}^T",),
    ("∂‖x − y‖/∂x = (x − y)/‖x − y‖",),
    ("d||x - y||^2/dx = 2 (x - y)",),
    ("∂⟨x - y, z⟩/∂x = z",),
    ("∂ log|A + A^T|/∂A = 2 (A + A^T)^-1",),
    (r"\partial \|x - y\| / \partial x = (x - y)/\|x - y\|",),
    (r"\partial x^T A x / \partial x = (A + A^T) x",),
    ("y = A x", "∂y/∂x = A"),
    ("y = A x", "∂y/∂x = Aᵀ"),
    (r"\frac{\partial (A x)}{\partial x} = A",),
    ("s = sigmoid(z)", "ds/dz = s * (1 - s)"),
    ("s = 1 / (1 + exp(-z))", "ds/dz = s * (1 - s)"),
    ("s = 1 / (1 + exp(-z))", "ds/dz = diag(s * (1 - s))"),
    ("s = x * y", "∂s/∂x = y"),
    ("a = sigmoid(z)", "σ'(z) = a * (1 - a)"),
    ("σ'(z) = σ(z) * (1 - σ(z))",),
    ("g(z) = tanh(z)", "a = g(z)", "g'(z) = 1 - a * a"),
    ("h = z / norm(z)", "∂h/∂z = (I - h hᵀ) / norm(z)"),
    ("a = tanh(A x)", "∂a/∂x = diag(1 - a * a) A"),
    ("f(x) = Σ_i Σ_j x_i A_ij x_j", "∂f/∂x = (A + Aᵀ) x"),
    ("L = ‖A x‖²", "∇L = 2 Aᵀ A x"),
    ("L = ‖A x‖²", "grad L = 2 Aᵀ A x"),
    (r"L = \|A x\|^2", r"\nabla L = 2 A^\top A x"),
    ("f(x) = ‖A x - y‖²", "∇f = 2 Aᵀ (A x - y)"),
    ("f = ‖A x - y‖²", "∇f = 2 Aᵀ (A x - y)"),
    ("f = ‖A x - y‖²", "∇f = 2 (y - A x)"),
    ("r = A x - y", "f = rᵀ r", "∇f = 2 r"),
    ("s = xᵀ y", "L = s²", "∇s = 2 s", "∇x = ∇s y"),
    ("f(x) = xᵀ A x", "grad f(x) = A x + Aᵀ x"),
    ("L = xᵀ A x", "grad_x L = A x + Aᵀ x"),
    ("L = xᵀ A x", "partial L/partial x = A x + Aᵀ x"),
    ("C = xᵀ A x", "del C/del x = A x + Aᵀ x"),
]


@pytest.mark.parametrize("lines", RIGHT, ids=lambda lines: lines[-1])
def test_what_is_differentiated_is_what_the_formula_names(lines: tuple[str, ...]) -> None:
    report = verified(*lines)
    assert [each.code for each in report.diagnostics] == []
    assert last(report) == ("right", "")


POWERS = [
    ("∂ tr(A^3)/∂A = 3 (A^2)^T", "right"),
    ("∂ tr(A³)/∂A = 3 A²ᵀ", "right"),
    ("∂ tr(A³)/∂A = 3 (A²)'", "right"),
    (r"\frac{\partial \operatorname{tr}(A^4)}{\partial A} = 4 \left(A^3\right)^\top", "right"),
    ("∂ tr(A⁻¹)/∂A = -(A⁻²)ᵀ", "right"),
    ("∂ ln det(AᵀA)/∂A = 2 (A^+)^T", "right"),
    ("∂ tr(A^3)/∂A = 3 A^2", "wrong"),
    ("∂ tr(A^3)/∂A = 2 (A^2)^T", "wrong"),
]


@pytest.mark.parametrize(("line", "verdict"), POWERS)
def test_powers_of_a_matrix_are_transposed(line: str, verdict: str) -> None:
    assert last(verified(line)) == (verdict, "")


def test_vectors_of_ones_have_their_size_in_a_correction() -> None:
    (found,) = verified("f = (1ᵀ x)^2", "∇_x f = 2 x").diagnostics
    assert [fix.formula for fix in found.fixes] == ["∇_x f = 2 ones((n, 1)) ones((n, 1)).T x"]


WRONG = [
    (("L = ‖A x‖²", "∇L = Aᵀ A x"), "SC302", "1/2 times the gradient of x"),
    (("f(x) = ‖A x - y‖²", "∇f = 2 A (A x - y)"), "SC301", "is not the gradient of x"),
    (("L = xᵀ A x", "grad L = A x"), "SC303", "only part of the gradient of x"),
    (("∂‖x − y‖/∂x = x/‖x − y‖",), "SC301", "is not the gradient of x"),
    (("∂ exp(yᵀ x)/∂x = x",), "SC301", "is not the gradient of x"),
    ((r"\partial (x^T A x) / \partial x = 2 A x",), "SC301", "is not the gradient of x"),
    (("f = xᵀ A x", "∂f/∂x = 2 A x"), "SC301", "is not the gradient of x"),
    (("f = xᵀ A x", "∂f/∂x = A x"), "SC303", "only part of the gradient of x"),
    (("f = xᵀ x", "∂f/∂x = x"), "SC302", "a factor of 2 is missing"),
    (("p = softmax(z)", "∂p/∂z = diag(p) + 5 p pᵀ"), "SC301", "is not the derivative of p with respect to z"),
    (("p = softmax(z)", "∂p/∂z = p pᵀ - diag(p)"), "SC302", "is minus the derivative of p with respect to z"),
    (("s = sigmoid(z)", "ds/dz = s * (1 + s)"), "SC301", "the sign of s is flipped"),
    (("∂ exp(x)/∂x = diag(x)",), "SC301", "is not that derivative"),
    (("a = sigmoid(z)", "σ'(z) = a * (1 + a)"), "SC301", "is not that derivative"),
    (("f(x) = exp(x)", "f'(x) = -exp(x)"), "SC302", "is minus that derivative"),
    (("y = A x", "∂y/∂x = 2 A"), "SC302", "there is an extra factor of 2"),
]


@pytest.mark.parametrize(("lines", "code", "words"), WRONG, ids=[lines[-1] for lines, *_ in WRONG])
def test_what_is_wrong_is_said_of_that(lines: tuple[str, ...], code: str, words: str) -> None:
    report = verified(*lines)
    (found,) = report.diagnostics
    assert found.code == code
    assert words in found.message
    assert last(report)[0] == "wrong"


OPEN = [
    (("f = ‖x - z‖²", "∇f = x - z"), "the variable of the gradient is missing; write it as a subscript, as in `∇_x f`"),
    (("∇L = 2 x",), "no forward equation here uses L"),
    (("∂f/∂x = 2 x",), "no equation here defines f"),
    (("f = frobnicate(x)", "∂f/∂x = 2 x"), "the equation of f is not understood"),
    (("f = xᵀ x", "∂f/∂x = 2 frobnicate(x)"), "frobnicate"),
    (("g'(z) = g(z) * (1 - g(z))",), "nothing here defines g"),
    (("a = g(z)", "∂a/∂z = a * (1 - a)"), "nothing here defines g"),
    (("f = xᵀ x", "∂f/∂y = 2 y"), "no forward equation here uses y"),
]


@pytest.mark.parametrize(("lines", "why"), OPEN, ids=[lines[-1] for lines, _ in OPEN])
def test_what_cannot_be_judged_is_not_verified(lines: tuple[str, ...], why: str) -> None:
    report = verified(*lines)
    verdict, said = last(report)
    assert verdict == "not verified"
    assert why in said
    assert "1 not verified" in summary_line([report])


def test_the_summary_counts_the_three() -> None:
    report = verified("f = xᵀ A x", "∂f/∂x = (A + Aᵀ) x", "∂f/∂A = 2 x xᵀ", "∂f/∂y = x")
    line = summary_line([report])
    assert line == "checked 4 formulas: 1 error; 3 derivatives: 1 right, 1 wrong, 1 not verified"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("f = xᵀ x", "∂f/∂x = 2 x"), "checked 2 formulas: all right; 1 derivative right"),
        (("f = xᵀ x",), "checked 1 formula: the shapes fit; no derivative to verify"),
        (("f = xᵀ x", "∂f/∂y = y"), "checked 2 formulas: the shapes fit; 1 derivative: 1 not verified"),
    ],
)
def test_all_right_is_said_of_what_was_judged(lines: tuple[str, ...], line: str) -> None:
    assert summary_line([verified(*lines)]) == line


def test_a_derivative_that_is_spelled_out_belongs_to_the_loss_as_it_stands() -> None:
    shapes = ("X: m x n", "w: n", "y: m")
    lines = ("J = 1/(2 m) norm(X w - y)^2", "∂J/∂w = Xᵀ (X w - y)")
    (found,) = verified(*lines, shapes=shapes).diagnostics
    assert (found.code, "m times the gradient of w" in found.message) == ("SC302", True)


def test_a_symmetric_matrix_is_one_where_its_author_says_so() -> None:
    lines = ("f = xᵀ A x", "∂f/∂x = 2 A x")
    assert last(verified("A = Aᵀ", *lines))[0] == "right"
    assert last(verified("Aᵀ = A", *lines))[0] == "right"
    assert last(verified(*lines))[0] == "wrong"


@pytest.mark.parametrize(
    "words",
    [
        "Let $A$ be a symmetric matrix.",
        "Let $S$ and $A$ be symmetric.",
        r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric.",
        "For a symmetric matrix $A$ this is short.",
        r"For positive definite $\mathbf{A}$ this is short.",
        r"Let $A \in \mathbb{S}^n_{++}$.",
        "Here A is symmetric.",
        "Both $A$ and $S$ are symmetric.",
    ],
)
def test_symmetry_is_told_in_words(words: str) -> None:
    fence = "```formulas\nf = xᵀ A x\n∂f/∂x = 2 A x\n```"
    assert last(verified(words, "", fence, path="notes.md"))[0] == "right"


@pytest.mark.parametrize(
    "words",
    [
        "$A$ is not symmetric.",
        "Let $A$ be a non-symmetric matrix.",
        "A symmetric matrix has real eigenvalues.",
        "The loss is symmetric in its arguments.",
        "Let $S$ be symmetric.",
    ],
)
def test_other_words_tell_no_symmetry(words: str) -> None:
    fence = "```formulas\nf = xᵀ A x\n∂f/∂x = 2 A x\n```"
    assert last(verified(words, "", fence, path="notes.md"))[0] == "wrong"


SECOND = [
    ("f = xᵀ A x", "∂²f/∂x∂xᵀ = A + Aᵀ"),
    ("f = xᵀ A x", "∇²f = A + Aᵀ"),
    ("f = xᵀ A x", r"\nabla^2 f = A + A^\top"),
    ("f = xᵀ A x", r"\nabla_x^2 f = A + A^\top"),
    ("f = xᵀ A x", "∇_x² f = A + Aᵀ"),
    ("f(x) = xᵀ A x", "∇²f(x) = A + Aᵀ"),
    ("f = xᵀ A x", r"\frac{\partial^2 f}{\partial x \partial x^\top} = A + A^\top"),
    ("∂²(xᵀ A x)/∂x² = A + Aᵀ",),
    ("f = xᵀ A y", "∂²f/∂x∂y = A"),
    ("r = A x - y", "L = rᵀ r", "∂²L/∂x² = 2 Aᵀ A"),
    ("p = exp(x) / sum(exp(x))", "f = log(sum(exp(x)))", "∂²f/∂x² = diag(p) - p pᵀ"),
    ("f = sum(x * log(x))", "∂²f/∂x² = diag(1 / x)"),
]


@pytest.mark.parametrize("lines", SECOND, ids=lambda lines: lines[-1])
def test_second_derivatives_are_judged(lines: tuple[str, ...]) -> None:
    report = verified(*lines)
    assert [each.code for each in report.diagnostics] == []
    assert last(report) == ("right", "")


@pytest.mark.parametrize(
    "lines",
    [
        ("f = xᵀ A x", "∂²f/∂x∂xᵀ = 2 A"),
        ("f = xᵀ A x", "∇²f = A"),
        ("f = xᵀ A y", "∂²f/∂x∂y = -A"),
        ("f = log(sum(exp(x)))", "∂²f/∂x² = diag(exp(x))"),
    ],
    ids=lambda lines: lines[-1],
)
def test_a_wrong_second_derivative_is_wrong(lines: tuple[str, ...]) -> None:
    (found,) = verified(*lines).diagnostics
    assert found.code in ("SC301", "SC302")
    assert lines[-1].partition(" =")[0] in found.message


def test_a_second_derivative_of_nothing_that_is_known_is_not_verified() -> None:
    assert last(verified("∂²g/∂x² = A")) == ("not verified", "no equation here defines g")
    assert last(verified("f = xᵀ x + yᵀ y + xᵀ A y", "∇²f = A"))[0] == "not verified"


DIFFERENTIALS = [
    ("d(A^{-1}) = -A^{-1} dA A^{-1}",),
    (r"\mathrm{d}(A^{-1}) = -A^{-1} (\mathrm{d}A) A^{-1}",),
    ("d(A B) = dA B + A dB",),
    ("d(xᵀ A x) = xᵀ (A + Aᵀ) dx",),
    ("d tr(A B) = tr(dA B)",),
    ("d log det A = tr(A^{-1} dA)",),
    ("d|A| = |A| tr(A^{-1} dA)",),
    ("Y = A^{-1}", "dY = -Y dA Y"),
    ("f = tr(A B)", "df = tr(B dA)"),
    ("Y = A A", "f = tr(Y B)", "dY = dA A + A dA", "df = tr(dY B)"),
    ("L = xᵀ x", "dL = 2 xᵀ dx"),
]


@pytest.mark.parametrize("lines", DIFFERENTIALS, ids=lambda lines: lines[-1])
def test_differentials_are_judged_by_small_changes(lines: tuple[str, ...]) -> None:
    report = verified(*lines, shapes=("x: n", "A, B: n x n"))
    assert [each.code for each in report.diagnostics] == []
    assert {each.verdict for each in report.formulas} <= {"", "right"}
    assert last(report) == ("right", "")


WRONG_DIFFERENTIALS = [
    (("d(A^{-1}) = A^{-1} dA A^{-1}",), "SC302", "minus that differential"),
    (("d(A B) = dA B + B dA",), "SC301", "is not that differential"),
    (("d(A B) = dB A + A dB",), "SC301", "is not that differential"),
    (("f = tr(A B)", "df = 2 tr(B dA)"), "SC302", "2 times the differential of f"),
    (("d(A x) = dx",), "SC301", "is not that differential"),
]


@pytest.mark.parametrize(
    ("lines", "code", "words"), WRONG_DIFFERENTIALS, ids=[each[0][-1] for each in WRONG_DIFFERENTIALS]
)
def test_a_wrong_differential_is_wrong(lines: tuple[str, ...], code: str, words: str) -> None:
    (found,) = verified(*lines, shapes=("x: n", "A, B: n x n")).diagnostics
    assert (found.code, words in found.message) == (code, True)


def test_a_gradient_that_goes_back_is_no_differential() -> None:
    report = verified("z = A x", "L = zᵀ z", "dz = A dx", "dx = Aᵀ dz")
    assert [each.verdict for each in report.formulas] == ["", "", "wrong", "right"]


MATRICES = ("A: n x k", "B: m x n", "X: k x m", "S: n x n", "x, a: n")
TRANSPOSES = [
    ("∂ tr(A X B)/∂A = X B", "∂ tr(A X B)/∂X = B A"),
    (r"\frac{\partial \operatorname{tr}(A X B)}{\partial X} = B A", "∂/∂S log |S| = S^{-1}"),
    ("∂|S|/∂S = |S| S⁻¹", "∂tr(S S S)/∂S = 3 S S"),
    ("f = tr(A X B)", "∂f/∂A = X B", "∂f/∂X = B A"),
    ("f = xᵀ S x", "∂f/∂x = xᵀ (S + Sᵀ)"),
    ("f = ‖S x - a‖²", r"\frac{\partial f}{\partial x} = 2 (S x - a)ᵀ S"),
    ("z = S x", "L = 1/2 ‖z - a‖²", "∂L/∂z = (z - a)ᵀ", "∂L/∂x = ∂L/∂z S", "∂L/∂S = x ∂L/∂z"),
]


@pytest.mark.parametrize("lines", TRANSPOSES, ids=lambda lines: lines[-1])
def test_the_transpose_is_right_in_numerator_layout(lines: tuple[str, ...]) -> None:
    report = verified(*lines, shapes=MATRICES)
    assert [each.code for each in report.diagnostics] == []
    formula = report.formulas[-1]
    assert (formula.verdict, formula.transposed) == ("right", True)


NO_TRANSPOSES = [
    ("∂ tr(A X B)/∂X = B A",),
    ("∂/∂S log |S| = S^{-1}",),
    ("f = tr(A X B)", "∂f/∂X = B A"),
    ("∂ tr(A X B)/∂A = X B", "∂ tr(A X B)/∂X = 2 B A"),
    ("∇_X tr(A X B) = B A",),
    ("∂tr(A X B)/∂A = Bᵀ Xᵀ", "∂ tr(A X B)/∂X = B A"),
    ("L = tr(A X B)", "∂L/∂X = B A"),
    ("L = tr(A X B)", "dX = B A"),
    ("L = 1/2 ‖S x - a‖²", "∂L/∂x = (S x - a)ᵀ S"),
    ("f = ‖S x - a‖²", "∂f/∂a = 2 (a - S x)", "∂f/∂x = 2 (S x - a)ᵀ S"),
    ("f = xᵀ S x", "∂f/∂x = xᵀ S"),
    ("z = S x", "L = 1/2 ‖z - a‖²", "∂L/∂z = (z - a)ᵀ", "∂L/∂x = ∂L/∂z S", "∂L/∂S = 2 x ∂L/∂z"),
]


@pytest.mark.parametrize("lines", NO_TRANSPOSES, ids=lambda lines: lines[-1])
def test_a_gradient_keeps_the_shape_of_its_variable(lines: tuple[str, ...]) -> None:
    assert verified(*lines, shapes=MATRICES).formulas[-1].verdict == "wrong"


@pytest.mark.parametrize("line", ["∂/∂S log |S| = S^{-1}", "∂|S|/∂S = |S| S⁻¹", "∂ tr(S^3)/∂S = 3 S^2"])
def test_one_transpose_alone_is_told_to_be_that(line: str) -> None:
    notes = [note for found in verified(line, shapes=MATRICES).diagnostics for note in found.notes]
    assert "this is the gradient of S in numerator layout, the transpose of the one expected here" in notes


def test_a_sign_alone_is_named_and_mended() -> None:
    (found,) = verified("dZ2 = Y - A2", shapes=()).diagnostics
    assert found.message == "dZ2 is minus the gradient of Z2: the sign is flipped"
    assert found.fixes[0].formula == "dZ2 = A2 - Y"


@pytest.mark.parametrize(
    "lines",
    [
        ("f = log(det(Xᵀ X))", "∂f/∂X = 2 X inv(Xᵀ X)"),
        ("f = cᵀ inv(Xᵀ X) Xᵀ b", "∂f/∂b = X inv(Xᵀ X) c"),
        ("f = -sum(log(b - X c))", "∂f/∂c = Xᵀ (1 / (b - X c))"),
        ("f = sum(b * log(b / e))", "∂f/∂e = -b / e"),
    ],
)
def test_arrays_are_drawn_where_a_formula_is_defined(lines: tuple[str, ...]) -> None:
    assert last(verified(*lines, shapes=("X: n x k", "b, e: n", "c: k")))[0] == "right"


def test_labels_may_be_smoothed() -> None:
    lines = ("T = (1 - 0.1) Y + 0.1 / k", "P = softmax(Z, axis=1)", "J = -sum(T * log(P))", "∂J/∂Z = P - T")
    shapes = ("Z, Y: m x k",)
    assert last(verified("k: scalar", *lines, shapes=shapes))[0] in ("right", "not verified")


def test_a_sum_over_examples_that_are_declared_one_by_one_has_a_value() -> None:
    shapes = ("w: d", "x_i: d", "y_i: scalar")
    loss = r"L(w) = -\sum_i [y_i \log σ(w^\top x_i) + (1-y_i) \log(1-σ(w^\top x_i))]"
    assert last(verified(loss, r"\nabla_w L = \sum_i (σ(w^\top x_i) - y_i) x_i", shapes=shapes))[0] == "right"
    assert last(verified(loss, r"\nabla_w L = \sum_i (σ(w^\top x_i) + y_i) x_i", shapes=shapes))[0] == "wrong"
    squares = r"J(w) = \sum_i (y_i - w^\top x_i)^2"
    assert last(verified(squares, r"\nabla_w J = -2 \sum_i (y_i - w^\top x_i) x_i", shapes=shapes))[0] == "right"


SUMS_OVER_EXAMPLES = [
    ((), "J(θ) = 1/2m Σ_i (θ^T x_i - y_i)^2", "dθ = 1/m Σ_i (θ^T x_i - y_i) x_i"),
    ((), "J(θ) = 1/2m Σᵢ (θᵀ xᵢ - yᵢ)²", "dθ = 1/m Σᵢ (θᵀ xᵢ - yᵢ) xᵢ"),
    ((), "J(θ) = 1/2m Σ_i (θ^T x^(i) - y^(i))^2", "dθ = 1/m Σ_i (θ^T x^(i) - y^(i)) x^(i)"),
    ((), "J(w) = 1/2m Σ_i (w^T x^(i) - y^(i))^2", "dw = 1/m Σ_i (w^T x^(i) - y^(i)) x^(i)"),
    (
        (),
        r"J(\theta) = \frac{1}{2m} \sum_i (\theta^T x_i - y_i)^2",
        r"d\theta = \frac{1}{m} \sum_i (\theta^T x_i - y_i) x_i",
    ),
    ((), "J = 1/2m Σ_i (θ^T x_i - y_i)^2 + λ/2 ||θ||^2", "∇_θ J = 1/m Σ_i (θ^T x_i - y_i) x_i + λ θ"),
    ((), "J = 1/2m Σ_i ||W x_i - y_i||^2", "dW = 1/m Σ_i (W x_i - y_i) x_i^T"),
    (("θ, x_i: n", "y_i: scalar"), "J = 1/(2m) Σ_i (θ^T x_i - y_i)^2", "dθ = 1/m Σ_i (θ^T x_i - y_i) x_i"),
    (("w, x_i: d", "y_i: scalar", "y: N"), "J = 1/2 Σ_i (w^T x_i - y_i)^2", "dw = Σ_i (w^T x_i - y_i) x_i"),
    (("w, x_i: d", "y_i: scalar"), "J = 1/(2n) Σ_{i=1}^n (w^T x_i - y_i)^2", "∇J = 1/n Σ_{i=1}^n (w^T x_i - y_i) x_i"),
    (("W: k x d", "x_i: d", "y_i: k"), "J = 1/2 Σ_i ||W x_i - y_i||^2", "dW = Σ_i (W x_i - y_i) x_i^T"),
    (("W: k x d", "x_i: d", "y_i: k", "X: N x d"), "J = 1/2 Σ_i ||W x_i - y_i||^2", "dW = Σ_i (W x_i - y_i) x_i^T"),
]


@pytest.mark.parametrize(("shapes", "loss", "gradient"), SUMS_OVER_EXAMPLES, ids=lambda each: each[:40])
def test_a_sum_over_examples_is_one_over_columns(shapes: tuple[str, ...], loss: str, gradient: str) -> None:
    assert last(verified(loss, gradient, shapes=shapes))[0] == "right"
    assert last(verified(loss, gradient.replace("= ", "= 2 ", 1), shapes=shapes))[0] == "wrong"
    assert last(verified(loss, gradient.replace(" - y", " + y", 1), shapes=shapes))[0] == "wrong"


@pytest.mark.parametrize(("x", "y"), [("x^{(i)}", "y^{(i)}"), ("x_i", "y_i")])
def test_a_sum_over_examples_in_a_text(x: str, y: str) -> None:
    residual = rf"(\theta^T {x} - {y})"
    loss = rf"$J(\theta) = \frac{{1}}{{2m}} \sum_{{i=1}}^m {residual}^2$"
    gradient = rf"$\nabla_\theta J = \frac{{1}}{{m}} \sum_{{i=1}}^m {residual} {x}$"
    assert last(verified(loss, "", gradient, path="notes.md", shapes=()))[0] == "right"
    assert last(verified(loss, "", gradient.replace("1", "2", 1), path="notes.md", shapes=()))[0] == "wrong"


def test_a_bracket_around_a_sum_is_no_array() -> None:
    loss = "J(θ) = -1/m Σ_i [y_i log(σ(θ^T x_i)) + (1 - y_i) log(1 - σ(θ^T x_i))]"
    assert last(verified(loss, "∇_θ J = 1/m Σ_i (σ(θ^T x_i) - y_i) x_i", shapes=()))[0] == "right"
    assert last(verified(loss, "∇_θ J = 1/m Σ_i (y_i - σ(θ^T x_i)) x_i", shapes=()))[0] == "wrong"


def test_what_is_solved_for_is_a_variable_of_the_loss() -> None:
    loss, solution = "J(w) = ||X w - y||^2 + λ ||w||^2", "w = (X^T X + λ I)^-1 X^T y"
    shapes = ("X: n x d", "w: d", "y: n")
    right = verified(loss, "∇J = 2 X^T (X w - y) + 2 λ w", solution, shapes=shapes)
    assert [each.verdict for each in right.formulas if each.verdict] == ["right"]
    wrong = verified(loss, "∇J = 2 X^T (X w - y) + λ w", solution, shapes=shapes)
    assert [fix.formula for found in wrong.diagnostics for fix in found.fixes] == ["∇J = 2 X^T (X w - y) + 2 λ w"]


GATES = r"""$z_t = \sigma(W_z x_t + U_z h_{t-1} + b_z)$

$r_t = \sigma(W_r x_t + U_r h_{t-1} + b_r)$

$\tilde{h}_t = \tanh(W_h x_t + U_h (r_t \odot h_{t-1}) + b_h)$

$h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde{h}_t$
"""


def test_small_letters_of_which_no_shape_is_said_may_be_columns() -> None:
    gradient = (
        r"$\frac{\partial L}{\partial W_z} = \frac{\partial L}{\partial h_t} \odot %s \odot z_t \odot (1 - z_t) x_t^T$"
    )
    for change, verdict in (r"(\tilde{h}_t - h_{t-1})", "right"), (r"(h_{t-1} - \tilde{h}_t)", "wrong"):
        assert last(verified(GATES, gradient % change, path="notes.md", shapes=()))[0] == verdict


def test_a_sum_times_a_matrix_is_one_over_columns() -> None:
    shapes = ("Σ: d x d", "x_i: d", "μ: d")
    loss = r"\ell = -\frac{n}{2} \log |\Sigma| - \frac{1}{2} \sum_{i=1}^n (x_i - \mu)^T \Sigma^{-1} (x_i - \mu)"
    gradient = r"\frac{\partial \ell}{\partial \mu} = \Sigma^{-1} \sum_{i=1}^n (x_i - \mu)"
    lines = (r"\Sigma = \Sigma^T", loss)
    assert last(verified(*lines, gradient, shapes=shapes))[0] == "right"
    assert last(verified(*lines, gradient.replace("= ", "= -"), shapes=shapes))[0] == "wrong"


NORMALIZED = """def forward(x, gamma, beta):
    mu = np.mean(x, axis=1, keepdims=True)
    std = np.sqrt(np.var(x, axis=1, keepdims=True) + 1e-5)
    xhat = (x - mu) / std
    return gamma * xhat + beta

def backward(dout, gamma, std, xhat):
    dxhat = dout * gamma
    dx = (dxhat - np.mean(dxhat, axis=1, keepdims=True) {} xhat * np.mean(dxhat * xhat, axis=1, keepdims=True)) / std
    return dx
"""


@pytest.mark.parametrize(("sign", "verdict"), [("-", "right"), ("+", "wrong")])
def test_a_mean_within_a_gradient_does_not_say_that_it_is_one_of_a_bias(sign: str, verdict: str) -> None:
    assert last(verified(NORMALIZED.format(sign), path="n.py", shapes=()))[0] == verdict


ONE_HOT = """p = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
J = np.sum(r * np.log(p[np.arange(T), a]))
T_hot = {}
{}
dZ = r[:, None] * (T_hot - p)
"""


@pytest.mark.parametrize("made", ["np.zeros_like(p)", "np.zeros((T, k))"])
def test_what_is_one_hot_is_zero_elsewhere(made: str) -> None:
    shapes = ("Z: T x k", "r, a: (T,)")
    text = ONE_HOT.format(made, "T_hot[np.arange(T), a] = 1")
    assert last(verified(text, path="n.py", shapes=shapes)) == ("right", "")
    assert last(verified(text.replace("- p", "+ p"), path="n.py", shapes=shapes))[0] == "wrong"


def test_what_a_loop_writes_into_an_array_is_not_tracked() -> None:
    text = ONE_HOT.format("np.zeros_like(p)", "for i in range(T):\n    T_hot[i, a[i]] = 1")
    found = last(verified(text, path="n.py", shapes=("Z: T x k", "r, a: (T,)")))
    assert found == ("not verified", "a part of `T_hot` is assigned separately, which is not tracked")


def test_a_hinge_is_looked_at_where_it_is_not_flat() -> None:
    lines = ("D = ‖x − y‖", "L = 1/2 max(0, m - D)^2", "∂L/∂x = -(m - D)/D (x - y)")
    assert last(verified(*lines, shapes=("x, y: n", "m: scalar"))) == ("right", "")
    assert last(verified(*lines[:-1], "∂L/∂x = (m - D)/D (x - y)", shapes=("x, y: n", "m: scalar")))[0] == "wrong"


def test_both_sides_of_a_kink_are_seen() -> None:
    shapes = ("X: m x n", "w: n", "y: m")
    lines = ("J = sum(max(0, 1 - y * (X w)))", "∂J/∂w = -Xᵀ y")
    assert last(verified(*lines, shapes=shapes))[0] == "wrong"


RNN = """\
@unroll 3
Wx: H x D
Wh: H x H
b: H x 1
x[t]: D x 1
h[t], y[t], z[t]: H x 1
z[t] = Wx x[t] + Wh h[t-1] + b
h[t] = tanh(z[t])
J = 1/2 sum_t sum((h[t] - y[t])^2)
dh[t] = h[t] - y[t] + Wh.T dz[t+1]
dz[t] = dh[t] * (1 - h[t]^2)
dWh += dz[t] h[t-1].T
dWx += dz[t] x[t].T
db += dz[t]
"""


def test_what_adds_up_over_time_is_judged_as_a_whole() -> None:
    report = verified(RNN, path="rnn.formulas", shapes=())
    assert [each.verdict for each in report.formulas if each.verdict] == ["right"] * 5
    wrong = verified(RNN.replace("h[t-1].T", "h[t].T"), path="rnn.formulas", shapes=())
    assert [(each.code, each.message) for each in wrong.diagnostics] == [("SC301", "dWh is not the gradient of Wh")]


@pytest.mark.parametrize("loss", ["J = 1/2 sum_t sum", "J += 1/2 sum", "J = 1/2 sum"])
def test_a_loss_at_each_time_is_summed_over_all(loss: str) -> None:
    text = RNN.replace("J = 1/2 sum_t sum", loss)
    report = verified(text, path="rnn.formulas", shapes=())
    assert [each.verdict for each in report.formulas if each.verdict] == ["right"] * 5
    wrong = verified(text.replace("h[t-1].T", "h[t].T"), path="rnn.formulas", shapes=())
    assert [(each.code, each.message) for each in wrong.diagnostics] == [("SC301", "dWh is not the gradient of Wh")]


def test_the_first_step_says_the_shape_of_all() -> None:
    text = RNN.replace("h[t], y[t], z[t]: H x 1", "h[0]: H x 1")
    report = verified(text, path="rnn.formulas", shapes=())
    assert [(each.status, each.verdict) for each in report.formulas if each.verdict] == [("ok", "right")] * 5


STEP = ("h[t] = tanh(U h[t-1] + W x[t])",)
IN_TIME = ("h, y: n x 1", "x: d x 1", "U: n x n", "W: n x d")


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ((*STEP, "dh[t] = U.T (dh[t+1] * (1 - h[t+1]^2))"), "right"),
        ((*STEP, "dh[t] = U (dh[t+1] * (1 - h[t+1]^2))"), "wrong"),
        ((*STEP, "o[t] = U h[t]", "dh[t] = U.T do[t] + U.T (dh[t+1] * (1 - h[t+1]^2))"), "right"),
        (
            (*STEP, "L[t] = sum((h[t] - y[t])^2)", "dh[t] = 2 (h[t] - y[t]) + U.T (dh[t+1] * (1 - h[t+1]^2))"),
            "not verified",
        ),
    ],
)
def test_what_comes_back_from_the_next_step_is_judged(lines: tuple[str, ...], verdict: str) -> None:
    assert last(verified(*lines, shapes=IN_TIME))[0] == verdict


def test_a_threshold_is_no_error_of_a_layer() -> None:
    lines = ("J = sum(where(|x| <= δ, 1/2 x * x, δ |x| - 1/2 δ^2))", "∂J/∂x = clip(x, -δ, δ)")
    assert last(verified(*lines, shapes=("x: n", "δ: scalar"))) == ("right", "")


LOST_LOSSES = [
    ("J = 1/2n (y - A x)²", "∂J/∂x = 1/n Aᵀ(A x - y)"),
    ("J = foo(z, y)", "∂J/∂z = z - y"),
    ("J(x) = 1/n Σ_i (foo(z_i) - y_i)²", "∂J/∂x = Aᵀ(A x - y)"),
    ("z = A x", "J = 1/2 (z - y)²", "∂J/∂z = z - y"),
]


@pytest.mark.parametrize("lines", LOST_LOSSES, ids=lambda lines: lines[-2])
def test_no_other_loss_is_put_in_place_of_one_that_is_not_understood(lines: tuple[str, ...]) -> None:
    report = verified(*lines)
    assert last(report) == ("not verified", "the loss J is not understood")
    assert not any("taken is" in note for note in report.notes)


@pytest.mark.parametrize("loss", ["J = 1/m Σ_i L(a_i, y_i)", r"J(W) = 1/m \sum_i \mathcal{L}(a^{(i)}, y^{(i)})"])
def test_a_loss_that_is_only_named_may_be_the_usual_one(loss: str) -> None:
    assert last(verified(loss, "dZ2 = A2 - Y", shapes=()))[0] == "right"


def test_a_layer_is_called_as_its_author_calls_it() -> None:
    report = verified("Z1 = W1 X", "dZ7 = A7 - Y", shapes=())
    assert last(report)[1] == "no forward equation here uses Z7"


FRACTIONS = [
    ("c = xᵀy/‖x‖‖y‖", "∂c/∂x = y/‖x‖‖y‖ - c x/‖x‖²"),
    ("r = xᵀA x/xᵀx", "∂r/∂x = 2/xᵀx (1/2 (A + Aᵀ) x - r x)"),
    ("p = xᵀy/xᵀx x", "∂p/∂y = x xᵀ/xᵀx"),
    ("M = A - x yᵀ/yᵀx A", "dA = dM - y xᵀ/yᵀx dM"),
    ("f = xᵀ A 1/n", "∂f/∂x = A 1/n"),
]


@pytest.mark.parametrize("lines", FRACTIONS, ids=lambda lines: lines[-1])
def test_a_fraction_in_a_line_ends_behind_a_number(lines: tuple[str, ...]) -> None:
    assert last(verified(*lines))[0] == "right"
    assert last(verified(lines[0], lines[1].replace(" = ", " = 2 "), shapes=(*VECTORS, "c, r: scalar")))[0] == "wrong"


CHAINS = [
    ("z = A x", "L = zᵀ z", "∂L/∂x = (∂z/∂x)ᵀ ∂L/∂z"),
    ("z = A x", "L = zᵀ z", "∂L/∂x = ∂z/∂x ∂L/∂z"),
    ("z = A x", "L = zᵀ z", "∂L/∂x = ∂L/∂z ∂z/∂x"),
    ("u = A x", "v = B x", "∂(uᵀv)/∂x = uᵀ ∂v/∂x + vᵀ ∂u/∂x"),
    ("Y = A + t B", "∂Y^-1/∂t = -Y^-1 ∂Y/∂t Y^-1"),
    (
        "Y = A + t B",
        r"\frac{\partial \ln\det(Y)}{\partial t} = \operatorname{Tr}\left[Y^{-1}\frac{\partial Y}{\partial t}\right]",
    ),
    ("U = A + t B", "V = B + t A", "∂(U V)/∂t = U ∂V/∂t + ∂U/∂t V"),
]
CHAINED = ("x, y: n", "A, B: n x n", "t: scalar")


@pytest.mark.parametrize("lines", CHAINS, ids=lambda lines: lines[-1])
def test_derivatives_of_arrays_in_a_formula_have_their_values(lines: tuple[str, ...]) -> None:
    assert last(verified(*lines, shapes=CHAINED)) == ("right", "")
    twice = lines[-1].replace(" = ", " = 2 (", 1) + ")"
    assert last(verified(*lines[:-1], twice, shapes=CHAINED))[0] == "wrong"


def test_what_leads_to_no_loss_has_no_gradient_to_go_on_with() -> None:
    report = verified("L = xᵀ x", "z = A x", "∂L/∂x = (∂z/∂x)ᵀ ∂L/∂z", shapes=CHAINED)
    assert last(report)[1] == "z does not reach the loss in the equations here"


def test_the_derivative_of_an_expression_without_a_name_is_a_step_of_thought() -> None:
    report = verified("z = A x", "L = zᵀ z", "∂L/∂x = ∂(A x)/∂x ∂L/∂z", shapes=CHAINED)
    assert last(report)[1] == "it contains the derivative of an array, so it is an intermediate step"


WRITTEN_OUT = [
    (("∂σ(x)/∂x = σ(x) ⊙ (1 - σ(x))",), ("∂σ(x)/∂x = σ(x)",)),
    (("∂σ(x)/∂x = diag(σ(x) ⊙ (1 - σ(x)))",), ("∂σ(x)/∂x = diag(σ(x))",)),
    (("∂tanh(x)/∂x = 1 - tanh(x)^2",), ("∂tanh(x)/∂x = 1 - tanh(x)",)),
    (("∂x/∂x = I",), ("∂x/∂x = 2 I",)),
    (("∂(-x)/∂x = -I",), ("∂(-x)/∂x = I",)),
    (("∇_x 1/2 xᵀA x = 1/2 (A + Aᵀ) x",), ("∇_x 1/2 xᵀA x = (A + Aᵀ) x",)),
    (("∂/∂x 1/2 ‖A x - y‖² = Aᵀ(A x - y)",), ("∂/∂x 1/2 ‖A x - y‖² = A(A x - y)",)),
    ((r"\nabla_A \frac{1}{2}\|y - Ax\|^2 = (Ax - y) x^T",), (r"\nabla_A \frac{1}{2}\|y - Ax\|^2 = (y - Ax) x^T",)),
    (("log p = -1/2 (x - y)ᵀ(x - y)", "∂ log p/∂y = x - y"), ("log p = -1/2 (x - y)ᵀ(x - y)", "∂ log p/∂y = y - x")),
]


@pytest.mark.parametrize(("right", "wrong"), WRITTEN_OUT, ids=lambda lines: lines[-1])
def test_what_is_differentiated_may_be_written_out(right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    assert last(verified(*right)) == ("right", "")
    assert last(verified(*wrong))[0] == "wrong"


TURNED = ("A: n x n", "x: n", "f = x^T A x")


@pytest.mark.parametrize(
    "formula",
    [
        "∂f/∂x^T = x^T (A + A^T)",
        "∂f/∂xᵀ = xᵀ (A + Aᵀ)",
        "∂f/∂x' = x' (A + A')",
        r"\frac{\partial f}{\partial x^T} = x^T A + x^T A^T",
    ],
)
def test_a_derivative_by_the_transpose_is_the_row(formula: str) -> None:
    assert last(verified(*TURNED, formula, shapes=())) == ("right", "")


@pytest.mark.parametrize(
    ("formula", "corrected"),
    [
        ("∂f/∂x^T = x^T A", "∂f/∂x^T = x^T A + x^T A^T"),
        ("∂f/∂xᵀ = 2 xᵀ (A + Aᵀ)", "∂f/∂xᵀ = xᵀ (A + Aᵀ)"),
        ("∂f/∂x' = x' (A - A')", "∂f/∂x' = x' (A + A')"),
    ],
)
def test_a_wrong_row_is_corrected_as_a_row(formula: str, corrected: str) -> None:
    report = verified(*TURNED, formula, shapes=())
    (found,) = report.diagnostics
    assert last(report)[0] == "wrong"
    assert found.message.startswith(formula.partition(" = ")[0])
    assert [fix.formula for fix in found.fixes] == [corrected]


def test_the_transpose_of_a_matrix_is_held_against_the_transposed_gradient() -> None:
    of = ("A: m x n", "X: n x m", "f = tr(A X)")
    assert last(verified(*of, "∂f/∂X^T = A", shapes=()))[0] == "right"
    assert verified(*of, "∂f/∂X^T = A^T", shapes=()).formulas[-1].status == "error"


def test_where_it_is_the_gradient_by_none_it_is_meant_by_x() -> None:
    report = verified("f = xᵀ A x - yᵀ x", "∇f = A x - y")
    (found,) = report.diagnostics
    assert "the gradient of x" in found.message
    assert verify(Source("x, y: n\nf = xᵀ y\n∇f = x"), Settings(gradients=True))[0].formulas[-1].verdict == "right"


VEC = ("A: p x n", "X: n x m", "B: m x k", "Y = A X B")


@pytest.mark.parametrize(
    "formula",
    [
        r"\frac{\partial \operatorname{vec}(Y)}{\partial \operatorname{vec}(X)^T} = B^T \otimes A",
        "∂vec(Y)/∂vec(X)^T = kron(B^T, A)",
        "∂vec(Y)/∂vec(X)' = kron(B', A)",
        "∂vec(Y)/∂vec(X) = kron(B^T, A)",
        "∂vec(Y)/∂vec(X) = kron(B, A^T)",
        "(∂vec(Y)/∂vec(X))^T = kron(B, A^T)",
    ],
)
def test_a_matrix_is_derived_by_in_its_columns(formula: str) -> None:
    assert last(verified(*VEC, formula, shapes=())) == ("right", "")


@pytest.mark.parametrize(
    ("shapes", "function", "right", "wrong"),
    [
        ("x: n", "Y = x x'", "∂vec(Y)/∂x' = kron(x, I) + kron(I, x)", "kron(x, I) - kron(I, x)"),
        ("A: m x n; X: n x p", "Y = A X", "∂vec(Y)/∂vec(X)' = kron(I, A)", "2 kron(I, A)"),
        ("X: n x p; B: p x q", "Y = X B", "∂vec(Y)/∂vec(X)' = kron(B', I)", "-kron(B', I)"),
        ("X: n x n", "Y = X X", "∂vec(Y)/∂vec(X)' = kron(X', I) + kron(I, X)", "kron(X, I) + kron(I, X)"),
        ("A: n x n; B: m x m; X: n x m", "Y = A X + X B", "∂vec(Y)/∂vec(X)' = kron(I, A) + kron(B', I)",
         "kron(I, A) - kron(B', I)"),
    ],
)  # fmt: skip
def test_an_identity_is_as_large_as_the_derivative_needs(shapes: str, function: str, right: str, wrong: str) -> None:
    known = (*shapes.split("; "), function)
    assert last(verified(*known, right, shapes=())) == ("right", "")
    wrong = f"{right.partition(' = ')[0]} = {wrong}"
    assert last(verified(*known, wrong, shapes=()))[0] == "wrong"


def test_the_columns_are_not_taken_for_the_rows() -> None:
    square = ("A, X, B: n x n", "Y = A X B")
    for wrong in ("kron(B, A)", "kron(A, B^T)", "kron(B, A^T)"):
        assert last(verified(*square, f"∂vec(Y)/∂vec(X)^T = {wrong}", shapes=()))[0] == "wrong"
