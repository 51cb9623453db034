"""Words around a formula: `dZ = A - Y where A is …` is read up to the words."""

from __future__ import annotations

import re
from functools import cache

from ._characters import of_ascii
from ._pratt import Parser

_CLAUSE = (
    "or|and|where|with|for|since|because|when|which|is|are|the|if|then|so|hence|thus|therefore|but|we|let|as|in|on|of"
    "|to|by|from|this|that|here|while|using|given|note"
    "|donde|siendo|para|wobei|mit|für|où|avec|pour|onde|sendo|dove|con"
    "|где|и|или|для|если|при|так|то|тогда|потому|поэтому|значит|здесь|так|следовательно"
    "|(?:其中|这里|因为|由于|所以|因此|于是|那么|如果|对于|表示).*"
)
_LEADING = (
    "then|so|hence|thus|therefore|and|or|but"
    "|тогда|то|поэтому|значит|здесь|итак|следовательно|и|или|где|其中|这里|所以|因此|于是|那么|则|即|故"
)
_WORDS = (
    r"[A-Za-z]{2}[ \t,]+[A-Za-z]{2}|[#%∈∀]|[.,;!?]\s*$|[,;]\s*[A-Za-z]{2}|[\u0400-\u04ff\u4e00-\u9fff]"
    r"|\b(?:or|for|is|where|with|if|when)\b"
)
_KNOWN = (
    "alpha|beta|gamma|delta|epsilon|eps|eta|theta|lambda|lam|mu|sigma|phi|psi|rho|omega|tau|kappa|zeta|nu|xi|chi"
    "|tanh|sigmoid|softmax|relu|exp|log|sqrt|sin|cos|max|min|sum|mean|norm|diag|det|inv|vec|outer|dot|trace|ones"
    "|zeros|dout|grad|loss|cost|scores|probs|hidden"
)
_DIM = r"[\w\[\]^{}+-]+"
_REMARK = rf"""(?:(?<![ \t])[ \t]*+(?:=+>|[⇒⟹→])[ \t]*|(?<![ \t])[ \t]{{2,}}+|\t
    |[ \t](?=\([\s\u0400-\u04ff\u4e00-\u9fff]+\))
    |[ \t](?=\(\s*[a-z0-9]\w*\s+x\s+[a-z0-9]\w*\s*\)))\(
    (?:\s*{_DIM}\s*(?:,\s*|\s[x×]\s+|×\s*)(?:{_DIM}\s*)?|\s*[⊙∘*·]\s*(?:=|is\b)[^()]*
    |[^()=+*/-]*[^\W\d_]{{3,}},?[ \t]+(?:[^\W\d_]{{2,}}|[0-9])[^()]*
    |\s*(?:element-?wise|[а-яё\u4e00-\u9fff]{{2,}})\s*)\)\s*$"""
"""What stands after a formula in a bracket of its own: its shape, or words."""
_SHAPES = rf"(?<![ \t])[ \t]{{2,}}+\(\s*{_DIM}\s*[,x×][^()]*\)(?:\s*(?:[@×·*x→=]|[-=]>)?\s*\([^()]*\))+\s*$"
"""Shapes after a formula, one after another: `(k, N) @ (N, 1) → (k, 1)`."""
_OPENINGS = (" (", "\t(", ">(", "⇒(", "⟹(", "→(")
"""How the bracket of a remark begins, with what stands before it."""
_ENDING = frozenset([".", ",", ";", "!", "?"])
_CLOSED = frozenset(["name", "number", "transpose", "'", "sup", "sub", ")", "]", "}", "attribute"])
"""The kinds of tokens with which a formula can end."""
_SPACES = ("R", "ℝ", "N", "ℕ", "C", "ℂ")


