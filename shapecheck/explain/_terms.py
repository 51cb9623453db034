"""Terms in index notation: products whose Σ stand in front, quotients, sums, and how tightly each binds."""

from __future__ import annotations

import re

from ..values import NamedTuple

SUM, NEGATIVE, QUOTIENT, PRODUCT, TIGHT, ATOM = range(6)


class Term(NamedTuple):
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


def atom(text: str) -> Term:
    """A term of one piece."""
    return Term((text,))


def times(terms: list[Term]) -> Term:
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
    return Term(factors, NEGATIVE if terms[0].level == NEGATIVE else PRODUCT, sums, head)


def summed(term: Term, letters: tuple[str, ...]) -> Term:
    """Σ over letters, behind the factors in which none of them stands."""
    if not letters:
        return term
    if term.level < QUOTIENT:
        return Term((f"({term.text})",), PRODUCT, letters)
    factors, sums = (*term.head, *term.factors), (*letters, *term.sums)
    first = next((place for place, factor in enumerate(factors) if _holds(factor, sums)), 0)
    return Term(factors[first:], min(term.level, PRODUCT), sums, factors[:first])


def _holds(factor: str, letters: tuple[str, ...]) -> bool:
    """Whether one of the letters stands among the indices of a factor."""
    return any(re.search(rf"[\[,]{letter}[\],+]", factor) for letter in letters)


def plus(terms: list[Term]) -> Term:
    """The sum, with the signs of negative terms."""
    first, *others = terms
    text = first.text
    for term in others:
        text += f" - {term.text[1:]}" if term.level == NEGATIVE else f" + {term.text}"
    return Term((text,), SUM)


def negative(term: Term) -> Term:
    """The term with a minus."""
    return Term((f"-{term.closed(QUOTIENT)}",), NEGATIVE)


def divided(above: Term, below: Term) -> Term:
    """A quotient: `1/m` of two atoms, `Σ_j dZ[i,j] / m` of anything longer."""
    if above.level == ATOM and (below.level == ATOM or len(below.text) < 12):
        return Term((f"{above.text}/{below.closed(ATOM)}",), TIGHT)
    if above.level in (PRODUCT, TIGHT):
        return above._replace(factors=(*above.factors, f"/ {below.closed(ATOM)}"), level=QUOTIENT)
    return Term((f"{above.closed(PRODUCT)} / {below.closed(ATOM)}",), QUOTIENT)


def raised(base: Term, exponent: Term) -> Term:
    """A power."""
    return Term((f"{base.closed(ATOM)}^{exponent.closed(ATOM)}",), TIGHT)


def called(name: str, terms: list[Term]) -> Term:
    """A function of terms."""
    return atom(f"{name}({', '.join(term.text for term in terms)})")
