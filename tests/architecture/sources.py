"""The sources of shapecheck as trees, for tests about how they are laid out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "shapecheck"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[str]:
    """Every module of the package as a path below it: `infer/table.py`."""
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def rooms() -> set[str]:
    """The modules and folders directly below shapecheck."""
    found = (path for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py")
    return {path.stem for path in found if path.name != "__pycache__"}


@cache
def text(module: str) -> str:
    """The source of a module."""
    return (PACKAGE / module).read_text(encoding="utf-8")


@cache
def tree(module: str) -> ast.Module:
    """The tree of a module."""
    return ast.parse(text(module), module)


def room(module: str) -> str:
    """The package or module directly below shapecheck that a module belongs to."""
    return module.partition("/")[0].removesuffix(".py")


def imports(module: str) -> Iterator[tuple[str, int]]:
    """The absolute names that a module imports, wherever in it, with their lines: `shapecheck.text`, `numpy`."""
    package = ["shapecheck", *module.split("/")[:-1]]
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{origin}.{alias.name}" for alias in node.names] if origin == "shapecheck" else [origin]
            yield from ((name, node.lineno) for name in names)


def functions(module: str) -> Iterator[Function]:
    """Every function and method of a module."""
    return (node for node in ast.walk(tree(module)) if isinstance(node, Function))


def public(module: str) -> Iterator[Function | ast.ClassDef]:
    """The functions and classes that a module offers to others."""
    for node in tree(module).body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node


def classes(module: str) -> Iterator[ast.ClassDef]:
    """Every class of a module."""
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.ClassDef))
