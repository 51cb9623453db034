"""Files from Python: the settings of their projects, cells, and corpora mapped by any engine."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import dask.bag
import pytest

import shapecheck


@pytest.fixture
def corpus(tmp_path: Path) -> list[Path]:
    (tmp_path / "shapecheck.toml").write_text('convention = "batch-first"\n')
    paths = [tmp_path / f"{number}.formulas" for number in range(6)]
    for number, path in enumerate(paths):
        path.write_text("dZ1 = dZ2 W2.T\n" * (number + 1) + "dZ1 = W2.T dZ2\n")
    return paths


def test_a_file_is_checked_as_its_project_says(corpus: list[Path]) -> None:
    reports = shapecheck.check_file(corpus[1])
    assert [formula.status for formula in reports.formulas] == ["ok", "ok", "error"]
    assert [found.code for found in reports.diagnostics] == ["SC201"]
    asked = shapecheck.check_file(str(corpus[1]), convention="coursera")
    assert [formula.status for formula in asked.formulas] == ["error", "error", "ok"]
    declared = shapecheck.check_file(corpus[0], shapes={"W2": "3 x 4", "dZ2": "5 x 3"})
    assert len(declared.diagnostics) == 2


def test_a_notebook_has_a_report_for_each_cell(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": f"$dZ_1 = W_2^T dZ_2$ and $dW_{number} = dZ_{number} A_1$"}
        for number in (2, 3)
    ]
    path = tmp_path / "notes.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    reports = shapecheck.check_file(path, convention="coursera")
    assert [report.source.cell for report in reports if report.formulas] == [1, 2]
    assert len(reports.formulas) == 4


def test_what_is_wrong_with_the_call(corpus: list[Path], tmp_path: Path) -> None:
    assert [found.code for found in shapecheck.check_file(tmp_path / "missing.md").diagnostics] == ["SC001"]
    with pytest.raises(ValueError, match="unknown convention 'mine'"):
        shapecheck.check_file(corpus[0], convention="mine")
    (tmp_path / "shapecheck.toml").write_text("strict = 1\n")
    with pytest.raises(ValueError, match=r"shapecheck.toml:1: strict must be true or false"):
        shapecheck.check_file(corpus[0])


def test_reports_are_pickled(corpus: list[Path]) -> None:
    reports = shapecheck.check_file(corpus[0])
    again = pickle.loads(pickle.dumps(reports))
    assert type(again) is shapecheck.Reports
    assert again.diagnostics == reports.diagnostics


def errors(path: Path) -> int:
    """How many errors there are in a file."""
    return sum(report.errors for report in shapecheck.check_file(path, convention="coursera"))


def test_processes_map_a_corpus(corpus: list[Path]) -> None:
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(errors, corpus)) == [1, 2, 3, 4, 5, 6]


def test_dask_maps_a_corpus(corpus: list[Path]) -> None:
    bag = dask.bag.from_sequence(corpus, npartitions=3)
    reports = bag.map(shapecheck.check_file, convention="coursera").compute(scheduler="processes", num_workers=2)
    assert [len(each.diagnostics) for each in reports] == [1, 2, 3, 4, 5, 6]


def test_read_is_found_as_parse_too() -> None:
    assert shapecheck.parse is shapecheck.read
    assert shapecheck.parse("dW1 = 1/m dZ1 X.T").shape == ("n1", "n0")
