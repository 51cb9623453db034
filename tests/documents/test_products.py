"""Gradients in documents that contradict the product that they are taken of, whatever its sizes are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise, permutations, product

import numpy as np
import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

SIZES = (2, 3, 5, 7)


def errors(text: str, name: str) -> list[tuple[str, str]]:
    """The errors of a document: the code of each, and its first fix."""
    found = check(Source(text, name), Settings()).diagnostics
    return [(each.code, each.fixes[0].formula if each.fixes else "") for each in found if each.severity == "error"]


PROGRAM = """
def forward(A, B, C):
    Z = {forward}
    return Z

def backward(dZ, cache):
    A, B, C = cache
    {gradients}
"""
Factors = tuple[tuple[str, bool], ...]
"""Names, each with whether it is transposed."""


def written(factors: Factors) -> str:
    return " @ ".join(name + ".T" * is_turned for name, is_turned in factors)


def value(factors: Factors, arrays: Mapping[str, np.ndarray]) -> np.ndarray:
    """A product by numpy."""
    first, *others = [arrays[name].T if is_turned else arrays[name] for name, is_turned in factors]
    for other in others:
        first = first @ other
    return first


def gradient(forward: Factors, of: str) -> Factors:
    """The one row of factors that is the gradient, found by trying all on arrays of prime sizes.

    A product is linear in each of its factors, so each entry of the gradient is what one entry of the factor makes.
    """
    draw = np.random.default_rng(1)
    arrays = {
        name: draw.normal(size=size[::-1] if is_turned else size)
        for (name, is_turned), size in zip(forward, pairwise(SIZES), strict=False)
    }
    arrays["dZ"] = draw.normal(size=value(forward, arrays).shape)
    wanted = np.zeros(arrays[of].shape)
    for place in np.ndindex(*wanted.shape):
        one = np.zeros(wanted.shape)
        one[place] = 1
        wanted[place] = np.sum(arrays["dZ"] * value(forward, {**arrays, of: one}))
    names = ["dZ", *(name for name, _ in forward if name != of)]
    for order, turned in product(permutations(names), product((False, True), repeat=len(names))):
        row = tuple(zip(order, turned, strict=True))
        try:
            found = value(row, arrays)
        except ValueError:
            continue
        if found.shape == wanted.shape and np.allclose(found, wanted):
            return row
    raise AssertionError(forward)


def slips(row: Factors) -> Iterator[Factors]:
    """Everything that a single slip of the pen makes of a row: a transpose more or less, two factors exchanged."""
    for place, (name, is_turned) in enumerate(row):
        yield (*row[:place], (name, not is_turned), *row[place + 1 :])
    for one, other in combinations(range(len(row)), 2):
        swapped = list(row)
        swapped[one], swapped[other] = row[other], row[one]
        yield tuple(swapped)


FORWARD = [
    tuple(zip("ABC"[:count], turned, strict=True))
    for count in (2, 3)
    for turned in product((False, True), repeat=count)
]


@pytest.mark.parametrize("forward", FORWARD, ids=written)
def test_every_slip_is_found_and_mended_and_nothing_else_is_blamed(forward: Factors) -> None:
    right = {of: gradient(forward, of) for of, _ in forward}
    assert errors(program(forward, right), "layer.py") == []
    for of, row in right.items():
        for slip in slips(row):
            found = errors(program(forward, {**right, of: slip}), "layer.py")
            assert [fix for _, fix in found] == [f"d{of} = {written(row)}"]


def program(forward: Factors, gradients: Mapping[str, Factors]) -> str:
    lines = [f"d{of} = {written(row)}" for of, row in gradients.items()]
    return PROGRAM.format(forward=written(forward), gradients="\n    ".join(lines))


RIGHT = {
    "rows of examples": "$Z = X W$. Then $dX = dZ W^T$ and $dW = X^T dZ$.",
    "gradients as rows": r"$Z = W X$. Then $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Z} W$"
    r" and $\frac{\partial L}{\partial W} = X \frac{\partial L}{\partial Z}$.",
    "another layout below, in two formulas": "$Z = W X$.\n\n# In rows\n\n$dX = dZ W^T$ and $dW = X^T dZ$.",
    "small letters may be numbers": r"$y = w x$, so $\frac{\partial L}{\partial x} = w \frac{\partial L}{\partial y}$"
    r" and $\frac{\partial L}{\partial w} = x \frac{\partial L}{\partial y}$.",
    "entries": r"$S_{nm} = \sum_d X_{nd} W_{dm}$ and $dX_{nd} = \sum_m W_{dm} dS_{nm}$.",
    "a matrix that is symmetric": r"With a symmetric $K \in \mathbb{R}^{n \times n}$ it is $F = K A$, so $dA = K dF$.",
    "a symmetric matrix with a Greek name": r"Let $\Sigma = \Sigma^T$ be symmetric, $F = \Sigma A$. Then"
    r" $\frac{\partial L}{\partial \Sigma} = G A^T$ and $\frac{\partial L}{\partial A} = \Sigma G$,"
    r" where $G = \frac{\partial L}{\partial F}$.",
    "a small letter that is a number": r"Let $S = t U V^T$. Then $\frac{\partial L}{\partial U} = t E V$, where"
    r" $E = \frac{\partial L}{\partial S}$, and $\frac{\partial L}{\partial V} = t E^T U$.",
    "a quadratic form": r"For $A = A^T$ let $r = A x - b$. Then $\frac{\partial f}{\partial x} = A x - b$.",
    "products of other arrays": "$Z = X W$ and $U = V X$. Then $dV = dU X^T$ and $dW = X^T dZ$.",
    "two that contradict each other alike": "$dK = dS^T Q$ and $dQ = K dS$.",
}


RIGHT_PROGRAMS = {
    "arrays of more axes": """
