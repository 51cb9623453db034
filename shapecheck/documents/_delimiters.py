"""Find mathematics, code spans and comments in running text: `scan(text)`, with prices (`$5 and $6`) left alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from ..text import regex
from ..values import NamedTuple

ENVIRONMENTS = (
    "align|aligned|alignat|alignedat|flalign|equation|eqnarray|gather|gathered|split|multline|displaymath|math"
)
_MATHEMATICAL = regex(r"[\\^_=]")
_SIGN_OF_MATHEMATICS = regex(r"[\\^]|_\{|\w\((?!s\))")
_WORDS = regex(r"(?<![\\\w])[A-Za-z]{2,}(?![\w.(\\^_{\[])")
_BLANK_LINE = regex(r"\n[ \t>]*\r?\n")


class Stretch(NamedTuple):
    """A stretch of text, delimiters and all from `before` to `after`, its inside from `start` to `end`.

    `kind` is "inline", "display", "code" or "comment".
    """

    kind: str
    before: int
    start: int
    end: int
    after: int


def scan(text: str, markup: str = "markdown") -> Iterator[Stretch]:
    """The mathematics of a text in order; in Markdown also code spans and HTML comments, which hide what is in them."""
    scanner = _Scanner(text, markup)
    at = 0
    while (sign := scanner.opening.search(text, at)) is not None:
        found = scanner.found(sign)
        at = found.after if found else _skipped(sign)
        if found:
            yield found


def _skipped(sign: re.Match[str]) -> int:
    """Where to go on after a sign that opens nothing."""
    return sign.end() if sign[0][0] != "$" else sign.start() + (2 if sign[0] == "$$" else 1)


class _Scanner:
    """The closers of one text; each is looked for only up to the next sign of its kind, so that a scan is linear."""

    def __init__(self, text: str, markup: str) -> None:
        self.text = text
        self.opening = _opening(markup)
        self.prices = markup != "tex"
        self.missing: set[str] = set()
        self._runs: dict[int, list[int]] | None = None

    def found(self, sign: re.Match[str]) -> Stretch | None:
        """What an opening sign begins."""
        opener, start = sign[0], sign.end()
        if opener[0] == "`":
            return self._code(sign.start(), start)
        if opener == "<!--":
            return self._until("comment", sign.start(), start, "-->")
        if opener.startswith("\\begin"):
            return self._environment(sign)
        if opener in ("\\\\(", "\\\\["):
            kind, closer = ("inline", "\\\\)") if opener[2] == "(" else ("display", "\\\\]")
            return self._until(kind, sign.start(), start, closer)
        if opener in ("\\(", "\\["):
            return self._bracketed(sign.start(), start, opener[1])
        return self._dollars(sign.start(), start, opener) if opener[0] == "$" else None

    def _until(self, kind: str, before: int, start: int, closer: str) -> Stretch | None:
        end = -1 if closer in self.missing else self.text.find(closer, start)
        if end < 0:
            self.missing.add(closer)
            return None
        return Stretch(kind, before, start, end, end + len(closer))

    def _environment(self, sign: re.Match[str]) -> Stretch | None:
        found = self._until("display", sign.start(), sign.end(), f"\\end{{{sign['environment']}}}")
        # The markers stay inside: they say how the rows are laid out.
        return found and Stretch("display", sign.start(), sign.start(), found.after, found.after)

    def _bracketed(self, before: int, start: int, bracket: str) -> Stretch | None:
        closing = _closing(bracket).search(self.text, start)
        if closing is None or closing[0][1] == bracket:
            return None
        kind = "inline" if bracket == "(" else "display"
        return self._checked(Stretch(kind, before, start, closing.start(), closing.end()))

    def _dollars(self, before: int, start: int, opener: str) -> Stretch | None:
        if opener == "$`":
            end = self.text.find("`", start)
            closed = self.text.startswith("`$", end)
            return Stretch("inline", before, start, end, end + 2) if end > start and closed else None
        closing = _closing(opener).search(self.text, start)
        if closing is None or not self.text[start : closing.start()].strip():
            return None
        found = Stretch("display" if opener == "$$" else "inline", before, start, closing.start(), closing.end())
        if opener == "$" and self.prices and not _is_mathematics(self.text, found):
            return None
        return self._checked(found)

    def _checked(self, found: Stretch) -> Stretch | None:
        """What was found, unless it is inline and a blank line parts it."""
        inside = self.text[found.start : found.end]
        return None if found.kind == "inline" and "\n" in inside and _BLANK_LINE.search(inside) else found

    def _code(self, before: int, start: int) -> Stretch | None:
        if self._runs is None:
            self._runs = {}
            for run in re.finditer(r"`+", self.text):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        runs = self._runs.get(start - before, [])
        at = bisect_left(runs, start)
        return Stretch("code", before, start, runs[at], runs[at] + start - before) if at < len(runs) else None


def _is_mathematics(text: str, found: Stretch) -> bool:
    """Whether a stretch between two dollars is mathematics, not the text between two prices."""
    inside = text[found.start : found.end]
    before, after = text[found.before - 1 : found.before], text[found.after : found.after + 1]
    if after.isdigit():
        return False
    if before.isalnum() and inside[0].isspace():
        return False
    if inside[-1].isspace() and not inside[0].isspace():
        return _MATHEMATICAL.search(inside) is not None and not inside[0].isdigit()
    return not inside[0].isdigit() or not _WORDS.search(inside) or _SIGN_OF_MATHEMATICS.search(inside) is not None


@cache
def _opening(markup: str) -> re.Pattern[str]:
    environment = rf"\\begin\{{(?P<environment>(?:{ENVIRONMENTS})\*?)\}}"
    if markup == "tex":
        return re.compile(rf"{environment}|\\[(\[]|\\.|\$\$?", re.DOTALL)
    code = "" if markup == "html" else "`+|"
    return re.compile(rf"{environment}|\\\\[(\[]|\\.|{code}<!--|\$(?:\$|`(?!`))?", re.DOTALL)


@cache
def _closing(opener: str) -> re.Pattern[str]:
    """The next sign of a kind: the closer, or another opener of a bracket, which says that the first was none."""
    patterns = {"(": r"(?<!\\)\\[()]", "[": r"(?<!\\)\\[\[\]]", "$": r"(?<!\\)\$", "$$": r"(?<!\\)\$\$"}
    return re.compile(patterns[opener])
