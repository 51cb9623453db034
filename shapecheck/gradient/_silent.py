"""What nobody wrote: what a followed call computes, another name of a variable, what branches leave of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..ops import is_a
from ..syntax.nodes import Apply, Name, Node
from ._graph import GRADIENT
from ._record import Record
from ._variables import moment, written_as

if TYPE_CHECKING:
    from ._build import Builder

HIDDEN = "@"
"""How the names begin that nobody wrote, in code."""


def say_silently(builder: Builder, record: Record, target: Name, value: Node) -> None:
    """Take a statement that nobody wrote for what it is."""
    key, bindings = moment(target), builder.bindings
    if target.base[:1] == HIDDEN:
        bindings.between[key] = bindings.tree(value, record.checked)
    elif record.checked.equation.sign == "+=" or _is_ahead(value, key, bindings.current):
        return
    elif type(value) is Name and not (builder.returning and key in bindings.current):
        other = bindings.rename(value)
        if type(other) is Name and not other.key.startswith(GRADIENT):
            bindings.current[key] = other.key
    elif type(value) is Apply and value.op == "join" and not builder.is_backward(value):
        _joined(builder, record, target, value)


def _is_ahead(value: Node, target: str, current: Mapping[str, str]) -> bool:
    """Whether a name gets the value of one that a pass through a loop makes, before that pass is read."""
    return type(value) is Name and target in current and moment(value) not in current


def _joined(builder: Builder, record: Record, target: Name, value: Apply) -> None:
    """What branches leave of a variable, where they differ; of what a loop adds to, what one pass of it adds."""
    branches = builder.bindings.tree(value, record.checked)
    assert isinstance(branches, Apply)
    before, after = branches.args[0], branches.args[-1]
    if type(value.args[-1]) is Name and moment(value.args[-1]) == moment(target) and type(after) is Name:
        step = builder.steps.get(after.key)
        if step is not None and is_a(step.value, "sum") and before in step.value.args[:1]:
            return
    if any(written_as(branch) != written_as(branches.args[0]) for branch in branches.args):
        builder.bind(record, target, branches)
