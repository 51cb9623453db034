"""Names that could stand in place of another: those of its statement and of its file, spelled as it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from ..infer import Checked
from ..notations._characters import small
from ..sections import Section
from ..shapes.dims import Dim, Shape, number
from ..symbols import ERRORS, Symbol, layer_text
from ..syntax.nodes import Index, Name, walk

MOST = 12
"""The most names tried in place of another."""
LOOKED_AT = 200
"""How many names of a file are considered; a file with more has to stay fast."""
_INPUTS = {"A": "X", "a": "x"}
"""The activations whose layer 0 is the input."""


def shape_of(name: Name, section: Section) -> Shape | None:
    """The shape of a name, None if it is not known."""
    symbol = section.survey.reading.by_key.get(name.key)
    entry = symbol and section.table.look_up(symbol)
    return entry.shape if entry else None


def shifted(name: Name, by: int, section: Section) -> Name | None:
    """The name one layer up or down, where there is such a name: `W2` as `W1`, `W[l]` as `W[l-1]`; `A0` is X."""
    symbol = section.survey.reading.by_key.get(name.key)
    if symbol is None or symbol.layer is None:
        return None
    layer = symbol.layer + number(by)
    if layer.value == 0 and symbol.base in _INPUTS:
        found = _plain(_INPUTS[symbol.base], section)
    else:
        found = _relayered(name, symbol, layer, section)
    return found if found is not None and shape_of(found, section) is not None else None


def first_layer(name: Name, checked: Checked, section: Section) -> Name | None:
    """`A1` in place of X, spelled as another layered name of the statement is."""
    base = next((base for base, plain in _INPUTS.items() if plain == name.key), None)
    if base is None:
        return None
    for other in _names(checked):
        symbol = section.survey.reading.by_key.get(other.key)
        if symbol is not None and symbol.layer is not None and symbol.layer.value and other.text.startswith(other.base):
            renamed = Name(base + other.text[len(other.base) :], base, other.indices)
            return _relayered(renamed, symbol, number(1), section)
    return None


def variable_of(checked: Checked, section: Section) -> str:
    """The key of the variable of which the left side is the gradient; "" where it is none."""
    symbol = section.survey.reading.by_key.get(checked.target or "")
    return section.table.variable(symbol).key if symbol is not None and symbol.of else ""


def standing(checked: Checked) -> frozenset[str]:
    """The keys of the names in a statement."""
    return frozenset(name.key for name in _names(checked))


def _plain(base: str, section: Section) -> Name | None:
    """A name without indices, where it stands in the file or is a convention's."""
    symbol = section.survey.reading.symbol(base, ())
    found = Name(base, base, (), key=symbol.key)
    return found if _is_there(found, section) else None


def _names(checked: Checked) -> Iterator[Name]:
    for member in checked.equation.members:
        for node in walk(member):
            if type(node) is Name:
                yield node


def _relayered(name: Name, symbol: Symbol, layer: Dim, section: Section) -> Name | None:
    """The name with another layer in its text; None if its text does not show the layer."""
    reading, old = section.survey.reading, symbol.layer
    if layer.value is not None and layer.value < 1:
        return None
    for place in range(len(name.indices) - 1, -1, -1):
        index = name.indices[place]
        if index.kind in "[_(" and reading.is_layer(index.text) and reading.layer(index.text) is old:
            text = _respelled(name.text, index.text, layer_text(layer))
            if text is None:
                return None
            indices = (*name.indices[:place], Index(index.kind, layer_text(layer)), *name.indices[place + 1 :])
            found = Name(text, name.base, indices, key=reading.symbol(name.base, indices).key)
            return found if _is_there(found, section) else None
    return None


def _respelled(text: str, old: str, new: str) -> str | None:
    """A name's text with another layer, in small digits where the old one is; None if it does not show its layer."""
    for before, after in zip((old, *small(old)), (new, *small(new)), strict=True):
        at = text.rfind(before)
        if at >= 0:
            return text[:at] + after + text[at + len(before) :]
    return None


def _is_there(name: Name, section: Section) -> bool:
    """Whether a name stands in the file, is stated, or is a convention's."""
    table = section.table
    if name.key in section.survey.used or name.key in table.stated or name.key in table.assigned:
        return True
    symbol = section.survey.reading.by_key[name.key]
    variable = symbol.gradient_of() if symbol.of else symbol
    return table.layout.shape(variable) is not None


def previous(target: Name, checked: Checked, section: Section) -> Iterator[Name]:
    """What the layer of some weights is given, spelled as the statement's names are: of `dW2` A1, of `dW1` X."""
    reading = section.survey.reading
    symbol = reading.by_key.get(target.key)
    if symbol is None or symbol.of not in ("W", "w"):
        return
    if symbol.layer is None:
        yield from filter(None, (_plain("A_prev", section), _plain("X", section), _plain("x", section)))
        return
    for name in _names(checked):
        own = reading.by_key.get(name.key)
        if own is not None and own.layer is not None and own.key != symbol.key:
            base = "A" if (own.of or own.base)[-1:].isupper() else "a"
            found = _like(name, base, symbol.layer - number(1), section)
            if found is not None:
                yield found


