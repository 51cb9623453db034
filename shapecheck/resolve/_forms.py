"""Settle products, transposes, superscripts, derivatives, primes and sums over an index."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..notations._signs import STARS
from ..notations._superscripts import MARKS
from ..shapes.dims import is_single, prune
from ..symbols import make
from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number
from ..text import Span
from ..values import replace
from ._calls import bracketed
from ._derivatives import derivative, hessian
from ._fractions import whole_fraction
from ._names import layered_name
from ._resolver import Resolver
from ._sums import sigma


def _product(resolver: Resolver, node: Apply) -> Node:
    """A product; factors that turn out to be products themselves join it."""
    if (circled := _circled(resolver, node)) is not None:
        return circled
    if (differential := _differential(resolver, node)) is not None:
        return differential
    args: list[Node] = []
    factors = whole_fraction(resolver, node.args) if len(node.args) > 1 else node.args
    for argument in _compounds(resolver, factors):
        settled = resolver.node(argument)
        if type(settled) is Apply and settled.op == "product" and not settled.closed:
            args.extend(settled.args)
        else:
            args.append(settled)
    if len(args) == 1 and not (node.closed and type(args[0]) is Apply):
        return args[0]
    if len(args) == 1 and type(inner := args[0]) is Apply:
        return Apply(inner.op, inner.args, inner.params, node.span, inner.sign, closed=True)
    return Apply("product", tuple(args), node.params, node.span, node.sign, node.closed)


def _differential(resolver: Resolver, node: Apply) -> Node | None:
    """`d log det A`: what stands after a d that is nothing else, as small changes of it."""
    first, *rest = node.args
    if type(first) is not Name or first.text != "d" or resolver.table.is_known(resolver.symbol(first)):
        return None
    if any(type(part) is Name for part in rest):
        return None
    inner = rest[0] if len(rest) == 1 else Apply("product", tuple(rest), NO_PARAMS, _span(tuple(rest)), node.sign)
    return Apply("differential", (resolver.node(inner),), NO_PARAMS, node.span, node.sign, node.closed)


def _circled(resolver: Resolver, node: Apply) -> Node | None:
    """`A o B`: the letter between factors as the sign `∘`, where it is not a known name; None if it is not one."""
    factors = [part for factor in node.args for part in _opened(factor)]
    places = [at for at, factor in enumerate(factors) if type(factor) is Name and factor.text == "o"]
    if not places or node.sign != " ":
        return None
    circle = factors[places[0]]
    if type(circle) is not Name or resolver.table.is_known(resolver.symbol(circle)):
        return None
    bounds = [-1, *places, len(factors)]
    rows = [tuple(factors[start + 1 : end]) for start, end in pairwise(bounds)]
    if not all(rows):
        return None
    parts = [row[0] if len(row) == 1 else Apply("product", row, NO_PARAMS, _span(row), " ") for row in rows]
    return resolver.node(Apply("hadamard", tuple(parts), NO_PARAMS, node.span, " o ", node.closed))


def _opened(factor: Node) -> tuple[Node, ...]:
    """`o (x)` as the letter and what stands in the bracket after it."""
    is_call = type(factor) is Apply and factor.op == "call" and factor.sign == " " and len(factor.args) == 2
    if not is_call or type(factor) is not Apply or type(name := factor.args[0]) is not Name or name.text != "o":
        return (factor,)
    return name, bracketed(factor.args[1], Span(name.span.end + 1, factor.span.end))


def _span(row: tuple[Node, ...]) -> Span:
    return Span(row[0].span.start, row[-1].span.end)


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
    """Two words that are one name: one that is declared so, or a change of something, `Δ W`."""
    if first.base == "Δ" and not first.indices and not resolver.table.is_known(resolver.symbol(first)):
        span = first.span._replace(end=second.span.end)
        return Name(f"Δ {second.text}", f"Δ{second.base}", second.indices, span)
    found = Name(f"{first.text} {second.text}", first.base + second.base, second.indices, first.span)
    if first.indices or resolver.symbol(found).key not in resolver.table.composed:
        return None
    return Name(found.text, found.base, found.indices, first.span._replace(end=second.span.end))


def _postfix(resolver: Resolver, node: Apply) -> Node:
    """A postfix sign after a run of factors belongs to the last of them: `QK^T` is Q times K^T."""
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
    """A transpose; a bare superscript under it is a layer (`W²ᵀ`), unless the name alone is a square matrix."""
    inner = node.args[0]
    if type(inner) is Apply and inner.op == "superscript" and type(inner.args[0]) is Name:
        layered = layered_name(inner)
        if layered is not None and _is_layer(resolver, layered, inner):
            return Apply("transpose", (resolver.name(layered),), NO_PARAMS, node.span, node.sign, node.closed)
    return _postfix(resolver, node)


def _is_layer(resolver: Resolver, layered: Name, node: Apply) -> bool:
    """Whether a bare superscript below a transpose is a layer: no power of a square matrix that is known without it."""
    name, exponent = node.args
    if exponent in MARKS and type(name) is Name:
        return resolver.is_variable(layered) or not resolver.is_variable(name)
    if type(name) is not Name or type(exponent) is not Number:
        return True
    entry = resolver.table.look_up(resolver.symbol(name))
    is_square = entry is not None and len(entry.shape) == 2 and prune(entry.shape[0]) is prune(entry.shape[1])
    return resolver.superscripts_are_layers or resolver.is_variable(layered) or not is_square


def _superscript(resolver: Resolver, node: Apply) -> Node:
    """A bare superscript: a layer where the assigned name carries one or the name is stated with it, else a power."""
    layered = layered_name(node)
    if layered is not None and (resolver.superscripts_are_layers or _is_named(resolver, layered)):
        return resolver.name(layered)
    name, exponent = node.args
    if type(exponent) is Name and exponent in MARKS and type(name) is Name:
        return _marked(resolver, node, name, exponent, layered)
    return power(resolver, node)


def _marked(resolver: Resolver, node: Apply, name: Name, mark: Name, whole: Name | None) -> Node:
    """`A⁺` of a known matrix is its pseudoinverse; `x̂⁻`, and `J⁺` of a number, are names. In a run the last has it."""
    inner = resolver.name(name)
    if type(inner) is Apply and inner.op == "product":
        *front, last = inner.args
        span = node.span._replace(start=last.span.start)
        settled = _superscript(resolver, Apply("superscript", (last, mark), NO_PARAMS, span, node.sign))
        return Apply("product", (*front, settled), NO_PARAMS, node.span, closed=node.closed)
    entry = resolver.table.look_up(resolver.symbol(name))
    if mark.text != "-" and resolver.is_variable(name) and (entry is None or entry.shape):
        return Apply("pinv", (inner,), NO_PARAMS, node.span, node.sign, node.closed)
    return resolver.name(whole or name)


def power(resolver: Resolver, node: Apply) -> Node:
    """A power: of a square matrix by repeated products in mathematics, entry by entry in code, and by `.^`."""
    base, exponent = node.args
    if type(exponent) is Name and exponent in MARKS:
        return _postfix(resolver, Apply("pinv", (base,), NO_PARAMS, node.span, node.sign, node.closed))
    if type(exponent) is Name and exponent.text in ("t", "H") and _transposes(resolver, base, exponent.text):
        return _transpose(resolver, Apply("transpose", (base,), NO_PARAMS, node.span, node.sign, node.closed))
    by_entries = node.sign[:2] in ("**", ".^") or node.sign[:1].isalpha()
    op = "matrix_power" if resolver.notation.is_dotted and not by_entries else "power"
    sign = node.sign or ("^" if node.op == "superscript" else "")
    return _postfix(resolver, Apply(op, node.args, NO_PARAMS, node.span, sign, node.closed))


def _transposes(resolver: Resolver, base: Node, letter: str) -> bool:
    """Whether `^t` or `^H` is a transpose: of an array, where the letter is not a number and no t counts time.

    An array is no exponent: `H^H` is the conjugate transpose of a channel matrix; and where nothing is known of H or
    of what it stands above, nobody raises an array to it.
    """
    own = resolver.table.own(make(letter))
    is_array = letter == "H" and own is not None and own.shape != ()
    if (
        (resolver.table.is_known(make(letter)) and not is_array)
        or resolver.notation.is_program
        or (letter == "t" and resolver.is_timed)
    ):
        return False
    if type(base) is not Name:
        return type(base) is Apply and base.closed
    entry = resolver.table.look_up(resolver.symbol(base))
    return letter == "H" if entry is None else not is_single(entry.shape)


def _is_named(resolver: Resolver, layered: Name) -> bool:
    """Whether a name is stated with its bare superscript, `W²: 3 x 4`, or is assigned, or derived by, with it alone."""
    key = resolver.symbol(layered).key
    whole = replace(layered, indices=layered.indices[:-1])
    return key in resolver.table.composed or (key in resolver.reading.marks.raised and not resolver.is_variable(whole))


def _prime(resolver: Resolver, node: Apply) -> Node:
    """A prime that stands before no bracket: part of a name, a transpose, or of a function its derivative."""
    if (name := resolver.primed(node)) is not None:
        return resolver.name(name)
    inner = node.args[0]
    if type(inner) is Apply and inner.op == "derivative" and not inner.closed:
        above, below = inner.args
        whole = Apply("prime", (below,), NO_PARAMS, below.span._replace(end=node.span.end), node.sign)
        if resolver.primed(whole) is not None:
            return derivative(resolver, Apply("derivative", (above, whole), inner.params, node.span, inner.sign))
    if resolver.is_function(node.args[0]):
        return Apply("unknown", (), {"name": "derivative"}, node.span)
    return _postfix(resolver, Apply("transpose", node.args, NO_PARAMS, node.span, node.sign or "'", node.closed))


def _hadamard(resolver: Resolver, node: Apply) -> Node:
    """`δ ⊙ (a)'`: after a sign of the elementwise product what is primed is a derivative, if its shape fits."""
    if resolver.notation.is_code or node.sign.strip() in STARS:
        return resolver.rebuild(node)
    args = [_primed_factor(resolver, argument) or resolver.node(argument) for argument in node.args]
    return Apply(node.op, tuple(args), node.params, node.span, node.sign, node.closed)


def _primed_factor(resolver: Resolver, node: Node) -> Node | None:
    if type(node) is not Apply or node.op != "prime" or resolver.is_function(node.args[0]) or resolver.primed(node):
        return None
    return Apply("primed", (resolver.node(node.args[0]),), NO_PARAMS, node.span, node.sign or "'", node.closed)


FORMS = {
    "hadamard": _hadamard,
    "product": _product,
    "transpose": _transpose,
    "inverse": _postfix,
    "power": power,
    "superscript": _superscript,
    "derivative": derivative,
    "hessian": hessian,
    "prime": _prime,
    "sigma": sigma,
}