def forward(x, w):
    return x.reshape(x.shape[0], -1) @ w.reshape((-1, w.shape[-1]))

def backward(dout, x, w):
    dx = (dout @ w.reshape((-1, w.shape[-1])).T).reshape(x.shape)
    dw = (x.reshape(x.shape[0], -1).T @ dout).reshape(shape)
""",
    "what a state changes by": """
def step(A, x, dt):
    dx = A @ x
    return x + dt * dx

def step_discrete(A, x):
    x_next = A @ x
    return x_next
""",
    "a centring matrix": """
def center(X):
    n = X.shape[0]
    C = np.eye(n) - np.ones((n, n)) / n
    return C @ X

def backward(C, dY):
    dX = C @ dY
""",
    "vectors": """
def forward(W, x):
    z = W @ x
    return z

def backward(W, x, dz):
    dW = np.outer(dz, x.T)
    dx = W.T @ dz.T
""",
    "vectors made a column and a row": """
def forward(W, x):
    z = W @ x
    return z

def backward(W, x, dz):
    dW = dz.reshape(-1, 1) @ x.reshape(1, -1)
    dx = W.T @ dz
""",
    "a name bound to its transpose": """
class Linear:
    def forward(self, x):
        W = self.W.T
        return x @ W

    def backward(self, dz):
        x = self.x.T
        dx = dz @ self.W
        dW = x @ dz
""",
    "classes, each with weights of its own": """
class Rows:
    def forward(self, x):
        return x @ self.W

    def backward(self, dy):
        dx = dy @ self.W.T

class Columns:
    def backward(self, dy):
        dx = self.W.T @ dy
