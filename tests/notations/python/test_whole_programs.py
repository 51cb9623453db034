"""What is understood, and what is blamed, of whole programs."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from shapecheck.check import check, check_cells
from shapecheck.notations import notations
from shapecheck.settings import Settings
from shapecheck.syntax.nodes import Pairing
from shapecheck.text import Piece, Source, Window


class Said(NamedTuple):
    """The codes found in a program, and the first lines of the formulas that are not understood."""

    codes: list[str]
    unknown: list[str]


def said(code: str) -> Said:
    """What is said of a program."""
    (report,) = check_cells(Source(code, "program.py"), Settings())
    unknown = [report.source.slice(each.span) for each in report.formulas if each.status == "unknown"]
    return Said([each.code for each in report.diagnostics], unknown)


UNDERSTOOD = {
    "an array that is reshaped by a function is no dimension": """
def cut(w, rows):
    c = np.reshape(w, (rows, -1))
    d = np.asarray(w.copy(), dtype=float)
    return c @ c.T, d[-1:]
""",
    "a dimension whose name lost its s is the same": """
def centre(A, mu):
    '''
    A : array of shape (n_samples, n_features)
    mu : array of shape (n_feature,)
    '''
    return A @ mu
""",
    "a number kept as an attribute is the number": """
class Mixer:
    def __init__(self, width):
        self.width = width
        self.P = np.random.randn(width, width) / np.sqrt(width)
    def mix(self, u):
        v = u.reshape(-1, self.width)
        return v @ self.P
""",
    "an attribute used as a dimension elsewhere makes its parameter one": """
class Gate:
    def __init__(self, units, scale=0.5):
        self.units = units
        self.P = np.random.randn(self.units, 4) * np.sqrt(2 / units) * scale
    def open(self):
        s = np.zeros((1, self.units))
        return s @ self.P
""",
    "an unpacked dimension is the one that another function calls by its own name": """
class Probe:
    def __init__(self, inputs, outputs):
        self.P = np.random.randn(inputs, outputs)
    def run(self, X):
        '''X: array of shape (N, D)'''
        S = X @ self.P
        self.dP = X.T @ S
        return S
""",
    "a dimension of a docstring may be the product of others": """
def flatten(u, P):
    '''
    u: images of shape (N, H, W)
    P: weights of shape (D, M)
    '''
    return u.reshape(u.shape[0], -1) @ P
""",
    "a gradient of rank 1 serves as that of a row": """
P, c = np.zeros((3, 5)), np.zeros((1, 5))
dY = np.ones((7, 5))
dc = np.sum(dY, axis=0)
c -= 0.1 * dc
""",
    "a shape kept under a name": """
class Filters:
    def __init__(self, depth, side):
        self.shape_of_all = (depth, side, side)
        self.K_shape = other(depth)
        self.F = np.random.randn(*self.shape_of_all)
    def run(self):
        G = np.zeros(self.shape_of_all)
        H = np.zeros(self.K_shape)
        H[0, 1] = 2
        return G.transpose(0, 2, 1) @ self.F
""",
    "a sum that is made on the spot to grow": """
rows, columns = np.arange(3), np.arange(4)
places = rows.reshape(-1, 1) + columns.reshape(1, -1)
others = rows[:, None] - columns[None, :]
""",
    "what is given back may have been of another shape before": """
def pack(u):
    '''
    Returns
    -------
    v : array of shape (Q, Z)
    '''
    v = spread(u)
    v = v.transpose(1, 2, 0).reshape(3, -1)
    return v
""",
    "a name whose branches differ is not what its docstring says": """
def look(u):
    '''u : array of shape (T,)'''
    if u.ndim == 1:
        u = u.reshape(1, -1)
    first = u[0, 0]
    return u @ u.T
""",
    "a scalar and dimensions in words": """
def score(q, c, X):
    '''
    q -- weights, of shape (number of inputs, 1)
    c -- offset, a scalar
    X -- data of shape (number of inputs, number of examples)
    '''
    A = np.tanh(q.T @ X + c)
    return X @ A.T
""",
    "a number goes into parts of two shapes": """
P = np.zeros((4, 3, 3))
P[0, :, 1] = P[:, 2, 1] = 1
""",
    "deltas counted in another way than the layers": """
