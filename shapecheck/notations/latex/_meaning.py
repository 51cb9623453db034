r"""Turn a command into tokens: a name, a sign, an environment, a fraction, or nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._commands import (
    ACCENTS,
    BRACED,
    DERIVATIVES,
    FIRST_ARGUMENT,
    FONTS,
    FUNCTIONS,
    LETTERS,
    LINES,
    MATRICES,
    SIGNS,
    SIZES,
    SPELLED,
    WITH_ARGUMENT,
)  # fmt: skip
from ._names import behind_d, function_name, letters
from ._scripts import group

if TYPE_CHECKING:
    from ._lexer import Scanner

_RELATION = re.compile(r"\{\s*(:?=|\\(?:leftarrow|approx|equiv|gets)\s*)\}")
_ONES = ("𝟙", "1", "I")
_HEAVY = ("\\mathbb", "\\mathbf", "\\mathds", "\\bm", "\\boldsymbol")
_BOLD = ("\\mathbf", "\\bm", "\\boldsymbol")
_OPENING = re.compile(r"(?:\s|\\left|\\[bB]igg?l?)*([\[(]|\\\{|_(?=\s*\{))\s*\{?")
_ROUND = r"\((?:[^()]|\([^()]*+\))*+\)"
_WITHIN = re.compile(rf"(?:[^()\[\]]|{_ROUND}|\[[^\[\]]*+\])*+")
"""What stands in a bracket, with the brackets in it: those of a condition are nested no deeper."""
_CONDITION = re.compile(r"[<>=≥≤]|\\[lgn](?:eq?|t)(?![a-z])")
_ARGUMENT = re.compile(r"\*?\s*\{")
_OWN = re.compile(r"\\[A-Za-z]{2,}")
_STARRED = re.compile(r"\s*\{([A-Za-z]+)\*?\}\s*(?:\[[a-z]\])?(?:\{[lcr|@!\s]*\})?(?:\{[0-9]*\})?")
_UPRIGHT = ("\\text", "\\mathrm", "\\mathsf")
_KEYWORD = re.compile(r"\{\s*(axis|keepdims)\s*(=)\s*(\w+)\s*\}")
_BEST = re.compile(r"(?:\s|\\,|\\;|\\!)*\\(min|max)(?:\\limits)?(?![A-Za-z])")
_STAR = re.compile(r"\s*\*")


def command(scanner: Scanner, word: str, start: int, spaced: bool) -> None:
    """A command: a name, a sign, an environment, or nothing."""
    name = word[1:]
    if name in FONTS and (keyword := _KEYWORD.match(scanner.text, scanner.at, scanner.end)):
        _argument(scanner, keyword, start, spaced)
    elif name in LETTERS or name in FONTS or name in ACCENTS:
        scanner.at = start
        _letters(scanner, start, spaced)
    elif name == "arg" and (best := _BEST.match(scanner.text, scanner.at, scanner.end)):
        scanner.at = best.end()
        scanner.name(f"arg{best[1]}", start, spaced, "function")
    elif name in FUNCTIONS:
        scanner.name(name, start, spaced, "function")
    elif name in SIGNS:
        _sign(scanner, name, word, start, spaced)
    elif name in BRACED:
        braces = _ARGUMENT.match(scanner.text, scanner.at, scanner.end)
        scanner.remarks.add(group(scanner.text, braces.end() - 1) if braces else -1)
    elif name in ("begin", "end"):
        _environment(scanner, name, start, spaced)
    elif name == "over":
        _over(scanner, start)
    elif name in SIZES:
        return
    elif name in WITH_ARGUMENT:
        _skip(scanner, name, start)
    elif name in FIRST_ARGUMENT:
        _second(scanner, start, spaced)
    elif name in DERIVATIVES and (match := _ARGUMENT.match(scanner.text, scanner.at, scanner.end)):
        _derivative(scanner, match, start, spaced)
    else:
        _unknown(scanner, word, start, spaced)


def _argument(scanner: Scanner, keyword: re.Match[str], start: int, spaced: bool) -> None:
    """`\\mathrm{keepdims=True}`: an argument in an upright font."""
    scanner.tokens += [
        ("name", keyword[1], start, keyword.end(1), spaced),
        ("=", "=", keyword.start(2), keyword.end(2), False),
        ("number" if keyword[3].isdigit() else "name", keyword[3], keyword.start(3), keyword.end(3), False),
    ]
    scanner.at = keyword.end()


def roman(scanner: Scanner, word: str, start: int, spaced: bool) -> None:
    """`{\\rm d}z`, `{\\bf W}`: a font within the braces."""
    base = word.rstrip("} \t\r\n").rsplit(maxsplit=1)[-1].lstrip("{")
    scanner.name(base + behind_d(scanner) if base == "d" else base, start, spaced)


def _letters(scanner: Scanner, start: int, spaced: bool) -> None:
    """A name that begins with a command; words in an upright font are words."""
    at = scanner.at
    name = letters(scanner, False)
    if name in _ONES and scanner.text.startswith(_HEAVY, at) and _indicates(scanner, start, spaced):
        return
    if name == "\0":
        scanner.tokens.append(("words", scanner.text[at : scanner.at], start, scanner.at, spaced))
    elif name == "…":
        scanner.tokens.append(("name", "…", start, scanner.at, spaced))
    elif name == "":
        scanner.font = (start, scanner.at)
    else:
        called = scanner.text.startswith(_UPRIGHT, at) and function_name(name) in FUNCTIONS
        upright = called or scanner.text.startswith("\\operatorname", at)
        scanner.name(name, start, spaced, "function" if upright else "name")


def _indicates(scanner: Scanner, start: int, spaced: bool) -> bool:
    """`\\mathbb{I}[x > 0]`, `\\mathbf{1}_{x > 0}`: an indicator, where a condition follows."""
    end = scanner.at
    opening = _OPENING.match(scanner.text, end, scanner.end)
    if opening is None:
        return False
    name = ("name", "indicator", start, end, spaced)
    if opening[1] != "_":
        is_plain = scanner.text.startswith(_BOLD, start) and scanner.text[start:end].rstrip("} ").endswith("I")
        close = _WITHIN.match(scanner.text, opening.end(), scanner.end).end()  # type: ignore[union-attr]
        if is_plain and _CONDITION.search(scanner.text, opening.end(), close) is None:
            return False
        scanner.tokens.append(name)
        return True
    close = min(group(scanner.text, opening.end() - 1), scanner.end)
    if _CONDITION.search(scanner.text, opening.end(), close) is None:
        return False
    inner = type(scanner)(scanner.text, opening.end(), close - 1).tokens[:-1]
    scanner.tokens += [name, ("(", "(", end, opening.end(), False), *inner, (")", ")", close - 1, close, False)]
    scanner.at = close
    return True


def _sign(scanner: Scanner, name: str, word: str, start: int, spaced: bool) -> None:
    kind = SIGNS[name]
    if kind == "·" and (star := _STAR.match(scanner.text, scanner.at, scanner.end)):
        scanner.at, kind = star.end(), "*"
    scanner.tokens.append((kind, SPELLED.get(name, word), start, scanner.at, spaced))


def _environment(scanner: Scanner, name: str, start: int, spaced: bool) -> None:
    match = _STARRED.match(scanner.text, scanner.at, scanner.end)
    environment = match[1] if match else ""
    if match is None or (environment not in MATRICES and environment not in LINES):
        closing = scanner.text.find(f"\\end{{{environment}", scanner.at, scanner.end) if environment else -1
        scanner.at = closing + len(environment) + 6 if closing > 0 else scanner.at
        _unknown(scanner, f"\\{name}{{{environment}}}", start, spaced)
        return
    scanner.at = match.end() if name == "begin" else scanner.text.index("}", scanner.at) + 1
    is_matrix = environment in MATRICES
    if name == "begin":
        scanner.matrices.append(is_matrix)
    elif scanner.matrices:
        scanner.matrices.pop()
    if is_matrix:
        kind = "[" if name == "begin" else "]"
        scanner.tokens.append((kind, kind, start, scanner.at, True))


def _over(scanner: Scanner, start: int) -> None:
    """`{a \\over b}`: the group that it stands in becomes a fraction."""
    if scanner.braces:
        at = scanner.braces[-1]
        _, _, begin, _, spaced = scanner.tokens[at]
        scanner.tokens.insert(at, ("frac", "\\over", begin, begin, spaced))
        scanner.tokens += [("}", "}", start, start, False), ("{", "{", scanner.at, scanner.at, False)]


def _derivative(scanner: Scanner, pair: re.Match[str], start: int, spaced: bool) -> None:
    """`\\pdv{L}{W}`, `\\pd{L}{W}` of the usual packages: a fraction with ∂ above and below."""
    middle = group(scanner.text, pair.end() - 1)
    second = _ARGUMENT.match(scanner.text, middle, scanner.end)
    end = group(scanner.text, second.end() - 1) if second else scanner.end + 1
    if second is None or end > scanner.end:
        _unknown(scanner, pair[0], start, spaced)
        return
    scanner.tokens.append(("frac", "\\frac", start, start, spaced))
    for begin, close in ((pair.end(), middle - 1), (second.end(), end - 1)):
        inner = type(scanner)(scanner.text, begin, close).tokens[:-1]
        scanner.tokens += [("{", "{", begin - 1, begin, False), ("∂", "∂", begin, begin, False), *inner]
        scanner.tokens.append(("}", "}", close, close + 1, False))
    scanner.at = end


def _skip(scanner: Scanner, name: str, start: int) -> None:
    match = _ARGUMENT.match(scanner.text, scanner.at, scanner.end)
    if match is not None:
        scanner.at = min(group(scanner.text, match.end() - 1), scanner.end)
    if name in ("hspace", "intertext"):
        scanner.tokens.append(("wide", "", start, scanner.at, True))


def _second(scanner: Scanner, start: int, spaced: bool) -> None:
    """The first argument is skipped; a second one that is only a relation is that relation."""
    match = _ARGUMENT.match(scanner.text, scanner.at, scanner.end)
    if match is not None:
        scanner.at = min(group(scanner.text, match.end() - 1), scanner.end)
    relation = _RELATION.match(scanner.text, scanner.at, scanner.end)
    if relation is not None:
        scanner.at = relation.end()
        scanner.tokens.append(("=", "=", start, scanner.at, spaced))


def _unknown(scanner: Scanner, word: str, start: int, spaced: bool) -> None:
    """A command without a meaning here: a letter of the author's own; one with arguments is not understood."""
    if _OWN.fullmatch(word) and not _ARGUMENT.match(scanner.text, scanner.at, scanner.end):
        scanner.name(f"{word[1]}_{{own{word[2:]}}}", start, spaced)
        return
    while scanner.at < scanner.end and scanner.text[scanner.at] == "{":
        scanner.at = min(group(scanner.text, scanner.at), scanner.end)
    scanner.tokens.append(("unknown", word, start, scanner.at, spaced))