""",
}


@pytest.mark.parametrize("name", RIGHT_PROGRAMS)
def test_programs_that_may_be_right_are_not_blamed(name: str) -> None:
    assert errors(RIGHT_PROGRAMS[name], "program.py") == []


@pytest.mark.parametrize("name", RIGHT)
def test_what_may_be_right_is_not_blamed(name: str) -> None:
    assert errors(f"# Notes\n\n{RIGHT[name]}\n", "notes.md") == []


WRONG = {
    "beside its product": ("The layer is $Z = X W$, and $dW = X dZ$.", "dW = X^T dZ"),
    "below a function of the entries": (
        r"$Z_2 = A_1 W_2$, $A_1 = \tanh(Z_1)$ and $dZ_1 = (W_2^T dZ_2) \odot (1 - A_1^2)$.",
        r"dZ_1 = (dZ_2 W_2^T) \odot (1 - A_1^2)",
    ),
    "of two gradients the one that a slip explains": ("$dW = dZ A$ and $dA = W^T dZ$.", "dW = dZ A^T"),
    "several in one formula": (
        "$Q = X U$, $K = X V$. Then $dX = dQ U + dK V$.",
        "dX = dQ U^T + dK V^T",
    ),
    "with a number before it": (r"$Z = X W$, $dW = \frac{1}{m} dZ X^T$.", r"dW = \frac{1}{m} X^T dZ"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_gradient_is_held_against_its_product(name: str) -> None:
    text, fixed = WRONG[name]
    found = errors(f"# Notes\n\n{text}\n", "notes.md")
    assert fixed in [fix for _, fix in found]


ATTENTION = """
def attend(q, k, v):
    scores = q @ k.swapaxes(-1, -2)
    return scores @ v

def backward(dscores, q, k):
    dk = dscores @ q
"""


def test_the_message_says_what_the_product_is() -> None:
    (found,) = check(Source(ATTENTION, "layer.py"), Settings()).diagnostics
    right = "dscores.swapaxes(-1, -2) @ q"
    assert (found.code, found.message) == ("SC301", "this is not the gradient of k")
    assert [label.message for label in found.labels] == [f"expected {right}", "the product in question"]
    told = "`scores = q @ k.swapaxes(-1, -2)`"
    assert found.notes == (f"for all sizes, {told} gives {right} as the gradient of k",)
    assert [(fix.title, fix.formula, fix.safe) for fix in found.fixes] == [
        ("transpose dscores", f"dk = {right}", False)
    ]


def test_what_is_addressed_to_the_program_is_judged_by_its_shapes_alone() -> None:
    assert errors("X, W: n x n\nZ = X W\ndW = X dZ\n", "a.formulas") == []


NETWORK = """
h = x @ w1
s = h @ w2
ds = s - y
dw2 = h.T @ ds
dh = ds @ w2.T
dw1 = x.T @ dh
w1 -= 0.1 * dw1
w2 = w2 - 0.1 * dw2

def step(x, w1, w2):
    h = x @ w1
    dh = (h @ w2 - y) @ w2.T
    dw1 = x.T @ dh
"""


def test_a_weight_stays_one_after_it_took_a_step() -> None:
    assert errors(NETWORK, "train.py") == []
    slip = "".join(NETWORK.rsplit(".T", 1))
    assert [fix for _, fix in errors(slip, "train.py")] == ["dw1 = x.T @ dh"]


def test_a_formula_that_speaks_against_a_slip_is_not_blamed_for_it() -> None:
    text = """
def backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev) / m
    dA_prev = np.dot(W.T, dZ)

x = np.zeros((8, 40))
backward(np.zeros((3, 40)), (x, np.zeros((3, 8)), 0))
"""
    assert [fix for _, fix in errors(text, "layer.py")] == ["dW = np.dot(dZ, A_prev.T) / m"]


def test_the_gradient_of_weights_may_be_called_that_of_a_weight() -> None:
    text = """
class Linear:
    def forward(self, input_):
        self._input = input_
        return input_ @ self.weights.T

    def backward(self, grad):
        weight_grad = grad{} @ self._input
        input_grad = grad @ self.weights
        return input_grad
"""
    assert errors(text.format(".T"), "linear.py") == []
    assert [fix for _, fix in errors(text.format(""), "linear.py")] == ["weight_grad = grad.T @ self._input"]


def test_an_outer_product_the_wrong_way_round_is_found() -> None:
    text = "def forward(U, h):\n    z = U @ h\n    return z\n\ndef backward(U, h, dz):\n    dU = np.outer(h, dz)\n"
    assert [fix for _, fix in errors(text, "layer.py")] == ["dU = np.outer(dz, h)"]


def test_a_product_that_a_stated_convention_contradicts_bears_no_witness() -> None:
    product = "Z^{[1]} &= W^{[1]} X"
    text = "% shapecheck: @convention batch-first\n$$" + product + "$$\n$$dW^{[1]} = X^T dZ^{[1]}$$\n"
    assert [fix for _, fix in errors(text, "paper.tex")] == ["Z^{[1]} &= X W^{[1]}"]


LAYER = """
import numpy as np