def without_prose(parser: Parser) -> None:
    """Cut the tokens where the formula ends and words, a comment or a clause such as `k ∈ …` begin."""
    if "s.t." in parser.text or "subject to" in parser.text:
        _part_constraints(parser)
    if any([opening in parser.text for opening in _OPENINGS]):
        _without_remark(parser)
    if _words(parser.text.isascii()).search(parser.text) is None:
        return
    tokens = parser.tokens
    while tokens[parser.at][0] == "name" and re.fullmatch(_LEADING, parser.word(parser.at), re.I):
        parser.at += 1
        parser.accept(",")
    end = _clause(parser)
    words = _run_of_words(parser, end)
    if words < end:
        parser.trouble("SC103", tokens[words][2], tokens[end - 1][3], what="words after a formula")
        end = words
    while end > parser.at and tokens[end - 1][0] in _ENDING:
        end -= 1
    if end < len(tokens) - 1:
        at = tokens[end][2]
        parser.tokens = [*tokens[:end], ("end", "", at, at, True)]


def _part_constraints(parser: Parser) -> None:
    """A semicolon in place of `s.t.`: what stands after it are formulas of their own."""
    for found in re.finditer(r"(?<=[^\s,;])[\s,;]+(?:s\.t\.|subject to)\s+(?=\S)", parser.text):
        tokens, (start, end) = parser.tokens, found.span()
        mark = (";", ";", start, end, True)
        before, after = ([each for each in tokens if each[2] < start], [each for each in tokens if each[2] >= end])
        parser.tokens = [*before, mark, *after]


@cache
def _words(ascii_only: bool) -> re.Pattern[str]:
    return re.compile(of_ascii(_WORDS) if ascii_only else _WORDS)


def _without_remark(parser: Parser) -> None:
    """Cut the tokens where a remark begins after the formula: its shape `(n1 x m)`, or words in a bracket."""
    remark = re.search(_SHAPES, parser.text) or re.search(_REMARK, parser.text, re.VERBOSE)
    end = next((at for at, token in enumerate(parser.tokens) if remark and token[2] >= remark.start()), 0)
    if end > parser.at and parser.tokens[end - 1][0] in _CLOSED:
        at = parser.tokens[end][2]
        parser.tokens = [*parser.tokens[:end], ("end", "", at, at, True)]


def _clause(parser: Parser) -> int:
    """The token at which the formula ends: a comment, a word such as `where`, `k ∈ …`, `∀`."""
    tokens, depth = parser.tokens, 0
    for at in range(parser.at, len(tokens) - 1):
        kind, _, _, _, spaced = tokens[at]
        depth += (kind in ("(", "[", "{")) - (kind in (")", "]", "}"))
        if kind == "#" or (kind == "%" and parser.grammar.matlab) or (kind == "∀" and depth <= 0):
            return at
        if kind == "∈" and depth <= 0 and at > parser.at:
            return at if tokens[at + 1][1][:1] in _SPACES and tokens[at - 2][0] not in (",", ";") else at - 1
        if kind == "name" and spaced and at > parser.at and depth <= 0 and re.fullmatch(_CLAUSE, parser.word(at), re.I):
            before, after = tokens[at - 1][0], tokens[at + 1]
            if before not in parser.grammar.infixes and before != "=" and (after[0] != "(" or after[4]):
                return at
    return len(tokens) - 1


def _run_of_words(parser: Parser, end: int) -> int:
    """Where two or more plain words begin that reach to the end; the end where none do."""
    at = end
    while at > parser.at + 1 and (_is_word(parser, at - 1) or parser.tokens[at - 1][0] in _ENDING):
        at -= 1
    while at < end and not _is_word(parser, at):
        at += 1
    before = parser.tokens[at - 1][0]
    words = sum(_is_word(parser, each) for each in range(at, end))
    return at if words > 1 and before != "=" and before not in parser.grammar.infixes else end


def _is_word(parser: Parser, at: int) -> bool:
    kind, _, _, _, spaced = parser.tokens[at]
    text = parser.word(at)
    plain = kind == "name" and spaced and len(text) > 2 and text.isascii() and text.isalpha()
    return plain and text.islower() and not re.fullmatch(_KNOWN, text)
