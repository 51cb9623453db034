r"""Cut a LaTeX formula into the tokens of the plain notation: `\mathbf{W}^{[2]}` is one name, `W^{[2]}`.

The text of a token is what the plain notation would have there, its offsets are the LaTeX text's. Beyond plain's kinds
there are `frac`, `sqrt`, `function`, `⊗`, `unknown` (a command without a meaning), and those that end a formula:
`break` (a new line, an arrow), `wide` (a wide blank), `words`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ...documents._rows import DOUBLED
from .._lexer import MULTIPLIED, Token
from .._signs import KINDS
from ._commands import BRACKETED
from ._meaning import command, roman
from ._names import function_name, letters
from ._pattern import pattern
from ._scripts import INDICES, LABEL, SCRIPT, group, script

_ESCAPED = re.compile(rf"\\(_(?=\s*[{{\\])|\\(?={DOUBLED}))")
"""What is escaped for the sake of Markdown, `w` with an escaped `_{ij}`, or of a string, with both backslashes."""
_INDEX = re.compile(
    r"\[\s*-?\s*(?:\w+|[a-z0-9L]\w*(?:\s*[+-]\s*[a-z0-9L]\w*)+)\s*\]"
    r"|(?<=[\]}])\([ijk]\)|<\s*[tτ](?:\s*[+-]\s*[0-9]+)?\s*>"
)
_SCRIPTED = frozenset("_^'[(< ~")
_AFTER_SIZE = re.compile(r"\\[A-Za-z]+\s*(?=[()\[\]|\\])")
_DELIMITERS = {
    "\\{": "(", "\\}": ")", "\\lbrace": "(", "\\rbrace": ")", "\\lbrack": "[", "\\rbrack": "]", "\\|": "‖", "||": "‖",
    "\\langle": "⟨", "\\rangle": "⟩",
    "\\lVert": "‖", "\\rVert": "‖", "\\Vert": "‖", "\\lvert": "|", "\\rvert": "|", "\\vert": "|",
}  # fmt: skip
_FACTORS = frozenset(("name", "number", "transpose", "sup", "sub", ")", "]", "}", "function"))
_JOINED = r"\\(?![,;:! \\])|[({]|[^\W\d_](?![a-z])"
"""What stands directly after a point that multiplies."""
_INDEX_AFTER_PRIME = re.compile(r"'+\s*(?:\^\{?\s*[\[(]|_)")
_SPACE = re.compile(r"\s*\\(?:mathbb\s*\{?|mathrm\s*\{?)?[RNZ]\b")


def lex(text: str, sigma: bool = False) -> list[Token]:
    """The tokens of a folded text, an `end` last; `sigma` says that Σ is a letter."""
    if "\\_" in text or "\\\\" in text:
        text = _ESCAPED.sub(r" \1", text)
    return Scanner(text, 0, len(text), sigma).tokens


class Scanner:
    """One pass over a part of a text; `tokens` is what it found."""

    def __init__(self, text: str, start: int, end: int, sigma: bool = False) -> None:
        self.text = text
        self.at = start
        self.end = end
        self.tokens: list[Token] = []
        self.braces: list[int] = []
        self._closers: list[str] = []
        self.remarks: set[int] = set()
        self.matrices: list[bool] = []
        self.font = (-1, -1)
        self._run(pattern(self.text.isascii(), sigma).match)
        self.tokens.append(("end", "", end, end, True))

    def _run(self, find: Callable[[str, int, int], re.Match[str] | None]) -> None:
        text, add = self.text, self.tokens.append
        spaced = False
        while (match := find(text, self.at, self.end)) is not None:
            kind = match.lastgroup
            assert kind is not None
            start, self.at = match.span(kind)
            spaced = spaced or start != match.start()
            word = match[kind]
            if kind in ("word", "module"):
                self._word(word, start, spaced)
            elif kind == "end":
                return
            elif kind in _KINDS:
                before = len(self.tokens)
                _KINDS[kind](self, word, start, spaced)
                if len(self.tokens) == before:
                    spaced = True
                    continue
            else:
                add((kind, word, start, self.at, spaced))
            spaced = False

    def _word(self, word: str, start: int, spaced: bool) -> None:
        """A run of letters: one name, with a command after `d` as part of it (`d\\gamma`)."""
        if word[0] == "d" and self.text.startswith("\\", self.at) and len(word) < 3:
            word += letters(self, word == "d")
        self.name(word.replace("\\", ""), start, spaced)

    def name(self, base: str, start: int, spaced: bool, kind: str = "name") -> None:
        """A name with the indices at it; a superscript that is more than indices is a token of its own."""
        tokens, end = self.tokens, self.at
        above: Token | None = None
        primes = 0
        while self.at < self.end and self.text[self.at] in _SCRIPTED:
            sign = self.text[self.at]
            if sign == "'" and _INDEX_AFTER_PRIME.match(self.text, self.at):
                primes += 1
                self.at += 1
                continue
            if sign in "[(<":
                found = None if function_name(base) in BRACKETED else _INDEX.match(self.text, self.at, self.end)
                if found is None:
                    break
                base += found[0]
                self.at = end = found.end()
                continue
            read = self.script()
            if read is None:
                break
            sign, content, begin, self.at = read
            if sign == "_" or LABEL.fullmatch(content):
                base += content if content[:1] == "[" else f"_{{{content}}}"
            elif INDICES.fullmatch(content):
                base += f"^{{{content}}}"
            else:
                above = ("sup", f"^{{{content}}}", begin, self.at, False)
                break
            end = self.at
        tokens.append((kind, base, start, end, spaced))
        tokens.extend([("'", "'", end, end, False)] * primes)
        if above is not None:
            tokens.append(above)

    def script(self) -> tuple[str, str, int, int] | None:
        """The script here: its sign, its text, where it begins and ends; None if there is none."""
        match = SCRIPT.match(self.text, self.at, self.end)
        if match is None:
            return None
        content, end = match[2] or match[4] or "", match.end()
        if match[3]:
            end = group(self.text, match.end() - 1)
            if end > self.end:
                return None
            content = self.text[match.end() : end - 1]
        return match[1], script(content), match.start(1), end

    def open(self, word: str, start: int, spaced: bool) -> None:
        """A bracket or bar, with the command that gives its size."""
        sized = _AFTER_SIZE.match(word)
        bare = word[sized.end() :] if sized else word
        kind = _DELIMITERS.get(bare, bare)
        if kind in "([":
            before = self.tokens[-1] if self.tokens else ("", "", 0, 0, False)
            takes = kind == "[" and before[0] in ("name", "function") and function_name(before[1]) in BRACKETED
            self._closers.append("]" if takes else "")
            if takes:
                kind = "("
            elif kind == "[" and sized:
                spaced = True
        elif kind in ")]" and self._closers and self._closers.pop() == kind:
            kind = ")"
        self.tokens.append((kind, bare, start, self.at, spaced))

    def loose_script(self, word: str, start: int, spaced: bool) -> None:
        """A script that does not stand at a name."""
        self.at = start
        read = self.script()
        if read is None:
            self.at = start + 1
            self.tokens.append((word, word, start, self.at, spaced))
            return
        sign, content, begin, self.at = read
        if start not in self.remarks:
            self.tokens.append(("sub" if sign == "_" else "sup", f"{sign}{{{content}}}", begin, self.at, False))

    def line(self, word: str, start: int, spaced: bool) -> None:
        """`\\\\`: between the rows of a matrix, or between formulas."""
        inside = self.matrices and self.matrices[-1]
        self.tokens.append((";" if inside else "break", word, start, self.at, spaced))

    def _multiplies(self, spaced: bool) -> bool:
        """Whether the point just read stands between factors: `x.\\frac{1}{2}`, or between blanks."""
        follows = self.tokens and self.tokens[-1][0] in _FACTORS
        match = re.compile(MULTIPLIED if spaced else _JOINED).match(self.text, self.at, self.end)
        return bool(follows) and match is not None

    def mark(self, word: str, start: int, spaced: bool) -> None:
        """A sign; `&` parts the items of a matrix, and is a blank elsewhere."""
        if word == "." and self._multiplies(spaced):
            self.tokens.append(("·", word, start, self.at, spaced))
            return
        if word == "&":
            if self.matrices and self.matrices[-1]:
                self.tokens.append((",", ",", start, self.at, spaced))
            return
        if word == "{":
            self.braces.append(len(self.tokens))
            start = self.font[0] if self.font[1] == start else start
        elif word == "}" and self.braces:
            self.braces.pop()
        kind = KINDS.get(word, word) or word
        if word == ":" and _SPACE.match(self.text, self.at):
            kind = "∈"
        self.tokens.append((kind, word, start, self.at, spaced))


_KINDS = {
    "open": Scanner.open, "command": command, "script": Scanner.loose_script, "break": Scanner.line,
    "mark": Scanner.mark, "mark_o": Scanner.mark, "roman": roman,
}  # fmt: skip
