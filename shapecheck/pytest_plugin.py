"""A plug-in for pytest: `.formulas` files are collected, a test a formula; documents and code too with --shapecheck."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .configuration import ConfigurationError, Configurations
from .diagnostic import Diagnostic, FormulaResult, Report
from .formats._cases import case_name, cases

_SETTINGS = pytest.StashKey[Configurations]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--shapecheck`."""
    group = parser.getgroup("shapecheck")
    group.addoption(
        "--shapecheck", action="store_true", help="also check the formulas in Markdown, TeX, notebooks and Python files"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Settings are those of the project that a file belongs to."""
    config.stash[_SETTINGS] = Configurations()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FormulasFile | None:
    """Collect a file that holds formulas."""
    from .documents import documents

    wanted = documents.all() if parent.config.getoption("--shapecheck") else (documents["formulas"],)
    suffixes = {suffix for document in wanted for suffix in document.suffixes}
    if file_path.suffix.lower() not in suffixes or _is_excluded(file_path, parent.config):
        return None
    return FormulasFile.from_parent(parent, path=file_path)


def _is_excluded(path: Path, config: pytest.Config) -> bool:
    """Whether the project leaves a file aside; a mistake in its settings is said when the file is collected."""
    try:
        return config.stash[_SETTINGS].excludes(str(path))
    except ConfigurationError:
        return False


class FormulasFile(pytest.File):
    """A file whose formulas are tests; a finding that stands on none of them is a test of its own."""

    def collect(self) -> Iterator[FormulaItem]:
        """A test for each formula of the file."""
        from .files import check_content, read

        try:
            settings = self.config.stash[_SETTINGS](str(self.path))
        except ConfigurationError as error:
            raise self.CollectError(str(error)) from error
        for report in check_content(read(str(self.path)), settings, str(self.path)):
            for formula, found in cases(report):
                yield FormulaItem.of(self, report, formula, found, settings.strict)


class FormulaItem(pytest.Item):
    """The test of a formula: it fails where an error stands on it, and is skipped where it is not understood."""

    def __init__(self, *, told: tuple[Report, FormulaResult | None, list[Diagnostic], bool], **others: Any) -> None:
        super().__init__(**others)
        self._report, self._formula, self._found, self._strict = told

    @classmethod
    def of(
        cls,
        parent: FormulasFile,
        report: Report,
        formula: FormulaResult | None,
        found: list[Diagnostic],
        strict: bool,
    ) -> FormulaItem:
        """The test of a formula with what was found on it."""
        name = case_name(report, formula, found)
        return cls.from_parent(parent, name=name, told=(report, formula, found, strict))

    def runtest(self) -> None:
        """Fail, skip, or pass."""
        severities = {each.severity for each in self._found}
        if "error" in severities or (self._strict and "warning" in severities):
            raise WrongFormula
        if self._formula is not None and self._formula.status == "unknown":
            if self._strict:
                raise WrongFormula
            raise pytest.skip.Exception(f"not understood: {self._formula.why}", _use_item_location=True)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """What was found, as the terminal has it."""
        from .formats import Options
        from .formats.full import render

        if not isinstance(excinfo.value, WrongFormula):
            return str(super().repr_failure(excinfo, style))
        if not self._found and self._formula is not None:
            return f"not understood: {self._formula.why}".rstrip(": ")
        return render([Report(self._report.source, diagnostics=self._found)], Options(quiet=True)).rstrip("\n")

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file, the line counted from 0, and the head of a failure."""
        span = self._formula.span if self._formula is not None else self._found[0].span
        line = self._report.source.place(span.start).line
        return self.path, line - 1, f"{self.path.name}, {self.name.partition(': ')[0]}"


class WrongFormula(Exception):
    """Raised by the test of a formula that is wrong."""
