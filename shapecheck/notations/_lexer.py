"""Cut a formula into tokens: `lex(text)` gives kind, text, offsets, and whether blanks stand before, of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from ._characters import FRACTIONS, SUBSCRIPTS, SUPERSCRIPTS, letters, of_ascii
from ._names import MODULES
from ._signs import COMMANDS, KINDS

Token: TypeAlias = tuple[str, str, int, int, bool]
"""Kind, text, start, end, and whether blanks stand before. The kind of a sign is the sign, or what KINDS says."""

_SIMPLE = r"\s*(?!None)-?\s*\w+(?:\s*[+-]\s*\w+)*\s*"
_ROUND = r"\((?:[0-9]+|[ijklntL](?:\s*[+-]\s*[0-9]+)?)\)"
_LAST = r"(?:_(?=[\s)\],.=:;/@\[(-]|\Z))"
"""The `_` at the end of a name of code, `lambda_`; one that begins it, `_x`, stands where nothing has an index."""
_STAR = rf"\*(?=\s+=(?!=)|[:,;)\]⟩^{SUPERSCRIPTS}]|\.T(?!\w)|\s*\Z)"
"""The star after a name, `k* = …`, where nothing stands that it could multiply; `W*=2` is an update."""
_TIME = r"(?:<\s*[tτ](?:\s*[+-]\s*[0-9]+)?\s*>|<[0-9]+>|⟨[^⟩,]*⟩)"
_SHAPE = "T|shape|size|ndim|dtype"
_PATTERN = r"""[\s\u200b\u2060\ufeff]*+(?:\\[ \t]*(?:[\r\n]|\Z)\s*)*+(?:
  (?P<transpose>(?<=[\])}}'⟩{sub}])T(?!\w)|(?<=[\])}}])T(?=d?[A-Z]|δ)|(?<=[tτ0-9]>)T(?!\w)|\.T(?!\w))
| (?P<name>(?:(?:{modules})(?:\.(?!(?:{shape})(?!\w))[A-Za-z_]\w*)+|self(?:\.[A-Za-z_]\w*(?<!\.T))+
    |(?:{letter}|1_(?={letter}|\{{)|𝟙|{first}){word}*(?:_{word}+)*{last}?)
    (?:_\{{[^{{}}]*\}}|\^?\[{simple}\]|\^\{{\s*(?:\[{simple}\]\s*(?:\(\w\)\s*)?|{round}|{time})\s*\}}
      |[_^]?⋆(?![\w(])|(?:[_^]\*|\^\{{[*⋆]\}})(?=\s*(?:[=:)^.,;‖|\]⟩{super}+-]|\Z))
      |{star}|\^?{time}|\^{round}|(?<=[\]}}])\([ijk]\)|\{{{simple}\}}|[{sub}]+|\[\s*(?:"[^"]*"|'[^']*')\s*\]
      |\.(?!(?:{shape})(?!\w))[A-Za-z_]\w*(?!\w|\s*\())*)
| (?P<number>(?:[0-9]+(?:\.[0-9]+|\.(?![*/^'\w.]))?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[{fractions}])
| (?P<sup>\^\{{[^{{}}]*\}}|\^[\[(<⟨][^\[\](){{}}<>⟨⟩]*[\])>⟩]
    |\^(?:T(?![a-z])|⊤|[+†](?!\w)|-(?=[\s)\]=,]|\Z)|'|\\[a-z]+|-?[0-9]+(?:\.[0-9]+)?|-?T|-?{letter}{word}*)|(?<=[A-Z)\]])\^\*|†|[{super}]+)
| (?P<sub>_\{{[^{{}}]*\}}|_{word}+|_[*∞+]|[{sub}]+)
| (?P<attribute>\.[A-Za-z_]\w*)
| (?P<string>"[^"\r\n]*"|(?<=[(,=\[{{])'[^'\r\n]*'|(?<=[(,=\[{{][ ])'[^'\r\n]*')
 | (?P<mark>\.\.\.|={{1,9}}>|<-(?=[ \t])|[-+*/@:&=<>!~]=|\*\*|//|\.[*/^']|\|\||\\(?:{commands})(?![A-Za-z])|\\\|
     |(?<![\w\])}}'])\(o\)(?=\s)|\S)
| (?P<end>\Z)
)"""


MULTIPLIED = r"\s+(?:\(|[^\W\d_]\w{0,2}(?!\w)|[^\W\d_]\w*[0-9_\[^'(])"
"""What stands after a point between blanks that multiplies: `dZ2 . W2^T`."""
_BEFORE_RELATION = r"\s*(?:[:+\-*/]?=|[←≈≡≔∝]|\Z)"


def _is_alignment(text: str, end: int, tokens: list[Token]) -> bool:
    """Whether an `&` only says where lines are aligned: at the beginning, or beside a relation."""
    return not tokens or tokens[-1][0] == "=" or re.compile(_BEFORE_RELATION).match(text, end) is not None


@cache
def _pattern(ascii_only: bool, sigma: bool) -> re.Pattern[str]:
    letter = "[A-Za-z]" if ascii_only else letters(sigma)
    word = "[A-Za-z0-9]" if ascii_only else rf"(?:{letter}|[0-9])"
    ends = {"first": rf"(?<![^\s(=,+*@/\[-])_(?={letter})", "last": _LAST}
    parts = {
        "letter": letter,
        "word": word,
        "simple": _SIMPLE,
        "round": _ROUND,
        "time": _TIME,
        "shape": _SHAPE,
        "star": _STAR,
    }
    signs = {"sub": SUBSCRIPTS, "super": SUPERSCRIPTS, "fractions": "".join(FRACTIONS)}
    text = _PATTERN.format(**parts, **ends, **signs, modules="|".join(MODULES), commands="|".join(COMMANDS))
    return re.compile(of_ascii(text) if ascii_only else text, re.VERBOSE)


def lex(text: str, sigma: bool = False) -> list[Token]:
    """The tokens of a folded text, an `end` last; `sigma` says that Σ is a letter."""
    tokens: list[Token] = []
    add = tokens.append
    for match in _pattern(text.isascii(), sigma).finditer(text):
        kind = match.lastgroup
        assert kind is not None
        start, end = match.span(kind)
        word = match[kind]
        if kind == "mark":
            kind = KINDS.get(word, word)
            if not kind or (word == "&" and _is_alignment(text, end, tokens)):
                continue
            if word == "." and start != match.start() and re.compile(MULTIPLIED).match(text, end):
                kind = "·"
        elif kind == "end":
            break
        add((kind, word, start, end, start != match.start()))
    add(("end", "", len(text), len(text), True))
    return tokens


def joined(tokens: list[Token], sign: str) -> Iterator[Token]:
    """The tokens, where a sign and the name after it are one name, as in `δ h_t`."""
    waiting: Token | None = None
    for token in tokens:
        if waiting is not None and token[0] == "name":
            yield "name", sign + token[1], waiting[2], token[3], waiting[4]
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = token if token[:2] == ("name", sign) else None
        if waiting is None:
            yield token
