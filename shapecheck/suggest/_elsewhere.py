"""The fix of another line: `keepdims=True` where an array lost its axis, which is missed where it is used."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Fix
from ..infer import Checked
from ..repairs._reductions import changed, is_reduction
from ..sections import Section
from ..shapes.dims import ONE, Shape, prune, show
from ..syntax.nodes import Apply, Equation, Name, Node, put_names, replace, walk
from ..text import Source
from ..values import NamedTuple
from ._edits import AuthorSpelling, reread
from ._meaning import meaning_of

MOST = 12
"""How many names are followed, from each to those it is computed from."""


class _Kept(NamedTuple):
    """A statement whose value would keep an axis, and what a name that is computed from it would be then."""

    made: Equation
    value: Node
    comes_to: Node


def kept_where_made(checked: Checked, section: Section, source: Source) -> Fix | None:
    """The statement in which an array of rank 1 lost its axis, with it kept; None if that does not mend this one."""
    seen: set[str] = set()
    for name, shape in _flat(checked):
        for kept in _kept(name, shape, section, source, seen):
            fix = _fix(checked, name, kept, section, source)
            if fix is not None:
                return fix
    return None


def _kept(name: Name, shape: Shape, section: Section, source: Source, seen: set[str]) -> Iterator[_Kept]:
    """The ways in which a name of rank 1 could have kept an axis: where it is made, or where what it is made of is."""
    if name.key in seen or len(seen) == MOST:
        return
    seen.add(name.key)
    made = _made(name, shape, section, source)
    if made is None:
        return
    value = made.members[-1]
    shapes = section.statements.trial(made, {}).shapes
    for node in walk(value):
        if type(node) is Apply and is_reduction(node) and _may_keep(node):
            kept = replace(value, node, changed(node, keepdims=True))
            yield _Kept(made, kept, kept)
        inner = shapes.get(id(node))
        if type(node) is Name and inner is not None and len(inner) == 1:
            for each in _kept(node, inner, section, source, seen):
                yield each._replace(comes_to=put_names(value, {node.key: each.comes_to}))


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


def _fix(checked: Checked, name: Name, kept: _Kept, section: Section, source: Source) -> Fix | None:
    """The fix, if the statement that does not fit would fit with what the other one gives then."""
    made, value, comes_to = kept
    here = checked.equation
    members = tuple(put_names(member, {name.key: comes_to}) for member in here.members)
    trial = section.statements.trial(Equation(members, here.sign, here.span), {})
    shape = trial.shapes.get(id(value))
    if not trial.is_sure or shape is None or not any(prune(dim) is ONE for dim in shape):
        return None
    fixed = Equation((made.members[0], value), made.sign, made.span)
    spelling = AuthorSpelling(made, section, source)
    edits = spelling.edits(fixed)
    formula = spelling.corrected(edits)
    again = reread(formula, 0, section) if formula else None
    if formula is None or again is None or meaning_of(again) != meaning_of(fixed):
        return None
    own = spelling.write(made.members[0])
    title = f"keep the summed axis with keepdims=True where {own} is computed: {own} is then {show(shape)}"
    return Fix(title, formula, edits, safe=True, binds=True)
