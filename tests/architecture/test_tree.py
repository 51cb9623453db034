"""The top level of the repository holds what it must, and nothing else."""

from __future__ import annotations

from pathspec import GitIgnoreSpec

from .sources import PACKAGE, ROOT

TOP = {"pyproject.toml", "README.md", "shapecheck", "tests", "formulas"}


def test_the_top_level_is_short() -> None:
    ignored = GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
    entries = {path.name: path.is_dir() for path in ROOT.iterdir() if not path.name.startswith(".")}
    kept = {name for name, is_folder in entries.items() if not ignored.match_file(f"{name}/" if is_folder else name)}
    assert kept == TOP


def test_the_manual_is_pages() -> None:
    assert {path.suffix for path in (PACKAGE / "manual").iterdir()} == {".md"}


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").exists()
