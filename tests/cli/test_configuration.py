"""The settings of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecheck.cli._command import UsageError
from shapecheck.cli._configuration import configured

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
    settings = configured(str(below)).settings
    assert (settings.convention, settings.shapes, settings.ignore) == ("torch", ("W: 3 x 4",), ("SC4",))
    assert (settings.strict, settings.root) == (True, str(tmp_path))


def test_a_convention_of_ones_own(tmp_path: Path) -> None:
    configure(
        tmp_path,
        '[tool.shapecheck]\nconvention = "mine"\n[tool.shapecheck.conventions.mine]\n"W[l]" = "n[l] x n[l-1]"\n',
    )
    assert configured(str(tmp_path)).settings.conventions == {"mine": {"W[l]": "n[l] x n[l-1]"}}


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


def test_config_shows_what_holds_and_where_it_is_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    configure(tmp_path, '[tool.shapecheck]\nstrict = true\n\n[tool.shapecheck.per-file-ignores]\n"σ/*.md" = ["SC2"]\n')
    status, out, _ = run("config", "pyproject.toml")
    assert status == 0
    assert "strict = true  # pyproject.toml:2\n" in out
    assert 'per-file-ignores = {"σ/*.md" = ["SC2"]}  # pyproject.toml:4\n' in out
    assert "# format: full\n" in out
    assert run("config", "missing")[::2] == (2, "shapecheck: there is no file missing\n")


def test_the_format_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    configure(tmp_path, '[tool.shapecheck]\nformat = "concise"\n')
    assert run("dZ2 W2.T").out.startswith("<formula>:1:1: error[SC201]")
    assert run("dZ2 W2.T", "--format", "full").out.startswith("error[SC201]")


def test_each_mistake_is_said_on_a_line_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    configure(tmp_path, "[tool.shapecheck]\nstrict = 1\nformat = 2\n")
    status, out, err = run("A B")
    assert (status, out) == (2, "")
    assert [line.partition(": tool")[0] for line in err.splitlines()] == [
        "shapecheck: pyproject.toml:2",
        "shapecheck: pyproject.toml:3",
    ]
