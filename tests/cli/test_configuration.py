"""The settings of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecheck.cli._configuration import configured
from shapecheck.cli._errors import UsageError

from .conftest import Run


def configure(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")


def test_the_nearest_project_that_says_something_holds(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    configure(
        tmp_path, '[tool.shapecheck]\nconvention = "torch"\nshapes = ["W: 3 x 4"]\nignore = ["SC4"]\nstrict = true\n'
    )
    configure(below, "[tool.other]\n")
    settings = configured(str(below))
    assert (settings.convention, settings.shapes, settings.ignore) == ("torch", ("W: 3 x 4",), ("SC4",))
    assert (settings.strict, settings.root) == (True, str(tmp_path))


def test_a_convention_of_ones_own(tmp_path: Path) -> None:
    configure(
        tmp_path,
        '[tool.shapecheck]\nconvention = "mine"\n[tool.shapecheck.conventions.mine]\n"W[l]" = "n[l] x n[l-1]"\n',
    )
    assert configured(str(tmp_path)).conventions == {"mine": {"W[l]": "n[l] x n[l-1]"}}


@pytest.mark.parametrize(
    "text",
    [
        "[tool.shapecheck]\nconvention = 3\n",
        '[tool.shapecheck]\nconvention = "nobody"\n',
        '[tool.shapecheck]\nnotation = "morse"\n',
        '[tool.shapecheck]\nconventoin = "torch"\n',
        '[tool.shapecheck]\nshapes = "W: 3 x 4"\n',
        "[tool.shapecheck]\nconventions = 3\n",
        '[tool.shapecheck]\nconventions = {mine = "x"}\n',
        "[tool.shapecheck\n",
        "tool = 1 # tool.shapecheck",
        "[tool]\nshapecheck = 1 # tool.shapecheck",
        "# tool.shapecheck\nx = " + "[" * 10_000,
    ],
)
def test_what_cannot_be_read_is_a_wrong_call(tmp_path: Path, text: str) -> None:
    configure(tmp_path, text)
    with pytest.raises(UsageError):
        configured(str(tmp_path))


def test_options_go_before_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    configure(tmp_path, '[tool.shapecheck]\nconvention = "torch"\n[tool.shapecheck.conventions.mine]\n"X" = "m x n"\n')
    assert "(torch: rows are examples)" in run("A B").out
    assert "(coursera: columns are examples)" in run("A B", "--convention", "coursera").out
    assert "(mine)" in run("A B", "--convention", "mine").out
