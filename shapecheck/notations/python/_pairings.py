"""What has one shape in a program although no equation says so: arguments and parameters, forward and backward."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from ...syntax.nodes import Index, Node, Pairing
from ._definitions import Definition
from ._frame import Frame, Output, entity_of, name_of
from ._names import Entity

_BACKWARD = re.compile(r"(.*?)_?(?:backward|backprop|back_prop|bprop|bwd|backwards)(?:_pass)?(_.*)?\Z")
_FORWARD = (
    "{}_forward{}",
    "{}forward{}",
    "{}_forward_pass{}",
    "{}_fprop{}",
    "{}fprop{}",
    "{}_fwd{}",
    "{}{}",
    "__call__",
)
_GIVEN = re.compile(
    r"d(?:[A-Z_]\w*|out\w*|values|y|z|a|h|l|upper|top|scores)\Z|\w*grad\w*|\w*delta\w*|\w*err(?:or)?\w*|upstream\w*|g\Z"
)
"""How a backward function calls the gradient that it is given."""


def parameter_of(function: str, name: str) -> Entity:
    """A parameter of a function, for the whole program."""
    return Entity(f"@{function.replace('.', '/')}:{name}")


def result_of(function: str) -> Entity:
    """What a function gives back, for the whole program."""
    return parameter_of(function, "return")


def pair(output: Output, one: Entity, read: Node, *, sizes: bool = True) -> None:
    """Say that something and its parts have the shape of what was read, or only its rank, without the `sizes`.

    Of a list over time nothing is said.
    """
    source = entity_of(read)
    parts = [(part, part.indices[len(source.indices) :]) for part in output.known_parts(source)] if source else []
    if any(index.kind == "<" for _, indices in parts for index in indices):
        return
    output.written += 1 + len(parts)
    output.statements.append(Pairing(name_of(one), read, sizes, output.is_trial))
    for part, indices in parts:
        output.statements.append(Pairing(name_of(one.at(*indices)), name_of(part), sizes, output.is_trial))
        output.told[one.base] = {**output.told.get(one.base, {}), one.at(*indices): None}


def pair_results(frame: Frame, result: Entity, value: ast.expr) -> None:
    """Pair what a function gives back with its values, entry by entry."""
    if isinstance(value, ast.Tuple):
        for place, each in enumerate(value.elts):
            pair_results(frame, result.at(Index('"', str(place))), each)
    elif not isinstance(value, ast.List | ast.Dict):
        pair(frame.output, result, frame.reader.node(value))


def pair_backward(output: Output, functions: Sequence[Definition]) -> None:
    """Pair each backward function with its forward function: what it is given is a gradient of what that gives back."""
    named = {**output.elsewhere, **{function.name: function for function in functions}}
    for back in functions:
        ahead = _forward(back, named)
        if ahead is not None:
            for one, other in _pairs(back, ahead):
                pair(output, one, name_of(other))


def known_ahead(output: Output, back: Definition) -> Iterator[tuple[str, Entity]]:
    """What the forward function of a backward one is given, by names that this has for nothing: the b of its `db`."""
    ahead = None if back.owner else _forward(back, {**output.elsewhere, **output.functions})
    if ahead is not None:
        for name in _arguments(ahead):
            if name not in back.own and name not in back.reads:
                yield name, parameter_of(ahead.name, name)


def _forward(back: Definition, named: Mapping[str, Definition]) -> Definition | None:
    found = _BACKWARD.match(back.node.name)
    if found is None:
        return None
    prefix = back.name[: len(back.name) - len(back.node.name)]
    names = (pattern.format(found[1], found[2] or "").strip("_") for pattern in _FORWARD)
    return next((named[prefix + name] for name in names if prefix + name in named and name), None)


def _pairs(back: Definition, ahead: Definition) -> Iterator[tuple[Entity, Entity]]:
    """What a backward function is given, with what its forward function gives back; what that keeps comes last.

    It gives back the gradient of what that is given, unless it is given an argument and none that may be a gradient,
    as the two passes of a hidden Markov model are.
    """
    result, count = result_of(ahead.name), _given_back(ahead)
    results = [result.at(Index('"', str(place))) for place in range(count)] or [result]
    kept = results.pop() if count > 1 else None
    given, taken = _arguments(back), _arguments(ahead)
    for place, name in enumerate(given):
        parameter = parameter_of(back.name, name)
        if name in taken:
            yield parameter, parameter_of(ahead.name, name)
        elif place < len(results) and (_GIVEN.match(name) or len(given) == 1):
            yield parameter, results[place]
        elif "cache" in name and kept is not None:
            yield parameter, kept
    if taken and (not given or any(map(_GIVEN.match, given)) or (len(given) == 1 and given[0] not in taken)):
        gives = result_of(back.name)
        yield gives.at(Index('"', "0")) if _given_back(back) else gives, parameter_of(ahead.name, taken[0])


def _arguments(function: Definition) -> list[str]:
    return function.positional[1 if function.owner and not function.is_static else 0 :]


def _given_back(function: Definition) -> int:
    """How many entries the tuple has that a function gives back; 0 for none."""
    values = [each.value for each in ast.walk(function.node) if isinstance(each, ast.Return)]
    return next((len(value.elts) for value in values if isinstance(value, ast.Tuple)), 0)
