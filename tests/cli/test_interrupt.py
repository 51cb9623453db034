"""Ctrl-C ends a call at once, without a word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_an_interrupt_is_status_130() -> None:
    code = (
        "import shapecheck.cli as cli, shapecheck.cli._dispatch as d, sys, time\n"
        "def wait(argv): print('ready', flush=True); time.sleep(60)\n"
        "d.dispatch = wait\n"
        "sys.exit(cli.main(['x']))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"")
