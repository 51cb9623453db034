"""Draw the picture of README.md, what the program prints in colour: `python -m tests.readme.picture`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path

from rich.color import parse_rgb_hex
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

PICTURE = Path(__file__).resolve().parents[2] / ".github" / "terminal.svg"
FORMULA = "dZ[1] = dZ[2] W[2]T * g[1]'(Z[1])"
WIDTH = 92
CELL = 12.2
"""The width of a character in rich's pictures."""
FONT = re.compile(r"\s*@font-face \{[^}]*\}")
"""A picture loads no font from elsewhere."""

COLORS = "181a1f f06262 7ec970 e5c07b 61a5f0 c678dd 56c2d6 d6d9e0".split()
DARK = TerminalTheme((24, 26, 31), (214, 217, 224), [parse_rgb_hex(color) for color in COLORS])


def printed() -> str:
    """The call and what it prints, with the terminal's codes for colours."""
    words = [sys.executable, "-m", "shapecheck", "--color", "always", FORMULA]
    environment = {**os.environ, "COLUMNS": str(WIDTH), "PYTHONUTF8": "1"}
    done = subprocess.run(words, stdout=subprocess.PIPE, env=environment)
    return f'$ shapecheck "{FORMULA}"\n{done.stdout.decode("utf-8")}'


def draw(text: str) -> str:
    """The picture of a text with colours, the same for the same text."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="standard")
    console.print(Text.from_ansi(text.rstrip("\n")), highlight=False, soft_wrap=True)
    picture = console.export_svg(title="shapecheck", theme=DARK, unique_id="shapecheck")
    return FONT.sub("", picture) + "\n"


def lines(picture: str) -> list[str]:
    """The lines of text that stand in a picture."""
    found: dict[int, str] = {}
    for element in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text"):
        place = re.search(r"-line-(\d+)", element.get("clip-path", ""))
        if place:
            column = round(float(element.get("x", "0")) / CELL)
            before = found.get(int(place[1]), "")
            found[int(place[1])] = before.ljust(column) + (element.text or "").replace("\xa0", " ")
    return [found.get(number, "").rstrip() for number in range(max(found) + 1)]


if __name__ == "__main__":
    PICTURE.write_text(draw(printed()), encoding="utf-8", newline="\n")
