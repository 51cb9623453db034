"""Say why a statement is not understood: which names, or which operation, have no known shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..infer._losses import is_no_number
from ..infer.members import ELLIPSES
from ..shapes.dims import show
from ..syntax.nodes import Apply, Name, Node, walk
from ..table._last_resort import is_by_convention
from ._origins import TERMINAL, entry_of, written
from ._rule import Case
from ._wording import listed, spelled

MOST = 4
"""The most names listed, so that the note stays one line."""
_VALUE = r"[^\W\d]\w*\(\w+\)"
"""What a function gives, which is declared as it is written: `u(k)`."""
_NO_NAMES = frozenset({"string", "unknown", "range"})


def shapeless(case: Case) -> list[Name]:
    """The names in a statement without a known shape, each once; the name it assigns does not count."""
    members = case.checked.equation.members
    found: dict[str, Name] = {}
    for name in _names(members[1:] if len(members) > 1 else members):
        if case.checked.shapes.get(id(name), ()) is None and entry_of(case, name) is None:
            found.setdefault(name.key, name)
    return list(found.values())


def why_unknown(case: Case) -> str:
    """What is missing for a statement to be understood, and what to do about it; "" if that is unclear."""
    if any(name.base in ELLIPSES for name in _names(case.checked.equation.members)):
        return "`...` leaves terms out"
    names = list(dict.fromkeys(_bare(written(case, name)) for name in shapeless(case)))
    if array := _array_of_losses(case):
        return array
    text = "" if names else _first_unknown(case)
    if re.fullmatch(_VALUE, text):
        names = [text]
    if not names:
        return f"the shape of {text} is not known" if text else _undeclared(case)
    others = len(names) - MOST
    shown = listed([*names[:MOST], f"{others} others"] if others > 1 else names)
    is_one = len(names) == 1
    head = f"the shape of {shown} is not known" if is_one else f"the shapes of {shown} are not known"
    if case.section.convention.name == "none":
        head += _about_conventions(case)
    how = f'-s "{names[0]}: n x m"' if case.source.path == TERMINAL else f"`{names[0]}: n x m`"
    return f"{head}; declare {'it' if is_one else 'them'}, as in {how}"


def _array_of_losses(case: Case) -> str:
    """That a function that many call a loss is given an array."""
    first, *values = case.checked.equation.members
    shapes = (case.checked.shapes.get(id(value)) for value in values)
    array = next((shape for shape in shapes if is_no_number(first, shape)), None)
    name = spelled(first, case.source, "this")
    return f"a loss is a single number, and {name} would be {show(array)}" if array else ""


def _bare(text: str) -> str:
    """A name without a bracket that is around all of it; that of `x^(i)` is its own."""
    return text.strip("()") if text[:1] == "(" else text


def _undeclared(case: Case) -> str:
    """That some names have only the convention's dimensions, while the author declares the others."""
    found = (name for name in _names(case.checked.equation.members) if _is_convention_s(case, name))
    names = list(dict.fromkeys(written(case, name) for name in found))
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} not declared, unlike the other names" if names else ""


def _is_convention_s(case: Case, name: Name) -> bool:
    symbol = case.section.survey.reading.by_key.get(name.key)
    return symbol is not None and is_by_convention(case.section.table, symbol)


def _about_conventions(case: Case) -> str:
    """That no convention supplies the shapes, if the usual one would."""
    if case.section.asked:
        return ", and the convention `none` supplies no shapes"
    usual = case.section.usual_layout
    symbols = (case.section.survey.reading.by_key.get(name.key) for name in shapeless(case))
    supplied = any(symbol and usual.shape(symbol.gradient_of() if symbol.of else symbol) for symbol in symbols)
    return ", and no convention is chosen (--convention coursera would supply them)" if supplied else ""


def _first_unknown(case: Case) -> str:
    """The smallest operation without a known shape, as its author wrote it."""
    shapes = case.checked.shapes
    nodes = list(walk(*case.checked.equation.members))
    unknown = [node for node in nodes if type(node) is Apply and shapes.get(id(node)) is None]
    small = (node for node in unknown if all(shapes.get(id(argument)) is not None for argument in node.args))
    found = next(small, unknown[-1] if unknown else None)
    return spelled(found, case.source, "a part of it") if found is not None else ""


def _names(nodes: tuple[Node, ...]) -> Iterator[Name]:
    for node in nodes:
        if type(node) is Name:
            yield node
        elif type(node) is Apply and node.op not in _NO_NAMES:
            yield from _names(node.args[:1] if node.op == "called" else node.args)
