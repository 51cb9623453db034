"""What a cache gives back is what a check says, whatever happens to its files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shapecheck.cache import Cache, _program
from shapecheck.check import check_cells
from shapecheck.cli import main
from shapecheck.diagnostic import Report
from shapecheck.files import check_files, read
from shapecheck.formats import Options, formats
from shapecheck.settings import Settings
from shapecheck.text import Source

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for folder in ("formulas", "tests/corpus/documents")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".formulas", ".md", ".tex", ".ipynb", ".py", ".markdown"}
)
TEXT = "dZ1 = dZ2 W2.T\ndb1 = dZ1  # expect: SC204\nq = u(v)\n"


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    return Cache(str(tmp_path))


def said(reports: tuple[Report, ...]) -> tuple[Any, ...]:
    """All that reports say: the fields of each, and the text that it is about."""
    return tuple((replace(each, source=None), each.source.text, each.source.cell) for each in reports)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_kept_is_given_back(path: Path, kept: Cache) -> None:
    source, settings = read(str(path)).source, Settings()
    reports = check_cells(source, settings)
    kept.keep(source, settings, reports)
    found = kept.find(source, settings)
    assert found is not None
    assert said(found) == said(reports)
    assert formats["full"].render(found, Options()) == formats["full"].render(reports, Options())


def entries(folder: Path) -> list[Path]:
    return list((folder / ".shapecheck_cache").rglob("*.json"))


def test_an_entry_holds_for_one_text_one_path_and_one_setting(tmp_path: Path, kept: Cache) -> None:
    source, settings = Source(TEXT, "a.formulas"), Settings(select=("SC2",))
    kept.keep(source, settings, check_cells(source, settings))
    assert kept.find(source, settings) is not None
    assert kept.find(Source(TEXT + " ", "a.formulas"), settings) is None
    assert kept.find(Source(TEXT, "b.formulas"), settings) is None
    assert kept.find(source, Settings()) is None
    kept.keep(Source(TEXT + " ", "a.formulas"), settings, ())
    assert len(entries(tmp_path)) == 1


def test_an_entry_holds_for_one_version_of_the_program(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(TEXT, "a.formulas")
    kept.keep(source, Settings(), ())
    assert kept.find(source, Settings()) == ()
    assert "shapecheck/check/__init__.py" in _program().replace(os.sep, "/")
    monkeypatch.setattr("shapecheck.cache._program", lambda: "another")
    assert kept.find(source, Settings()) is None


INCLUDED = "W: 3 x 4\nX: 4 x 5\n"


@pytest.mark.parametrize("directive", ["@include f.formulas", "@ include f.formulas", "@\tinclude   f.formulas"])
def test_a_report_is_of_what_is_included_too(tmp_path: Path, directive: str) -> None:
    path, included = tmp_path / "a.formulas", tmp_path / "f.formulas"
    path.write_text(f"{directive}\nZ = W X\n")

    def codes() -> list[str]:
        (report,) = check_files([str(path)], Settings(), 1, Cache(str(tmp_path)))
        return [found.code for found in report.diagnostics]

    assert codes() == codes() == ["SC113"]
    included.write_text(INCLUDED)
    assert codes() == codes() == []
    included.write_text("W: 3 x 4\nX: 7 x 5\n")
    assert codes() == codes() == ["SC201"]
    included.write_text("@include g.formulas\n")
    (tmp_path / "g.formulas").write_text(INCLUDED)
    assert codes() == codes() == []
    (tmp_path / "g.formulas").write_text("W: 3 x 4\nX: 7 x 5\n")
    assert codes() == ["SC201"]


def test_a_notebook_is_kept_with_what_it_includes(tmp_path: Path) -> None:
    text = json.dumps({"cells": [{"cell_type": "markdown", "source": "<!-- shapecheck: @include f --> $Z = W X$"}]})
    (tmp_path / "a.ipynb").write_text(text.replace("@", "\\u0040"))
    (tmp_path / "f").write_text(INCLUDED)
    cache = Cache(str(tmp_path))
    assert sum(each.errors for each in check_files([str(tmp_path / "a.ipynb")], Settings(), 1, cache)) == 0
    (tmp_path / "f").write_text("W: 3 x 4\nX: 7 x 5\n")
    assert sum(each.errors for each in check_files([str(tmp_path / "a.ipynb")], Settings(), 1, cache)) == 1


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def other_words(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"inner", b"outer"))


def all_right(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:65] + b"[[],[[null,[],[],[],null]]]")


def no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00" * 9)


def deep(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:65] + b"[" * 100_000)


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_link(path: Path) -> None:
    path.rename(path.with_suffix(".other"))
    path.symlink_to(path.with_suffix(".other"))


def a_link_to_no_end(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def a_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_linked_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_suffix(".other"))
    path.parent.symlink_to(path.parent.with_suffix(".other"))


DAMAGES = (
    *(shorten, other_words, all_right, no_text, deep, nothing, a_folder),
    *(a_link, a_link_to_no_end, a_link_to_itself, a_pipe, a_linked_folder),
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_not_there(tmp_path: Path, kept: Cache, damage: Callable[[Path], None]) -> None:
    source = Source(TEXT, "a.formulas")
    kept.keep(source, Settings(), check_cells(source))
    (entry,) = entries(tmp_path)
    damage(entry)
    assert kept.find(source, Settings()) is None
    kept.keep(source, Settings(), check_cells(source))


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".shapecheck_cache").symlink_to(tmp_path / "elsewhere")
    Cache(str(tmp_path)).keep(Source(TEXT, "a.formulas"), Settings(), ())
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_entry_of_another_computer_is_not_believed(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(TEXT, "a.formulas")
    with monkeypatch.context() as there:
        there.setattr("shapecheck.cache._libraries", lambda evaluates: "another Python")
        kept.keep(source, Settings(), ())
        assert kept.find(source, Settings()) == ()
    assert kept.find(source, Settings()) is None


def test_a_check_that_failed_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.formulas"
    path.write_text("Z1 = W1 X\n")

    def run() -> list[str]:
        (report,) = check_files([str(path)], Settings(), 1, Cache(str(tmp_path)))
        return [found.code for found in report.diagnostics]

    with monkeypatch.context() as broken:
        broken.setattr("shapecheck.check.open_sections", None)
        assert run() == ["SC004"]
    assert run() == []


def test_a_file_is_fixed_by_what_it_says_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that holds, and says that nothing is wrong."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.formulas"
    path.write_text("dZ1 = dZ2 W2.T\n")
    Cache().keep(Source(path.read_text(), "a.formulas"), Settings(), (Report(Source(path.read_text(), "a.formulas")),))
    assert main(["check", "a.formulas"]) == 0
    assert main(["check", "--fix", "a.formulas"]) == 0
    assert path.read_text() == "dZ1 = W2.T dZ2\n"


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / ".shapecheck_cache").write_text("a file")
    source = Source(TEXT, "a.formulas")
    Cache(str(tmp_path)).keep(source, Settings(), ())
    assert Cache(str(tmp_path)).find(source, Settings()) is None


def test_git_and_backups_leave_it_alone(tmp_path: Path, kept: Cache) -> None:
    kept.keep(Source(TEXT, "a.formulas"), Settings(), ())
    folder = tmp_path / ".shapecheck_cache"
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_a_run_that_was_cut_off_leaves_the_next_to_tell_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, settings, whole = Source(TEXT, "a.formulas"), Settings(), os.fdopen

    def full(handle: int, mode: str) -> Any:
        whole(handle, mode).close()
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    Cache(str(tmp_path)).keep(source, settings, check_cells(source, settings))
    folder = tmp_path / ".shapecheck_cache"
    assert list(folder.iterdir()) == []
    monkeypatch.undo()
    Cache(str(tmp_path)).keep(source, settings, check_cells(source, settings))
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [".gitignore", "CACHEDIR.TAG"]


def test_a_second_run_checks_what_changed_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(tmp_path / f"{number}.formulas") for number in range(5)]
    for path in paths:
        Path(path).write_text(TEXT)
    cache = Cache(str(tmp_path))
    first = [said((each,)) for each in check_files(paths, Settings(), 1, cache)]
    Path(paths[2]).write_text("Z1 = W1 X + b1\n")
    checked: list[str] = []

    def check(content: Any, settings: Settings, path: str, include: Any) -> tuple[Report, ...]:
        checked.append(path)
        return check_cells(content.source, settings)

    monkeypatch.setattr("shapecheck.files.running.check_content", check)
    second = [said((each,)) for each in check_files(paths, Settings(), 1, cache)]
    assert checked == [paths[2]]
    assert [number for number in range(5) if first[number] != second[number]] == [2]


def one_run(folder: str, number: int) -> list[Any]:
    """A run over all files, after which one of them has another text."""
    paths = [os.path.join(folder, f"{each}.formulas") for each in range(6)]
    found = [said((each,)) for each in check_files(paths, Settings(), 1, Cache(folder))]
    beside = Path(folder, f"{number}.new")
    beside.write_text("W: 3 x 4\n" * (number % 3) + TEXT)
    beside.replace(paths[number % 6])
    return found


def test_runs_at_the_same_time_say_what_each_would_say_alone(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.formulas").write_text(TEXT)
    with ProcessPoolExecutor(4) as pool:
        runs = list(pool.map(one_run, [str(tmp_path)] * 100, range(100)))
    for found in runs:
        for number, reports in enumerate(found):
            source = Source(reports[0][1], str(tmp_path / f"{number}.formulas"))
            assert reports == said(check_cells(source, Settings()))
    assert all(json.loads(entry.read_text().partition("\n")[2]) for entry in entries(tmp_path))
