"""What `@include` may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecheck.files.including import includer
from shapecheck.syntax.nodes import Declaration, Program


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name, text in {
        "pyproject.toml": "",
        "notes/main.formulas": "@include ../shapes.formulas",
        "shapes.formulas": "W: n x m  # weights\nZ = W x\n@include notes/more.formulas\n",
        "notes/more.formulas": "b: n\n",
        "round.formulas": "@include notes/round.formulas",
        "notes/round.formulas": "@include ../round.formulas",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "bad.formulas").write_bytes(b"\xff")
    (tmp_path / "outside.formulas").write_text("W: n x m")
    (root / "link.formulas").symlink_to(tmp_path / "outside.formulas")
    return root


def include(project: Path, name: str) -> Program | str:
    return includer(str(project / "notes/main.formulas"))(name)


def test_declarations_are_read_through_files(project: Path) -> None:
    found = include(project, "../shapes.formulas")
    assert isinstance(found, Program)
    assert all(isinstance(statement, Declaration) for statement in found.statements)
    assert len(found.statements) == 2


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../outside.formulas", "outside"),
        ("../link.formulas", "outside"),
        ("/etc/passwd", "outside"),
        ("missing.formulas", "no such file"),
        ("main.formulas", "itself"),
        ("../round.formulas", "itself"),
        ("../bad.formulas", "neither UTF-8"),
        ("..", "no such file"),
        ("a\0b", "no name"),
    ],
)
def test_why_a_file_is_not_included(project: Path, name: str, why: str) -> None:
    found = include(project, name)
    assert isinstance(found, str)
    assert why in found
