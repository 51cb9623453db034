"""Fill in the fixes of a statement's findings: `with_fixes(case, diagnostics)`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from ..diagnostic import Diagnostic, Fix
from ..infer import Checked, Fact
from ..infer.readings import starred
from ..repairs._backward import Backward
from ..repairs._repair import target_shape
from ..sections import Section
from ..shapes.dims import Shape, show
from ..syntax.nodes import NOWHERE, Apply, Equation, Node, anew
from ..text import Source
from ..values import NamedTuple, replace
from ._edits import AuthorSpelling, fix_of, reread
from ._elsewhere import kept_where_made
from ._meaning import cancels, meaning_of, repeats
from ._rank import is_gradient, rank
from ._safety import is_offered, is_safe, names
from ._search import State, search
from ._titles import title

SHOWN = 3
"""How many fixes are shown: a longer list is not read."""
CANDIDATES = 24
"""How many equally cheap fixes are written out to find those that are shown."""
DOUBT = "shapes alone cannot tell which of these is meant"
_TITLES = {
    "SC401": "add brackets",
    "SC402": "write it as a matrix product",
    "SC403": "write it as an elementwise product",
    "SC404": "add brackets",
}


class FaultyStatement(Protocol):
    """A statement with its findings' facts, its section and its source."""

    @property
    def checked(self) -> Checked: ...
    @property
    def section(self) -> Section: ...
    @property
    def source(self) -> Source: ...