P1, P2 = np.zeros((2, 3)), np.zeros((3, 4))
X = np.ones((9, 2))
a1 = np.tanh(X.dot(P1))
delta3 = a1.dot(P2)
dP2 = a1.T.dot(delta3)
delta2 = delta3.dot(P2.T) * (1 - a1 ** 2)
dP1 = X.T.dot(delta2)
""",
}


@pytest.mark.parametrize("code", UNDERSTOOD.values(), ids=UNDERSTOOD.keys())
def test_right_programs_are_not_blamed(code: str) -> None:
    assert said(f"import numpy as np\n{code}").codes == []


@pytest.mark.parametrize("name", [name for name in UNDERSTOOD if "given back" not in name and "branches" not in name])
def test_they_are_understood(name: str) -> None:
    unknown = said(f"import numpy as np\n{UNDERSTOOD[name]}").unknown
    assert [each for each in unknown if "H[0, 1]" not in each and "self.width)" not in each] == []


def test_a_dimension_is_one_other_and_not_two() -> None:
    code = UNDERSTOOD["an unpacked dimension is the one that another function calls by its own name"]
    assert said(f"import numpy as np\n{code.replace('X.T @ S', 'S.T @ X')}").codes == ["SC204"]


def test_a_mistake_is_blamed_where_it_stands_and_not_where_it_is_called() -> None:
    code = """
import numpy as np
def backward(dY, X):
    dP = X.T @ dY
    dc = np.sum(dY)
    return dP, dc
X, dY = np.ones((9, 2)), np.ones((9, 4))
P, c = np.zeros((2, 4)), np.zeros((1, 4))
dP, dc = backward(dY, X)
"""
    assert said(code).codes == ["SC204"]


def of_line(line: str, *shapes: str) -> list[str]:
    """The codes and the first fix of a line of numpy, with the shapes of its names declared."""
    report = check(Source(line, "<formula>"), Settings(shapes=shapes, notation="python"))
    status = [each.status for each in report.formulas]
    fixes = [fix.formula for each in report.diagnostics for fix in each.fixes]
    return [each.code for each in report.diagnostics] + fixes[:1] or status


STATES = ("U: (h, v)", "S: (h, h)", "xs[t]: (v, 1)", "hs[t]: (h, 1)", "hs[t-1]: (h, 1)", "dr: (h, 1)")


@pytest.mark.parametrize(
    ("line", "shapes", "expected"),
    [
        ("hs[t] = np.tanh(U @ xs[t] + S @ hs[t-1])", STATES, ["ok"]),
        ("hs[t] = np.tanh(U @ hs[t] + S @ hs[t-1])", STATES, ["SC201"]),
        ("dS += np.dot(dr, hs[t-1].T)", STATES, ["ok"]),
        ("r = P[-l+1].T @ q[-2]", ("P[-l+1]: (a, b)", "q[-2]: (a, 1)"), ["ok"]),
        ("y = mu_ * A_", ("mu_: scalar", "A_: (n, m)"), ["ok"]),
        ("S[range(n), k] -= 1", ("S: (n, c)", "k: (n,)"), ["ok"]),
        ("q = P.T @ q", ("P: (a, b)", "q: (a, 1)"), ["ok"]),
        ("grads['dP'] = X.T @ E", ("params['P']: (a, b)", "X: (n, a)", "E: (n, b)"), ["ok"]),
        (
            "grads['dP'] = E.T @ X",
            ("params['P']: (a, b)", "X: (n, a)", "E: (n, b)"),
            ["SC204", "grads['dP'] = X.T @ E"],
        ),
        ("grads['P'] = E.T @ X", ("P: (a, b)", "X: (n, a)", "E: (n, b)"), ["SC204", "grads['P'] = X.T @ E"]),
        ("G = Q @ K.T", ("Q: (b, t, d)", "K: (b, t, d)"), ["SC201", "G = Q @ K.transpose(0, 2, 1)"]),
        ("dq = np.dot(X, (p - y))", ("X: (n, k)", "p: (n, 1)", "y: (n, 1)"), ["SC201", "dq = np.dot(X.T, (p - y))"]),
        (
            "Z = V @ np.concatenate((a, x), axis=1)",
            ("V: (k, n + p)", "a: (n, m)", "x: (p, m)"),
            ["SC207", "Z = V @ np.concatenate((a, x), axis=0)"],
        ),
        ("dP += np.dot(e.T, h)", ("P: (n, n)", "e: (n, 1)", "h: (n, 1)"), ["SC213"]),
    ],
)
def test_lines_with_their_shapes_declared(line: str, shapes: tuple[str, ...], expected: list[str]) -> None:
    assert expected == of_line(line, *shapes)[: len(expected)]


def test_of_several_shapes_in_a_docstring_none_is_held_against_the_code() -> None:
    code = """
