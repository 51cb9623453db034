"""Put a gradient that is used once into the line that uses it, as textbooks do: `dZ1 = W2.T dZ2 * g1'(Z1)`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from ..ops import every, is_a
from ..syntax.nodes import Apply, Name, Node, Number, is_op, keys_in, names_in, put_names, walk
from ..values import NamedTuple

_LONGEST = 12
"""The number of names and numbers up to which a line grows by what is put into it."""


class DerivedLine(NamedTuple):
    """A gradient: the variable's key, its name, its value."""

    of: str
    name: Name
    value: Node


def folded(lines: Sequence[DerivedLine], kept: Collection[str], simple: Callable[[Node], Node]) -> list[DerivedLine]:
    """The lines without those that are put into others.

    `kept` are the keys of variables that need a line, and of those whose name alone stays a line of its own.
    """
    waiting = list(lines)
    names = [names_of(line.value) for line in lines]
    found: list[DerivedLine] = []
    for place, line in enumerate(waiting):
        users = [later for later in range(place + 1, len(waiting)) if line.name.key in names[later]]
        put = None if line.of in kept else _put(line, {user: waiting[user] for user in users}, simple)
        if put is None:
            found.append(line)
            continue
        for user, changed in put.items():
            waiting[user], names[user] = changed, names_of(changed.value)
    return found


def _put(
    line: DerivedLine, users: Mapping[int, DerivedLine], simple: Callable[[Node], Node]
) -> dict[int, DerivedLine] | None:
    """The lines that use a line, with that put in; None if it is better left a line of its own."""
    if any(is_op(part, "scatter") for part in walk(line.value)):
        return None
    after = {
        place: user._replace(value=simple(put_names(user.value, {line.name.key: line.value})))
        for place, user in users.items()
    }
    if is_alias(line.value) or not users:
        return after
    if len(users) > 1:
        return None
    ((place, user),) = users.items()
    before, now = user.value, after[place].value
    return after if length(now) <= length(before) or _reads_well(line, before, now) else None


def names_of(node: Node) -> Counter[str]:
    """How often each name stands in a tree, by its key."""
    return Counter(keys_in(node))


def _reads_well(line: DerivedLine, user: Node, now: Node) -> bool:
    """Whether a value stands once in the line that uses it, as a factor or a term of it, and leaves that short."""
    return uses(user, line.name.key) == 1 and _stands_open(user, line.name.key) and length(now) <= _LONGEST


def uses(node: Node, key: str) -> int:
    """How often a name stands in a tree."""
    return sum(part.key == key for part in names_in(node))


def length(node: Node) -> int:
    """The number of names and numbers in a tree."""
    return sum(type(part) is not Apply for part in walk(node))


def is_alias(value: Node) -> bool:
    """Whether a value is a number, or a name with a coefficient."""
    if type(value) is Apply and value.op == "neg":
        return is_alias(value.args[0])
    if type(value) is Apply and value.op == "product":
        *factors, last = value.args
        return type(last) is Name and all(map(_is_coefficient, factors))
    return type(value) in (Name, Number) or (is_a(value, "ones"))


def _is_coefficient(node: Node) -> bool:
    return type(node) is Number or (
        type(node) is Apply and node.op == "divide" and all(type(part) is not Apply for part in node.args)
    )


def _stands_open(node: Node, key: str) -> bool:
    """Whether a name stands in a tree below sums and elementwise products alone."""
    if type(node) is Name:
        return node.key == key
    if type(node) is not Apply or not (node.op in every("arithmetic") & every("entrywise") or _scales(node)):
        return False
    return any(_stands_open(argument, key) for argument in node.args)


def _scales(node: Apply) -> bool:
    return node.op == "product" and all(map(_is_coefficient, node.args[:-1]))