def with_fixes(case: FaultyStatement, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The findings of one statement, the first error of them with the fixes, which mend the whole statement."""
    first = next((place for place, found in enumerate(diagnostics) if found.severity == "error"), 0)
    fixes = _fixes(case)
    if not fixes:
        return diagnostics
    found = diagnostics[first]
    notes = (*found.notes, DOUBT) if len(fixes) > 1 else found.notes
    mended = replace(found, fixes=tuple(fixes), notes=notes)
    return [*diagnostics[:first], mended, *diagnostics[first + 1 :]]


def with_mended(case: FaultyStatement, found: Diagnostic, fixed: Equation, words: str) -> Iterator[Diagnostic]:
    """A finding of a statement that fits, with the fix that writes it as another one; nothing if none does."""
    checked, section = case.checked, case.section
    with _unbound(checked, section):
        shapes = {**checked.shapes, **section.statements.trial(fixed, {}).shapes}
        fix = fix_of(words, fixed, shapes, AuthorSpelling(checked.equation, section, case.source), section)
    if fix is not None:
        yield replace(found, fixes=(fix,))


def _fixes(case: FaultyStatement) -> list[Fix]:
    checked, section = case.checked, case.section
    if checked.is_clear:
        return []
    with _unbound(checked, section):
        if any(fact.kind == "reading" for fact in checked.doubts):
            return _of_doubt(case)
        elsewhere = kept_where_made(checked, section, case.source)
        if elsewhere is not None:
            return [elsewhere]
        spelling = AuthorSpelling(checked.equation, section, case.source)
        return _searched(checked, spelling, section) or _of_stars(checked, spelling, section)


def _of_stars(checked: Checked, spelling: AuthorSpelling, section: Section) -> list[Fix]:
    """The fixes of a statement that nothing mends as it stands, each `*` being the matrix product."""
    read = in_stars(checked.equation) if section.statements.grace else None
    if read is None:
        return []
    fixes = _searched(section.statements.trial(read, {}), spelling, section)
    return [replace(fix, safe=False) for fix in fixes]


def _of_doubt(case: FaultyStatement) -> list[Fix]:
    """The fixes of a statement that fits as it is meant: that reading first, alone where all of its signs say it."""
    checked, section = case.checked, case.section
    original = reread(case.source.slice(checked.equation.span), checked.equation.span.start, section)
    if original is None:
        return []
    spelling = AuthorSpelling(original, section, case.source)
    read = reading_fix(checked, spelling, section)
    if read and len([fact for fact in checked.doubts if fact.kind == "reading"]) > 1:
        return [read]
    first = _Mended(read, checked, checked.shapes) if read else None
    return _searched(section.statements.trial(original, {}), spelling, section, first)


@contextmanager
def _unbound(checked: Checked, section: Section) -> Iterator[None]:
    """The table without the shape that the statement itself, passing with a doubt, has given its name."""
    assigned, name = section.table.assigned, checked.target or ""
    own = assigned.get(name)
    if own is None or own.origin.span != checked.equation.span:
        yield
        return
    del assigned[name]
    try:
        yield
    finally:
        assigned[name] = own


class _Mended(NamedTuple):
    """A fix, and the statement that it mends."""

    fix: Fix
    checked: Checked
    shapes: Mapping[int, Shape | None]

    @property
    def says(self) -> Hashable:
        """What the mended statement says."""
        return meaning_of(self.checked.equation, self.shapes)


def _searched(checked: Checked, spelling: AuthorSpelling, section: Section, first: _Mended | None = None) -> list[Fix]:
    """The cheapest fixes of a statement, the likeliest first.

    One that is known goes before these, unless one of as many names is the gradient by the layers that are known; this
    goes before what only fits.
    """
    likely = [each for each in rank(search(checked, section)) if is_offered(each, checked, section)]
    likely = sorted(likely, key=_is_gradient(section)) if len(likely) + bool(first) > 1 else likely
    mended = [first] if first else []
    doubling = {id(each): _doubles(each, checked) for each in likely[:CANDIDATES]}
    for found in sorted(likely[:CANDIDATES], key=lambda each: doubling[id(each)]):
        if len(mended) == SHOWN or (mended and doubling[id(found)]):
            break
        fix = _fix(found, spelling, section, checked)
        one = _Mended(fix, found.checked, found.shapes) if fix else None
        if one is not None and all(one.says != other.says for other in mended):
            mended.append(one)
    if first and len(mended) > 1:
        count = names(checked.equation).total()
        known = _is_gradient(section)
        mended.sort(key=lambda each: known(each) or names(each.checked.equation).total() != count)
    is_single = len(mended) == 1
    return [replace(each.fix, safe=each.fix.safe and is_single) for each in mended]


def _is_gradient(section: Section) -> Callable[[State | _Mended], bool]:
    """What is false of statements that are gradients, so that they go first."""
    backward = Backward(section)
    return lambda each: not is_gradient(each.checked, each.shapes, backward)


def _doubles(found: State, before: Checked) -> bool:
    """Whether a term stands twice in a sum then, as in `B + B`, which is meant only where nothing else is."""
    return repeats(found.checked.equation, found.shapes) > repeats(before.equation, before.shapes)


def _fix(found: State, spelling: AuthorSpelling, section: Section, before: Checked) -> Fix | None:
    """A way to mend the statement as a fix; None if nobody means it, or it does not read back as it is meant."""
    renamed = any(step.repair.cost > 2 for step in found.steps)
    if renamed and cancels(found.checked.equation, found.shapes):
        return None
    fix = fix_of(title(found, spelling), found.checked.equation, found.shapes, spelling, section)
    return fix and replace(fix, safe=is_safe(found, before), binds=_binds(before))


def _binds(before: Checked) -> bool:
    """Whether a statement gives a name its shape, of which nothing else is known."""
    return before.target is not None and target_shape(before) is None


def reading_fix(checked: Checked, spelling: AuthorSpelling, section: Section) -> Fix | None:
    """The statement as it is read, in plain signs; None if it cannot be written so.

    `spelling` is that of the statement as its author wrote it, before it was read otherwise.
    """
    doubts = [fact for fact in checked.doubts if fact.kind == "reading"]
    fixed = _in_plain_signs(checked.equation, doubts)
    shape = f": the whole is {show(checked.shape)}" if checked.shape else ""
    fix = fix_of(_TITLES[doubts[0].words["code"]] + shape, fixed, checked.shapes, spelling, section)
    return fix and replace(fix, safe=target_shape(checked) is not None)


def in_stars(equation: Equation) -> Equation | None:
    """The statement in which every `*` is the matrix product, in plain signs; None if there are not several."""
    for other in starred(equation):
        return _in_plain_signs(other.equation, other.doubts)
    return None


def _in_plain_signs(read: Equation, doubts: Iterable[Fact]) -> Equation:
    """A statement read otherwise, what is read so being written with its own signs."""
    fixed = read
    for doubt in doubts:
        members = tuple(_afresh(member, doubt.operands[1]) for member in fixed.members)
        fixed = Equation(members, fixed.sign, fixed.span)
    return fixed


def _afresh(tree: Node, read: Node) -> Node:
    """The tree in which a node that was read otherwise has no span, so that it is written with its own signs."""
    if type(tree) is not Apply or type(read) is not Apply:
        return tree
    args = tuple(_afresh(argument, read) for argument in tree.args)
    if tree.op == read.op and tree.span == read.span != NOWHERE:
        return Apply(tree.op, args, tree.params, sign=tree.sign)
    return anew(tree, args)
