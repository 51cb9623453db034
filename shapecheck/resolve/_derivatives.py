"""Settle derivatives: the gradient of a loss is a name, any other one an operation on what is written out."""

from __future__ import annotations

from ..ops import is_a
from ..ops.activations import known
from ..shapes.dims import is_single
from ..survey import is_log
from ..symbols import SECOND, make
from ..syntax.nodes import NO_PARAMS, Apply, Index, Name, Node, names_in
from ..values import replace
from ..vocabulary import DENSITIES, LOSSES, SELDOM_LOSSES
from ._functions import known_function
from ._names import layered_name
from ._resolver import Resolver

_LAYERED = {"a": "zaδ", "A": "ZAδ"}
"""The names of layers beside which a plain name is the activation of the last one."""


def derivative(resolver: Resolver, node: Apply) -> Node:
    """`∂P/∂Q`: the gradient of Q where P is a loss, else a Jacobian."""
    numerator, variable = map(_layered, node.args)
    variable = resolver.primed(variable) or variable
    if type(variable) is Apply and variable.op in ("transpose", "prime"):
        inner = Apply("derivative", (numerator, variable.args[0]), node.params, node.span, node.sign)
        return Apply("transpose", (derivative(resolver, inner),), NO_PARAMS, node.span)
    if type(variable) is Apply and variable.op == "call" and variable.args[0] == Name("vec", "vec"):
        sides = resolver.node(numerator), resolver.node(variable)
        return Apply("jacobian", sides, NO_PARAMS, node.span, node.sign, node.closed)
    if type(variable) is not Name:
        return resolver.rebuild(node)
    if is_a(numerator, "contraction") and _is_of_first(resolver, numerator, variable):
        return _times(resolver, node, numerator, variable)
    if node.sign == "∇" and _is_apart(resolver, numerator, variable):
        span = node.span._replace(end=numerator.span.start)
        factors = numerator.args if is_a(numerator, "contraction") else (numerator,)
        gradient = _gradient(resolver, replace(node, span=span), variable)
        return Apply("product", (gradient, *map(resolver.node, factors)), NO_PARAMS, node.span)
    function = _function(resolver, numerator)
    if function is not None and (stated := jacobian_name(resolver, node, function, variable)):
        return stated
    is_number = function is not None and is_loss(resolver, function) and not resolver.symbol(function).component
    if is_number or (function is not None and _is_likelihood(resolver, numerator, function)):
        return _gradient(resolver, node, variable)
    if function is not None and _is_anyones(resolver, function) and (resolver.supposes or node.sign == "∇"):
        whole = _gradient(resolver, node, variable)
        return whole if node.sign == "∇" else Apply("supposed", (whole,), NO_PARAMS, node.span, node.sign)
    above, below = resolver.node(function or numerator), resolver.node(variable)
    elementwise = node.params.get("elementwise", False) or _is_activation(resolver, above, below)
    elementwise = elementwise or _is_entrywise(above, below)
    params = {"elementwise": True} if elementwise else NO_PARAMS
    return Apply("jacobian", (above, below), params, node.span, node.sign)


def _layered(node: Node) -> Node:
    """A name with a bare superscript as one with a layer."""
    return layered_name(node) or node if type(node) is Apply and node.op == "superscript" else node


def _gradient(resolver: Resolver, node: Apply, variable: Name) -> Name:
    """The gradient of a variable, as a name."""
    symbol = resolver.symbol(_with_last_layer(resolver, variable))
    key = resolver.reading.gradient(symbol).key
    return Name(node.sign, "d" + symbol.base, variable.indices, node.span, key)


def _with_last_layer(resolver: Resolver, variable: Name) -> Name:
    """The a of `∇_a C` as a^L in a text that has z^L or a^L, and gives no plain a."""
    last = Index("[", "L")
    layered = {f"{base}[L]" for base in _LAYERED.get(variable.base, "")} & resolver.reading.by_key.keys()
    symbol = resolver.symbol(variable)
    if variable.indices or not layered or symbol.key in resolver.table.will_be_assigned:
        return variable
    return variable if resolver.table.stated.of(symbol) else replace(variable, indices=(last,))


def _is_anyones(resolver: Resolver, function: Name) -> bool:
    """Whether nothing at all is known of what is derived: it is a number, if that fits (`∂f/∂x = 2 A x`)."""
    symbol = resolver.symbol(function)
    return resolver.table.look_up(symbol) is None and not resolver.table.is_known(symbol)