def spread(A, R, kind):
    '''
    A : array of shape (n, d)
    R : array
        'full' : shape of (k, d, d)
        'one' : shape of (d, d)
    '''
    return A - A @ R
"""
    assert said(code) == ([], [])


def test_a_number_of_examples_is_not_taken_for_one_of_units() -> None:
    code = """
import numpy as np
class Sheet:
    def __init__(self, inputs, outputs):
        self.P = np.random.randn(inputs, outputs)
    def turned(self, X):
        '''X: array of shape (N, D)'''
        return X.T @ self.P
"""
    assert said(code) == ([], ["X.T @ self.P"])


def test_two_numbers_of_examples_are_not_one() -> None:
    code = """
def apart(X, Y):
    '''
    X: array of shape (N, D)
    Y: array of shape (M, D)
    '''
    return X - Y
"""
    assert said(code).codes == ["SC202"]


@pytest.mark.parametrize("formula", ["d.T @ X", "X.T @ d"])
def test_a_gradient_that_may_lie_either_way_is_not_understood(formula: str) -> None:
    code = f"""
class Layer:
    def __init__(self, inputs, hidden):
        self.W1 = np.random.randn(inputs, hidden)

    def back(self, d, X):
        '''
        d: gradient of shape (N, H)
        X: data of shape (N, D)
        '''
        self.dW1 = {formula}
"""
    found = said(code)
    assert (found.codes, found.unknown) == ([], [f"self.dW1 = {formula}"])


def test_what_works_entry_by_entry_is_called_with_arrays_of_any_size() -> None:
    code = """
def squash(x): return 1 / (1 + np.exp(-x))
def step(x): return x > 0
def mix(x): return x @ x.T
def layer(x): return squash(mix(x))
a, b = squash(u), squash(v)
c, d, e, f, g = step(u), mix(u), mix(v), layer(u), layer(v)
"""
    statements = notations["python"].parse(Window((Piece(code, 0),))).statements
    pairs = {(each.one.base, each.sizes) for each in statements if isinstance(each, Pairing)}
    arguments = {(name, sizes) for name, sizes in pairs if name.endswith(":x")}
    assert arguments == {("@squash:x", False), ("@step:x", True), ("@mix:x", True), ("@layer:x", True)}


def test_a_number_of_examples_is_none_of_units_beside_it() -> None:
    code = '''
import numpy as np
class Net:
    def __init__(self, inputs, hidden_size, classes):
        self.params = {"W1": np.random.randn(inputs, hidden_size), "W2": np.random.randn(hidden_size, classes)}
    def loss(self, X, y):
        """X: samples of shape (N, D)."""
        W1, W2 = self.params["W1"], self.params["W2"]
        N, D = X.shape
        h = np.maximum(0, X @ W1)
        scores = h @ W2
        dscores = (scores - y) / N
        dW2 = h.T @ dscores
        dh = dscores @ W2.T * (h > 0)
        dW1 = X.T @ dh
        return dW1, dW2
'''
    assert said(code).codes == []
    assert said(code.replace("dW1 = X.T @ dh", "dW1 = X @ dh")).codes == ["SC201"]
    assert said(code.replace("dW2 = h.T @", "dW2 = h @")).codes == ["SC201"]


def test_an_axis_of_one_entry_more_is_no_mistake_that_tells() -> None:
    code = '''
import numpy as np
def train(X, W, b, y):
    """
    - X: (N, D)
    - W: (D, C)
    - b: (C,)
    """
    scores = X @ W + b
    dscores = scores - y
    db = np.sum(dscores, axis=0, keepdims=True)
    dW = X.T @ dscores
    return dW, db
'''
    assert said(code).codes == []
    assert said(code.replace("axis=0, keepdims=True", "axis=1")).codes == ["SC204"]


def test_what_is_flattened_has_one_number_of_entries_and_caches_are_unpacked() -> None:
    code = """
import numpy as np
def dense_forward(x, w, b):
    y = x.reshape(x.shape[0], -1) @ w + b
    kept = (x, w)
    return y, kept
def dense_backward(dy, cache):
    x, w = cache
    dw = x.reshape(len(dy), -1).T @ dy
    dx = (dy @ w.T).reshape(x.shape)
    return dx, dw
