"""Which fixes are shown, and which are safe: `is_offered(found)`, `is_safe(found)`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..infer import Checked
from ..ops import is_a
from ..repairs._repair import target_shape
from ..sections import Section
from ..shapes.dims import Shape, Var, prune, same
from ..syntax.nodes import Apply, Equation, Name, Node, Number, walk
from ._search import State


def is_safe(found: State, before: Checked) -> bool:
    """Whether a fix may be made without asking, where it is the only one.

    A fix is safe only if

    - it keeps every name: none goes, none comes, none is taken for another;
    - it is the single cheapest one;
    - it turns no array into another's orientation by broadcasting: what it makes anew adds and multiplies arrays of one
      shape entry by entry, and what it turns stands beside arrays of its own shape;
    - it leaves no more findings in its file than there were, which `check` tries where others use what it computes.

    A sign that is read in another way needs a left side that says what is wanted.
    """
    fixed, shapes = found.checked.equation, found.shapes
    if names(fixed) != names(before.equation):
        return False
    if any(step.repair.regroups for step in found.steps) and target_shape(found.checked) is None:
        return False
    if any(_is_spread(node, shapes) for step in found.steps for node in _made(step.rewrite.node, before.equation)):
        return False
    return not any(_is_stretched(step.rewrite.node, beside, shapes) for step, beside in _turned(found))


def is_offered(found: State, before: Checked, section: Section) -> bool:
    """Whether a fix is worth a word: not where it fits only since one array is laid across another by broadcasting.

    Who wrote a new axis meant that, wherever it belongs. In code a name that is not bound yet is none that could be
    meant.
    """
    fixed, shapes = found.checked.equation, found.shapes
    is_meant = any(_has_new_axis(step.place.node) for step in found.steps)
    if not is_meant and _grown(fixed, shapes) > _grown(before.equation, before.shapes):
        return False
    if any(_has_lost_an_axis(step.rewrite.node, beside, shapes) for step, beside in _turned(found)):
        return False
    if not section.notation.is_code:
        return True
    return all(_is_bound(key, section) for key in names(fixed).keys() - names(before.equation).keys())


def _has_new_axis(node: Node) -> bool:
    return type(node) is Apply and (node.op == "expand_dims" or None in node.params.get("items", ()))


def names(equation: Equation) -> Counter[str]:
    """The names of a statement, those of its slices among them; an example is a part of its array."""
    return Counter(name.key.removesuffix("(i)") for member in equation.members for name in _names(member))


def _names(node: Node) -> Iterator[Name]:
    for each in walk(node):
        if type(each) is Name:
            yield each
        elif type(each) is Apply and each.op == "slice":
            yield from _named(each.params.get("items"))


def _named(value: Any) -> Iterator[Name]:
    if isinstance(value, Name | Number | Apply):
        yield from _names(value)
    elif isinstance(value, tuple):
        yield from (name for each in value for name in _named(each))


def _is_bound(key: str, section: Section) -> bool:
    """Whether a name of a program has a value where it stands: assigned before, or given from outside."""
    table = section.table
    symbol = section.survey.reading.by_key.get(key)
    if key in table.assigned or key in table.identities.held:
        return True
    is_noted = symbol is not None and table.noted.of(symbol) is not None
    is_given = is_noted or key in table.stated or key in section.survey.used
    return is_given and key not in table.will_be_assigned


def _made(tree: Node, before: Equation) -> Iterator[Apply]:
    """The operations of a tree that do not stand in the statement as it was."""
    old = {id(node) for node in walk(*before.members)}
    return (node for node in walk(tree) if type(node) is Apply and id(node) not in old)


def _is_spread(node: Apply, shapes: Mapping[int, Shape | None]) -> bool:
    """Whether arrays of different shapes meet in an operation entry by entry."""
    arrays = [shape for shape in (shapes.get(id(each)) for each in node.args) if shape]
    return is_a(node, "spreading") and not all(same(arrays[0], shape) for shape in arrays)


def _turned(found: State) -> Iterator[tuple[Any, list[Node]]]:
    """The steps that turn an operand of a sum or an elementwise product, with the other operands."""
    for step in found.steps:
        parent, position = step.place.path[-1] if step.place.path else (None, 0)
        if parent is not None and is_a(parent, "spreading") and _is_turn(step.place.node, step.rewrite.node):
            yield step, [each for place, each in enumerate(parent.args) if place != position]


def _is_turn(old: Node, new: Node) -> bool:
    pairs = ((old, new), (new, old))
    return any(type(one) is Apply and one.op == "transpose" and one.args[0] is other for one, other in pairs)


def _is_stretched(node: Node, beside: list[Node], shapes: Mapping[int, Shape | None]) -> bool:
    own = shapes.get(id(node)) or ()
    return any(shape and not same(own, shape) for shape in (shapes.get(id(each)) for each in beside))


def _has_lost_an_axis(node: Node, beside: list[Node], shapes: Mapping[int, Shape | None]) -> bool:
    """Whether an array was turned so that one of fewer axes can be spread over it: a transpose brings no axis back."""
    own = shapes.get(id(node)) or ()
    return any(0 < len(shape) < len(own) for shape in (shapes.get(id(each)) or () for each in beside))


def _grown(equation: Equation, shapes: Mapping[int, Shape | None]) -> int:
    """How many operations entry by entry have a result that is surely larger than each of their operands."""
    nodes = (node for node in walk(*equation.members) if type(node) is Apply)
    return sum(_grows(node, shapes) for node in nodes if is_a(node, "spreading"))


def _grows(node: Apply, shapes: Mapping[int, Shape | None]) -> bool:
    own = shapes.get(id(node))
    operands = [shape for shape in (shapes.get(id(each)) for each in node.args) if shape]
    return own is not None and len(operands) > 1 and not any(_may_be(own, shape) for shape in operands)


def _may_be(result: Shape, operand: Shape) -> bool:
    """Whether a result may have an operand's shape: a size that nobody knows may be any."""
    pairs = list(zip(map(prune, result), map(prune, operand), strict=False))
    return len(result) == len(operand) and all(one is other or isinstance(other, Var) for one, other in pairs)
