"""Terms in index notation: products whose Σ stand in front, quotients, sums, and how tightly each binds."""

from __future__ import annotations

import re

from ..values import NamedTuple

SUM, NEGATIVE, QUOTIENT, PRODUCT, TIGHT, ATOM = range(6)


class WrittenTerm(NamedTuple):
    """A term: its factors, how tightly it binds, the letters of its Σ, and the factors before that.

    A Σ reaches to the end of its product.
    """

    factors: tuple[str, ...]
    level: int = ATOM
    sums: tuple[str, ...] = ()
    head: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole term."""
        return " ".join((*self.head, *(f"Σ_{letter}" for letter in self.sums), *self.factors))

    def closed(self, level: int) -> str:
        """The term, in brackets where it binds less tightly than `level`."""
        return self.text if self.level >= level else f"({self.text})"


def atom(text: str) -> WrittenTerm:
    """A term of one piece."""
    return WrittenTerm((text,))


def times(terms: list[WrittenTerm]) -> WrittenTerm:
    """The product; the sums of its factors go before the first factor that has one."""
    terms = [term for term in terms if term.text != "1"] or terms[:1]
    if len(terms) == 1:
        return terms[0]
    head: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    for position, term in enumerate(terms):
        if term.level < (PRODUCT if position else NEGATIVE) or term.level == QUOTIENT:
            term = atom(f"({term.text})")
        if term.sums and not sums:
            head, factors = (*factors, *term.head), term.factors
        else:
            factors = (*factors, *term.head, *term.factors)
        sums += term.sums
    return WrittenTerm(factors, NEGATIVE if terms[0].level == NEGATIVE else PRODUCT, sums, head)


def summed(term: WrittenTerm, letters: tuple[str, ...]) -> WrittenTerm:
    """Σ over letters, after the factors in which none of them stands."""
    if not letters:
        return term
    if term.level < QUOTIENT:
        return WrittenTerm((f"({term.text})",), PRODUCT, letters)
    factors, sums = (*term.head, *term.factors), (*letters, *term.sums)
    first = next((place for place, factor in enumerate(factors) if _holds(factor, sums)), 0)
    return WrittenTerm(factors[first:], min(term.level, PRODUCT), sums, factors[:first])


def _holds(factor: str, letters: tuple[str, ...]) -> bool:
    """Whether one of the letters stands among the indices of a factor."""
    return any(re.search(rf"[\[,]{letter}[\],+]", factor) for letter in letters)


def plus(terms: list[WrittenTerm]) -> WrittenTerm:
    """The sum, with the signs of negative terms."""
    first, *others = terms
    text = first.text
    for term in others:
        text += f" - {term.text[1:]}" if term.level == NEGATIVE else f" + {term.text}"
    return WrittenTerm((text,), SUM)


def negative(term: WrittenTerm) -> WrittenTerm:
    """The term with a minus."""
    return WrittenTerm((f"-{term.closed(QUOTIENT)}",), NEGATIVE)


def divided(above: WrittenTerm, below: WrittenTerm) -> WrittenTerm:
    """A quotient: `1/m` of two atoms, `Σ_j dZ[i,j] / m` of anything longer."""
    if above.level == ATOM and (below.level == ATOM or len(below.text) < 12):
        return WrittenTerm((f"{above.text}/{below.closed(ATOM)}",), TIGHT)
    if above.level in (PRODUCT, TIGHT):
        return above._replace(factors=(*above.factors, f"/ {below.closed(ATOM)}"), level=QUOTIENT)
    return WrittenTerm((f"{above.closed(PRODUCT)} / {below.closed(ATOM)}",), QUOTIENT)


def raised(base: WrittenTerm, exponent: WrittenTerm) -> WrittenTerm:
    """A power."""
    return WrittenTerm((f"{base.closed(ATOM)}^{exponent.closed(ATOM)}",), TIGHT)


def called(name: str, terms: list[WrittenTerm]) -> WrittenTerm:
    """A function of terms."""
    return atom(f"{name}({', '.join(term.text for term in terms)})")
