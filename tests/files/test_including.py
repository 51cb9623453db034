"""What `@include` may read."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from shapecheck.check import check
from shapecheck.files import _shelf, check_files, read
from shapecheck.files._shelf import Shelf
from shapecheck.files.including import FILES, Including
from shapecheck.files.reading import Content
from shapecheck.settings import Settings
from shapecheck.syntax.nodes import Declaration, Program


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name, text in {
        "pyproject.toml": "",
        "notes/main.formulas": "@include ../shapes.formulas",
        "shapes.formulas": "W: n x m  # weights\nZ = W x\n@include notes/more.formulas\n",
        "notes/more.formulas": "b: n\n",
        "round.formulas": "@include notes/round.formulas",
        "notes/round.formulas": "@include ../round.formulas",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "bad.formulas").write_bytes(b"\xff")
    (tmp_path / "outside.formulas").write_text("W: n x m")
    (root / "link.formulas").symlink_to(tmp_path / "outside.formulas")
    return root


def include(project: Path, name: str) -> Program | str:
    return Including(str(project / "notes/main.formulas"), Settings())(name)


def test_declarations_are_read_through_files(project: Path) -> None:
    found = include(project, "../shapes.formulas")
    assert isinstance(found, Program)
    assert all(isinstance(statement, Declaration) for statement in found.statements)
    assert len(found.statements) == 2


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../outside.formulas", "outside"),
        ("../link.formulas", "outside"),
        ("/etc/passwd", "outside"),
        ("missing.formulas", "no such file"),
        ("main.formulas", "itself"),
        ("../round.formulas", "itself"),
        ("../bad.formulas", "neither UTF-8"),
        ("..", "no such file"),
        ("a\0b", "not a file name"),
    ],
)
def test_why_a_file_is_not_included(project: Path, name: str, why: str) -> None:
    found = include(project, name)
    assert isinstance(found, str)
    assert why in found


def test_a_file_that_is_included_by_many_is_read_once(project: Path) -> None:
    """Two includes at each of many depths are as many ways as nobody could read."""
    for depth in range(60):
        for side in "ab":
            both = f"@include a{depth + 1}.formulas\n@include b{depth + 1}.formulas\n"
            (project / f"notes/{side}{depth}.formulas").write_text(both)
    for side in "ab":
        (project / f"notes/{side}60.formulas").write_text(f"W_{side}: n x m\n")
    found = include(project, "a0.formulas")
    assert isinstance(found, Program)
    assert len(found.statements) == 2


def chained(project: Path, length: int) -> Program | str:
    for number in range(length):
        (project / f"notes/c{number}.formulas").write_text(f"@include c{number + 1}.formulas\n")
    (project / f"notes/c{length}.formulas").write_text("W: n x m\n")
    return include(project, "c0.formulas")


def test_a_chain_of_includes_may_be_long(project: Path) -> None:
    found = chained(project, FILES - 2)
    assert isinstance(found, Program)
    assert (len(found.statements), found.troubles) == (1, [])


def test_more_than_can_be_included_is_said_to_be(project: Path) -> None:
    found = chained(project, FILES)
    assert isinstance(found, Program)
    assert [trouble.code for trouble in found.troubles] == ["SC104"]
    main = project / "notes/main.formulas"
    main.write_text("@include c0.formulas\n" * 3)
    report = check(read(str(main)).source, None, Including(str(main), Settings()))
    assert [each.code for each in report.diagnostics] == ["SC104"]


def test_what_is_wrong_far_down_is_said_where_it_is(project: Path) -> None:
    (project / "notes/a.formulas").write_text("@include b.formulas")
    (project / "notes/b.formulas").write_text("@include gone.formulas")
    assert include(project, "a.formulas") == "b.formulas includes `gone.formulas`, and there is no such file"


def test_a_mark_changes_with_what_a_name_leads_to(project: Path) -> None:
    main = str(project / "notes/main.formulas")

    def mark() -> str:
        return Including(main, Settings()).look_up(main, "more.formulas")

    before = mark()
    assert mark() == before
    (project / "notes/more.formulas").write_text("b: m\n")
    other = mark()
    (project / "notes/more.formulas").unlink()
    assert len({before, other, mark()}) == 3


def test_a_run_reads_what_many_include_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file of a chain includes all behind it: read anew for each, they cost the square of their number."""
    chained(project, 40)
    opened: list[str] = []

    def reading(path: str) -> Content:
        opened.append(path)
        return read(path)

    monkeypatch.setattr(_shelf, "read", reading)
    paths = [str(project / f"notes/c{number}.formulas") for number in range(41)]
    list(check_files(paths, Settings(), jobs=1))
    assert sorted(opened) == sorted(map(os.path.realpath, paths[1:]))


def test_a_run_says_of_each_file_what_it_says_of_it_alone(project: Path) -> None:
    """Where a name leads to depends on the file in which it stands, its project and its settings."""
    texts = {
        "notes/shapes.formulas": "W: n x 3\n",
        "notes/one.formulas": "@include shapes.formulas\nZ = W W",
        "two.formulas": "@include shapes.formulas\n@include notes/gone.formulas\nZ = W W\nb b",
        "notes/deep/pyproject.toml": "",
        "notes/deep/three.formulas": "@include ../shapes.formulas\nZ = W W",
        "notes/four.formulas": "@include ../round.formulas\n@include one.formulas\nZ = W.T W.T",
    }
    for name, text in texts.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)
    paths = [str(project / name) for name in texts if name.endswith(".formulas")] * 2

    def settings(path: str) -> Settings:
        return Settings(notation="latex" if "one" in path else None)

    def said(paths: list[str]) -> list[object]:
        return [(each.source.path, each.formulas, each.diagnostics) for each in check_files(paths, settings, jobs=1)]

    assert said(paths) == [each for path in paths for each in said([path])]


def test_the_next_run_sees_a_file_as_it_is_then(project: Path) -> None:
    main, included = project / "notes/main.formulas", project / "shapes.formulas"
    main.write_text("@include ../shapes.formulas\nZ = W W")

    def is_right() -> bool:
        return not any(report.diagnostics for report in check_files([str(main), str(main)], Settings()))

    included.write_text("W: 3 x 4\n")
    first = is_right()
    included.write_text("W: 3 x 3\n")
    assert (first, is_right()) == (False, True)


def test_another_process_is_not_told_what_was_read(project: Path) -> None:
    shelf = Shelf()
    Including(str(project / "notes/main.formulas"), Settings(), shelf)("../shapes.formulas")
    assert len(pickle.dumps(shelf)) == len(pickle.dumps(Shelf())) < 100
