"""Many files, in one process or in several."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from shapecheck import opening
from shapecheck.diagnostic import Diagnostic, Report
from shapecheck.files import check_files, decode, running
from shapecheck.files.reading import Content
from shapecheck.files.running import Checker
from shapecheck.settings import Settings
from shapecheck.text import Source, Span


def counted(checker: Checker, path: str) -> tuple[Report, ...]:
    """A report that tells which file it is of."""
    return (Report(Source(path, path), diagnostics=[Diagnostic("SC201", "x", "error", "x", Span(0, len(path)))]),)


def put(monkeypatch: pytest.MonkeyPatch, check: Callable[[Checker, str], tuple[Report, ...]]) -> None:
    """Put a check in the place of the usual one, under its name: by that other processes find it."""
    check.__name__ = "check"
    monkeypatch.setattr(Checker, "check", check)


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    made = [tmp_path / f"{number:03}.formulas" for number in range(40)]
    for path in made:
        path.write_text("Z = A B\n" * 10)
    return [str(path) for path in made]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_reports_come_in_the_order_of_the_files(paths: list[str], jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_WORTH", 0)
    put(monkeypatch, counted)
    assert [report.source.path for report in check_files(paths, Settings(), jobs)] == paths


def ended(checker: Checker, path: str) -> tuple[Report, ...]:
    """A check of the file with number 7 ends its process, as the system does where memory runs out."""
    if path.endswith("007.formulas"):
        os.kill(os.getpid(), signal.SIGKILL)
    return counted(checker, path)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no process can be killed here")
def test_a_file_that_ends_its_process_costs_its_own_report(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_WORTH", 0)
    put(monkeypatch, ended)
    reports = list(check_files(paths, Settings(), 2))
    assert [report.source.path for report in reports] == paths
    codes = [report.diagnostics[0].code for report in reports]
    assert [number for number, code in enumerate(codes) if code == "SC004"] == [7]


@pytest.mark.parametrize("error", [RecursionError(), MemoryError(), ValueError("no such thing"), AssertionError()])
@pytest.mark.parametrize("gradients", [False, True])
def test_a_file_on_which_the_program_fails_costs_its_own_report(
    paths: list[str], error: Exception, gradients: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opening.open_sections

    def fail(source: Source, *others: Any) -> Any:
        if source.path.endswith("007.formulas"):
            raise error
        return opened(source, *others)

    for module in ("shapecheck.check", "shapecheck.verification"):
        monkeypatch.setattr(import_module(module), "open_sections", fail)
    reports = list(check_files(paths[:10], Settings(gradients=gradients), 1))
    assert [[found.code for found in report.diagnostics] for report in reports] == [[]] * 7 + [["SC004"]] + [[]] * 2
    assert [len(report.formulas) for report in reports] == [10] * 7 + [0] + [10] * 2


def test_shapes_are_checked_where_gradients_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shapecheck.verification.settled", None)
    (report,) = running.check_content(decode(b"Z1 = X W1", "x.formulas"), Settings(gradients=True))
    assert [found.code for found in report.diagnostics] == ["SC004", "SC201"]


def test_little_work_starts_no_processes(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, counted)
    monkeypatch.setattr(running, "_in_processes", None)
    assert len(list(check_files(paths[:3], Settings(), 2))) == 3


def test_an_unreadable_text_is_reported() -> None:
    (report,) = running.check_content(decode(b"\xff", "x"), Settings())
    assert isinstance(decode(b"", "x"), Content)
    assert [found.code for found in report.diagnostics] == ["SC001"]
