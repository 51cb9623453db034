"""A check that goes on: first at once, then after each change, until it is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from types import ModuleType

import pytest

from .conftest import Run


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "notes.formulas"
    path.write_text("dZ1 = dZ2 W2.T\n")
    return path


@pytest.mark.skipif(os.name == "nt", reason="an interrupt cannot be sent to one process there")
def test_each_change_is_checked_and_an_interrupt_ends_it(notes: Path) -> None:
    command = [sys.executable, "-m", "shapecheck", "check", "--watch", "--format", "concise", "."]
    process = subprocess.Popen(command, cwd=notes.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    guard = Timer(60, process.kill)
    guard.start()
    assert process.stdout
    assert "error[SC201]" in process.stdout.readline()
    assert process.stdout.readline() == "checked 1 formula: 1 error\n"
    notes.write_text("dZ1 = W2.T dZ2\n")
    assert process.stdout.readline() == "checked 1 formula: all right\n"
    process.send_signal(signal.SIGINT)
    assert process.communicate() == ("", "")
    guard.cancel()
    assert process.returncode == 130


def test_a_mistake_that_is_being_mended_is_waited_for(
    notes: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = notes.with_name("shapecheck.toml")

    def changes(*paths: str, **options: object) -> Iterator[set[str]]:
        settings.write_text("strict = 1\n")
        yield set()
        settings.write_text("strict = true\n")
        yield set()
        yield {"shapecheck.toml"}

    module = ModuleType("watchfiles")
    module.watch = changes  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "watchfiles", module)
    status, out, err = run("check", "--watch", "notes.formulas")
    assert status == 1
    assert err == "shapecheck: shapecheck.toml:1: strict must be true or false, not 1\n"
    assert out.count("checked 1 formula: 1 error") == 1


def test_what_cannot_be_watched(run: Run, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("check", "--watch", "dZ1 = dZ2 W2.T")[::2] == (2, "shapecheck: --watch needs a file or a folder\n")
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert "pip install 'shapecheck-backprop[watch]'" in run("check", "--watch", "notes.formulas").err
