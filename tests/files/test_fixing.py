"""Fixes are made without touching any other byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shapecheck.diagnostic import Diagnostic, Fix, Report
from shapecheck.files import Fixed, fix_source, read, unified_diff, write
from shapecheck.text import Edit, Source, Span


def check(source: Source) -> tuple[Report, ...]:
    """Each `x` is a finding; its fix is `y`, a safe one except in the last place of the text."""
    places = [number for number, char in enumerate(source.text) if char == "x"]
    return (Report(source, diagnostics=[_finding(at, len(source.text)) for at in places]),)


def fix(text: str, unsafe: bool = False) -> Fixed:
    return fix_source(check(Source(text)), Source(text), check, unsafe)


def _finding(at: int, end: int) -> Diagnostic:
    fixes = tuple(
        Fix("write y", "y", (Edit(Span(at, at + 1), text),), safe=at < end - 1)
        for text in ("y", "z")[: 1 + (at == end - 1)]
    )
    return Diagnostic("SC201", "x", "error", "x", Span(at, at + 1), fixes=fixes)


def test_safe_fixes_are_made_and_the_rest_reported() -> None:
    fixed = fix("a x b x c x")
    assert fixed.source.text == "a y b y c x"
    assert (fixed.made, len(fixed.reports[0].diagnostics)) == (2, 1)


def test_unsafe_fixes_are_the_first_of_several() -> None:
    assert fix("a x b x", unsafe=True).source.text == "a y b y"


def test_fixes_that_touch_are_made_in_turn() -> None:
    fixed = fix("xxx ")
    assert (fixed.source.text, fixed.made) == ("yyy ", 3)


def test_a_diff_has_all_line_ends() -> None:
    before, after = Source("a\r\nx\r\nb", "d/a.formulas"), Source("a\r\ny\r\nb", "d/a.formulas")
    assert unified_diff(before, before) == ""
    assert unified_diff(before, after) == (
        "--- d/a.formulas\n+++ d/a.formulas\n@@ -1,3 +1,3 @@\n a\r\n-x\r\n+y\r\n b\n\\ No newline at end of file\n"
    )


def test_other_bytes_and_the_mode_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_bytes("\ufeffa × x\r\nb\rc\n\n".encode("utf-16-le"))
    path.chmod(0o640)
    link = tmp_path / "link.formulas"
    link.symlink_to(path)
    content = read(str(link))
    assert write(str(link), content, content.source.text.replace("x", "y")) is None
    assert path.read_bytes() == "\ufeffa × y\r\nb\rc\n\n".encode("utf-16-le")
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(os.listdir(tmp_path)) == ["a.formulas", "link.formulas"]


def test_a_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_text("x")
    content = read(str(path))
    path.write_text("x!")
    assert write(str(path), content, "y") == "it changed while it was checked"
    assert path.read_text() == "x!"
    assert os.listdir(tmp_path) == ["a.formulas"]


def test_a_name_of_a_file_forges_no_line() -> None:
    name = "a\n::error::x\u2028\x1b[31m.formulas"
    heads = unified_diff(Source("x\n", name), Source("y\n", name)).splitlines()[:3]
    assert [head[:5] for head in heads] == ["--- a", "+++ a", "@@ -1"]


def test_a_file_that_may_not_be_written_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_text("x")
    path.chmod(0o444)
    assert write(str(path), read(str(path)), "y") == "it is read-only"
    assert path.read_text() == "x"
    assert path.stat().st_mode & 0o777 == 0o444


def test_a_file_with_two_names_keeps_them(tmp_path: Path) -> None:
    path, other = tmp_path / "a.formulas", tmp_path / "b.formulas"
    path.write_text("x")
    other.hardlink_to(path)
    assert "other names" in (write(str(path), read(str(path)), "y") or "")
    assert path.samefile(other)
    assert path.read_text() == "x"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_stays_with_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_text("x")
    os.chown(path, 12345, 54321)
    assert write(str(path), read(str(path)), "y") is None
    assert (path.read_text(), path.stat().st_uid, path.stat().st_gid) == ("y", 12345, 54321)


def test_nothing_is_left_of_a_text_that_could_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.formulas"
    path.write_text("x")
    content = read(str(path))
    for name in ("os.replace", "os.utime", "shutil.copystat"):
        with monkeypatch.context() as full:
            full.setattr(name, _refuse)
            assert write(str(path), content, "y") == "No space left on device"
        assert (path.read_text(), os.listdir(tmp_path)) == ("x", ["a.formulas"])


def _refuse(*given: object, **more: object) -> None:
    raise OSError(28, "No space left on device")
