r"""Read a name that begins with a command: `\mathbf{W}`, `\hat y`, `d\gamma`, `{\rm d}z` are W, ŷ, dγ and dz."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from ._commands import ACCENTS, FONTS, LETTERS
from ._scripts import group

if TYPE_CHECKING:
    from ._lexer import Scanner

_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.]|\\?_(?=\w))*")
_SCRIPTED = re.compile(r"\s*[A-Za-z]+[0-9]*\s*[_^]")
_COMMAND = re.compile(r"[\s~]*\\([A-Za-z]+)\*?\s*")
_RUN = re.compile(r"[A-Za-z]+[0-9]*")
_PROSE = frozenset("and or where with for if when otherwise then so is are the such that since because by".split())
_CONSTRAINED = ("s.t.", "s.t")
"""What stands before the constraints of an optimum, in whatever upright font."""
_TEXTS = ("text", "mbox", "textrm", "textnormal", "textit", "textbf", "hbox")


def function_name(text: str) -> str:
    """The bare name of what may be a function: without indices and library."""
    return re.split(r"[_^\[({]", text, maxsplit=1)[0].split(".")[-1]


def letters(scanner: Scanner, joined: bool) -> str:
    """The letters that begin here, in plain text; the scanner is moved after them.

    Empty where a font has more than a name in its braces: then only the font is taken. `\\0` stands for prose. An
    upright `d` and what follows are one name; `joined` says that a `d` stands before.
    """
    command = _COMMAND.match(scanner.text, scanner.at, scanner.end)
    if command is None:
        return ""
    name = command[1]
    if name in LETTERS:
        scanner.at += len(command[0]) - len(command[0][command.end(1) - command.start() :])
        return _increment(scanner) if name == "Delta" and not joined else LETTERS[name]
    if name in ACCENTS:
        return _accented(scanner, command)
    if name not in FONTS:
        return ""
    at, scanner.at = scanner.at, command.end()
    found = _argument(scanner, name)
    if found is None and joined:
        scanner.at = at
    if found != "d" or joined:
        return found or ""
    return found + behind_d(scanner)


def behind_d(scanner: Scanner) -> str:
    """What an upright `d` stands before."""
    at = scanner.at
    while scanner.text[scanner.at : scanner.at + 1] in (" ", "~") or scanner.text.startswith("\\,", scanner.at):
        scanner.at += 2 if scanner.text[scanner.at] == "\\" else 1
    run = _RUN.match(scanner.text, scanner.at, scanner.end)
    if run is not None:
        scanner.at = run.end()
        return run[0]
    behind = letters(scanner, True)
    if not behind:
        scanner.at = at
    return behind


def _increment(scanner: Scanner) -> str:
    """`\\Delta W` is one name, `\\Delta` alone another."""
    run = re.compile(r"\s*([A-Za-z][0-9]*)(?![A-Za-z])").match(scanner.text, scanner.at, scanner.end)
    if run is None:
        return "Δ"
    scanner.at = run.end()
    return "Δ" + run[1]


def _argument(scanner: Scanner, font: str) -> str | None:
    """The name that a font is of; None if it is of something else."""
    text, at = scanner.text, scanner.at
    if not text.startswith("{", at):
        return _single(scanner)
    end = min(group(text, at), scanner.end)
    content = text[at + 1 : end - 1].replace("arg\\,m", "argm").replace("arg m", "argm")
    word = _WORD.fullmatch(content.strip())
    is_constrained = content.strip() in _CONSTRAINED
    is_prose = font in _TEXTS and (word is None or content.strip() in _PROSE)
    if (is_constrained or is_prose) and "\\" not in content and "$" not in content:
        scanner.at = end
        return "\0" if content.strip() else ""
    if word is not None:
        scanner.at = end
        plain = word[0].replace("\\", "")
        return "𝟙" if plain == "1" and not text.startswith("_", end) else plain
    inner = _COMMAND.match(text, at + 1, end)
    if inner is None:
        return _indexed(scanner, content, end)
    scanner.at = at + 1
    found = letters(scanner, False)
    if found and text[scanner.at : end].strip() == "}":
        scanner.at = end
        return found
    scanner.at = at
    return None


def _indexed(scanner: Scanner, content: str, end: int) -> str | None:
    """The name in the braces of a font that has its indices in there too, as in `\\mathcal{A^{[l]}}`."""
    if not _SCRIPTED.match(content):
        return None
    *tokens, _ = type(scanner)(scanner.text, scanner.at + 1, end - 1).tokens
    if len(tokens) != 1 or tokens[0][0] != "name":
        return None
    scanner.at = end
    return tokens[0][1]


def _single(scanner: Scanner) -> str | None:
    """The letter, or the command, that a font without braces is of; a font such as `\\rm` is of a word."""
    sign = scanner.text[scanner.at : scanner.at + 1]
    if scanner.at < scanner.end and (sign.isalpha() or sign == "1"):
        scanner.at += 1
        return "𝟙" if sign == "1" and scanner.text[scanner.at : scanner.at + 1] != "_" else sign
    return letters(scanner, False) or None


def _accented(scanner: Scanner, command: re.Match[str]) -> str:
    """A letter, or a short name, with its mark on the first letter."""
    scanner.at = command.end()
    mark = ACCENTS[command[1]]
    base = _argument(scanner, "hat")
    if not base or base == "\0":
        return ""
    return normalize("NFC", base[0] + mark) + base[1:]
