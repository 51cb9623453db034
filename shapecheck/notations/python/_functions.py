"""Functions: each is lowered for itself, and its calls are followed with its equations under fresh names."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ...syntax.nodes import Apply, Index, Node, Scope, Trouble
from .._names import decompose
from ._assignments import store, take
from ._blocks import run
from ._frame import Frame, Function, Output, name_of
from ._lists import lists
from ._names import Entity
from ._source import Code

DEEPEST = 5
_MODULES = {
    "numpy": "np",
    "jax.numpy": "np",
    "cupy": "np",
    "torch.nn.functional": "F",
    "math": "math",
    "numpy.linalg": "np",
}
_STATEMENTS = ("body", "orelse", "finalbody")


def lower(code: Code) -> Output:
    """Everything that a module says: first its own statements, then each function in a scope of its own."""
    output = Output(code, _imports(code))
    found = list(_definitions(code.body, "", ""))
    for function in found:
        if function.owner:
            output.methods.setdefault(function.owner, {})[function.node.name] = function
        else:
            output.functions.setdefault(function.node.name, function)
    _inherit(code, output)
    frame = Frame(output, {}, lists(_own_nodes(code.body)), follow)
    _safely(frame, code.body, None)
    assigned, entries, types = dict(output.assigned), dict(output.entries), dict(output.types)
    for function in found:
        output.assigned, output.entries, output.types = dict(assigned), dict(entries), dict(types)
        _scope(output, function)
    return output


def _imports(code: Code) -> dict[str, str]:
    """The usual name of each module that is imported under another, and of the file's other modules."""
    names: dict[str, str] = {}
    for node in ast.walk(code.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in _MODULES or alias.name in ("torch", "tensorflow"):
                    names[alias.asname or alias.name.partition(".")[0]] = _MODULES.get(alias.name, "torch")
    return names


def _definitions(body: Iterable[ast.stmt], owner: str, prefix: str, depth: int = 0) -> Iterator[Function]:
    """The functions of a block and those in them, in the order of the source."""
    for node in body if depth < DEEPEST * 4 else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(node, owner, prefix + node.name)
            yield from _definitions(node.body, "", f"{prefix}{node.name}.", depth + 1)
        elif isinstance(node, ast.ClassDef):
            yield from _definitions(node.body, node.name, f"{prefix}{node.name}.", depth + 1)
        else:
            for part in _STATEMENTS:
                yield from _definitions(getattr(node, part, None) or (), owner, prefix, depth + 1)


def _inherit(code: Code, output: Output) -> None:
    """A class has the methods of those classes of the file that it is made from."""
    for node in ast.walk(code.tree):
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                if isinstance(base, ast.Name) and base.id in output.methods:
                    own = output.methods.get(node.name, {})
                    output.methods[node.name] = {**output.methods[base.id], **own}


def _own_nodes(body: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """The nodes of a block, without those of the functions and classes in it."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def _lists_of(output: Output, function: Function) -> tuple[frozenset[str], frozenset[str]]:
    """The lists of a function, and the attributes that its class's methods use as lists."""
    own = lists(_own_nodes(function.node.body))
    others = [lists(_own_nodes(each.node.body)) for each in output.methods.get(function.owner, {}).values()]
    found, times = (own[place].union(*map(_attributes, (each[place] for each in others))) for place in (0, 1))
    return found, times


def _attributes(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if "." in name)


def _scope(output: Output, function: Function) -> None:
    """One function for itself, under its author's names."""
    node = function.node
    output.statements.append(Scope(function.name, output.code.span(node)))
    frame = Frame(output, {}, _lists_of(output, function), follow)
    first = _parameters(node)[:1]
    for name in _parameters(node):
        entity = Entity(*decompose(name))
        if entity in output.assigned:
            output.forget(entity)
    if function.owner and first:
        this = Entity(*decompose(first[0]))
        output.types[this] = function.owner
        _construct(frame, this, function)
    _safely(frame, node.body, node)


def _construct(frame: Frame, this: Entity, function: Function) -> None:
    """What `__init__` assigns to the object that the other methods share."""
    made = frame.output.methods.get(function.owner, {}).get("__init__")
    if made is None or function.node.name == "__init__" or not _parameters(made.node):
        return
    rebound = _rebound(made.node)
    given = {name: Entity(*decompose(name)) for name in _parameters(made.node) if name not in rebound}
    names = {**_locals(frame.output, made.node), **given}
    names[_parameters(made.node)[0]] = this
    _inside(frame, made, names)


def _safely(frame: Frame, body: list[ast.stmt], node: ast.stmt | None) -> None:
    try:
        run(frame, body)
    except RecursionError:
        span = frame.code.span(node) if node else frame.code.window.host(0, 0)
        frame.output.program.troubles.append(Trouble("SC104", span, {"what": "a function nested too deep"}))


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]


def _rebound(node: ast.AST) -> set[str]:
    """The names that a function binds as a whole."""
    names = (
        each for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store | ast.Del)
    )
    return {each.id for each in names}


