"""A run that is killed leaves every file as it was or as it should be, and a cache that is right."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

OLD = b"\xef\xbb\xbf# notes\r\n" + b"x = 1\r\n" * 50 + b"dZ1 = dZ2 W2.T\r\n"
NEW = OLD.replace(b"dZ2 W2.T", b"W2.T dZ2")
COMMAND = [sys.executable, "-m", "shapecheck", "check", "--fix", "--quiet", "."]


@pytest.mark.slow
def test_a_killed_fix_leaves_each_file_whole(tmp_path: Path) -> None:
    files = [tmp_path / f"{number:03}.formulas" for number in range(48)]

    def restore() -> None:
        for file in files:
            file.write_bytes(OLD)

    chance, mixed = random.Random(0), 0
    for _ in range(10):
        restore()
        watched = chance.choice(files)
        process = subprocess.Popen(COMMAND, cwd=tmp_path, stderr=subprocess.DEVNULL)
        while process.poll() is None and watched.read_bytes() == OLD:
            pass
        process.kill()
        process.wait()
        texts = {file.read_bytes() for file in files}
        assert texts <= {OLD, NEW}
        mixed += len(texts) == 2
    assert mixed > 5
    assert subprocess.run(COMMAND, cwd=tmp_path, stderr=subprocess.DEVNULL).returncode == 0
    assert all(file.read_bytes() == NEW for file in files)