def _like(model: Name, base: str, layer: Dim, section: Section) -> Name | None:
    """The name of a base at a layer, spelled as another name with a layer is."""
    reading = section.survey.reading
    own = reading.by_key.get(model.key)
    if own is None or own.layer is None or not model.text.startswith(model.base):
        return None
    by = (layer - own.layer).value
    text = _spelled(base, section) + model.text[len(model.base) :]
    renamed = Name(text, base, model.indices, key=reading.symbol(base, model.indices).key)
    return None if by is None else shifted(renamed, by, section)


def _spelled(base: str, section: Section) -> str:
    """A base as the notation spells it: Greek letters are commands of LaTeX."""
    if not section.notation.is_typeset:
        return base
    from ..notations.latex._spelling import letters

    return letters(base)


def spelled_like(name: Name, checked: Checked, section: Section) -> Name | None:
    """A name as the author of a statement would spell it; None if that is not known, or its shape is not."""
    symbol = section.survey.reading.by_key.get(name.key)
    if symbol is None or symbol.layer is None:
        return name if shape_of(name, section) is not None else None
    found = (_like(model, symbol.base, symbol.layer, section) for model in _names(checked))
    return next((each for each in found if each is not None and each.key == name.key), None)


def others(name: Name, checked: Checked, section: Section) -> list[Name]:
    """Other names of arrays that are known here, the most similar first; the name assigned is none of them."""
    out = (name.key, checked.target)
    similar = _similar(name.text, name.base, name.indices, section, len(section.table.assigned))
    known = (other for other in similar if other.key not in out and shape_of(other, section))
    return list(islice(known, MOST))


@lru_cache(maxsize=64)
def _similar(text: str, base: str, indices: tuple[Index, ...], section: Section, assigned: int) -> tuple[Name, ...]:
    """What could stand in place of a name while so many are assigned, the most similar first: a search asks often."""
    found = {other.key: other for other in _candidates(Name(text, base, indices), section)}
    return tuple(sorted(found.values(), key=lambda other: (-similarity(text, other.text), other.text)))


@lru_cache(maxsize=8192)
def similarity(one: str, other: str) -> float:
    """How alike two spellings are, from 0 to 1."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


def _candidates(name: Name, section: Section) -> Iterator[Name]:
    yield from _rebased(name, section)
    declarations = section.part.stated.declarations
    nodes = (node for declaration, *_ in declarations for node in declaration.names if type(node) is Name)
    for node in islice(nodes, LOOKED_AT):
        symbol = section.survey.reading.symbol(node.base, node.indices)
        yield Name(node.text, node.base, node.indices, key=symbol.key)


@lru_cache(maxsize=16)
def _keys(used: frozenset[str]) -> tuple[str, ...]:
    """The keys of a file's names in order, as many as are looked at."""
    return tuple(sorted(used)[:LOOKED_AT])


def _rebased(name: Name, section: Section) -> Iterator[Name]:
    """Other bases that stand in the file, with the indices of this name: `dZ2` as `dA2`; and bases without any."""
    reading = section.survey.reading
    for key in _keys(section.survey.used):
        symbol = reading.by_key.get(key)
        if symbol is None or symbol.example or symbol.component:
            continue
        if symbol.layer is None and key.isidentifier():
            yield Name(key, key, (), key=key)
        elif symbol.layer is not None and name.indices and name.text.startswith(name.base):
            text = symbol.base + name.text[len(name.base) :]
            renamed = Name(text, symbol.base, name.indices, key=reading.symbol(symbol.base, name.indices).key)
            if renamed.key == key:
                yield renamed
            else:
                here = reading.by_key[renamed.key]
                other = _relayered(renamed, here, symbol.layer, section) if here.layer is not None else None
                if other is not None and other.key == key:
                    yield other


def gradients(name: Name, checked: Checked, section: Section) -> Iterator[Name]:
    """The gradients that could be meant in place of the gradient `name`: of each variable that stands in the file."""
    reading = section.survey.reading
    symbol = reading.by_key.get(name.key)
    if symbol is None or not symbol.of or not name.text.endswith(name.text.lstrip("d_")):
        return
    here = standing(checked)
    for base in dict.fromkeys((symbol.of, *_variables(section, len(section.table.assigned)))):
        for layer in (0, -1, 1):
            other = _gradient(name, symbol, base, layer, section)
            if other is not None and other.key not in here:
                yield other


@lru_cache(maxsize=16)
def _variables(section: Section, assigned: int) -> list[str]:
    """The bases of what a gradient can be taken of: those of the file, and the convention's usual ones."""
    symbols = section.survey.reading.by_key.values()
    gradients = {symbol.base for symbol in symbols if section.table.is_gradient(symbol)}
    layout = section.table.layout
    usual = [key.removesuffix("[l]") for key in (*layout.convention.shapes, *layout.convention.logistic)]
    return list(
        dict.fromkeys(
            (
                *(base for base in ("W", "b", "w") if base in usual),
                *(base for base in _keys(section.survey.bases) if base not in ERRORS and base not in gradients),
            )
        )
    )


def _gradient(name: Name, symbol: Symbol, base: str, by: int, section: Section) -> Name | None:
    start = name.base[: -len(symbol.of)] if name.base.endswith(symbol.of) else ""
    if not start or not name.text.startswith(name.base):
        return None
    renamed = start + base
    indices = name.indices if symbol.layer is not None else ()
    if symbol.layer is None and by:
        return None
    text = renamed + name.text[len(name.base) :]
    found = Name(text, renamed, indices, key=section.survey.reading.symbol(renamed, indices).key)
    if by:
        return shifted(found, by, section)
    return found if shape_of(found, section) is not None else None