def _locals(output: Output, node: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, Entity]:
    """Fresh names for all that is a function's own."""
    rest = [each.arg for each in (node.args.vararg, node.args.kwarg) if each]
    outside = {name for each in ast.walk(node) if isinstance(each, ast.Global | ast.Nonlocal) for name in each.names}
    own = dict.fromkeys((*_parameters(node), *rest, *sorted(_rebound(node) - outside)))
    return {name: output.fresh() for name in own}


def follow(frame: Frame, call: ast.Call) -> tuple[Entity, tuple[Node, ...]] | None:
    """Follow a call of one of the file's own functions, methods or classes: its result, and its arguments."""
    output = frame.output
    found = _called(frame, call.func)
    if found is None or output.is_spent or len(frame.calls) >= DEEPEST:
        return None
    function, this = found
    if function.name in frame.calls or _is_generator(function.node) or _has_stars(call):
        return None
    args = tuple(frame.reader.node(argument) for argument in call.args)
    keywords = {str(each.arg): frame.reader.node(each.value) for each in call.keywords}
    if isinstance(call.func, ast.Name) and function.node.name == "__init__":
        this = output.fresh()
        output.types[this] = call.func.id
    names = _bind(frame, function, call, args, keywords, this)
    result = _inside(frame, function, names)
    made = this if isinstance(call.func, ast.Name) and this else result
    return made, (*args, *keywords.values())


def _called(frame: Frame, function: ast.expr) -> tuple[Function, Entity | None] | None:
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


def _is_generator(node: ast.AST) -> bool:
    return any(isinstance(each, ast.Yield | ast.YieldFrom | ast.Await) for each in ast.walk(node))


def _has_stars(call: ast.Call) -> bool:
    return any(isinstance(each, ast.Starred) for each in call.args) or any(each.arg is None for each in call.keywords)


def _bind(
    frame: Frame,
    function: Function,
    call: ast.Call,
    args: tuple[Node, ...],
    keywords: dict[str, Node],
    this: Entity | None,
) -> dict[str, Entity]:
    """What the function's names stand for: an argument that is a name lends it, unless the function binds it anew."""
    output, node = frame.output, function.node
    names = _locals(output, node)
    rebound = _rebound(node)
    positional = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
    is_static = any(isinstance(each, ast.Name) and each.id == "staticmethod" for each in node.decorator_list)
    if function.owner and this and positional and not is_static:
        names[positional.pop(0)] = this
    given = dict(zip(positional, (*zip(call.args, args, strict=True),), strict=False))
    given |= {str(each.arg): (each.value, keywords[str(each.arg)]) for each in call.keywords if str(each.arg) in names}
    for name, (value, read) in given.items():
        entity = frame.entity(value)
        if entity and name not in rebound:
            names[name] = entity
        elif isinstance(value, ast.Tuple | ast.List | ast.Dict):
            with output.aside(silent=True) as (statements, _):
                store(frame, names[name], value)
            output.statements.extend(statements)
        else:
            take(frame, names[name], read)
    for name, default in _defaults(node):
        if name not in given and isinstance(default, ast.Constant):
            take(frame, names[name], frame.reader.node(default))
    return names


def _defaults(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[str, ast.expr]]:
    positional = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
    count = len(node.args.defaults)
    yield from zip(positional[len(positional) - count :], node.args.defaults, strict=True)
    for each, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        if default is not None:
            yield each.arg, default


def _inside(frame: Frame, function: Function, names: dict[str, Entity]) -> Entity:
    """The equations of a called function, silently; the name of what it returns."""
    output = frame.output
    inner = Frame(output, names, _lists_of(output, function), follow, (*frame.calls, function.name))
    for name in _parameters(function.node)[:1] if function.owner else ():
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
    for part in [part for part in output.entries if first.begins(part)]:
        indices: tuple[Index, ...] = part.indices[len(first.indices) :]
        if all(each.at(*indices) in output.entries for each in returns):
            output.set(result.at(*indices), Apply("join", tuple(name_of(each.at(*indices)) for each in returns)))
    return result
