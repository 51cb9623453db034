r"""The macros of a document: `collect(text)` finds its definitions, `expand(text, start, macros)` replaces their calls.

Only definitions without side effects count: a text with places for arguments. What a call stands for has the call's
place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...text import Piece
from ...values import NamedTuple
from .._statements import LENGTH
from ._scripts import group

DEPTH = 20
"""How deeply macros may use each other; a macro that uses itself stops here."""
_DEFINITION = re.compile(
    r"\\(?:(?P<new>(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*(?:\{\s*\\(?P<a>[A-Za-z]+)\s*\}|\\(?P<b>[A-Za-z]+))"
    r"\s*(?:\[(?P<count>[0-9])\]\s*)?(?:\[(?P<default>[^\[\]]*)\]\s*)?(?=\{)"
    r"|DeclareMathOperator(?P<star>\*?)\s*(?:\{\s*\\(?P<c>[A-Za-z]+)\s*\}|\\(?P<d>[A-Za-z]+))\s*(?=\{)"
    r"|g?def\s*\\(?P<e>[A-Za-z]+)\s*(?P<places>(?:\#[1-9])*)\s*(?=\{))"
)
_CALL = re.compile(r"\\([A-Za-z]+)")
_PLACE = re.compile(r"#([1-9])")
_COMMENT = re.compile(r"(?<!\\)%[^\r\n]*")
_EFFECTS = re.compile(
    r"\\(?:[egx]?def|let|global|csname|input|include|write|read|catcode|expandafter|newcommand|loop)\b"
)
_BUILT_IN = frozenset("begin end left right frac".split())


class Macro(NamedTuple):
    """A macro: how many arguments it takes, the text with their places, what the first is where none is given."""

    arguments: int
    body: str
    default: str | None = None


Macros = dict[str, Macro]


class TooMuch(Exception):
    """An expansion that is nested too deeply, or too long."""


def collect(text: str) -> Macros:
    """The macros that a document defines; a later definition replaces an earlier one, save with `providecommand`."""
    found: Macros = {}
    if "\\" not in text:
        return found
    text = _COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    at = 0
    while (match := _DEFINITION.search(text, at)) is not None:
        end = min(group(text, match.end()), len(text))
        name = match["a"] or match["b"] or match["c"] or match["d"] or match["e"]
        body = text[match.end() + 1 : end - 1]
        at = match.end() + 1 if match["e"] is None else end
        at = max(at, end)
        if name in _BUILT_IN or _EFFECTS.search(body) or (match["new"] == "providecommand" and name in found):
            continue
        found[name] = _macro(match, body)
    return found


def _macro(match: re.Match[str], body: str) -> Macro:
    if match["star"] is not None:
        return Macro(0, f"\\operatorname{{{body.strip()}}}")
    count = len(match["places"]) // 2 if match["e"] else int(match["count"] or 0)
    return Macro(count, body, match["default"] if count else None)


def expand(text: str, start: int, macros: Mapping[str, Macro]) -> tuple[Piece, ...]:
    """The pieces of a text that stands at an offset, every call replaced; raises `TooMuch` at a limit."""
    pieces: list[Piece] = []
    done = at = 0
    total = len(text)
    while macros and (match := _CALL.search(text, at)) is not None:
        at = match.end()
        if match[1] not in macros:
            continue
        end, body = _called(text, match.end(), macros[match[1]])
        body = _expanded(body, macros, DEPTH, [total])
        total += len(body)
        if match.start() > done:
            pieces.append(Piece(text[done : match.start()], start + done))
        pieces.append(Piece(_apart(body, text, end), start + match.start(), end - match.start()))
        done = at = end
    if done < len(text) or not pieces:
        pieces.append(Piece(text[done:], start + done))
    return tuple(pieces)


def _apart(body: str, text: str, end: int) -> str:
    """The text with a blank after it where its last command would run into the letters that follow."""
    runs = re.search(r"\\[A-Za-z]+\Z", body) and text[end : end + 1].isalpha()
    return body + " " if runs or not body else body


def _expanded(text: str, macros: Mapping[str, Macro], depth: int, length: list[int]) -> str:
    """A body with the calls in it replaced; `length` is how much text there is so far."""
    length[0] += len(text)
    if depth == 0 or length[0] > LENGTH:
        raise TooMuch
    found: list[str] = []
    done = at = 0
    while (match := _CALL.search(text, at)) is not None:
        at = match.end()
        if match[1] in macros:
            end, body = _called(text, match.end(), macros[match[1]])
            found += [text[done : match.start()], _apart(_expanded(body, macros, depth - 1, length), text, end)]
            done = at = end
    return "".join(found) + text[done:]


def _called(text: str, at: int, macro: Macro) -> tuple[int, str]:
    """Where a call ends, and the macro's text with the call's arguments in their places."""
    given: list[str] = []
    if macro.default is not None:
        optional = re.compile(r"\s*\[([^\[\]]*)\]").match(text, at)
        given.append(optional[1] if optional else macro.default)
        at = optional.end() if optional else at
    while len(given) < macro.arguments:
        argument, at = _argument(text, at)
        given.append(argument)
    if not macro.arguments:
        return at, macro.body
    long = sum(map(len, given)) * macro.body.count("#")
    if long > LENGTH:
        raise TooMuch
    return at, _PLACE.sub(lambda place: given[int(place[1]) - 1] if int(place[1]) <= len(given) else "", macro.body)


def _argument(text: str, at: int) -> tuple[str, int]:
    """One argument: a group, a command, or a single character."""
    while at < len(text) and text[at].isspace():
        at += 1
    if text[at : at + 1] == "{":
        end = min(group(text, at), len(text))
        return text[at + 1 : end - 1], end
    command = _CALL.match(text, at)
    end = command.end() if command else min(at + 1, len(text))
    return text[at:end], end
