"""A check that knows two formulas, so that the command line is tested without the chain behind it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

import pytest

from shapecheck.cli import main
from shapecheck.diagnostic import Diagnostic, Fix, FormulaResult, Label, Report
from shapecheck.documents import document_of
from shapecheck.documents.formulas import document
from shapecheck.settings import Settings
from shapecheck.text import Edit, Source, Span
from shapecheck.verification import verify

WRONG, RIGHT = "dZ2 W2.T", "W2.T dZ2"


def check(source: Source, settings: Settings | None = None, include: object = None) -> Report:
    """`dZ2 W2.T` is wrong and has a safe fix, `?` is not understood, anything else is right."""
    settings = settings or Settings()
    report = Report(source, convention=settings.convention or "coursera")
    for passage in (document_of(source.path) or document).windows(source):
        text, start = passage.window.text, passage.window.pieces[0].start
        at = text.find(WRONG)
        status = "error" if at >= 0 else "unknown" if "?" in text else "ok"
        name = text.partition("=")[0].strip()
        report.formulas.append(FormulaResult(Span(start, start + len(text)), status, name, ("n1", "m")))
        if at >= 0 and settings.wants("SC201", "error"):
            report.diagnostics.append(_finding(text, start, at))
    return report


def _finding(text: str, start: int, at: int) -> Diagnostic:
    left, right = Span(start + at, start + at + 3), Span(start + at + 4, start + at + 8)
    fix = Fix("swap the factors", text.replace(WRONG, RIGHT), (Edit(Span(left.start, right.end), RIGHT),), True)
    labels = (Label(left, "n2×m: m columns"), Label(right, "n1×n2: n1 rows"))
    return Diagnostic(
        "SC201", "inner-dimensions-differ", "error", "inner dimensions differ", left, labels, ("a note",), (fix,)
    )


class Outcome(NamedTuple):
    """What a call said, and its exit status."""

    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def fake_check(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("shapecheck.check")
    module.check = check  # type: ignore[attr-defined]
    module.check_cells = lambda *given: (check(*given),)  # type: ignore[attr-defined]
    module.failed = lambda reports: False  # type: ignore[attr-defined]
    assert verify  # imported before the chain that it needs is gone
    monkeypatch.setitem(sys.modules, "shapecheck.check", module)
    for name in ("COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process."""

    def call(*words: str) -> Outcome:
        status = main(words)
        said = capsys.readouterr()
        return Outcome(status, said.out, said.err)

    return call
