"""Terms as a tree again, in the order of textbooks: the coefficient, the product, the elementwise factors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ..ops import is_a
from ..syntax.nodes import Apply, Name, Node, Number, args_of, is_op
from ._terms import Factors, Power, Term, Terms


def tree(terms: Terms) -> Node:
    """The sum of terms as a tree; a term without a minus comes first where there is one."""
    if not terms:
        return Number("0")
    ordered = _positive_first([flipped(term) for term in terms])
    nodes = [_signed(term) for term in ordered]
    return nodes[0] if len(nodes) == 1 else Apply("add", tuple(nodes))


def _positive_first(terms: list[Term]) -> list[Term]:
    first = next((place for place, term in enumerate(terms) if term.number > 0), 0)
    return [terms[first], *terms[:first], *terms[first + 1 :]]


def flipped(term: Term) -> Term:
    """A negative term with its sign taken into a difference among its factors: `-(Y - A)` is `A - Y`."""
    if term.number > 0:
        return term
    for pool in (term.arrays, term.scalars):
        for name, (node, exponent) in pool.items():
            alone = len(term.arrays) + len(term.scalars) == 1 and term.number == -1
            turned = _turned(node, alone) if exponent % 2 else None
            if turned is not None:
                factors = {**pool, name: Power(turned, exponent)}
                arrays, scalars = (factors, term.scalars) if pool is term.arrays else (term.arrays, factors)
                return Term(-term.number, scalars, arrays)
    return term


def _turned(node: Node, alone: bool = False) -> Node | None:
    """The node with its sign turned in a difference within, any difference if it stands alone; None without one."""
    if type(node) is not Apply or not (node.op == "add" or is_a(node, "multiplication", "transposition", "total")):
        return None
    if node.op == "add":
        # `Y - A` reads as well with its signs turned, `1 - A` does not.
        is_difference = any(is_op(term, "neg") for term in node.args)
        return _opposite(node) if is_difference and (alone or type(node.args[0]) is not Number) else None
    for place, argument in enumerate(node.args):
        turned = _turned(argument)
        if turned is not None:
            return Apply(node.op, (*node.args[:place], turned, *node.args[place + 1 :]), node.params, sign=node.sign)
    return None


def _opposite(node: Apply) -> Apply:
    """A sum with each sign turned, a term without a minus first."""
    terms = [each.args[0] if is_op(each, "neg") else Apply("neg", (each,)) for each in node.args]
    first = next((place for place, term in enumerate(terms) if not is_op(term, "neg")), 0)
    return Apply("add", (terms[first], *terms[:first], *terms[first + 1 :]))


def _signed(term: Term) -> Node:
    node = product(term._replace(number=abs(term.number)))
    return Apply("neg", (node,)) if term.number < 0 else node


def product(term: Term) -> Node:
    """A term without a sign as a tree."""
    long = {name: factor for name, factor in term.scalars.items() if _is_long(factor)}
    above = [_power(factor) for factor in (*long.values(), *term.arrays.values()) if factor.exponent > 0]
    term = term._replace(scalars={name: factor for name, factor in term.scalars.items() if name not in long})
    below = [_power(factor) for factor in _below(term.arrays)]
    factor, divisors = coefficient(term.number, term.scalars)
    if not above:
        return _quotient(factor or Number("1"), [*divisors, *below])
    return _quotient(_scaled(factor, above), [*divisors, *below])


def _is_long(factor: Power) -> bool:
    """Whether a scalar is not a coefficient but what one stands before: a sum of all entries."""
    return factor.exponent == 1 and type(factor.node) is Apply and factor.node.op != "add"


def coefficient(number: Fraction, scalars: Factors) -> tuple[Node | None, list[Node]]:
    """The factor in front, `2`, `1/m` or `lam/m`, and the scalars that are too long for it and are divided by."""
    below = list(_below(scalars))
    divisors = [_power(factor) for factor in below if not _is_short(factor)]
    above = _with_number(number.numerator, [_power(each) for each in scalars.values() if each.exponent > 0])
    under = _with_number(number.denominator, [each.node for each in below if _is_short(each)])
    if not under:
        return _chain(above), divisors
    return Apply("divide", (_chain(above) or Number("1"), _chain(under) or Number("1"))), divisors


def _is_short(factor: Power) -> bool:
    return type(factor.node) is Name and factor.exponent == 1


def _with_number(number: int, nodes: list[Node]) -> list[Node]:
    return nodes if number == 1 else [Number(str(number)), *nodes]


def _chain(nodes: list[Node]) -> Node | None:
    return None if not nodes else nodes[0] if len(nodes) == 1 else Apply("product", tuple(nodes))


def _below(factors: Factors) -> Iterable[Power]:
    return (Power(node, -exponent) for node, exponent in factors.values() if exponent < 0)


def _power(factor: Power) -> Node:
    return factor.node if factor.exponent == 1 else Apply("power", (factor.node, Number(str(factor.exponent))))


def _scaled(factor: Node | None, arrays: Sequence[Node]) -> Node:
    """The elementwise product of arrays with a coefficient before the first."""
    first, *rest = arrays
    if factor is not None:
        factors = args_of(factor, "product")
        more = first.args if is_a(first, "product") else (first,)
        first = Apply("product", (*factors, *more))
    return Apply("hadamard", (first, *rest)) if rest else first


def _quotient(above: Node, below: Sequence[Node]) -> Node:
    if not below:
        return above
    under = below[0] if len(below) == 1 else Apply("hadamard", tuple(below))
    return Apply("divide", (above, under), sign=" / ")
