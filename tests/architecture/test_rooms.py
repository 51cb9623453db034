"""Imports go down only, and heavy libraries stay in their rooms."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from .sources import PACKAGE, ROOT, imports, modules, room, rooms

MAP = PACKAGE / "README.md"
ROOMS = re.compile(r"^<!-- rooms -->\n```text\n(?P<lines>[^`]+)^```$", re.MULTILINE)
DESCRIBED = re.compile(r"^\*\*([\w, ]+)\.\*\*", re.MULTILINE)


def levels() -> list[list[str]]:
    """The rooms as the map lists them, each line using only those above it, or its own package."""
    found = ROOMS.search(MAP.read_text(encoding="utf-8"))
    assert found, f"{MAP} has no fence after a line <!-- rooms -->"
    return [line.split() for line in found["lines"].splitlines()]


LEVEL = {name: level for level, names in enumerate(levels()) for name in names}
FAMILY = {"__main__": "cli", "__init__": "api"}
"""Modules that are the face of a room of their own line."""

HEAVY = {
    "numpy": ("evaluate",),
    "sympy": ("symbolic",),
    "rich": ("formats/full", "cli"),
    "typer": ("cli",),
    "click": ("cli",),
    "dataclasses": ("values",),
}
"""Where each heavy library may be imported."""


@pytest.mark.parametrize("module", modules())
def test_the_room_has_a_place(module: str) -> None:
    assert room(module) in LEVEL, f"{room(module)} stands on no line of the rooms in {MAP}"


def test_the_map_names_what_exists() -> None:
    named = [name for names in levels() for name in names]
    assert sorted(named) == sorted(rooms())


def test_the_map_describes_each_room() -> None:
    described = {name for group in DESCRIBED.findall(MAP.read_text(encoding="utf-8")) for name in group.split(", ")}
    assert described == {name for name in LEVEL if not name.startswith("__")}


@pytest.mark.parametrize("module", modules())
def test_imports_go_down(module: str) -> None:
    home = room(module)
    up = []
    for name, line in imports(module):
        parts = name.split(".")
        if parts[0] != "shapecheck" or len(parts) == 1:
            continue
        other = parts[1]
        if other not in (home, FAMILY.get(home)) and LEVEL.get(other, len(LEVEL)) >= LEVEL[home]:
            up.append(f"{module}:{line} imports {name}")
    assert up == []


@pytest.mark.parametrize("module", modules())
def test_heavy_libraries_stay_in_their_rooms(module: str) -> None:
    strays = [
        f"{module}:{line} imports {name}"
        for name, line in imports(module)
        if name.split(".")[0] in HEAVY and not _is_in(module, HEAVY[name.split(".")[0]])
    ]
    assert strays == []


def _is_in(module: str, places: tuple[str, ...]) -> bool:
    return any(module == f"{place}.py" or module.startswith(f"{place}/") for place in places)


def loaded_by(statement: str) -> set[str]:
    """The modules that a new interpreter holds after a statement."""
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(run.stdout.split())


def test_check_imports_no_heavy_library() -> None:
    statement = "from shapecheck.check import check\nfrom shapecheck.settings import Settings\n"
    statement += "from shapecheck.text import Source\ncheck(Source('dZ1 = W2.T dZ2 * g1\\'(Z1)'), Settings())"
    assert loaded_by("import shapecheck.check") & {*HEAVY, "pathspec", "copy"} == set()
    assert loaded_by(statement) & {*HEAVY, "pathspec", "copy"} == set()


def test_the_package_itself_is_light() -> None:
    extra = loaded_by("import shapecheck") - loaded_by("pass")
    assert extra & {*HEAVY, "pathspec"} == set()
    assert {name for name in extra if name.startswith("shapecheck.")} == set()
