"""Settle products, transposes, superscripts, derivatives, primes and sums over an index."""

from __future__ import annotations

from collections.abc import Iterator

from ..shapes.dims import ONE, prune
from ..symbols import make
from ..syntax.nodes import NO_PARAMS, Apply, Index, Name, Node, Number
from ._resolver import Resolver
from ._sums import sigma

_LOSSES = frozenset(("J", "L", "E", "C", "ℓ", "ℒ", "l", "loss", "cost", "Loss", "Cost", "MSE", "CE", "BCE"))


def _product(resolver: Resolver, node: Apply) -> Node:
    """A product; factors that turn out to be products themselves join it."""
    args: list[Node] = []
    for argument in _compounds(resolver, node.args) if resolver.table.composed else node.args:
        settled = resolver.node(argument)
        if type(settled) is Apply and settled.op == "product" and not settled.closed:
            args.extend(settled.args)
        else:
            args.append(settled)
    if len(args) == 1:
        return args[0]
    return Apply("product", tuple(args), node.params, node.span, node.sign, node.closed)


def _compounds(resolver: Resolver, factors: tuple[Node, ...]) -> Iterator[Node]:
    """The factors, those that are declared as one name of two words, `δ o_t`, as one."""
    waiting = list(factors)
    while waiting:
        first = waiting.pop(0)
        second = waiting[0] if waiting else None
        whole = _compound(resolver, first, second) if type(first) is Name and type(second) is Name else None
        if whole is not None:
            waiting.pop(0)
        yield whole or first


def _compound(resolver: Resolver, first: Name, second: Name) -> Name | None:
    found = Name(f"{first.text} {second.text}", first.base + second.base, second.indices, first.span)
    if first.indices or resolver.symbol(found).key not in resolver.table.composed:
        return None
    return Name(found.text, found.base, found.indices, first.span._replace(end=second.span.end))


def _postfix(resolver: Resolver, node: Apply) -> Node:
    """A postfix sign behind a run of factors belongs to the last of them: `QK^T` is Q times K^T."""
    inner = resolver.node(node.args[0])
    original = node.args[0]
    run = type(original) is Name or (type(original) is Apply and original.op == "call" and not original.closed)
    if run and type(inner) is Apply and inner.op == "product":
        *front, last = inner.args
        span = node.span._replace(start=_start(last, original), end=node.span.end - node.closed)
        applied = Apply(node.op, (last, *map(resolver.node, node.args[1:])), node.params, span, node.sign)
        return Apply("product", (*front, applied), NO_PARAMS, node.span, closed=node.closed)
    return Apply(node.op, (inner, *map(resolver.node, node.args[1:])), node.params, node.span, node.sign, node.closed)


def _start(last: Node, run: Node) -> int:
    """Where the last factor of a run begins: in `δ (a)^T`, with the bracket around a."""
    if type(run) is not Apply or type(last) is Apply:
        return last.span.start
    return run.args[0].span.end + len(run.sign)


def _transpose(resolver: Resolver, node: Apply) -> Node:
    """A transpose; a bare superscript under it is a layer (`W²ᵀ`)."""
    inner = node.args[0]
    if type(inner) is Apply and inner.op == "superscript" and type(inner.args[0]) is Name:
        layered = layered_name(inner)
        if layered is not None:
            return Apply("transpose", (resolver.name(layered),), NO_PARAMS, node.span, node.sign, node.closed)
    return _postfix(resolver, node)


def _superscript(resolver: Resolver, node: Apply) -> Node:
    """A bare superscript: a layer where the assigned name carries one or the name is stated with it, else a power."""
    layered = layered_name(node)
    if layered is not None and (resolver.superscripts_are_layers or _is_stated(resolver, layered)):
        return resolver.name(layered)
    power = Apply("power", node.args, NO_PARAMS, node.span, node.sign, node.closed)
    return _postfix(resolver, power)


def layered_name(node: Apply) -> Name | None:
    """The name with its bare superscript as a layer."""
    name, exponent = node.args
    text = exponent_text(exponent)
    if type(name) is not Name or text is None:
        return None
    spelled = name.text + node.sign if node.sign else f"{name.text}^{text}"
    return Name(spelled, name.base, (*name.indices, Index("[", text)), node.span)


def _is_stated(resolver: Resolver, name: Name) -> bool:
    """Whether a name is stated with its bare superscript, as `W²: 3 x 4` does."""
    return resolver.symbol(name).key in resolver.table.composed


