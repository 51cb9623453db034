"""Which settings hold for which file."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from shapecheck.configuration import Configurations
from shapecheck.files import check_files


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_nearest_file_holds_alone(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.shapecheck]\nconvention = "torch"\nstrict = true\n')
    (folder / "a" / "shapecheck.toml").write_text('convention = "batch-first"\n')
    (folder / "a" / "pyproject.toml").write_text('[tool.shapecheck]\nconvention = "none"\n')
    settings_of = Configurations()
    assert (settings_of("x.md").convention, settings_of("x.md").strict) == ("torch", True)
    assert (settings_of("a/b/x.md").convention, settings_of("a/b/x.md").strict) == ("batch-first", False)


def test_options_go_before_what_files_say(folder: Path) -> None:
    (folder / "shapecheck.toml").write_text('convention = "torch"\nshapes = ["W: 3 x 4"]\n')
    settings = Configurations({"convention": "coursera", "shapes": ("X: 4 x 5",)})("x.md")
    assert (settings.convention, settings.shapes) == ("coursera", ("X: 4 x 5", "W: 3 x 4"))


def test_codes_are_ignored_file_by_file(folder: Path) -> None:
    (folder / "shapecheck.toml").write_text(
        'ignore = ["SC4"]\n[per-file-ignores]\n"old/*.md" = ["SC204"]\n"!old/new.md" = []\n"b/" = ["SC2"]\n'
    )
    settings_of = Configurations()
    assert settings_of("old/x.md").ignore == ("SC4", "SC204")
    assert settings_of("x.md").ignore == ("SC4",)
    assert settings_of("a/b/x.md").ignore == ("SC4", "SC2")


def test_a_pattern_may_mean_all_files_but_some(folder: Path) -> None:
    (folder / "shapecheck.toml").write_text('[per-file-ignores]\n"!lectures/*.md" = ["SC4"]\n"ü b/**" = ["SC2"]\n')
    settings_of = Configurations()
    assert settings_of("lectures/x.md").ignore == ()
    assert settings_of("lectures/a/x.md").ignore == ("SC4",)
    assert settings_of("ü b/a/x.md").ignore == ("SC4", "SC2")


def test_each_file_is_checked_as_its_project_says(folder: Path) -> None:
    formula = "dZ1 = dZ2 W2.T\n"
    for path in ("x.formulas", "a/x.formulas", "a/b/x.formulas"):
        (folder / path).write_text(formula)
    (folder / "a" / "shapecheck.toml").write_text('convention = "batch-first"\n')
    (folder / "a" / "b" / "shapecheck.toml").write_text('ignore = ["SC201"]\n')
    settings_of = pickle.loads(pickle.dumps(Configurations()))
    reports = check_files(["x.formulas", "a/x.formulas", "a/b/x.formulas"], settings_of, 1)
    assert [len(report.diagnostics) for report in reports] == [1, 0, 0]


def test_notes_can_be_left_out(folder: Path) -> None:
    (folder / "y.formulas").write_text("W2: 1 x n1\ndA1 = W2.T * dZ2\n")
    found = [each for report in check_files(["y.formulas"], Configurations(), 1) for each in report.diagnostics]
    assert {each.severity for each in found} >= {"info"}
    left = check_files(["y.formulas"], Configurations({"include_notes": False}), 1)
    assert not any(each.severity == "info" for report in left for each in report.diagnostics)


def test_what_a_walk_leaves_aside(folder: Path) -> None:
    excludes = Configurations().excludes
    assert excludes("node_modules/")
    assert excludes("a/build/")
    assert not excludes("a/builder.md")
    assert not Configurations(exclude=()).excludes("node_modules/")
    assert Configurations(exclude=("./x.md",)).excludes("x.md")
    assert not Configurations(exclude=("./x.md",)).excludes("a/x.md")
    assert not Configurations(exclude=("*.md", "!./x.md")).excludes("x.md")
    (folder / "shapecheck.toml").write_text('exclude = ["a/*.md"]\nextend-exclude = ["/b"]\n')
    mine = Configurations(more=("*.tex",))
    assert mine.excludes("a/x.md")
    assert not mine.excludes("x.md")
    assert mine.excludes("b/")
    assert not mine.excludes("a/b/")
    assert mine.excludes("a/b/x.tex")
    assert not mine.excludes("node_modules/")
