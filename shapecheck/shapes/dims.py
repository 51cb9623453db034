"""Dimensions: integer polynomials in symbols, kept in normal form and interned, so that equal ones are one object."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache, reduce
from math import gcd
from typing import TypeAlias

Monomial: TypeAlias = tuple[str, ...]
"""The symbols of a product, sorted; the empty one is the constant."""


TERMS = 200
"""The most terms of a dimension, and the most factors of each: none written by hand has as many."""
DIGITS = 1_000
"""The most digits of a number; Python refuses to read far longer ones."""
_TOO_LARGE = 10**DIGITS
_PLACE = re.compile(r"""\["?\d+"?\]\Z""")
"""The end of the name of what stands at a position: `cache["0"]`."""


class TooLong(ArithmeticError):
    """A dimension is longer than any is; its words say in what."""


class Dim:
    """An integer polynomial in symbols. Made by `number`, `symbol` and arithmetic, never by its constructor."""

    __slots__ = ("terms", "text")
    terms: tuple[tuple[Monomial, int], ...]
    text: str

    def __repr__(self) -> str:
        return f"Dim({self.text})"

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[object, ...]:
        return _of, (self.terms,)

    def __add__(self, other: Dim) -> Dim:
        return _sum(self, other, 1)

    def __sub__(self, other: Dim) -> Dim:
        return _sum(self, other, -1)

    def __mul__(self, other: Dim) -> Dim:
        return _product(self, other)

    def __floordiv__(self, other: Dim) -> Dim:
        return _quotient(self, other)

    @property
    def value(self) -> int | None:
        """The number that it is, None if it has symbols."""
        if not self.terms:
            return 0
        monomial, factor = self.terms[0]
        return factor if len(self.terms) == 1 and not monomial else None

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols in it, sorted, each once."""
        return tuple(sorted({symbol for monomial, _ in self.terms for symbol in monomial}))


class Var:
    """A dimension not known yet.

    `eager` says that it is equal to what it is broadcast with, not 1 beside it; `wide` that it is hardly 1 at all, as
    it is one of a capital's. `among` are the dimensions that it can be, None if it can be any. `support` is how much
    other statements say of it. A multiple is `times` a `factor` that is not known yet.
    """

    __slots__ = ("among", "bound", "eager", "factor", "hint", "support", "times", "wide")

    def __init__(
        self, hint: str = "?", eager: bool = False, among: tuple[Dim, ...] | None = None, wide: bool = False
    ) -> None:
        self.hint = hint
        self.eager = eager
        self.among = among
        self.wide = wide
        self.support = 0
        self.bound: Dim | Var | None = None
        self.factor: Var | None = None
        self.times = ONE

    def __repr__(self) -> str:
        return f"Var({self.hint})"


AnyDim: TypeAlias = Dim | Var
Shape: TypeAlias = tuple[AnyDim, ...]


@cache
def number(value: int) -> Dim:
    """The dimension that is a number."""
    return _of((((), value),) if value else ())


@cache
def symbol(name: str) -> Dim:
    """The dimension that is a symbol, such as `n1`, `n[l-1]`, `n_h`."""
    return _of((((name,), 1),))


@cache
def _of(terms: tuple[tuple[Monomial, int], ...]) -> Dim:
    found = Dim()
    found.terms, found.text = terms, _text(terms)
    return found


def _order(term: tuple[Monomial, int]) -> tuple[int, Monomial]:
    return -len(term[0]), term[0]


def _normal(terms: dict[Monomial, int]) -> Dim:
    for monomial, factor in terms.items():
        if not -_TOO_LARGE < factor < _TOO_LARGE:
            raise TooLong(f"a number of more than {DIGITS:,} digits")
        if len(terms) > TERMS or len(monomial) > TERMS:
            raise TooLong(f"a dimension of more than {TERMS} terms")
    return _of(tuple(sorted(((monomial, factor) for monomial, factor in terms.items() if factor), key=_order)))


@lru_cache(maxsize=4096)
def _sum(left: Dim, right: Dim, sign: int) -> Dim:
    terms = dict(left.terms)
    for monomial, factor in right.terms:
        terms[monomial] = terms.get(monomial, 0) + sign * factor
    return _normal(terms)


@lru_cache(maxsize=4096)
def _product(left: Dim, right: Dim) -> Dim:
    if len(left.terms) * len(right.terms) > TERMS**2:
        raise TooLong(f"a dimension of more than {TERMS} terms")
    terms: dict[Monomial, int] = {}
    for one, factor in left.terms:
        for other, times in right.terms:
            monomial = tuple(sorted(one + other))
            terms[monomial] = terms.get(monomial, 0) + factor * times
    return _normal(terms)


@lru_cache(maxsize=4096)
def _quotient(left: Dim, right: Dim) -> Dim:
    exact = _divide_exactly(left, right)
    return exact if exact is not None else symbol(f"{_bracketed(left)}//{_bracketed(right)}")