def exponent_text(node: Node) -> str | None:
    """A layer's text for an exponent: `2`, `l`, `l-1`; None for any other."""
    if type(node) is Number and node.text.isdecimal():
        return node.text
    if type(node) is Name:
        return node.text if not node.indices else None
    if type(node) is Apply and node.op in ("add", "neg"):
        parts = [exponent_text(argument) for argument in node.args]
        if None in parts:
            return None
        return "-" + str(parts[0]) if node.op == "neg" else "+".join(map(str, parts)).replace("+-", "-")
    return None


def _derivative(resolver: Resolver, node: Apply) -> Node:
    """`∂P/∂Q`: the gradient of Q where P is a loss, else a Jacobian."""
    numerator, variable = node.args
    if type(numerator) is Apply:
        numerator = layered_name(numerator) or numerator if numerator.op == "superscript" else numerator
    if type(variable) is Apply and variable.op == "superscript":
        variable = layered_name(variable) or variable
    if type(variable) is Apply and variable.op == "transpose":
        inner = Apply("derivative", (numerator, variable.args[0]), node.params, node.span, node.sign)
        return Apply("transpose", (_derivative(resolver, inner),), NO_PARAMS, node.span)
    if type(variable) is not Name:
        return resolver.rebuild(node)
    if type(numerator) is Name and (stated := jacobian_name(resolver, node, numerator, variable)):
        return stated
    if _is_loss(resolver, numerator):
        symbol = resolver.symbol(variable)
        gradient = Name(node.sign, "d" + symbol.base, variable.indices, node.span)
        key = resolver.reading.gradient(symbol).key
        return Name(gradient.text, gradient.base, gradient.indices, node.span, key)
    above, below = resolver.node(numerator), resolver.node(variable)
    elementwise = node.params.get("elementwise", False) or _is_activation(resolver, above, below)
    params = {"elementwise": True} if elementwise else NO_PARAMS
    return Apply("jacobian", (above, below), params, node.span, node.sign)


def jacobian_name(resolver: Resolver, node: Apply, numerator: Name, variable: Name, stated: bool = True) -> Name | None:
    """`∂h/∂x` as a name of its own; None where it has to be `stated` and its shape is not."""
    key = f"∂{resolver.symbol(numerator).key}/∂{resolver.symbol(variable).key}"
    if stated and key not in resolver.table.stated:
        return None
    resolver.reading.by_key.setdefault(key, make(key))
    return Name(node.sign, key, (), node.span, key)


def _is_activation(resolver: Resolver, numerator: Node, variable: Node) -> bool:
    """Whether a derivative is that of a layer's activation by what it is applied to: ∂A/∂Z."""
    if type(numerator) is not Name or type(variable) is not Name:
        return False
    if variable.key in resolver.table.entrywise.get(numerator.key, ()):
        return True
    applied = resolver.table.applied.get(numerator.key)
    if applied is not None:
        return applied == (variable.key, True)
    return (numerator.base, variable.base) in (("A", "Z"), ("a", "z")) and numerator.indices == variable.indices


def _is_loss(resolver: Resolver, node: Node) -> bool:
    """Whether a derivative's numerator is a scalar: a known letter for a loss, or a name that is a scalar here."""
    if type(node) is not Name:
        return False
    symbol = resolver.symbol(node)
    entry = resolver.table.look_up(symbol)
    if entry is not None and (symbol.base not in _LOSSES or resolver.table.stated.of(symbol)):
        return all(prune(dim) is ONE for dim in entry.shape)
    return symbol.base in _LOSSES or symbol.base.split("_")[0] in _LOSSES or symbol.base in resolver.table.losses


def _prime(resolver: Resolver, node: Apply) -> Node:
    """A prime that stands before no bracket: a transpose behind an array, else a derivative without its argument."""
    if resolver.is_function(node.args[0]):
        return Apply("unknown", (), {"name": "derivative"}, node.span)
    return _postfix(resolver, Apply("transpose", node.args, NO_PARAMS, node.span, node.sign or "'", node.closed))


FORMS = {
    "product": _product,
    "transpose": _transpose,
    "inverse": _postfix,
    "power": _postfix,
    "superscript": _superscript,
    "derivative": _derivative,
    "prime": _prime,
    "sigma": sigma,
}
