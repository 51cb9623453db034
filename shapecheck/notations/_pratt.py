"""Read an expression: a table-driven Pratt parser; a notation is a `Grammar`, its tables of operand and sign readers.

    member      = comparison                        a side of an equation; an argument; what a bracket holds
    comparison  = sum (("<" | ">" | "<=" | ">=" | "==" | "!=") sum)*            "==" in brackets only
    sum         = term (("+" | "-") term)*
    term        = "-"* chain
    chain       = product (("*" | "/" | "\\" | "@") product | "/" below product)*
    product     = (coefficient | postfix) (("·" | "⊗" | ":" | "") postfix)*
    coefficient = single "/" single | number "/" (call | norm | abs | power)
                                                    at the head of a chain, before another factor
    below       = number | postfix                  the postfix between `/` and a blank, without blanks: `c λ/m wᵀw`
    single      = number | name | bracket
    postfix     = operand (transpose | superscript | subscript | prime | slice | attribute | method | "**" power)*
    operand     = number | name | call | string | derivative | sigma | norm | bracket | block | "⟨" sum "," sum "⟩"
    call        = name arguments

`Grammar.operands` and `Grammar.postfixes` map the kind of a token to what reads it, `Grammar.infixes` to a level and
a reader. A reader moves the parser on and returns a node; what it cannot read it reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..symbols import Declared
from ..syntax.nodes import Apply, Name, Node, Trouble
from ..text import Span, Window
from ..values import NamedTuple
from ._characters import fold
from ._lexer import Token, joined, lex
from ._names import decompose
from ._signs import PRODUCT

TREE_DEPTH = 200
"""The deepest tree that is parsed, well below Python's recursion limit."""
_CALLS = 2 * TREE_DEPTH + 10
BARS = ("|", "‖")
"""The kinds of bars: of an absolute value, or a condition, and of a norm, or a divergence."""
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_ENDS = frozenset(["end", "=", ",", ";", ")", "]", "}", "⟩", ":"])


