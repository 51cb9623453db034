"""The fix of a doubt: the reading in which a statement fits, written so that it cannot be read otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostic import Fix
from ..infer import Checked, Fact
from ..infer.readings import starred
from ..repairs._repair import target_shape
from ..sections import Section
from ..shapes.dims import show
from ..syntax.nodes import NOWHERE, Apply, Equation, Node
from ..values import replace
from ._edits import AuthorSpelling, fix_of

_TITLES = {
    "SC401": "add brackets",
    "SC402": "write it as a matrix product",
    "SC403": "write it as an elementwise product",
    "SC404": "add brackets",
}


def reading_fix(checked: Checked, spelling: AuthorSpelling, section: Section) -> Fix | None:
    """The statement as it is read, in plain signs; None where it cannot be written so.

    `spelling` is that of the statement as its author wrote it, before it was read otherwise.
    """
    doubts = [fact for fact in checked.doubts if fact.kind == "reading"]
    fixed = _in_plain_signs(checked.equation, doubts)
    shape = f": the whole is {show(checked.shape)}" if checked.shape else ""
    fix = fix_of(_TITLES[doubts[0].words["code"]] + shape, fixed, checked.shapes, spelling, section)
    return fix and replace(fix, safe=target_shape(checked) is not None)


def in_stars(equation: Equation) -> Equation | None:
    """The statement in which every `*` is the matrix product, in plain signs; None where there are not several."""
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
    if all(after is before for after, before in zip(args, tree.args, strict=True)):
        return tree
    return Apply(tree.op, args, tree.params, NOWHERE, tree.sign)
