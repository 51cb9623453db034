"""Find the names of formulas in their text, without parsing them: fast, and for notations that look like plain text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ..notations._characters import LETTER, SUBSCRIPTS, SUPERSCRIPTS, fold, lowered, of_ascii
from ..notations._names import decompose
from ..syntax.nodes import Index
from ..vocabulary import COUNTS, GREEK_NUMBERS, LOSSES, SIZES
from ._adjoints import may_be_gradient
from ._arrays import arrays_in_text, made_of, numbered_in_text
from ._marks import primed_in_text
from ._names import LeftSide, Names
from ._numbers import is_number_in_text, is_small_letter, may_be_number_in_text
from ._steps import steps_of_text

_RELATION = re.compile(r"(?<!\s)\s*+(?:[:+\-*/&]?=(?!=)|←|≈|≡|≔|\\leftarrow)")
_LOSS = "|".join(sorted(LOSSES, key=len, reverse=True))
_NUMERATOR = rf"(?<![^\W_])[∂d]({_LOSS})/[∂d]"
_GRADIENT = rf"(?:{_NUMERATOR}(.+)|∇_(\S+)\s+(?:{_LOSS}))"
"""A right side that is the derivative of a loss, and nothing else."""
_BEHIND = rf"(?<![^\W\d_])δ(?![^\W_]|_|\^|[{SUBSCRIPTS}{SUPERSCRIPTS}])\s*({LETTER}(?:{LETTER}|[0-9])*)?"
_BELOW = re.compile(r"/\s*∂[^=+*]*")
_DERIVED = re.compile(r"/\s*[∂d](.+)\Z")
_NABLA = rf"∇_(?:\{{([^{{}}]*)\}}|({LETTER}(?:{LETTER}|[0-9])*))\s*+(?![\w(\[{{|‖∥∇∂√])"
"""A gradient that is a name, `∇_c` with nothing behind it that may be derived."""
_OF_LOSS = rf"∇_(?:\{{([^{{}}]*)\}}|({LETTER}(?:{LETTER}|[0-9])*))\s*(?:{_LOSS})(?![^\W_])"
"""A gradient of a loss, `∇_θ J`."""
_EXPONENT = r"\^\{?([a-z])(?!\w)"
_UPPER = r"(?:Σ|sum)_(?:\{[^{}]*\}|\w)\^\{?([A-Za-z])(?!\w)"
"""What a sum counts up to."""
_DIVIDED = (
    rf"(?:(?<![\w.])(?P<number>[0-9.]+|[{''.join(GREEK_NUMBERS)}]))?\s*/\s*(?P<root>√|(?:np\.)?sqrt)?\s*"
    r"(?:\((?P<whole>[^()]*)\)|(?P<one>[0-9.]*[^\W\d]\w*)(?![\w(\[^{]))"
)
"""A quotient: whether its numerator is a number, whether a root divides it, and what is below."""
_OF_IDENTITY = (
    rf"(?<![\w.])((?:{LETTER})+(?:_(?:{LETTER}|[0-9])+|[{SUBSCRIPTS}]+)?)(?:(?:\^|\*\*)\{{?[0-9]\}}?|[{SUPERSCRIPTS}]+)?"
    rf" ?(?:[*·] ?)?I(?!{LETTER})"
)
"""What stands before an identity matrix, as in `σ^2 I`."""
_BARE = rf"(?:\^([0-9a-zL](?:[+-][0-9])?)|([{SUPERSCRIPTS}]+))\Z"
_PARTED = rf"(?<![^\W\d_])((?:{LETTER})+)(?:_\{{?[ijk]\}}?|[ᵢⱼₖ])\("
"""A function of which an entry is called, `φ_j(x)`."""
_LONGEST = 100
_ARGUMENT = r"\s*(?:\\?[^\W\d][\w{}^]*(?:\s*[+-]\s*1)?|\.\.\.|…)\s*"
_DEFINED = re.compile(rf"\s*(?:(?:log|ln)\s+)?([^\s()=+*/]+)\s?\({_ARGUMENT}(?:[,;|]{_ARGUMENT})*\)\s*(?::?=(?!=)|≔|←)")
"""A function and its arguments left of a relation."""


def names_of_texts(texts: Iterable[str]) -> Names:
    """The names that stand in some statements."""
    spellings: set[str] = set()
    values: defaultdict[LeftSide, set[str]] = defaultdict(set)
    below: set[str] = set()
    counts: set[str] = set()
    names = Names()
    for text in texts:
        folded = fold(text)
        pattern = _name_pattern(folded.isascii())
        found = pattern.findall(folded)
        _spell(found, spellings, names)
        if "∂" in folded:
            below.update(pattern.findall("".join(_BELOW.findall(folded))))
        if "∇" in folded:
            _spell(["d" + "".join(variable) for variable in re.findall(_NABLA, folded)], spellings, names)
            below.update("".join(names) for names in re.findall(_OF_LOSS, folded))
        if "/" in folded:
            names.losses.update(re.findall(_NUMERATOR, folded))
            counts.update(_counts(folded))
        if "^" in folded:
            counts.update(re.findall(_EXPONENT, folded))
            counts.update(re.findall(_UPPER, folded))
        if "I" in folded:
            counts.update(filter(_is_small, re.findall(_OF_IDENTITY, folded)))
        _note_forms(folded, names)
        if found and (assignment := _assignment(folded)):
            values[_taken_apart(assignment[0])].add(assignment[1])
            names.made.update(made_of(numbered_in_text(found[:1]), numbered_in_text(found[1:])))
            if primed := primed_in_text(*assignment):
                names.primed.add(decompose(primed))
    names.targets.update(values)
    _note_gradients(values, names)
    _note_numbers(values, names)
    names.derived.update(map(decompose, below))
    names.counts.update(map(decompose, counts))
    return names


def _spell(found: list[str], spellings: set[str], names: Names) -> None:
    """Note names where they are met for the first time, while what they are made of is still at hand."""
    new = [name for name in dict.fromkeys(found) if name not in spellings]
    spellings.update(new)
    names.spelled.extend(map(decompose, new))


def _note_forms(folded: str, names: Names) -> None:
    """Note what the names of a statement are by what stands beside them."""
    names.stepped.update(steps_of_text(folded))
    if "δ" in folded and _RELATION.search(folded):
        names.behind.update(decompose(found) if found else None for found in re.findall(_BEHIND, folded))
    if "(" in folded and (function := _DEFINED.match(folded)):
        names.defined.add(decompose(function[1]))
    names.parted.update((base, ()) for base in re.findall(_PARTED, folded))
    names.arrays.update(arrays_in_text(folded))


def _note_numbers(values: Mapping[LeftSide, set[str]], names: Names) -> None:
    """Note what is assigned a number, and what is assigned something that cannot be one."""
    names.numbers.update(each.name for each, texts in values.items() if any(map(is_number_in_text, texts)))
    names.computed.update(each.name for each, texts in values.items() if not all(map(may_be_number_in_text, texts)))


def _note_gradients(values: Mapping[LeftSide, set[str]], names: Names) -> None:
    """Note of what names are gradients, where that is said, and of which they are computed, where they may be some."""
    for target, texts in values.items():
        for text in texts if any("∂" in text or "/d" in text or "∇" in text for text in texts) else ():
            if found := re.fullmatch(_GRADIENT, text):
                names.gradients.add((target.name, decompose(found[2] or found[3])))
        if may_be_gradient(target.name):
            parts = [_name_pattern(text.isascii()).findall(text) for text in texts]
            names.drawn[target.name] = {decompose(name) for found in parts for name in found}


@cache
def _name_pattern(ascii_only: bool) -> re.Pattern[str]:
    letter = "[A-Za-z]" if ascii_only else LETTER
    low = rf"_\{{[^{{}}]*\}}|_(?:{letter}|[0-9])+|[{SUBSCRIPTS}]+"
    high = r"\^?\[[^\[\]:,;]*\]|\^\{[\[(<⟨][^{}]*\}|\^\([^()]*\)|\^?⟨[^⟩]*⟩"
    text = rf"(?<!self\.){letter}(?:{letter}|[0-9])*(?:{low}|{high})*"
    return re.compile(of_ascii(text) if ascii_only else text)


def _counts(text: str) -> Iterator[str]:
    """The names by which numbers are divided, where all that divides is such names and numbers."""
    for found in re.finditer(_DIVIDED, text):
        is_number = found["number"] or found["root"]
        names = re.findall(r"[^\W\d]\w*", found["whole"] or found["one"])
        counted = [name for name in names if name in COUNTS or (is_number and name.partition("_")[0] in SIZES)]
        if all(name in counted or name in GREEK_NUMBERS for name in names):
            yield from counted


def _is_small(name: str) -> bool:
    """Whether a name is a small letter, but for its indices."""
    return is_small_letter(decompose(name)[0])


def _assignment(text: str) -> tuple[str, str] | None:
    """What stands left of the first relation, where that is a single name, and what stands right of it."""
    end = _RELATION.search(text)
    left = text[: end.start()].strip() if end else ""
    if end is None or not left or " " in left or len(left) >= _LONGEST:
        return None
    return left, text[end.end() :].partition("#")[0].strip()


def _taken_apart(target: str) -> LeftSide:
    """A left side as a name: `δ¹` is the layered one, `∂L/∂W` the derivative by W."""
    below = _DERIVED.search(target)
    spelling = below[1] if below else target
    bare = re.search(_BARE, spelling) if "^" in spelling or not spelling.isascii() else None
    base, indices = decompose(spelling[: bare.start()] if bare else spelling)
    if bare:
        indices = (*indices, Index("[", bare[1] or lowered(bare[2])))
    return LeftSide((base, indices), below is not None)