class Linear:
    def forward(self, x):
        self.inputs = x
        out = x @ self.weight + self.bias
        return out

    def backward(self, dout):
        x_flat = self.inputs.reshape(-1, self.inputs.shape[-1])
        dout_flat = dout.reshape(-1, dout.shape[-1])
        self.dweight = x_flat.T @ dout_flat
        self.dbias = np.sum(dout_flat, axis=0)
        return dout @ self.weight.T
"""
SLIPS = {
    "a sum along the wrong axis": ("axis=0", "axis=1", "self.dbias = np.sum(dout_flat, axis=0)"),
    "a sum along the wrong axis, counted from behind": ("axis=0", "axis=-1", "self.dbias = np.sum(dout_flat, axis=0)"),
    "entries multiplied": (" @ self.weight.T", " * self.weight.T", "dout @ self.weight.T"),
    "a transpose too few, by another name": ("x_flat.T @", "x_flat @", "self.dweight = x_flat.T @ dout_flat"),
    "a transpose too many": ("@ dout_flat", "@ dout_flat.T", "self.dweight = x_flat.T @ dout_flat"),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_slips_are_found_by_whatever_names_the_arrays_have(slip: tuple[str, str, str]) -> None:
    right, wrong, fix = slip
    assert errors(LAYER, "linear.py") == []
    assert [found for _, found in errors(LAYER.replace(right, wrong), "linear.py")] == [fix]


def test_the_sum_for_a_bias_tells_which_of_two_gradients_is_wrong() -> None:
    text = """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    dW = {} / 5
    db = np.sum(dZ, axis=1, keepdims=True) / 5
    dA_prev = {}
    return dA_prev, dW, db
"""
    right = ("np.dot(dZ, A_prev.T)", "np.dot(W.T, dZ)")
    assert errors(text.format(*right), "layer.py") == []
    assert [fix for _, fix in errors(text.format("np.dot(dZ.T, A_prev.T)", right[1]), "layer.py")] == [
        "dW = np.dot(dZ, A_prev.T) / 5"
    ]


RESIDUALS = {
    "a gradient without a name": "def step(X, y, theta):\n    h = X @ theta\n    diff = h - y\n    grad = {} @ diff\n",
    "in one statement": "def step(X, y, theta):\n    dtheta = {} @ (sigmoid(X @ theta) - y)\n    H = X.T @ X\n",
}


@pytest.mark.parametrize("text", RESIDUALS.values(), ids=RESIDUALS)
def test_a_residual_is_the_gradient_of_its_prediction(text: str) -> None:
    assert errors(text.format("X.T"), "fit.py") == []
    (found,) = errors(text.format("X"), "fit.py")
    assert "X.T @" in found[1]


LIKE_SLIPS = {
    "a sum over features beside one over examples": """
def backward(dZ, X, W):
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    total = dZ.sum(axis=1)
    dX = dZ @ W.T
""",
    "a bias of each example": """
def backward(dZ, X, W):
    dW = X.T @ dZ
    dc = dZ.sum(axis=1)
    dX = dZ @ W.T
""",
    "a column that scales": """
def backward(dy, h):
    v = np.zeros((4, 1))
    y = h @ v
    dv = h.T @ dy
    dh = dy * v.T
""",
    "a gate": """
class Gate:
    def forward(self, x):
        self.g = x @ self.weight
        return self.g * x

    def backward(self, dout):
        dg = dout * self.x
        dx = dg @ self.weight.T + dout * self.g
        return dx
""",
    "a name that is given two arrays": """
