"""Evaluate a formula in indices entry by entry: `Σ_k W2[k,i] dZ2[k,j] g1'(Z1[i,j])` for each i and j."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import numpy as np

from shapecheck.ops import ops

NUMBER, NAME, SIGN = r"(?P<number>\d+(?:\.\d+)?)", r"(?P<name>[^\W\d]\w*'*)", r"(?P<sign>>=|[-+/^()\[\],>])"
TOKEN = re.compile(rf"\s*(?:(?P<sum>Σ_\w+)|{NUMBER}|{NAME}|{SIGN})")
FUNCTIONS: Mapping[str, Callable[..., float]] = {"exp": np.exp, "log": np.log, "sqrt": np.sqrt, "maximum": max}
REDUCTIONS: Mapping[str, Callable[..., Any]] = {"max": np.max, "min": np.min, "prod": np.prod, "std": np.std}

Env = dict[str, int]


class Interpreter:
    """One formula in indices, with arrays by name (axes of length 1 left out) and the length of each letter."""

    def __init__(self, text: str, arrays: Mapping[str, Any], lengths: Mapping[str, int]) -> None:
        self.left, _, self.right = text.partition(" = ")
        self.arrays = {name: np.squeeze(array) for name, array in arrays.items()}
        self.lengths = lengths
        self.tokens = [
            (match.lastgroup or "", match[0].strip(), match[0][:1] == " ") for match in TOKEN.finditer(self.right)
        ]
        assert "".join(token for _, token, _ in self.tokens) == self.right.replace(" ", ""), self.right

    def value(self) -> Any:
        """The array of the left side's free letters, in their order."""
        found = re.search(r"\[([a-z0-9,]+)\]$", self.left)
        letters = found[1].split(",") if found else []
        shape = [self.lengths[letter] for letter in letters]
        value = np.empty(shape)
        for place in product(*map(range, shape)):
            self.at = 0
            value[place] = self.sum(dict(zip(letters, place, strict=True)))
            assert self.at == len(self.tokens), self.tokens[self.at :]
        return value

    def peek(self) -> tuple[str, str, bool]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "", False)

    def take(self, text: str = "") -> str:
        token = self.tokens[self.at][1]
        assert not text or token == text, (token, text)
        self.at += 1
        return token

    def sum(self, env: Env) -> float:
        total = self.term(env)
        while self.peek()[1] in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            total += sign * self.term(env)
        if self.peek()[1] in (">", ">="):
            strictly = self.take() == ">"
            other = self.sum(env)
            return float(total > other if strictly else total >= other)
        return total

    def term(self, env: Env) -> float:
        if self.peek()[1] == "-":
            self.take()
            return -self.term(env)
        if self.peek()[0] == "sum":
            return self.over(self.take()[2:], self.term, env)
        total = self.factor(env)
        while self.peek()[0] in ("name", "number", "sum") or self.peek()[1] in ("(", "/"):
            if self.peek()[0] == "sum":
                return total * self.term(env)
            if self.peek()[1] == "/":
                self.take()
                total /= self.factor(env)
            else:
                total *= self.factor(env)
        return total

    def over(self, letter: str, term: Callable[[Env], float], env: Env) -> float:
        return sum(self.each([letter], term, env))

    def each(self, letters: list[str], term: Callable[[Env], float], env: Env) -> list[float]:
        start, values = self.at, []
        for place in product(*(range(self.lengths[letter]) for letter in letters)):
            self.at = start
            values.append(term(env | dict(zip(letters, place, strict=True))))
        return values

    def factor(self, env: Env) -> float:
        value = self.atom(env)
        while self.peek()[1] in ("^", "/") and not self.peek()[2]:
            value = value ** self.atom(env) if self.take() == "^" else value / self.atom(env)
        return value

    def atom(self, env: Env) -> float:
        kind, text, _ = self.peek()
        self.take()
        if kind == "number":
            return float(text)
        if text == "(":
            value = self.sum(env)
            self.take(")")
            return value
        if self.peek()[1] == "(" and not self.peek()[2]:
            return self.call(text, env)
        if self.peek()[1] == "[":
            self.take("[")
            places = [self.index(env)]
            while self.take() == ",":
                places.append(self.index(env))
            return float(self.arrays[text][tuple(places)])
        return float(self.arrays[text])

    def index(self, env: Env) -> int:
        kind, text, _ = self.peek()
        self.take()
        place = int(text) - 1 if kind == "number" else env[text]
        while self.peek()[1] == "+":
            self.take("+")
            place += int(self.take())
        return place

    def call(self, name: str, env: Env) -> float:
        self.take("(")
        base, _, letters = name.partition("_")
        if base in REDUCTIONS and letters:
            bound = [letters]
            value = REDUCTIONS[base](self.each(bound, self.sum, env))
            self.take(")")
            return float(value)
        values = [self.sum(env)]
        while self.take() == ",":
            values.append(self.sum(env))
        if name in FUNCTIONS:
            return float(FUNCTIONS[name](*values))
        plain = name.rstrip("'")
        form = ops()["activation"].numpy
        assert form is not None
        return float(form(np, *map(np.asarray, values), name=plain, order=len(name) - len(plain)))
