"""A lone declared size is a column in mathematics, and an array of rank 1 beside numpy's calls or `@`."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

LAYER = "b: c\nX: N x d\nW: d x c\ndZ: N x c\n"
COLUMNS = "b: c\nX: d x N\nW: c x d\ndZ: c x N\n"
REGRESSION = "w: d\nX: n x d\ny: n\n"
DENSE = "x: d\ndz: c\nW: c x d\n"

RIGHT = [
    (LAYER, "db = np.sum(dZ, axis=0)"),
    (LAYER, "db = dZ.sum(axis=0)"),
    (LAYER, "db = dZ.sum(0)"),
    (LAYER, "b = b - lr * np.sum(dZ, axis=0)"),
    (LAYER, "Z = X @ W + b\ndb = dZ.sum(axis=0)"),
    (LAYER, "Z = np.dot(X, W) + b\nb -= lr * np.mean(dZ, axis=0)"),
    (REGRESSION, "w = w - alpha/n * (X @ w - y) @ X"),
    (REGRESSION, "w -= lr * X.T @ (X @ w - y) / n"),
    (REGRESSION, "dw = 2 * X.T.dot(X.dot(w) - y)"),
    (REGRESSION, "loss = np.mean((X @ w - y)**2)"),
    (REGRESSION, "J = (X w - y)^T (X w - y)"),
    (REGRESSION, "J = 1/n (X w - y)^T (X w - y)\ndw = 2/n X^T (X w - y)\nw -= lr * np.dot(X.T, X w - y)"),
    (DENSE, "dW = np.outer(dz, x)\ndx = dz @ W"),
    (DENSE, "dx = W.T @ dz\ndW = dz[:, None] * x"),
    (DENSE, "dW = dz @ x.T"),
    (DENSE, "dW = dz x.T\ndx = W.T dz"),
    (COLUMNS, "Z = W X + b\ndb = np.sum(dZ, axis=1, keepdims=True)"),
    (COLUMNS, "Z = np.dot(W, X) + b\ndb = np.sum(dZ, axis=1, keepdims=True)"),
    (COLUMNS, "db = np.sum(dZ, axis=1)"),
]
WRONG = [
    (LAYER, "db = np.sum(dZ, axis=0, keepdims=True)", "SC204"),
    (LAYER, "db = dZ.sum(axis=1)", "SC204"),
    (LAYER, "b -= lr * np.sum(dZ, axis=0, keepdims=True)", "SC213"),
    (LAYER, "b -= lr * dZ.sum(axis=1)", "SC203"),
    (LAYER, "Z = X @ W.T + b\ndb = dZ.sum(axis=0)", "SC201"),
    (LAYER, "Z = X @ W + b\ndb = np.sum(dZ, axis=0, keepdims=True)", "SC204"),
    (REGRESSION, "w -= lr * X @ (X @ w - y) / n", "SC201"),
    (REGRESSION, "w = w - alpha/n * (X @ w - y) @ X.T", "SC201"),
    (REGRESSION, "dw = X.T @ (X @ w - y) @ X", "SC201"),
    (REGRESSION, "dw = X (X w - y)", "SC201"),
    (DENSE, "dx = W @ dz", "SC201"),
    (DENSE, "dW = np.outer(x, dz)", "SC204"),
    (DENSE, "dW = np.dot(dz, x)", "SC201"),
    (DENSE, "dW = dz x", "SC201"),
    (COLUMNS, "Z = W X + b\ndb = np.sum(dZ, axis=1)", "SC206"),
    (COLUMNS, "Z = W X + b\ndb = np.sum(dZ, axis=0, keepdims=True)", "SC204"),
]


@pytest.mark.parametrize(("declared", "lines"), RIGHT)
def test_what_numpy_or_mathematics_allows_is_right(declared: str, lines: str) -> None:
    assert _codes(declared + lines) == []


@pytest.mark.parametrize(("declared", "lines", "code"), WRONG)
def test_what_neither_allows_is_wrong(declared: str, lines: str, code: str) -> None:
    assert _codes(declared + lines) == [code]


def test_one_file_takes_its_lone_sizes_one_way() -> None:
    both = "Z = W @ X + b\ndb = np.sum(dZ, axis=1)"
    assert len(_codes(COLUMNS + both)) == 1


@pytest.mark.parametrize("path", ["net.py", "net.formulas", "net.md"])
def test_a_declaration_means_the_same_in_every_document(path: str) -> None:
    code = "db = dout.sum(axis=0)\n"
    declared = {
        "net.py": f"# shapecheck: b: M\n# shapecheck: dout: N x M\n{code}",
        "net.formulas": f"b: M\ndout: N x M\n{code}",
        "net.md": f"```formulas\nb: M\ndout: N x M\n```\n\n```python\n{code}```\n",
    }
    report = check(Source(declared[path], path))
    assert [formula.shape for formula in report.formulas] == [("M",)]
    assert not report.diagnostics


def test_an_option_is_a_declaration() -> None:
    settings = Settings(shapes=("b: c", "dZ: N x c"))
    assert not check(Source("db = np.sum(dZ, axis=0)"), settings).diagnostics
    assert check(Source("db = np.sum(dZ, axis=1)"), settings).diagnostics


def test_an_unknown_convention_is_told_once_however_often_the_sections_are_opened() -> None:
    text = f"@convention nobodys\n{COLUMNS}Z = W @ X + b\ndb = np.sum(dZ, axis=1, keepdims=True)"
    assert _codes(text) == ["SC113"]
    assert _codes(text.replace("nobodys", "auto")) == []


def _codes(text: str) -> list[str]:
    return [found.code for found in check(Source(text, "net.formulas")).diagnostics if found.severity == "error"]