class LimitMet(Exception):
    """A limit was met; `what` names it. Raised and caught within this package."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Grammar(NamedTuple):
    """The tables of one notation; `juxtaposition` reads a factor without a sign, None if that is not one.

    `lex` cuts a folded text into tokens, and is told whether Σ is a letter; `tidy` takes away what stands around a
    formula (None: words).
    """

    operands: Mapping[str, Callable[[Parser, int], Node]]
    postfixes: Mapping[str, Callable[[Parser, Node, int], Node | None]]
    infixes: Mapping[str, tuple[int, Callable[[Parser, Node, int, bool, bool], Node]]]
    juxtaposition: Callable[[Parser, Node, int, bool, bool], Node] | None
    matlab: bool = False
    lex: Callable[[str, bool], list[Token]] = lex
    tidy: Callable[[Parser], None] | None = None


class Parser:
    """One reading of one window: the tokens, how far it is, and what could not be read.

    `bar` is the kind of the norm's bar that is open; `blanks` says that blanks separate (in a MATLAB block); `doubts`
    counts the signs that were read in a second way.
    """

    __slots__ = (
        "_alone", "at", "bar", "blanks", "declared", "depth", "doubts", "grammar", "source", "text", "tokens",
        "troubles", "window",
    )  # fmt: skip

    def __init__(self, window: Window, grammar: Grammar, declared: Declared) -> None:
        self.window = window
        self.grammar = grammar
        self.source = window.text
        self.text = fold(window.text)
        self.lex(self.text, declared)
        self.troubles: list[Trouble] = []
        self.at = 0
        self.depth = 0
        self.doubts = 0
        self._alone: frozenset[int] | None = None
        self.bar = ""
        self.blanks = False

    def lex(self, text: str, declared: Declared) -> None:
        """Cut a text into tokens; a name that is declared is of no other kind."""
        self.declared = declared
        self.tokens: list[Token] = self.grammar.lex(text, "Σ" in text and declared.has("Σ"))
        if declared.before:
            self.tokens = list(joined(self.tokens, declared.before))
        for at, token in enumerate(self.tokens) if declared else ():
            if token[0] == "function" and not self.word(at):
                self.tokens[at] = ("name", *token[1:])

    def word(self, at: int) -> str:
        """The text of a token that may be a word with a meaning of its own; empty if it is a declared name."""
        text = self.tokens[at][1]
        return "" if self.declared and self.declared.has(decompose(text)[0]) else text

    @property
    def kind(self) -> str:
        """The kind of the next token."""
        return self.tokens[self.at][0]

    def span(self, start: int) -> Span:
        """The host span from an offset to the end of what was read."""
        end = self.tokens[self.at - 1][3] if self.at else start
        return self.window.host(start, end if end > start else start)

    def name(self) -> Name:
        """The next token as a name."""
        _, text, start, end, _ = self.tokens[self.at]
        self.at += 1
        return self.named(text, start, end)

    def part(self, start: int, end: int) -> Name:
        """What stands between two offsets as a name."""
        return self.named(self.text[start:end], start, end)

    def named(self, text: str, start: int, end: int) -> Name:
        """The name that a text is, spelled as it stands between two offsets."""
        return Name(self.source[start:end], *decompose(text), self.window.host(start, end))

    def expression(self, level: int, left: Node | None = None, start: int = 0) -> Node:
        """The longest expression whose signs bind at least as tightly as `level`; `left` is its beginning, if read."""
        self.depth += 1
        if self.depth > _CALLS:
            raise LimitMet(f"a formula nested deeper than {TREE_DEPTH}")
        tokens, grammar = self.tokens, self.grammar
        if left is None:
            kind, _, start, _, _ = tokens[self.at]
            reader = grammar.operands.get(kind)
            left = self.hole() if reader is None else self.postfixed(reader(self, level), start)
        infixes = grammar.infixes
        head, joins = True, False
        while True:
            kind = tokens[self.at][0]
            rule = infixes.get(kind)
            if rule is not None:
                if rule[0] < level or kind == self.bar or (self.blanks and self._separates()):
                    break
                left = rule[1](self, left, start, head, joins)
            elif (
                level <= PRODUCT
                and kind in grammar.operands
                and grammar.juxtaposition
                and not (self.blanks or self.ends(kind))
            ):
                left = grammar.juxtaposition(self, left, start, head, joins)
            else:
                break
            head, joins = False, True
        self.depth -= 1
        return left

    def postfixed(self, left: Node, start: int) -> Node:
        """The operand with the postfix signs that follow it."""
        tokens, postfixes = self.tokens, self.grammar.postfixes
        while (reader := postfixes.get(tokens[self.at][0])) is not None:
            after = reader(self, left, start)
            if after is None:
                break
            left = after
        return left

    def ends(self, kind: str) -> bool:
        """Whether what could begin an operand ends what is open: the second bar of a norm, a bar that has no second."""
        if kind == self.bar:
            return True
        return kind in BARS and self._is_alone()

    def _is_alone(self) -> bool:
        """Whether this bar parts what stands in a bracket, `p(y | x)` or `KL(q ‖ p)`: none there is its second."""
        if self._alone is None:
            self._alone = _lone_bars(self.tokens)
        return self.tokens[self.at][2] in self._alone

    def _separates(self) -> bool:
        """Whether the next sign begins a new item of a MATLAB block: `[a -b]`, but `[a - b]`, `[a-b]`."""
        token, following = self.tokens[self.at], self.tokens[self.at + 1]
        return token[0] in "+-" and token[4] and not following[4]

    @property
    def begins_operand(self) -> bool:
        """Whether an operand is ahead, without a sign before it."""
        return self.kind in self.grammar.operands and self.kind not in ("+", "-")

    def accept(self, kind: str) -> bool:
        """Whether the next token is of this kind; it is taken."""
        if self.tokens[self.at][0] != kind:
            return False
        self.at += 1
        return True

    def close(self, kind: str, opening: int) -> None:
        """Take the closing bracket of the one that stands at the token `opening`, or say what is there instead."""
        if self.accept(kind):
            return
        found = self.tokens[self.at]
        if found[0] in _ENDS:
            _, text, start, end, _ = self.tokens[opening]
            self.trouble("SC102", start, end, bracket=text, expected=kind)
            if found[0] in ")]}":
                self.at += 1
            return
        self.unexpected(kind)
        self._skip_to(kind)

    def _skip_to(self, kind: str) -> None:
        depth = 0
        while (found := self.kind) != "end" and not (depth == 0 and found == kind):
            depth += (found in "([{") - (found in ")]}")
            self.at += 1
        self.accept(kind)

    def hole(self) -> Node:
        """What stands where an operand is missing; a token that could not follow it either is skipped."""
        kind, _, start, _, _ = self.tokens[self.at]
        self.unexpected("a name or a number")
        if kind not in _ENDS and kind not in self.grammar.infixes:
            self.at += 1
        return Apply("missing", (), span=self.window.host(start, start))

    def unexpected(self, expected: str) -> None:
        """Report the next token, once a window."""
        if not any(trouble.code in ("SC101", "SC102") for trouble in self.troubles):
            _, text, start, end, _ = self.tokens[self.at]
            self.trouble("SC101", start, end, found=self.source[start:end] or text or "the end", expected=expected)

    def trouble(self, code: str, start: int, end: int, **words: str) -> None:
        """Note what could not be read."""
        self.troubles.append(Trouble(code, self.window.host(start, end), words))

    def not_understood(self, start: int, what: str) -> Node:
        """What was read from an offset on, but has no meaning here."""
        span = self.span(start)
        self.troubles.append(Trouble("SC103", span, {"what": what}))
        return Apply("missing", (), span=span)


def _lone_bars(tokens: list[Token]) -> frozenset[int]:
    """The offsets of bars after which, within the same bracket, an even number of others of their kind stands."""
    found: set[int] = set()
    counts = [dict.fromkeys(BARS, 0)]
    for kind, _, start, _, _ in reversed(tokens):
        if kind in _CLOSING:
            counts.append(dict.fromkeys(BARS, 0))
        elif kind in _OPENING and len(counts) > 1:
            counts.pop()
        elif kind in BARS:
            counts[-1][kind] += 1
            if counts[-1][kind] % 2:
                found.add(start)
    return frozenset(found)