"""
    assert said(code).codes == []
    assert said(code.replace("dy @ w.T", "dy @ w")).codes == ["SC201"]
    assert said(code.replace(".T @ dy", " @ dy")).codes == ["SC201"]


BACKWARD = """
import numpy as np
def layer_backward(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    dW = np.dot(dZ, A.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA = np.dot(W.T, dZ)
    return dA, dW, db
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("np.dot(W.T, dZ)", "np.dot(W, dZ)"), ("(dZ, A.T)", "(dZ, A)"), ("np.dot(dZ, A.T)", "np.dot(A.T, dZ)")],
)
def test_a_gradient_that_alone_makes_an_array_square_is_a_slip(right: str, wrong: str) -> None:
    assert said(BACKWARD).codes == []
    assert said(BACKWARD.replace(right, wrong)).codes == ["SC201"]


def test_a_gradient_of_unknown_shape_has_not_that_of_what_was_bound_before_it() -> None:
    code = '''
import numpy as np
def elman(X, Wx, Wh, Wy, bh, Y):
    """
    X : (T, n_in)
    Wy : (n_h, n_out)
    """
    T = len(X)
    n_h = len(bh)
    H = np.zeros((T + 1, n_h))
    for t in range(T):
        H[t + 1] = np.tanh(X[t] @ Wx + H[t] @ Wh + bh)
    dY = H[1:] @ Wy - Y
    dWy = H[1:].T @ dY
    dby = dY.sum(0)
    dWx, dWh, dbh = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(bh)
    dh = np.zeros(n_h)
    for t in reversed(range(T)):
        dz = dh * (1 - H[t + 1] ** 2)
        dbh += dz
    return dWx, dWh, dWy, dbh, dby
'''
    assert said(code).codes == []
    assert said(code.replace("H[1:].T @ dY", "dY.T @ H[1:]")).codes == ["SC204"]


ONE_FUNCTION = """
import numpy as np
def step(x, w, b, y):
    out = x.dot(w) + b
    dout = (out - y) / x.shape[0]
    dw = x.T.dot(dout)
    db = dout.sum(axis=0)
    return dw, db
"""


def test_a_gradient_that_is_transposed_beside_its_product_is_a_slip() -> None:
    assert said(ONE_FUNCTION).codes == []
    wrong = ONE_FUNCTION.replace("x.T.dot(dout)", "dout.T.dot(x)")
    (report,) = check_cells(Source(wrong, "program.py"), Settings())
    (found,) = report.diagnostics
    assert (found.code, found.fixes[0].formula) == ("SC301", "dw = x.T.dot(dout)")
    assert said(ONE_FUNCTION.replace("return dw", "dx = w.dot(dout.T)\n    return dx")).codes == ["SC301"]


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("return dw", "return dw.T"),
        ("    out = x.dot(w)", "    out = x.dot(w.T)"),
        ("    out = x.dot(w)", "    w = kept.T\n    out = x.dot(w)"),
    ],
)
def test_a_gradient_may_be_transposed_where_its_array_is(right: str, other: str) -> None:
    code = ONE_FUNCTION.replace("x.T.dot(dout)", "dout.T.dot(x)").replace(right, other)
    assert "SC301" not in said(code).codes


BOUND_ANEW = """
import numpy as np
from losses import softmax_loss
def loss(self, X, y):
    kept = []
    out = X.copy()
    for l in range(self.layers):
        out = np.dot(out, self.params["W" + str(l + 1)]) + self.params["b" + str(l + 1)]
        kept.append(out)
    value, dscores = softmax_loss(kept[-1], y)
    grads = {}
    for l in range(self.layers - 1, -1, -1):
        if l == self.layers - 1:
            grads["W" + str(l + 1)] = np.dot(kept[l - 1].T, dscores)
    return value, grads
"""


def test_a_product_that_binds_its_factor_anew_does_not_say_which_of_the_two_it_means() -> None:
    assert said(BOUND_ANEW).codes == []


FUNCTION_OF_ONES_OWN = """
import numpy as np
from functions import identity
y = np.zeros((32, 1))
for x in batches:
    z3 = np.dot(x, w3) + b3
    preds = identity(z3)
    grad_z3 = 2 * (preds - y) / 32
"""


def test_a_function_of_ones_own_is_no_identity_matrix() -> None:
    (report,) = check_cells(Source(FUNCTION_OF_ONES_OWN, "program.py"), Settings())
    assert "preds" not in [formula.name for formula in report.formulas if formula.shape is not None]
