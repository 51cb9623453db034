"""Fixes of lines of torch are torch's: a call keeps its module, its words for axes, the brackets around arrays."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

SHAPES = ("x: m x d", "z: m x e", "q, k: b x n x d", "c: m x 1", "y: m x (d+e)", "r: (d,)", "s: scalar", "S: b x n x n")
REDUCED = ("sum", "mean", "std", "var", "logsumexp", "amax", "amin", "prod")
WRONG = [
    *(f"c = torch.{name}(x, dim=0)" for name in REDUCED),
    *(f"c = torch.{name}(x, dim=1)" for name in REDUCED),
    *(f"r = torch.{name}(x, dim=1)" for name in REDUCED),
    *(f"r = x.{name}(dim=0, keepdim=True)" for name in ("sum", "mean", "std", "var")),
    *(f"x - x.{name}(dim=1)" for name in ("sum", "mean", "std", "var")),
    *(
        f"y = torch.{name}({pair}, {axis})"
        for name in ("cat", "concat")
        for pair in ("(x, z)", "[x, z]")
        for axis in "0"
    ),
    "y = torch.cat((x, z), dim=0)",
    "c = torch.sum(torch.cat([x, z], dim=1), dim=1)",
    *(f"S = torch.{name}(q, k)" for name in ("matmul", "bmm")),
    "S = torch.softmax(q @ k, dim=-1)",
    "c = -torch.sum(x)",
]
WORDS = {"dim", "keepdim"}


def fixed(line: str) -> list[str]:
    """The fixes of a line."""
    report = check(Source(line, "<formula>"), Settings(shapes=SHAPES))
    assert [found for found in report.diagnostics if found.severity == "error"], line
    return [fix.formula for found in report.diagnostics for fix in found.fixes]


def calls(line: str) -> Iterator[ast.Call]:
    """The calls of a line."""
    return (node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Call))


@pytest.mark.parametrize("line", WRONG)
def test_a_fix_is_torch(line: str) -> None:
    fixes = fixed(line)
    assert fixes
    for call in (call for fix in fixes for call in calls(fix)):
        function = call.func
        assert isinstance(function, ast.Attribute), fixes
        assert not (isinstance(function.value, ast.Name) and function.value.id == "np"), fixes
        assert {keyword.arg for keyword in call.keywords} <= WORDS, fixes
        if function.attr in ("cat", "concat"):
            assert isinstance(call.args[0], ast.Tuple | ast.List), fixes
        if function.attr == "transpose":
            assert len(call.args) == 2, fixes


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("y = torch.cat((x, z), 0)", "y = torch.cat((x, z), dim=1)"),
        ("S = torch.matmul(q, k)", "S = torch.matmul(q, k.transpose(1, 2))"),
        ("x - x.mean(dim=1)", "x - x.mean(dim=1, keepdim=True)"),
        ("r = torch.sum(x, dim=1)", "r = torch.sum(x, dim=0)"),
        ("S = q @ k.mT.mT", "S = q @ k.mT"),
    ],
)
def test_the_first_fix(line: str, right: str) -> None:
    assert fixed(line)[0] == right


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("c = np.sum(x, axis=1)", "c = np.sum(x, axis=1, keepdims=True)"),
        ("c = torch.sum(x, dim=1)", "c = torch.sum(x, dim=1, keepdim=True)"),
        ("c = x.sum(axis=1)", "c = x.sum(axis=1, keepdims=True)"),
        ("c = x.sum(dim=1)", "c = x.sum(dim=1, keepdim=True)"),
    ],
)
def test_a_file_that_imports_both_is_written_as_each_call_is(line: str, right: str) -> None:
    head = "import numpy as np\nimport torch\nimport torch.nn.functional as F\n"
    settings = Settings(shapes=("x: m x d", "c: m x 1"))
    (found,) = check(Source(f"{head}{line}\n", "x.py"), settings).diagnostics
    assert found.fixes[0].formula == right
