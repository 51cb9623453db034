"""What code computes on the way back under names that no variable has: `dhraw` before an activation, `dhnext`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..ops import _nodes as tree
from ..ops import is_a
from ..shapes.dims import Shape
from ..syntax.nodes import Apply, Name, Node, is_op, keys_in, without
from ..text import regex
from ..values import replace
from ._changes import is_zero
from ._graph import GRADIENT, REBOUND, Claim, Step
from ._record import Record
from ._states import earlier_states
from ._variables import holds, moment

if TYPE_CHECKING:
    from ._build import Builder

Shapes = dict[str, Shape | None]
CUT = "what the next step adds to it is missing, as where gradients go back through one step only"
_BEFORE = regex(r"(?:d|delta|grad)_?(?:z|a|net|pre\w*|tanh|relu|sigmoid)?_?[0-9]*")
"""What authors call the gradient before an activation, where they do not put a word after that of its result."""


def on_the_way(builder: Builder, record: Record, target: Name) -> Claim | None:
    """The claim that code makes under a name which no variable here has; None if it makes none."""
    written, bindings = record.checked.equation.members[-1], builder.bindings
    is_named = bindings.variable(target) in bindings.current.values() or holds(written, target)
    if not builder.code or is_named or not builder.is_backward(written):
        return None
    value = bindings.tree(written, record.checked)
    return _handed_on(builder, record, target, value) or _before_activation(builder, record, target, value)


def _claim(record: Record, target: Name, value: Node, variable: str, key: str) -> Claim:
    equation = record.checked.equation
    name = Name(target.text, target.base, target.indices, target.span, key)
    return Claim(variable, name, value, equation.members[-1], equation.sign, equation, equation.span, record.passage)


def _before_activation(builder: Builder, record: Record, target: Name, value: Node) -> Claim | None:
    """`dhraw = (1 - h * h) * dh`, where h is an activation of what has no name: the gradient of that."""
    gradients = {key for key in keys_in(value) if key.startswith(GRADIENT)}
    if len(gradients) != 1 or not is_op(value, "hadamard"):
        return None
    variable = gradients.pop()[len(GRADIENT) :].partition(REBOUND)[0]
    step = builder.steps.get(variable)
    if step is None or not is_a(step.value, "activation") or type(_argument(step)) is Name:
        return None
    result = builder.bindings.spellings[variable].text
    if not target.text.startswith(result) and _BEFORE.fullmatch(target.text) is None:
        return None
    if not {*keys_in(value)} - {GRADIENT + variable} <= {variable, *keys_in(step.value)}:
        return None
    key = f"{GRADIENT}{variable}{REBOUND}{moment(target)}"
    builder.bindings.between[moment(target)] = Name(target.text, target.base, target.indices, target.span, key)
    return _claim(record, target, value, variable, key)


def _argument(step: Step) -> Node:
    assert isinstance(step.value, Apply)
    return step.value.args[0]


def _handed_on(builder: Builder, record: Record, target: Name, value: Node) -> Claim | None:
    """`dhnext = Whh.T @ dhraw`, where `dh = … + dhnext` stands above: the gradient of `h[t-1]`, for the next pass."""
    own = builder.bindings.current.get(moment(target), "")
    if own not in builder.steps or not is_zero(builder.steps[own].value):
        return None
    added = {claim.of for claim in builder.claims if own in _terms(claim.value)}
    earlier = [other for variable in added for other in earlier_states(variable, [*builder.steps.values()])]
    if len(added) != 1 or len(earlier) != 1:
        return None
    builder.handed[own] = added.pop()
    builder.steps.pop(own)
    return _claim(record, target, value, earlier[0], GRADIENT + earlier[0])


def _terms(value: Node) -> Iterator[str]:
    """The keys of the names that are added in a value, or subtracted."""
    value = without(value, "same")
    if type(value) is Name:
        yield value.key
    elif type(value) is Apply and is_a(value, "sum"):
        for term in value.args:
            yield from _terms(term)


def with_next(
    steps: tuple[Step, ...], end: str, handed: Mapping[str, str], shapes: Shapes, names: Mapping[str, Name]
) -> tuple[tuple[Step, ...], str, Shapes]:
    """The steps of one pass, with a loss to which is added what the passes after it make of what it hands them."""
    if not handed:
        return steps, end, shapes
    last = next(step for step in steps if step.name.key == end)
    both = [(replace(names[own], key=own), replace(names[of], key=of)) for own, of in handed.items()]
    whole = tree.plus(replace(last.name, key=end), *(tree.total(tree.times(*pair)) for pair in both))
    key = f"{end}+"
    told = {own: shapes[of] for own, of in handed.items()}
    return (*steps, replace(last, name=replace(last.name, key=key), value=whole)), key, {**shapes, **told, key: ()}


def is_cut(claim: Claim, steps: Sequence[Step], handed: Mapping[str, str]) -> bool:
    """Whether a gradient lacks what comes back from the next step, to which its variable is handed."""
    _, _, own = claim.name.key.partition(REBOUND)
    is_whole = not own or own.isdigit()
    return is_whole and claim.of not in handed.values() and bool(earlier_states(claim.of, steps))
