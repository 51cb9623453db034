"""Functions: each is lowered for itself, and its calls are followed with its equations under fresh names."""

from __future__ import annotations

import ast

from ...syntax.nodes import Apply, Index, Node, Scope, Trouble
from .._names import decompose
from ._assignments import store, take
from ._blocks import run
from ._definitions import (
    Definition,
    Lists,
    called,
    definitions,
    inherit,
    modules,
    own_nodes,
    together,
    trials,
    tried_out,
)
from ._frame import Frame, Output, name_of
from ._lists import lists
from ._names import Entity
from ._numbers import numbers
from ._pairings import known_ahead, pair, pair_backward, parameter_of, result_of
from ._source import Code

DEEPEST = 5
"""How deeply calls are followed; the layers of a network's program rarely nest deeper."""
SEVERAL = 2
"""How many calls of a function may hand it arrays of several sizes."""


def lower(code: Code, before: Output | None = None) -> Output:
    """Everything that a module says: first its own statements, then each function in a scope of its own.

    Of the functions that stand `before` it, what its calls and its backward functions tell is said.
    """
    nodes = list(ast.walk(code.tree))
    output = Output(code, modules(nodes), before)
    output.calls = called(nodes)
    found = list(definitions(code.body))
    for function in found:
        if function.owner:
            output.methods.setdefault(function.owner, {})[function.node.name] = function
        else:
            output.functions.setdefault(function.node.name, function)
    inherit(nodes, output.methods)
    frame = Frame(output, {}, lists(own_nodes(code.body)), follow)
    blocks = trials(code.body)
    _safely(frame, [node for node in code.body if node not in blocks], None)
    output.is_trial = True
    _safely(frame, blocks, None)
    output.is_trial = False
    for name in tried_out(blocks, found):
        output.forget(Entity(*decompose(name)))
    pair_backward(output, found)
    for function in found:
        with output.scope():
            _scope(output, function)
    pair_backward(output, found)  # once more: now the parts of what functions give back are known
    return output


def _lists(output: Output, function: Definition) -> Lists:
    """The lists of a function, and the attributes that its class's methods use as lists."""
    shared = output.shared.get(function.owner)
    if shared is None:
        each = [method.lists for method in output.methods.get(function.owner, {}).values()]
        shared = output.shared[function.owner] = together(each)
    return function.lists[0] | shared[0], function.lists[1] | shared[1]


def _scope(output: Output, function: Definition) -> None:
    """One function for itself, under its author's names."""
    node = function.node
    output.begun = output.written
    output.free = {}
    output.statements.append(_begun(output, function))
    frame = Frame(output, {}, _lists(output, function), follow, bound=function.own, function=function.name)
    first = function.parameters[:1]
    this = Entity(*decompose(first[0])) if function.owner and first else None
    if this:
        output.types[this] = function.owner
        _construct(frame, this, function)
    for name in function.parameters:
        _give(output, Entity(*decompose(name)), name in function.numbers, this)
    if this:
        _number(frame, function)
    for name, known in known_ahead(output, function):
        output.set(Entity(*decompose(name)), name_of(known))
    _safely(frame, node.body, node)


def _begun(output: Output, function: Definition) -> Scope:
    """The beginning of a function, with what is told of its parameters by the whole program."""
    first = function.parameters[:1] if function.owner and not function.is_static else []
    span, parameters = output.code.span(function.node), frozenset(function.parameters)
    return Scope(function.name.replace(".", "/"), span, function.owner, "".join(first), parameters)


def _give(output: Output, parameter: Entity, is_number: bool, this: Entity | None) -> None:
    """A parameter: a number by its use, else nothing is known of it."""
    if is_number:
        output.set(parameter, Apply("scalar", ()))
    elif parameter in output.assigned and parameter != this:
        output.set(parameter, Apply("parameter", ()))
    output.assigned.add(parameter)


def _number(frame: Frame, function: Definition) -> None:
    """The attributes that the class's methods use as dimensions are numbers, where nobody says what they are."""
    this, output = function.parameters[0], frame.output
    for name in sorted(output.attributes(function.owner)):
        owner, *parts = name.split(".")
        found = Entity(this, tuple(Index(".", part) for part in parts))
        if owner == this and found not in output.assigned:
            output.set(found, Apply("scalar", ()))


def _construct(frame: Frame, this: Entity, function: Definition) -> None:
    """What `__init__` assigns to the object that the other methods share."""
    made = frame.output.methods.get(function.owner, {}).get("__init__")
    if made is None or function.node.name == "__init__" or not made.parameters:
        return
    rebound = made.rebound
    given = {name: Entity(*decompose(name)) for name in made.parameters if name not in rebound}
    counted = numbers(own_nodes(made.node.body), made.numbers | frame.output.attributes(function.owner))
    for name, entity in given.items():
        if name in counted:
            frame.output.set(entity, Apply("scalar", ()))
    names = {**_locals(frame.output, made), **given}
    names[made.parameters[0]] = this
    _inside(frame, made, names)


def _safely(frame: Frame, body: list[ast.stmt], node: ast.stmt | None) -> None:
    try:
        run(frame, body)
    except RecursionError:
        span = frame.code.span(node) if node else frame.code.window.host(0, 0)
        frame.output.program.troubles.append(Trouble("SC104", span, {"what": "a function nested too deeply"}))


def _locals(output: Output, function: Definition) -> dict[str, Entity]:
    """Fresh names for all that is a function's own."""
    return {name: output.fresh() for name in function.own}


