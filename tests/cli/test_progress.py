"""The bar on stderr, only where somebody watches and the work takes long."""

from __future__ import annotations

import io
import sys

import pytest

from shapecheck.cli import _progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("moment", "quiet", "shows"), [(-1.0, False, True), (-1.0, True, False), (60.0, False, False)])
def test_the_bar(monkeypatch: pytest.MonkeyPatch, moment: float, quiet: bool, shows: bool) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(_progress, "_MOMENT", moment)
    assert list(_progress.watched(range(5), 5, quiet)) == [0, 1, 2, 3, 4]
    assert ("checking" in sys.stderr.getvalue()) == shows


def test_no_bar_into_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setattr(_progress, "_MOMENT", -1.0)
    assert list(_progress.watched(range(5), 5, quiet=False)) == [0, 1, 2, 3, 4]
    assert sys.stderr.getvalue() == ""
