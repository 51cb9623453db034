"""What a formula in plain notation is worth: a reader for comparing fixes by their numbers, however they are spelled.

sum      = times { ("+" | "-") times }
times    = product { ("*" | "⊙" | "∘" | "@" | "/") product }
product  = signed { [ "·" | "×" ] postfix }
signed   = [ "-" ] postfix
postfix  = atom { ".T" | "^T" | "ᵀ" | "^2" | "²" | "^-1" | "⁻¹" | ".name(arguments)" }
atom     = number | "1/m" | name | name "(" arguments ")" | "(" sum ")"
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from .tree import FACTORS, FUNCTIONS, REDUCTIONS, Arrays, inverse

_TOKEN = re.compile(
    r"\s*(?:(?P<transpose>\.T\b|\^\{?(?:T\b|⊤)\}?|[ᵀ⊤])|(?P<method>\.[a-z]+(?=\())"
    r"|(?P<inverse>\^-1|\^\(-1\)|⁻¹)|(?P<square>(?:\^|\*\*)2|²)|(?P<number>1/m(?=\s*[\w(])|\d+(?:\.\d+)?)"
    r"|(?P<name>np\.(?:linalg\.)?\w+|[^\W\dᵀ²⁻¹][^\Wᵀ²⁻¹]*)|(?P<sign>[-+*/@⊙∘·×(),=]))"
)
_BINARY = {"dot": np.matmul, "matmul": np.matmul, "multiply": np.multiply, "outer": np.outer, "inv": inverse}
_POSTFIXES = {"transpose": np.transpose, "inverse": inverse, "square": np.square}
_AXES = {"axis", "keepdims"}


def value(text: str, arrays: Arrays) -> Any:
    """The value of an expression; ValueError where it does not fit or is not of this small language."""
    reader = _Reader(text.rstrip(), arrays)
    found = reader.sum()
    if reader.kind != "end":
        raise ValueError(f"{reader.text!r} is left over in {text!r}")
    return found


class _Reader:
    """A token at a time: `kind` and `text` are those of the next one."""

    def __init__(self, source: str, arrays: Arrays) -> None:
        self.source, self.arrays, self.end = source, arrays, 0
        self.kind, self.text = "", ""
        self.next()

    def next(self) -> str:
        """Step over a token and return its text."""
        text = self.text
        found = _TOKEN.match(self.source, self.end)
        if found is None and self.source[self.end :].strip():
            raise ValueError(f"cannot read {self.source[self.end :]!r}")
        self.kind, self.text = ("end", "") if found is None else (str(found.lastgroup), found[0].strip())
        self.end = found.end() if found else self.end
        return text

    def take(self, sign: str) -> bool:
        """Step over a sign if it is next."""
        if self.kind != "sign" or self.text != sign:
            return False
        self.next()
        return True

    def sum(self) -> Any:
        result = self.times()
        while self.kind == "sign" and self.text in "+-":
            result = result + self.times() if self.next() == "+" else result - self.times()
        return result

    def times(self) -> Any:
        result = self.product()
        while self.kind == "sign" and self.text in "*⊙∘@/":
            match self.next():
                case "@":
                    result = result @ self.product()
                case "/":
                    result = result / self.product()
                case _:
                    result = result * self.product()
        return result

    def product(self) -> Any:
        result = -self.postfix() if self.take("-") else self.postfix()
        while self.kind in ("name", "number") or (self.kind == "sign" and self.text in "(·×"):
            if self.text in "·×":
                self.next()
            factor = self.postfix()
            result = result @ factor if np.ndim(result) and np.ndim(factor) else result * factor
        return result

    def postfix(self) -> Any:
        result = self.atom()
        while self.kind == "method" or self.kind in _POSTFIXES:
            kind, text = self.kind, self.next()
            result = self.call(text[1:], result) if kind == "method" else _POSTFIXES[kind](result)
        return result

    def atom(self) -> Any:
        if self.kind == "number":
            text = self.next()
            return FACTORS[text] if text in FACTORS else float(text)
        if self.kind == "name":
            name = self.next()
            if name in FACTORS and name not in self.arrays:
                return FACTORS[name]
            return self.arrays[name] if name in self.arrays else self.call(name.rpartition(".")[2])
        if self.take("("):
            result = self.sum()
            self.expect(")")
            return result
        raise ValueError(f"{self.text!r} begins nothing in {self.source!r}")

    def call(self, name: str, *first: Any) -> Any:
        self.expect("(")
        arguments, keywords = list(first), {}
        while not self.take(")"):
            if self.kind == "name" and self.text in _AXES:
                keyword = self.next()
                self.expect("=")
                keywords[keyword] = self.next() == "True" if keyword == "keepdims" else int(self.next())
            else:
                arguments.append(self.sum())
            self.take(",")
        if name in REDUCTIONS and len(arguments) == 2:
            keywords["axis"] = int(arguments.pop())
        return self.known(name)(*arguments, **keywords)

    def known(self, name: str) -> Any:
        for table in (FUNCTIONS, REDUCTIONS, _BINARY):
            if name in table:
                return table[name]
        raise ValueError(f"{name!r} is not a name of {self.source!r}")

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            raise ValueError(f"{sign!r} is missing before {self.text!r} in {self.source!r}")
