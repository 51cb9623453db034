"""Many files, in one process or in several."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecheck.diagnostic import Diagnostic, Report
from shapecheck.files import check_files, decode, running
from shapecheck.files.reading import Content
from shapecheck.files.running import Checker
from shapecheck.settings import Settings
from shapecheck.text import Source, Span


def counted(checker: Checker, path: str) -> tuple[Report, ...]:
    """A report that tells which file it is of."""
    return (Report(Source(path, path), diagnostics=[Diagnostic("SC201", "x", "error", "x", Span(0, len(path)))]),)


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    made = [tmp_path / f"{number:03}.formulas" for number in range(40)]
    for path in made:
        path.write_text("Z = A B\n" * 10)
    return [str(path) for path in made]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_reports_come_in_the_order_of_the_files(paths: list[str], jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_WORTH", 0)
    monkeypatch.setattr(Checker, "check", counted)
    assert [report.source.path for report in check_files(paths, Settings(), jobs)] == paths


def test_little_work_starts_no_processes(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Checker, "check", counted)
    monkeypatch.setattr(running, "_in_processes", None)
    assert len(list(check_files(paths[:3], Settings(), 2))) == 3


def test_an_unreadable_text_is_reported() -> None:
    (report,) = running.check_content(decode(b"\xff", "x"), Settings())
    assert isinstance(decode(b"", "x"), Content)
    assert [found.code for found in report.diagnostics] == ["SC001"]
