"""A fix is safe only if it keeps every name, is the single cheapest, lays nothing across and leaves fewer findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecheck.check import check
from shapecheck.diagnostic import Fix
from shapecheck.files.fixing import fix_source
from shapecheck.settings import Settings
from shapecheck.text import Source

from .fixes import findings, fixes, formulas

MEAN = """\
import numpy as np
Z = np.random.randn(4, 7)
mu = np.sum(Z, axis=1)
C = Z - mu
"""


def fixed(text: str, path: str) -> str:
    """A text with its safe fixes made."""
    source = Source(text, path)
    made = fix_source((check(source, Settings()),), source, lambda each: (check(each, Settings()),))
    return made.source.text


def test_a_lost_axis_is_kept_where_it_was_lost() -> None:
    (finding,) = findings(MEAN, "x.py")
    (fix,) = finding.fixes
    assert finding.code == "SC206"
    assert (fix.formula, fix.safe) == ("mu = np.sum(Z, axis=1, keepdims=True)", True)
    assert fix.title == "keep the summed axis with keepdims=True where mu is computed: mu is then 4×1"
    assert fixed(MEAN, "x.py") == MEAN.replace("axis=1", "axis=1, keepdims=True")


def test_it_is_not_safe_where_others_build_upon_the_lost_axis() -> None:
    text = MEAN + "L = np.zeros((7, 4)) @ (mu + np.zeros(4)).reshape(4, 1)\n"
    (fix,) = [fix for found in findings(text, "x.py") for fix in found.fixes]
    assert not fix.safe
    assert fixed(text, "x.py") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Z: n x m ;; mu = sum(Z, axis=1) ;; C = Z - mu", ["mu = sum(Z, axis=1, keepdims=True)"]),
        ("Z: n x m ;; mu = 1/m sum(Z, axis=1) ;; C = Z - mu", ["mu = 1/m sum(Z, axis=1, keepdims=True)"]),
        ("Z: n x m ;; mu: (n,) ;; C = Z - mu", ["C = Z - mu[:, None]"]),
    ],
)
def test_no_transpose_brings_an_axis_back(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    ("made", "between", "use"),
    [
        ("r = Z.max(axis=-1)", "E = np.exp(r)", "Z / E"),
        ("r = np.mean(Z ** 2, axis=1)", "v = np.sqrt(r + 1e-5)", "Z / v"),
        ("r = np.linalg.norm(Z, axis=1)", "a = 2 * r\nb = a + 1\nc = b * b", "Z * c"),
    ],
)
@pytest.mark.parametrize(
    ("path", "frame"),
    [
        ("x.py", "Z = np.random.randn(4, 7)\n{}"),
        ("x.formulas", "Z: n x m\n{}"),
        ("x.md", "Where $Z \\in \\mathbb{{R}}^{{n \\times m}}$:\n\n```python\n{}\n```\n"),
    ],
)
def test_a_lost_axis_is_kept_behind_what_is_computed_of_it(
    made: str, between: str, use: str, path: str, frame: str
) -> None:
    (finding,) = findings(frame.format(f"{made}\n{between}\nD = {use}\n"), path)
    assert finding.code == "SC206"
    (fix,) = finding.fixes
    assert fix.formula.startswith("r = ")
    assert "axis=-1, keepdims=True)" in fix.formula or "axis=1, keepdims=True)" in fix.formula


def test_no_axis_is_kept_of_an_array_that_is_another_by_then() -> None:
    again = "r = np.sum(Z, axis=1)\na = r / 7\nr = np.ones((3, 3))\nD = Z - a\n"
    assert [fix.formula for fix in fixes_of(again)] == ["D = Z - a[:, None]"]
    updated = "r = np.sum(Z, axis=1)\nr = r / 7\nD = Z - r\n"
    assert [fix.formula for fix in fixes_of(updated)] == ["D = Z - r[:, None]"]


def fixes_of(lines: str) -> tuple[Fix, ...]:
    (finding,) = findings(f"import numpy as np\nZ = np.random.randn(4, 7)\n{lines}", "x.py")
    return finding.fixes


def test_names_that_are_made_of_each_other_come_to_an_end() -> None:
    lines = "".join(f"a{each} = a{each - 1} + a{each - 2}\n" for each in range(2, 40))
    text = MEAN.replace("C = Z - mu", f"a0 = mu\na1 = mu\n{lines}C = Z - a39")
    (finding,) = findings(text, "x.py")
    assert [fix.formula for fix in finding.fixes] == ["C = Z - a39[:, None]"]


@pytest.mark.parametrize(
    "text",
    [
        "Z2 = W2 A1 + b1",
        "dA1 = W1.T dZ2",
        "dZ1 = dA1 * g'(Z2)",
        "dW1 = 1/m dZ1",
        "dA[l] = W[l]T dZ[l]",
        "W_f: h x (h + D) ;; da: h x m ;; e: h x m ;; da = W_f.T e",
    ],
)
def test_another_name_is_never_safe(text: str) -> None:
    found = fixes(text)
    assert found
    assert not any(fix.safe for fix in found)


def test_no_name_of_code_is_offered_before_it_is_bound() -> None:
    text = """\
import numpy as np
def step(n, k, m):
    W1 = np.zeros((n, k))
    X = np.zeros((k, m))
    b2 = np.zeros((m, 1))
    Z1 = W1 @ X + b2
    b1 = np.zeros((n, 1))
    return Z1, b1
"""
    found = [fix.formula for each in findings(text, "x.py") for fix in each.fixes]
    assert not any("b1" in formula for formula in found)


@pytest.mark.parametrize(
    ("text", "unsafe"),
    [
        ("X: m x n ;; W: n x k ;; b: k x 1 ;; z: m x k ;; z = X W + b", "z = X W + b.T"),
        ("Z: n x m ;; s: 1 x n ;; C: n x m ;; C = Z * s", "C = Z * s.T"),
    ],
)
def test_what_is_turned_and_then_spread_is_not_safe(text: str, unsafe: str) -> None:
    found = fixes(text)
    assert unsafe in [fix.formula for fix in found]
    assert not any(fix.safe for fix in found)


@pytest.mark.parametrize("text", ["d, h: n x 1 ;; W: n x n ;; dW = d.T h", "x: n x 1 ;; y: k x 1 ;; A = x.T y"])
def test_no_row_is_laid_across_a_column(text: str) -> None:
    assert not any("*" in formula for formula in formulas(text))


def test_a_fix_that_makes_another_line_wrong_is_not_safe() -> None:
    text = "P: n x k\nQ: k x m\nY = Q P\nR: m x n\nS = Y.T - R\n"
    assert [fix.safe for fix in fixes(text)] == [True]
    assert [fix.safe for fix in fixes(text.replace("Y.T - R", "Y - R"))] == [False]


def test_the_rule_is_written_down_where_it_is_decided() -> None:
    root = Path(__file__).resolve().parents[2]
    parts = ("keeps every name", "single cheapest", "orientation by broadcasting", "no more findings")
    pages = ("shapecheck/README.md", "shapecheck/manual/fixes.md", ".github/CONTRIBUTING.md")
    for name in ("shapecheck/suggest/_safety.py", *pages):
        words = " ".join((root / name).read_text(encoding="utf-8").split())
        assert all(part in words for part in parts), name