def backward(dZ2, dZ1, H, X, W2, W1):
    inputs = H.reshape(5, -1)
    dW2 = inputs.T @ dZ2
    inputs = X.reshape(5, -1)
    dW1 = inputs.T @ dZ1
    dX = dZ1 @ W1.T
    dH = dZ2 @ W2.T
""",
    "a matrix made symmetric": "def f(A, B):\n    S = (A + A.T) / 2\n    C = S @ B\n    return C\n",
    "a quadratic form": "def f(A, x):\n    g = (A + A.T) @ x\n    return g\n",
    "the Laplacian of a graph": "def f(A, F):\n    L = np.diag(A.sum(axis=1)) - A\n    G = L @ F\n    return G\n",
    "a graph that is normalized": """
def f(A, X):
    d = A.sum(axis=1)
    S = A / np.sqrt(d[:, None] * d[None, :])
    Y = S @ X
""",
    "a shape out of a cache": """
class Pool:
    def backward(self, dZ):
        given, stride = self._cache
        dX = np.zeros(given)
        dX[:, :2, :3, :] = dZ
        return dX
""",
    "a gradient beside another array of its variable's name": """
def backward(dout, cache):
    x, size = cache
    N, C, H, W = x.shape
    dx = np.zeros_like(x)
    for n in range(N):
        window = x[n, 0, 0:size, 0:size]
        out = np.max(window)
        dx[n, 0, 0:size, 0:size] += dout[n, 0, 0, 0] * (window == out)
    return dx
""",
    "layouts in two branches": """
def backward(dZ, X, W, rows):
    if rows:
        dW = X.T @ dZ
        db = dZ.sum(axis=0)
        dX = dZ @ W.T
    else:
        dW = dZ @ X.T
        db = dZ.sum(axis=1)
        dX = W.T @ dZ
""",
    "a unit whose weights are one column": """
def backward(H, dZ):
    W = np.zeros((4, 1))
    Z = H @ W
    dW = H.T @ dZ
    dH = dZ * W.T
""",
    "a Gram matrix, whose gradient is taken": """
def f(E, X, dH):
    A = E @ E.T
    H = A @ X
    dA = dH @ X.T
    dX = A @ dH
""",
    "a kernel, which is symmetric": """
def f(K, Y, dF):
    F = K @ Y
    dY = K @ dF
""",
    "a size that is spelled as a gradient": """
class Attention:
    def __init__(self, d_model, heads):
        self.d_k = d_model // heads

    def forward(self, x):
        k = x @ self.Wk
        q = x @ self.Wq
        self.k, self.q = k, q
        return q @ k.T / np.sqrt(self.d_k)

    def backward(self, dscores):
        dq = dscores @ self.k / np.sqrt(self.d_k)
        dk = dscores.T @ self.q / np.sqrt(self.d_k)
        return dq, dk
""",
}


@pytest.mark.parametrize("text", LIKE_SLIPS.values(), ids=LIKE_SLIPS)
def test_what_only_looks_like_a_slip_is_not_blamed(text: str) -> None:
    assert errors(text, "layer.py") == []


def test_a_layer_of_a_loop_goes_back_as_it_goes_forward() -> None:
    text = """
class Network:
    def forward(self, x):
        for l in range(self.depth):
            z = x @ self.params['W%d' % l] + self.params['b%d' % l]
            x = np.maximum(0, z)
        return x

    def backward(self, dout):
        for l in reversed(range(self.depth)):
            upstream = dout * (self.zs[l] > 0)
            dout = {}
"""
    right, wrong = "np.dot(upstream, self.params['W%d' % l].T)", "np.dot(upstream, self.params['W%d' % l])"
    assert errors(text.replace("{}", right), "network.py") == []
    (found,) = errors(text.replace("{}", wrong), "network.py")
    assert found[1] == f"dout = {right}"


def test_a_block_of_a_weight_lies_as_the_weight_does() -> None:
    text = """
def forward(a_prev, xt, Wf, bf):
    concat = np.concatenate((a_prev, xt), axis=0)
    ft = sigmoid(np.dot(Wf, concat) + bf)
    return ft