def _function(resolver: Resolver, numerator: Node) -> Name | None:
    """The name that is derived: of `f(x)` and `log p(x)` that of the function; None if something is written out."""
    if type(numerator) is Apply and numerator.op == "call" and not numerator.params:
        name, of = numerator.args[0], numerator.args[-1]
        if is_log(name) and type(of) is Apply and of.op == "call":
            return _function(resolver, of)
        if type(name) is not Name:
            return None
        is_known = known_function(name.base) is not None or known(name.base) is not None
        is_own = not is_known and not resolver.is_variable(name)
        return name if is_own or is_loss(resolver, name) else None
    return numerator if type(numerator) is Name and not resolver.is_run(numerator) else None


def _is_likelihood(resolver: Resolver, numerator: Node, function: Name) -> bool:
    """Whether what is derived is the logarithm of a density of which no shape is known, `log p(y | θ)`."""
    is_logarithm = type(numerator) is Apply and numerator.op == "call" and is_log(numerator.args[0])
    return is_logarithm and function.base in DENSITIES and _is_anyones(resolver, function)


def _is_of_first(resolver: Resolver, row: Apply, variable: Name) -> bool:
    """Whether of a product only the first factor is derived, a loss: `∇_W L X`."""
    first = _function(resolver, row.args[0])
    return not row.closed and first is not None and is_loss(resolver, first) and first.base != variable.base


def _is_apart(resolver: Resolver, numerator: Node, variable: Name) -> bool:
    """Whether `∇_c α^T` is a product: `∇_c` stands alone elsewhere, and what stands after it here has no c in it.

    A name alone may be a function; one that another equation gives, or a declaration, is an array, if it is not a loss.
    """
    key = resolver.reading.gradient(resolver.symbol(variable)).key
    if key not in resolver.table.used or (type(numerator) is Apply and numerator.closed):
        return False
    if type(numerator) is Name:
        symbol = resolver.symbol(numerator)
        is_given = symbol.key in resolver.table.will_be_assigned or bool(resolver.table.stated.of(symbol))
        return is_given and not is_loss(resolver, numerator)
    names = [node.base for node in names_in(resolver.node(numerator))]
    is_row = is_a(numerator, "contraction", "transposition") or (
        type(numerator) is Apply and numerator.op == "superscript"
    )
    return is_row and variable.base not in names


def _times(resolver: Resolver, node: Apply, row: Apply, variable: Name) -> Node:
    """A gradient times the factors after it."""
    first, *rest = row.args
    span = node.span._replace(end=first.span.end)
    factor = derivative(resolver, Apply("derivative", (first, variable), node.params, span, node.sign))
    return Apply(row.op, (factor, *map(resolver.node, rest)), row.params, node.span, row.sign)


def jacobian_name(resolver: Resolver, node: Apply, numerator: Name, variable: Name, stated: bool = True) -> Name | None:
    """`∂h/∂x` as a name of its own; None if it has to be `stated` and its shape is not."""
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


def _is_entrywise(above: Node, below: Node) -> bool:
    """Whether a function of each entry is derived by what it is applied to: `∂σ(x)/∂x`."""
    if type(above) is not Apply or above.op == "neg" or above.args != (below,):
        return False
    return is_a(above, "function")


def is_loss(resolver: Resolver, node: Node) -> bool:
    """Whether what is derived is a number: by its name, or as a scalar here."""
    if type(node) is not Name:
        return False
    symbol = resolver.symbol(node)
    entry = resolver.table.look_up(symbol)
    if entry is not None and (symbol.base not in LOSSES or resolver.table.stated.of(symbol)):
        return is_single(entry.shape)
    if symbol.base in SELDOM_LOSSES - resolver.table.losses and symbol.key in resolver.table.will_be_assigned:
        return False
    return symbol.base in LOSSES or symbol.base.split("_")[0] in LOSSES or symbol.base in resolver.table.losses


def hessian(resolver: Resolver, node: Apply) -> Node:
    """`∇²f(x)`, `∂²f/∂x∂y`: of the number that is derived only its variables matter; `∇²f` alone is a name."""
    function, *variables = node.args
    if not variables and type(function) is Name:
        key = SECOND + resolver.symbol(function).key
        resolver.reading.by_key.setdefault(key, make(key))
        return Name("∇²", key, (), node.span, key)
    written = () if _function(resolver, function) is not None else (function,)
    return Apply("hessian", tuple(map(resolver.node, (*written, *variables))), NO_PARAMS, node.span)
