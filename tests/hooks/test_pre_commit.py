"""The hooks, run by pre-commit itself in a repository of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    if not (ROOT / ".git").exists():
        pytest.skip("pre-commit installs from a git repository, and this is none")
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "bad.formulas").write_text("dZ1 = dZ2 W2.T\n")
    (repository / "good.formulas").write_text("dZ1 = W2.T dZ2\n")
    for words in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *words], cwd=repository, check=True)
    return repository


def pre_commit(repository: Path, hook: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), hook, "--all-files", "--color=never"]
    environment = {**os.environ, "PRE_COMMIT_HOME": str(repository.parent / "home"), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=repository, env=environment, capture_output=True, encoding="utf-8")


@pytest.mark.slow
def test_a_bad_formula_is_flagged_and_mended(scratch: Path) -> None:
    flagged = pre_commit(scratch, "shapecheck")
    assert flagged.returncode == 1, flagged.stderr
    assert "bad.formulas:1:7" in flagged.stdout
    assert "good.formulas" not in flagged.stdout
    mended = pre_commit(scratch, "shapecheck-fix")
    assert mended.returncode == 1
    assert "files were modified by this hook" in mended.stdout
    assert (scratch / "bad.formulas").read_text() == "dZ1 = W2.T dZ2\n"
    assert pre_commit(scratch, "shapecheck").returncode == 0