def backward(dft, Wf, concat, n_a):
    dWf = np.dot(dft, concat.T)
    da_prev = np.dot(Wf[:, :n_a].T, dft)
    dxt = np.dot(Wf[:, n_a:].T, dft)
"""
    assert errors(text, "lstm.py") == []
    slip = text.replace("n_a:].T, dft", "n_a:], dft")
    assert [fix for _, fix in errors(slip, "lstm.py")] == ["dxt = np.dot(Wf[:, n_a:].T, dft)"]


TRANSPOSES = {
    r"X^\top": r"\nabla_W J = X^\top G",
    r"X^{\mathsf{T}}": r"\nabla_W J = X^{\mathsf{T}}G",
    r"X^\mathsf{T}": r"\nabla_W J = X^\mathsf{T}G",
    "X^T": r"\nabla_W J = X^TG",
}


@pytest.mark.parametrize("sign", TRANSPOSES)
def test_a_fix_has_the_transpose_that_the_text_has(sign: str) -> None:
    text = rf"Let $Z = X W$, $G = \nabla_Z J$ and $S = {sign} X$. Then $\nabla_W J = XG$."
    assert [fix for _, fix in errors(text, "notes.md")] == [TRANSPOSES[sign]]


ROWS = r"""
The hidden layer is $a = \tanh(u V_1)$, the scores are $p = \mathrm{softmax}(a V_2)$. With $\delta_1 = p - t$ we get
$\frac{\partial E}{\partial V_2} = a^T \delta_1$, $\delta_2 = {} \odot (1 - a^2)$ and
$\frac{\partial E}{\partial V_1} = u^T \delta_2$.
"""


def test_symmetry_is_that_of_the_matrix_beside_the_word() -> None:
    text = (
        r"The covariance $C$ is symmetric."
        + 40 * " It is of no use here."
        + r" Let $F = H A$. Then $dH = dF A^T$, $dA = H dF$."
    )
    assert [fix for _, fix in errors(text, "notes.md")] == ["dA = H^T dF"]


OBLONG = {
    "stated": (
        r"$U$ is $m \times k$, $V$ is $n \times k$, $E$ is $m \times n$. "
        r"$\nabla_U J = - E V$ and $\nabla_V J = - E U$.",
        r"\nabla_V J = - E^T U",
    ),
    "by other formulas": (
        r"$H = \tanh(X U)$, $S = H V$, $G = S - Y$. "
        r"$\nabla_V L = H G$, $\nabla_U L = X^T (G V^T \odot (1 - H \odot H))$.",
        r"\nabla_V L = H^T G",
    ),
}


@pytest.mark.parametrize(("text", "fix"), OBLONG.values(), ids=OBLONG)
def test_a_matrix_of_two_sizes_is_not_symmetric(text: str, fix: str) -> None:
    assert [fix for _, fix in errors(text, "notes.md")] == [fix]


def test_a_vector_that_another_gradient_shows_to_be_a_row_is_multiplied_as_one() -> None:
    text = ROWS.replace("V_", "W_")
    assert errors(text.replace("{}", r"\delta_1 W_2^T"), "notes.md") == []
    (found,) = errors(text.replace("{}", r"W_2^T \delta_1"), "notes.md")
    assert found[1] == r"\delta_2 = \delta_1 W_2^T \odot (1 - a^2)"


APART = {
    "a residual of its own product": """
def step(X, W, b, Y):
    P = X @ W + b
    E = P - Y
    dW = X.T @ E
    return dW


def other(X, W):
    return W @ X
""",
    "other shapes are stated": '''
def by_rows(x, w, e):
    """x: (n, d), w: (d, k), e: (n, k)"""
    dw = x.T @ e
    return dw


def by_columns(x, w):
    """x: (d, n), w: (k, d)"""
    return w @ x
''',
}


@pytest.mark.parametrize("text", APART.values(), ids=APART)
def test_a_product_of_another_function_is_no_witness_where_it_multiplies_other_arrays(text: str) -> None:
    assert errors(text, "layers.py") == []
