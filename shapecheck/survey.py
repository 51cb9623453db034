"""Survey a file's names before any formula is read: which stand there, which are assigned, how indices are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from .notations._characters import LETTER, SUBSCRIPTS, SUPERSCRIPTS, fold, lowered
from .notations._names import decompose
from .symbols import GREEK, Reading, Symbol, make, shifted_letter
from .syntax.nodes import Index

_RELATION = re.compile(r"\s*(?:[:+\-*/&]?=(?!=)|←|≈|≡|≔|\\leftarrow)")
_NUMERATOR = re.compile(r"(?<![^\W_])[∂d]([JLECℓℒ])/[∂d]")
_BELOW = re.compile(r"/\s*∂[^=+*]*")
_BARE = re.compile(rf"(?:\^([0-9a-zL](?:[+-][0-9])?)|([{SUPERSCRIPTS}]+))\Z")


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file's names say before any formula is read.

    `bases` are the bases of all names, those of gradients without their d; `indexed` the bases that carry a layer somewhere, `reading` how
    indices are read, `gradients` the bases of which a gradient stands, `layers` the letters that stand in layers,
    `losses` the letters of which a derivative is taken. `used`
    and `assigned` hold the keys of the names that stand somewhere, and of those that stand left of a relation.
    """

    bases: frozenset[str]
    indexed: frozenset[str]
    gradients: frozenset[str]
    layers: frozenset[str]
    reading: Reading
    losses: frozenset[str]
    used: frozenset[str]
    assigned: frozenset[str]


def survey(texts: Iterable[str]) -> Survey:
    """Survey the statements of a file."""
    spellings: set[str] = set()
    targets: set[str] = set()
    below: set[str] = set()
    losses: set[str] = set()
    pattern = _name_pattern()
    for text in texts:
        folded = fold(text)
        found = pattern.findall(folded)
        spellings.update(found)
        if "∂" in folded:
            below.update(pattern.findall("".join(_BELOW.findall(folded))))
        if "/" in folded:
            losses.update(_NUMERATOR.findall(folded))
        if found and (target := _target(folded)):
            targets.add(target)
    names = {decompose(spelling) for spelling in spellings}
    reading = _reading(names)
    symbols = {reading.symbol(base, indices) for base, indices in names}
    derived = {reading.symbol(*decompose(spelling)).base for spelling in below}
    assigned = {_symbol(reading, target) for target in targets}
    return _survey(symbols | assigned, derived, frozenset(losses), {symbol.key for symbol in assigned}, reading)


@cache
def _name_pattern() -> re.Pattern[str]:
    index = rf"_\{{[^{{}}]*\}}|_(?:{LETTER}|[0-9])+|\^?\[[^\[\]:,;]*\]|\^\{{[\[(<⟨][^{{}}]*\}}|\^\([^()]*\)|\^?⟨[^⟩]*⟩|[{SUBSCRIPTS}]+"
    return re.compile(rf"{LETTER}(?:{LETTER}|[0-9])*(?:{index})*")


def _target(text: str) -> str:
    """What stands left of the first relation, where that is a single name."""
    end = _RELATION.search(text)
    left = text[: end.start()].strip() if end else ""
    return left if left and " " not in left and len(left) < 100 else ""


def _symbol(reading: Reading, target: str) -> Symbol:
    """The symbol that a left side assigns: `δ¹` the layered one, `∂L/∂W` the gradient of W."""
    below = re.search(r"/\s*[∂d](.+)\Z", target)
    spelling = below[1] if below else target
    bare = _BARE.search(spelling)
    base, indices = decompose(spelling[: bare.start()] if bare else spelling)
    if bare:
        indices = (*indices, Index("[", bare[1] or lowered(bare[2])))
    symbol = reading.symbol(base, indices)
    return reading.gradient(symbol) if below else symbol


def _reading(names: Iterable[tuple[str, tuple[Index, ...]]]) -> Reading:
    """How the file's indices are read: any letter that stands with a number added is a layer, as l and L are."""
    names = list(names)
    letters = {shifted_letter(index) for _, indices in names for index in indices if index.kind in "[(_<"}
    reading = Reading(frozenset(letters | {"l", "L"}) - {""})
    layers = (reading.symbol(base, indices).layer for base, indices in names if base.lstrip("d") in ("Z", "A"))
    numbers = [layer.value for layer in layers if layer is not None and layer.value is not None]
    return Reading(reading.letters, max(numbers)) if numbers else reading


def _survey(symbols: Iterable[Symbol], derived: set[str], losses: frozenset[str], assigned: set[str], reading: Reading) -> Survey:
    symbols = list(symbols)
    variables = [make(symbol.of, symbol.layer) if symbol.of else symbol for symbol in symbols]
    layered = [symbol for symbol in (*symbols, *variables) if symbol.layer is not None]
    names = {symbol.base for symbol in symbols}
    return Survey(
        bases=frozenset(symbol.of for symbol in symbols if symbol.of and symbol.base not in GREEK) | names,
        indexed=frozenset(symbol.base for symbol in layered),
        gradients=frozenset(symbol.of for symbol in symbols if symbol.of) | derived,
        layers=frozenset(letter for symbol in layered if symbol.layer for letter in symbol.layer.symbols),
        reading=reading,
        losses=losses,
        used=frozenset(symbol.key for symbol in symbols),
        assigned=frozenset(assigned),
    )
