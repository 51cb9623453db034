"""The action for GitHub: what its steps run, with its inputs as the environment hands them over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / ".github/actions/shapecheck/action.yml").read_text(encoding="utf-8"))


def check(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the last step as GitHub does, `shapecheck` being this one."""
    step: dict[str, Any] = ACTION["runs"]["steps"][-1]
    given = {name: str(each["default"]) for name, each in ACTION["inputs"].items()} | inputs
    values = {name: given[text.removeprefix("${{ inputs.").removesuffix(" }}")] for name, text in step["env"].items()}
    command = folder / "bin" / "shapecheck"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m shapecheck "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **values, "PATH": path, "PYTHONPATH": str(ROOT)}
    shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    return subprocess.run(shell, cwd=folder, env=environment, capture_output=True, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.formulas").write_text("dZ1 = dZ2 W2.T\n")
    (tmp_path / "good.md").write_text("$dW_2 = dZ_2 A_1^T$\n")
    return tmp_path


pytestmark = pytest.mark.skipif(os.name == "nt", reason="the step is a script for a Unix shell here")


def test_findings_are_annotations(folder: Path) -> None:
    done = check(folder)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=bad.formulas,line=1,")


def test_inputs_are_handed_on(folder: Path) -> None:
    done = check(folder, paths="good.md bad.formulas", arguments="--ignore SC2 --quiet", sarif="out dir.sarif")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((folder / "out dir.sarif").read_text())["version"] == "2.1.0"


def test_nothing_in_an_input_is_run(folder: Path) -> None:
    check(folder, paths="$(touch run) ; touch run", arguments="`touch run`", sarif="$(touch run)")
    assert not (folder / "run").exists()


def test_every_input_is_used_and_described() -> None:
    text = (ROOT / ".github/actions/shapecheck/action.yml").read_text(encoding="utf-8")
    for name, given in ACTION["inputs"].items():
        assert f"${{{{ inputs.{name} }}}}" in text
        assert given["description"].endswith(".")
        assert "default" in given
