"""Which files of a folder are checked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shapecheck.files import walk


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


def found(folder: Path, start: str = "") -> list[str]:
    paths = walk(str(folder / start), [".formulas"])
    return [Path(path).relative_to(folder).as_posix() for path in paths]


def test_files_are_sorted_and_chosen_by_suffix(tmp_path: Path) -> None:
    make(tmp_path, "b.formulas", "a.FORMULAS", "c.txt", "z/a.formulas", "d/e/f.formulas", ".git/x.formulas")
    assert found(tmp_path) == ["a.FORMULAS", "b.formulas", "d/e/f.formulas", "z/a.formulas"]


def test_gitignore_is_respected_at_each_level(tmp_path: Path) -> None:
    make(tmp_path, "a.formulas", "b.formulas", "build/c.formulas", "d/b.formulas", "d/e.formulas")
    (tmp_path / ".gitignore").write_text("b.formulas\nbuild/\n")
    (tmp_path / "d/.gitignore").write_text("!b.formulas\n/e.formulas\n")
    assert found(tmp_path) == ["a.formulas", "d/b.formulas"]


def test_a_repository_is_ignored_by_its_root(tmp_path: Path) -> None:
    make(tmp_path, ".git/config", "d/a.formulas", "d/b.formulas")
    (tmp_path / ".gitignore").write_text("/d/b.formulas\n")
    assert found(tmp_path, "d") == ["d/a.formulas"]


def test_an_ignored_folder_is_walked_where_it_is_named(tmp_path: Path) -> None:
    make(tmp_path, ".git/config", "d/a.formulas", "d/e/b.formulas", "d/e/c.formulas")
    (tmp_path / ".gitignore").write_text("d/\n")
    (tmp_path / "d/e/.gitignore").write_text("c.formulas\n")
    assert found(tmp_path) == []
    assert found(tmp_path, "d") == ["d/a.formulas", "d/e/b.formulas"]


def test_a_folder_that_may_not_be_read_holds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.formulas", "d/a.formulas")
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("d"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    assert found(tmp_path) == ["a.formulas"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "d/a.formulas")
    (tmp_path / "d/loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "d/self.formulas").symlink_to(tmp_path / "d/self.formulas")
    (tmp_path / "d/b.formulas").symlink_to(tmp_path / "d/a.formulas")
    assert found(tmp_path) == ["d/a.formulas"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_what_is_no_plain_file_is_left_aside(tmp_path: Path) -> None:
    make(tmp_path, "a.formulas", "b.formulas/c.formulas")
    os.mkfifo(tmp_path / "d.formulas")
    os.mkfifo(tmp_path / ".gitignore")
    assert found(tmp_path) == ["a.formulas", "b.formulas/c.formulas"]


def test_a_line_that_is_no_pattern_leaves_the_others(tmp_path: Path) -> None:
    make(tmp_path, "a.formulas", "b.formulas")
    (tmp_path / ".gitignore").write_bytes(b"!\n[z-a]\n\xff\0\n/\nb.formulas\n" + b"*a" * 5_000 + b"\n")
    assert found(tmp_path) == ["a.formulas"]


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, "nowhere") == []
