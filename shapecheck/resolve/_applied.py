"""Tell a declared name that is applied to arguments, `f(x)` or `h(t)`, from one that is a factor before a bracket."""

from __future__ import annotations

from ..ops import Op
from ..shapes.dims import ONE, Shape
from ..survey import at_step, function_of, indexed
from ..syntax.nodes import Apply, Name, Node
from ._functions import known_function
from ._resolver import Resolver

_WEIGHTS = frozenset("WU")


def is_value(resolver: Resolver, function: Name, args: list[Node]) -> bool:
    """Whether a declared name before a bracket is applied: so declared, to times, or defined in the text, `f(x) = …`.

    What only an equation applies, and what fits as a product, as `A(x) = b` does, is one; and so is `a(1 - a)`.
    """
    symbol = resolver.symbol(function)
    entry = resolver.table.stated.of(symbol) or resolver.table.noted.of(symbol)
    if entry is None or not args or resolver.notation.is_dotted:
        return False
    if symbol.key in resolver.reading.marks.applied:
        return True
    if symbol.key not in resolver.reading.marks.defined and not all(_is_time(resolver, argument) for argument in args):
        return False
    return not any(stands_in(function, argument) or _fits(resolver, entry.shape, argument) for argument in args)


def listed(resolver: Resolver, node: Apply) -> Name | None:
    """`z(2)` as a name, where such are declared and nothing says otherwise of this one; None of any other call.

    So is `y(k)` where an equation says what it is at each step, and nothing declares y.
    """
    function, marks = function_of(node), resolver.reading.marks
    if function is None or resolver.notation.is_dotted or not (marks.listed or marks.defined):
        return None
    symbol = resolver.symbol(function)
    is_else = resolver.is_function(function) or resolver.table.stated.of(symbol) is not None
    if symbol.key in marks.defined and not is_else and _is_time(resolver, node.args[1]):
        return at_step(node)
    if not marks.listed or (symbol.key not in marks.listed and is_else):
        return None
    return indexed(node)


def _is_time(resolver: Resolver, argument: Node) -> bool:
    """Whether an argument is a time, `t` or `t - 1`, or counts steps, and is nothing else that is known."""
    if type(argument) is Apply and argument.op == "add":
        argument = argument.args[0]
    return (
        type(argument) is Name
        and argument.text in resolver.reading.times
        and not resolver.table.is_known(resolver.symbol(argument))
    )


def _fits(resolver: Resolver, shape: Shape, argument: Node) -> bool:
    """Whether a matrix has as many columns as its argument, a name, has rows."""
    known = resolver.table.look_up(resolver.symbol(argument)) if type(argument) is Name else None
    columns = shape[-1] if len(shape) == 2 else ONE
    return known is not None and columns is not ONE and known.shape[:1] == (columns,)


def is_multiplied(resolver: Resolver, name: Name, argument: Node) -> bool:
    """Whether a capital before a sum is multiplied elsewhere too, and applied nowhere: `L (y - C x)` beside `L C`."""
    marks, symbol = resolver.reading.marks, resolver.symbol(name)
    is_array = name.base[:1].isupper() and name.base not in resolver.table.losses
    return is_array and type(argument) is Apply and argument.op == "add" and symbol.key in marks.factors - marks.defined


def stands_in(name: Name, node: Node) -> bool:
    """Whether a name stands in an expression as an operand, not as a function: it is a factor before it (`a(1-a)`)."""
    if type(node) is Name:
        return node == name
    if type(node) is not Apply:
        return False
    operands = node.args[1:] if node.op == "call" else node.args
    return any(stands_in(name, operand) for operand in operands)


def is_gate(resolver: Resolver, name: Name) -> bool:
    """Whether a name is a weight of one gate, the U_h of `U_h (r * h)` beside a `U_z`: a factor before a bracket."""
    own = resolver.symbol(name).base
    stem, below, _ = own.rpartition("_")
    others = (symbol.base for symbol in resolver.reading.by_key.values() if symbol.base != own)
    return stem in _WEIGHTS and bool(below) and any(other.startswith(f"{stem}_") for other in others)


def function_known(resolver: Resolver, name: Name) -> Op | None:
    """The function that everybody knows by a name; a T that an equation defines is a map, `T(x) = A x`."""
    op = known_function(name.text if name.indices else name.base)
    is_own = op is not None and op.is_a("transposition") and resolver.symbol(name).key in resolver.reading.marks.defined
    return None if is_own else op
