"""Why a statement is not understood: the names without a shape, or the operation whose result has none."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer.members import ELLIPSES
from ..syntax.nodes import Apply, Name, Node, walk
from ..table._last_resort import is_by_convention
from ._origins import TERMINAL, entry_of, written
from ._rule import Case
from ._wording import listed, spelled

MOST = 4
"""How many names are listed."""
_NO_NAMES = frozenset({"string", "unknown", "range"})


def shapeless(case: Case) -> list[Name]:
    """The names that stand in a statement and have no shape, each once; the one that it assigns is not meant."""
    members = case.checked.equation.members
    found: dict[str, Name] = {}
    for name in _names(members[1:] if len(members) > 1 else members):
        if case.checked.shapes.get(id(name), ()) is None and entry_of(case, name) is None:
            found.setdefault(name.key, name)
    return list(found.values())


def why_unknown(case: Case) -> str:
    """What is missing where a statement is not understood, and what to do about it; "" where that cannot be said."""
    if any(name.base in ELLIPSES for name in _names(case.checked.equation.members)):
        return "what is left out at `...` is not known"
    names = list(dict.fromkeys(written(case, name).strip("()") for name in shapeless(case)))
    if not names:
        text = _first_unknown(case)
        return f"what shape {text} has is not known" if text else _undeclared(case)
    others = len(names) - MOST
    shown = listed([*names[:MOST], f"{others} others"] if others > 1 else names)
    is_one = len(names) == 1
    head = f"the shape of {shown} is not known" if is_one else f"the shapes of {shown} are not known"
    if case.section.convention.name == "none":
        head += _about_conventions(case)
    how = f'-s "{names[0]}: n x m"' if case.source.path == TERMINAL else f"`{names[0]}: n x m`"
    return f"{head}; declare {'it' if is_one else 'them'}, as in {how}"


def _undeclared(case: Case) -> str:
    """That the dimensions of names are the convention's, among arrays that their author declares."""
    found = (name for name in _names(case.checked.equation.members) if _is_convention_s(case, name))
    names = list(dict.fromkeys(written(case, name) for name in found))
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} not declared, as the others are" if names else ""


def _is_convention_s(case: Case, name: Name) -> bool:
    symbol = case.section.survey.reading.by_key.get(name.key)
    return symbol is not None and is_by_convention(case.section.table, symbol)


def _about_conventions(case: Case) -> str:
    """That no convention supplies a shape, where the usual one has one for a name of the statement."""
    if case.section.asked:
        return ", and the convention none supplies none"
    usual = case.section.usual_layout
    symbols = (case.section.survey.reading.by_key.get(name.key) for name in shapeless(case))
    supplied = any(symbol and usual.shape(symbol.gradient_of() if symbol.of else symbol) for symbol in symbols)
    return ", and no convention is chosen that supplies them, as --convention coursera would" if supplied else ""


def _first_unknown(case: Case) -> str:
    """The smallest operation without a shape, as its author wrote it."""
    shapes = case.checked.shapes
    nodes = [node for member in case.checked.equation.members for node in walk(member)]
    unknown = [node for node in nodes if type(node) is Apply and shapes.get(id(node)) is None]
    small = (node for node in unknown if all(shapes.get(id(argument)) is not None for argument in node.args))
    found = next(small, unknown[-1] if unknown else None)
    return spelled(found, case.source, "a part of it") if found is not None else ""


def _names(nodes: tuple[Node, ...]) -> Iterator[Name]:
    for node in nodes:
        if type(node) is Name:
            yield node
        elif type(node) is Apply and node.op not in _NO_NAMES:
            yield from _names(node.args)