def follow(frame: Frame, call: ast.Call) -> tuple[Entity, tuple[Node, ...]] | None:
    """Follow a call of one of the file's own functions, methods or classes: its result, and its arguments."""
    output = frame.output
    found = _called(frame, call.func)
    if found is None:
        return _from_elsewhere(frame, call)
    if output.is_spent or len(frame.calls) >= DEEPEST:
        return None
    function, this = found
    if function.name in frame.calls or function.is_generator or _has_stars(call):
        return None
    output.written += 5
    args = tuple(frame.reader.node(argument) for argument in call.args)
    keywords = {str(each.arg): frame.reader.node(each.value) for each in call.keywords}
    if isinstance(call.func, ast.Name) and function.node.name == "__init__":
        this = output.fresh()
        output.types[this] = call.func.id
    names = _bind(frame, function, call, args, keywords, this)
    result = _inside(frame, function, names)
    made = this if isinstance(call.func, ast.Name) and this else result
    return made, (*args, *keywords.values())


def _from_elsewhere(frame: Frame, call: ast.Call) -> tuple[Entity, tuple[Node, ...]] | None:
    """A call of a function that stands in another cell: it is given what is called so there, and gives that back.

    A call in no function tries it out, and one of several may hand it arrays of any sizes: these tell only ranks.
    """
    name = call.func.id if isinstance(call.func, ast.Name) and call.func.id not in frame.names else ""
    output, function = frame.output, frame.output.elsewhere.get(name)
    if function is None or function.is_generator or _has_stars(call) or output.is_spent:
        return None
    is_once = bool(frame.function or frame.calls) and output.calls[name] < SEVERAL
    keywords = {str(each.arg): frame.reader.node(each.value) for each in call.keywords}
    args = tuple(frame.reader.node(argument) for argument in call.args)
    for parameter, read in (*zip(function.positional, args, strict=False), *keywords.items()):
        pair(output, parameter_of(name, parameter), read, sizes=is_once)
    return (result_of(name), (*args, *keywords.values())) if is_once else None


def _called(frame: Frame, function: ast.expr) -> tuple[Definition, Entity | None] | None:
    """The function that a call means, and the object it is a method of."""
    output = frame.output
    if isinstance(function, ast.Name):
        made = output.methods.get(function.id, {}).get("__init__")
        found = output.functions.get(function.id) or made
        return (found, None) if found and function.id not in frame.names else None
    if isinstance(function, ast.Attribute):
        this = frame.entity(function.value)
        found = output.methods.get(output.types.get(this, ""), {}).get(function.attr) if this else None
        return (found, this) if found else None
    return None


def _has_stars(call: ast.Call) -> bool:
    return any(isinstance(each, ast.Starred) for each in call.args) or any(each.arg is None for each in call.keywords)


def _bind(
    frame: Frame,
    function: Definition,
    call: ast.Call,
    args: tuple[Node, ...],
    keywords: dict[str, Node],
    this: Entity | None,
) -> dict[str, Entity]:
    """What the function's names stand for: an argument that is a name lends it, unless the function binds it anew."""
    output = frame.output
    names = _locals(output, function)
    rebound = function.rebound
    positional = list(function.positional)
    if function.owner and this and positional and not function.is_static:
        names[positional.pop(0)] = this
    given = dict(zip(positional, (*zip(call.args, args, strict=True),), strict=False))
    given |= {str(each.arg): (each.value, keywords[str(each.arg)]) for each in call.keywords if str(each.arg) in names}
    for name, (value, read) in given.items():
        pair(output, parameter_of(function.name, name), read, sizes=_has_sizes(output, function))
        entity = frame.entity(value)
        if entity and name not in rebound:
            names[name] = entity
        elif isinstance(value, ast.Tuple | ast.List | ast.Dict):
            with output.aside(silent=True) as (statements, _):
                store(frame, names[name], value)
            output.statements.extend(statements)
        else:
            take(frame, names[name], read)
    for name, default in function.defaults:
        if name not in given and isinstance(default, ast.Constant):
            take(frame, names[name], frame.reader.node(default))
    return names


def _has_sizes(output: Output, function: Definition) -> bool:
    """Whether a function's arrays have sizes of their own: one that works entry by entry may be called with any."""
    if function.has_product or function.node.name == "__init__" or output.calls[function.node.name] < SEVERAL:
        return True
    return any(name in known for known in (output.functions, *output.methods.values()) for name in function.called)


def _inside(frame: Frame, function: Definition, names: dict[str, Entity]) -> Entity:
    """The equations of a called function, silently; the name of what it returns."""
    output = frame.output
    inner = Frame(output, names, _lists(output, function), follow, (*frame.calls, function.name))
    for name in function.parameters[:1] if function.owner else ():
        output.types.setdefault(names[name], function.owner)
    with output.aside(silent=True) as (statements, _):
        run(inner, function.node.body)
    output.statements.extend(statements)
    return _result(output, inner.returns)


def _result(output: Output, returns: list[Entity]) -> Entity:
    """What a function returns: the join of its returns, entry by entry."""
    if len(returns) == 1:
        return returns[0]
    result = output.fresh()
    if not returns:
        return result
    output.set(result, Apply("join", tuple(map(name_of, returns))))
    first = returns[0]
    for part in output.parts(first):
        indices: tuple[Index, ...] = part.indices[len(first.indices) :]
        if all(each.at(*indices) in output.entries for each in returns):
            output.set(result.at(*indices), Apply("join", tuple(name_of(each.at(*indices)) for each in returns)))
    return result
