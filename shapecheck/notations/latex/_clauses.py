r"""Take away what stands around a formula: punctuation, `k \in \{…\}`, words; part the formulas of one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .._lexer import Token
from .._pratt import Parser

_PARTS = frozenset(["break", "wide", "words", "∈", "∀", ";", "compare"])
_ENDING = frozenset([",", ".", ";", "!", "?", "…"])
_SCRIPTS = ("sub", "sup")
_OPERATIONS = ("*", "·", "⊗")
"""The signs that words are about: "where ⊙ is elementwise"."""
_SPACES = ("R", "ℝ", "M")
_NUMBERS = (("number",), ("name",), ("name", "number"), ("number", "name"), ("number", "number"), ("*",))
_ASIDE = re.compile(r"\b(?:for|if|when|otherwise|such|with|since)\b")


def tidy(parser: Parser) -> None:
    """Leave the formulas alone, with a semicolon between each two."""
    if parser.at:
        parser.tokens, parser.at = parser.tokens[parser.at :], 0
    _unbox(parser)
    tokens = parser.tokens
    if not _PARTS.isdisjoint([token[0] for token in tokens]) or any(token[1] == "…" for token in tokens):
        parser.tokens = tokens = _joined(list(_formulas(tokens)), tokens[-1])
    last = len(tokens) - 1
    while last and tokens[last - 1][0] in _ENDING:
        last -= 1
    if last < len(tokens) - 1:
        at = tokens[last][2]
        parser.tokens = [*tokens[:last], ("end", "", at, at, True)]


def _unbox(parser: Parser) -> None:
    """Take away the braces around a whole equation, as of `\\boxed{dW = dZ A^T}`."""
    tokens = parser.tokens
    last = len(tokens) - 2
    while last > 0 and tokens[last][0] in _ENDING:
        last -= 1
    if last < 1 or tokens[0][0] != "{" or tokens[last][0] != "}" or not any(token[0] == "=" for token in tokens):
        return
    depth = 0
    for token in tokens[:last]:
        depth += (token[0] == "{") - (token[0] == "}")
        if not depth:
            return
    parser.tokens = [*tokens[1:last], *tokens[last + 1 :]]


def _joined(formulas: list[list[Token]], end: Token) -> list[Token]:
    found: list[Token] = []
    for formula in formulas:
        if found:
            at = formula[0][2]
            found.append((";", ";", at, at, False))
        found.extend(formula)
    at = found[-1][3] if found else end[2]
    return [*found, ("end", "", at, at, True)]


def _formulas(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each formula of a line."""
    held: list[Token] = []
    for part in _parts(tokens):
        part = _without_clause(part)
        if all(token[0] in _OPERATIONS for token in part):
            continue
        if held and part and _continues(held, part):
            held += part
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens between two breaks, or wide blanks that part equations, without what follows `for` and the like."""
    part: list[Token] = []
    depth, aside = 0, False
    for at, token in enumerate(tokens[:-1]):
        kind = token[0]
        depth += (kind in ("(", "[", "{")) - (kind in (")", "]", "}"))
        if kind in ("break", "words") or (kind == ";" and depth <= 0) or (kind == "wide" and _parted(part, tokens, at)):
            if not aside:
                yield part
            part, aside = [], kind == "words" and _ASIDE.search(token[1]) is not None
            depth = 0
        elif kind != "wide":
            part.append(token)
    if not aside:
        yield part


def _parted(part: list[Token], tokens: list[Token], at: int) -> bool:
    """Whether a wide blank parts: after a comma, before a clause, or between equations."""
    ahead = [token[0] for token in tokens[at + 1 :]]
    stop = next((place for place, kind in enumerate(ahead) if kind in ("break", "wide", "words", ";")), len(ahead))
    if not part or part[-1][0] == "," or {"∈", "∀"} & set(ahead[:stop]) or ahead[:1] == ["end"]:
        return True
    return _is_number_of_formula(tokens[at + 1 : at + 1 + stop]) or (
        "=" in ahead[:stop] and ahead[0] != "=" and any(token[0] == "=" for token in part)
    )


def _is_number_of_formula(part: list[Token]) -> bool:
    """Whether a part is the number of a formula: `(3)`, `(F.3)` or `(*)`."""
    kinds = [token[0] for token in part if token[0] != "end"]
    return kinds[:1] == ["("] and kinds[-1:] == [")"] and tuple(kinds[1:-1]) in _NUMBERS


def _continues(before: list[Token], after: list[Token]) -> bool:
    """Whether a line goes on with the one before it."""
    signs = ("=", "+", "-", "*", "·", "/", "⊗")
    return after[0][0] in signs or before[-1][0] in (*signs, "(", "[", "{")


def _without_clause(part: list[Token]) -> list[Token]:
    """A part up to a clause such as `k ∈ …` or `l = 1, …, L`, without punctuation at its ends."""
    depth = 0
    for at, (kind, text, *_) in enumerate(part):
        depth += (kind in ("(", "[", "{")) - (kind in (")", "]", "}"))
        if depth <= 0 and (kind in ("∈", "∀") or (text == "…" and at and part[at - 1][0] == ",")):
            part = part[:at] if kind == "∀" else _before_clause(part, at)
            break
        if depth <= 0 and kind == "," and at and _is_condition(part[at + 1 :]):
            part = part[:at]
            break
    if _is_number_of_formula(part):
        return []
    start, end = 0, len(part)
    while start < end and part[start][0] in (",", ".", ";"):
        start += 1
    while end > start and part[end - 1][0] in _ENDING:
        end -= 1
    return part[start:end]


def _is_condition(tokens: list[Token]) -> bool:
    """Whether what stands after a comma says when a formula holds, as `l < L` does."""
    kinds = [kind for kind, *_ in tokens]
    return "compare" in kinds and not {"=", "(", "["} & set(kinds)


def _before_clause(part: list[Token], at: int) -> list[Token]:
    """What stands before the clause whose sign is at a place: up to a comma, else up to its variable.

    Where it is a space of matrices to which the right side belongs, as in `dW = x y^T ∈ ℝ^{3×4}`, up to the sign.
    """
    ranged = part[at][1] == "…"
    begin = at - 1 - ranged
    depth = 0
    while begin >= 0:
        depth += (part[begin][0] in (")", "]", "}")) - (part[begin][0] in ("(", "[", "{"))
        if depth <= 0 and part[begin][0] == ",":
            ahead = [token[0] for token in part[:begin]]
            return part[: ahead.index("=") - 1] if ranged and ahead[1:2] == ["="] == ahead[-2:-1] else part[:begin]
        begin -= 1
    equal = [place for place, token in enumerate(part[:at]) if token[0] == "="]
    if not equal or (ranged and len(equal) == 1):
        return []
    if not ranged and at + 1 < len(part) and part[at + 1][1][:1] in _SPACES:
        return part[:at]
    begin = at - 1
    while begin and part[begin][0] in _SCRIPTS:
        begin -= 1
    return part[: begin - (part[begin - 1][0] in (",", "·"))] if not ranged else part[: equal[-1] - 1]
