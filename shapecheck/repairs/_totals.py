r"""Write a sum along an axis as an author would: `np.sum(dZ, axis=1, keepdims=True)`, `\sum_{i=1}^{m} dZ^{(i)}`."""

from __future__ import annotations

import re

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..shapes.dims import AnyDim, Dim, prune
from ..syntax.nodes import Apply, Index, Name, Node, Number, anew, walk
from ..table import is_of_torch

_RAISED = re.compile(r"\^\{\s*(\[[^][{}]*\]|\([^(){}]*\))\s*\}\Z")
_EXAMPLES = 1
"""The axis of the examples where each is a column: a sum over them is written with a Σ."""


def total_of(node: Node, axis: int, keep: bool, checked: Checked, section: Section) -> Node:
    """The sum of an array along an axis."""
    shape = checked.shapes.get(id(node))
    if section.notation.is_typeset and axis == _EXAMPLES and shape and not _is_library(checked):
        example = _of_example(node, shape[axis], checked, section)
        if example is not None:
            dim = prune(shape[axis])
            last = Name(dim.text, dim.text) if isinstance(dim, Dim) else None
            params = {"index": "i", "low": last and Number("1"), "high": last, "inside": True}
            return Apply("sum_over", (example,), params)
    given = {"axis": axis, "keepdims": True} if keep else {"axis": axis}
    return Apply("sum", (node,), given, sign=sign_of_sum(checked, section))


def sign_of_sum(checked: Checked, section: Section) -> str:
    """How the author spells a sum: with `np.` where anything else is."""
    if is_of_torch(section.table):
        return "torch.sum"
    is_library = section.notation.is_numpy and section.notation.is_code
    return "np.sum" if is_library or _is_library(checked) else "sum"


def _is_library(checked: Checked) -> bool:
    nodes = walk(*checked.equation.members)
    return any(type(node) is Apply and node.sign.startswith("np.") for node in nodes)


def _of_example(node: Node, examples: AnyDim, checked: Checked, section: Section) -> Node | None:
    """A tree of the i-th example, its names with a column each being those of that column; None if that is not one."""
    if type(node) is Name:
        shape = checked.shapes.get(id(node))
        return _column(node, section) if shape and prune(shape[-1]) is prune(examples) else node
    if type(node) is not Apply:
        return node
    args = [_of_example(argument, examples, checked, section) for argument in node.args]
    found = [argument for argument in args if argument is not None]
    changed = anew(node, found) if len(found) == len(args) else None
    return changed if changed is node or is_a(node, "multiplication", "entrywise") else None


def _column(name: Name, section: Section) -> Name | None:
    """`dZ^{[2](i)}` for `dZ^{[2]}`; None if the name has something else above it."""
    text, raised = _RAISED.subn(r"^{\1(i)}", name.text)
    if not name.text.startswith(name.base) or name.text.count("^") > raised:
        return None
    indices = (*name.indices, Index("(", "i"))
    text = text if raised else f"{text}^{{(i)}}"
    return Name(text, name.base, indices, key=section.survey.reading.symbol(name.base, indices).key)
