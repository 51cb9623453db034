"""The fix of another line: `keepdims=True` where an array lost its axis, which is missed where it is used."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Fix
from ..infer import Checked
from ..repairs._others import renamed_in
from ..repairs._reductions import changed, is_reduction
from ..sections import Section
from ..shapes.dims import ONE, Shape, prune, show
from ..syntax.nodes import Apply, Equation, Name, replace, walk
from ..text import Source
from ._edits import Spelling, reread
from ._meaning import meaning_of


def kept_where_made(checked: Checked, section: Section, source: Source) -> Fix | None:
    """The statement that made an array of rank 1, with the axis kept; None where that would not mend this one."""
    for name, shape in _flat(checked):
        made = _made(name, shape, section, source)
        for node in walk(made.members[-1]) if made else ():
            if made and type(node) is Apply and is_reduction(node) and _may_keep(node):
                kept = changed(node, keepdims=True)
                fix = _fix(checked, name, made, kept, node, section, source)
                if fix is not None:
                    return fix
    return None


def _flat(checked: Checked) -> Iterator[tuple[Name, Shape]]:
    """The names of rank 1 among the operands that do not fit."""
    for fact in checked.failures:
        for operand in fact.operands:
            for node in walk(operand):
                shape = checked.shapes.get(id(node))
                if type(node) is Name and shape is not None and len(shape) == 1:
                    yield node, shape


def _made(name: Name, shape: Shape, section: Section, source: Source) -> Equation | None:
    """The statement in this text that gave a name its shape."""
    symbol = section.survey.reading.by_key.get(name.key)
    entry = section.table.assigned.get(symbol.key) if symbol else None
    if entry is None or entry.origin.span is None or entry.origin.cell != section.table.cell or entry.shape != shape:
        return None
    span = entry.origin.span
    made = reread(source.slice(span), span.start, section)
    first = made.members[0] if made and len(made.members) == 2 else None
    return made if type(first) is Name and first.key == name.key else None


def _may_keep(node: Apply) -> bool:
    return type(node.params.get("axis")) is int and node.params.get("keepdims") is not True


def _fix(
    checked: Checked, name: Name, made: Equation, kept: Apply, node: Apply, section: Section, source: Source
) -> Fix | None:
    """The fix, if the statement that does not fit would fit with what the other one gives then."""
    value = replace(made.members[-1], node, kept)
    here = checked.equation
    inlined = Equation(tuple(renamed_in(member, {name.key: value}) for member in here.members), here.sign, here.span)
    trial = section.statements.trial(inlined, {})
    shape = trial.shapes.get(id(value))
    if trial.facts or trial.unknown or shape is None or not any(prune(dim) is ONE for dim in shape):
        return None
    fixed = Equation((made.members[0], value), made.sign, made.span)
    spelling = Spelling(made, section, source)
    edits = spelling.edits(fixed)
    formula = spelling.corrected(edits)
    again = reread(formula, 0, section) if formula else None
    if formula is None or again is None or meaning_of(again) != meaning_of(fixed):
        return None
    title = f"keep the summed axis with keepdims=True where {name.text} is made: {name.text} is {show(shape)} then"
    return Fix(title, formula, edits, safe=True, binds=True)