def _divide_exactly(left: Dim, right: Dim) -> Dim | None:
    """The quotient where the divisor is one term that divides each term of the dividend."""
    if len(right.terms) != 1:
        return ONE if left is right and right.terms else None
    divisor, by = right.terms[0]
    terms: dict[Monomial, int] = {}
    for monomial, factor in left.terms:
        rest = _without(monomial, divisor)
        if rest is None or factor % by:
            return None
        terms[rest] = factor // by
    return _normal(terms)


def _without(monomial: Monomial, divisor: Monomial) -> Monomial | None:
    rest = list(monomial)
    for name in divisor:
        if name not in rest:
            return None
        rest.remove(name)
    return tuple(rest)


def _text(terms: tuple[tuple[Monomial, int], ...]) -> str:
    if not terms:
        return "0"
    first, *others = (_term(monomial, factor) for monomial, factor in terms)
    return first + "".join(f" - {text[1:]}" if text[0] == "-" else f" + {text}" for text in others)


def _term(monomial: Monomial, factor: int) -> str:
    if not monomial or factor not in (1, -1):
        return " ".join((str(factor), *monomial))
    return "-" * (factor < 0) + " ".join(monomial)


def _bracketed(dim: Dim) -> str:
    return f"({dim.text})" if " " in dim.text else dim.text


def substitute(dim: Dim, values: dict[str, Dim]) -> Dim:
    """The dimension with symbols replaced."""
    if not any(name in values for name in dim.symbols):
        return dim
    parts = (
        reduce(_product, (values.get(name) or symbol(name) for name in monomial), number(factor))
        for monomial, factor in dim.terms
    )
    return reduce(Dim.__add__, parts, ZERO)


ZERO = number(0)
ONE = number(1)


def size(shape: tuple[Dim, ...]) -> Dim:
    """The number of entries of a shape."""
    return reduce(_product, shape, ONE)


def show(shape: Shape) -> str:
    """A shape as people write it: `n1×m`, `(n1,)` for rank 1, `()` for a scalar, `?` where a dimension is unknown."""
    texts = [
        dim.text if isinstance(dim, Dim) else "?" if dim.times is ONE else f"? {dim.times}" for dim in map(prune, shape)
    ]
    if len(texts) < 2:
        return f"({texts[0]},)" if texts else "()"
    return "×".join(f"({text})" if " " in text else text for text in texts)


def long_dims(shape: Shape) -> list[AnyDim]:
    """The dimensions of a shape that are not 1."""
    return [dim for dim in map(prune, shape) if dim is not ONE]


def is_single(shape: Shape | None) -> bool:
    """Whether an array has one entry, as the inner product of two columns has."""
    return shape is not None and all([prune(dim) is ONE for dim in shape])


def same(left: Shape, right: Shape) -> bool:
    """Whether two shapes are equal as they stand."""
    return len(left) == len(right) and all(prune(a) is prune(b) for a, b in zip(left, right, strict=True))


def multiple(factor: Var, times: Dim) -> Var:
    """The dimension that is `times` one that is not known yet."""
    found = Var(eager=factor.eager)
    found.factor, found.times = factor, times
    return found


def parted(dim: AnyDim) -> tuple[Var, Dim]:
    """The unknown dimension that another is a multiple of, and how many times."""
    times = ONE
    while type(dim) is Var and dim.factor is not None:
        times, dim = times * dim.times, prune(dim.factor)
    assert type(dim) is Var
    return dim, times


def quotient(dim: Dim, by: Dim) -> Dim | None:
    """A dimension divided by another, None if it is not a multiple of it."""
    return dim if by is ONE else _divide_exactly(dim, by) if dim.terms else None


def common(left: Dim, right: Dim) -> Dim | None:
    """The greatest factor that two products of symbols share; None of sums, whose factors are not known."""
    if len(left.terms) != 1 or len(right.terms) != 1:
        return None
    (one, number_of_one), (other, number_of_other) = left.terms[0], right.terms[0]
    shared = (Counter(one) & Counter(other)).elements()
    return _of(((tuple(sorted(shared)), gcd(number_of_one, number_of_other)),))


def prune(dim: AnyDim) -> AnyDim:
    """What a dimension is bound to, itself where it is bound to nothing."""
    while type(dim) is Var:
        if dim.bound is None:
            return dim if dim.factor is None else _multiplied(dim, dim.factor)
        dim = dim.bound
    return dim


def _multiplied(dim: Var, factor: Var) -> AnyDim:
    known = prune(factor)
    return known * dim.times if type(known) is Dim else dim


def is_place(name: str) -> bool:
    """Whether a name says only at which position of something its value stands, as `cache["0"]` does."""
    return _PLACE.search(name) is not None


def is_of_place(dim: AnyDim) -> bool:
    """Whether a dimension is known only by a position: elsewhere it may have a name of its own."""
    return isinstance(dim, Dim) and any(map(is_place, dim.symbols))
