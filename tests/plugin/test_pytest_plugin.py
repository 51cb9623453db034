"""The plug-in for pytest, in runs of pytest of their own."""

from __future__ import annotations

import json

import pytest

FORMULAS = """\
W: 3 x 4
dZ1 = W2.T dZ2 * g1'(Z1)
dZ1 = dZ2 W2.T
q = u(v)
db1 = dZ1  # expect: SC204
# expect: SC999
"""


def test_a_test_for_each_formula(pytester: pytest.Pytester) -> None:
    pytester.makefile(".formulas", notes=FORMULAS)
    result = pytester.runpytest("-v", "-rs", "--color=no")
    result.assert_outcomes(passed=2, failed=2, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "notes.formulas::line 2: dZ1 = W2.T dZ2 [*] g1'(Z1) PASSED*",
            "notes.formulas::line 3: dZ1 = dZ2 W2.T FAILED*",
            "notes.formulas::line 4: q = u(v) SKIPPED*",
            "notes.formulas::line 5: db1 = dZ1 PASSED*",
            "*_ notes.formulas, line 3 _*",
            "error?SC201?: inner dimensions differ: dZ2 is n2×m, W2.T is n1×n2",
            "*dZ1 = W2.T dZ2",
            "SKIPPED*notes.formulas:4: not understood: *",
        ],
        consecutive=False,
    )
    assert "Traceback" not in result.stdout.str()


def test_documents_are_collected_where_it_is_asked_for(pytester: pytest.Pytester) -> None:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["text\n", "$dW_2 = dZ_2 A_1$"]}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    pytester.makefile(".ipynb", book=json.dumps(notebook))
    pytester.makefile(".md", notes="<!-- shapecheck: @convention coursera -->\n\n$dW_2 = dZ_2 A_1^T$\n")
    pytester.makepyfile(net="def back(dZ2, A1):\n    return dZ2 @ A1.T\n")
    pytester.runpytest().assert_outcomes()
    result = pytester.runpytest("--shapecheck", "-v", "--color=no")
    result.stdout.fnmatch_lines(["book.ipynb::cell 1, line 2: dW_2 = dZ_2 A_1 *", "notes.md::line 3: dW_2 = * PASSED*"])


def test_settings_are_the_projects(pytester: pytest.Pytester) -> None:
    pytester.makefile(".formulas", **{"a": "dZ1 = dZ2 W2.T\nq = u(v)\n", "b": "dZ1 = dZ2 W2.T\n"})
    pytester.makefile(".toml", shapecheck='convention = "batch-first"\nstrict = true\nexclude = ["b.*"]\n')
    result = pytester.runpytest("--color=no")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["not understood: *"])


def test_a_mistake_in_the_settings_is_said(pytester: pytest.Pytester) -> None:
    pytester.makefile(".formulas", a="dZ1 = dZ2 W2.T\n")
    pytester.makefile(".toml", shapecheck="strict = 1\n")
    result = pytester.runpytest("--color=no")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["shapecheck.toml:1: strict must be true or false, not 1"])
    assert "Error:" not in result.stdout.str()
