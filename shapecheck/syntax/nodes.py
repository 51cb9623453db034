"""The tree of a formula: names, numbers and one kind of application; a program is a list of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, TypeGuard

from ..text import Span
from ..values import NamedTuple, dataclass, field

NOWHERE = Span(0, 0)
ADDS_AT = "+=@"
"""The sign of `np.add.at(a, i, b)`: at a place that is named twice it adds twice, `+=` only once."""


class _NoParams(dict[str, Any]):
    """The empty mapping; hashable, as a dataclass default must be."""

    def __hash__(self) -> int:  # type: ignore[override]
        return 0


NO_PARAMS: Mapping[str, Any] = _NoParams()


class Index(NamedTuple):
    """One index or decoration of a name, as spelled: its kind and its text without blanks.

    Kinds: `[` layer in brackets, `(` round, `_` subscript, `^` bare superscript, `<` time, `"` key, `.` attribute.
    """

    kind: str
    text: str


@dataclass(slots=True)
class Name:
    """A name as its author wrote it: `base` and the indices that follow. `key` is its identity, set by `resolve`."""

    text: str = field(compare=False)
    base: str
    indices: tuple[Index, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)
    key: str = field(default="", compare=False)


@dataclass(slots=True)
class Number:
    """A number, as text: `2`, `0.01`, `1e-8`."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(slots=True)
class Apply:
    """An operation applied to its arguments.

    `sign` is how its author spelled it (`.T`, ` @ `, ` ⊙ `), empty for the notation's usual spelling; `closed` says
    that the span includes the author's own brackets around the whole.
    """

    op: str
    args: tuple[Node, ...]
    params: Mapping[str, Any] = NO_PARAMS
    span: Span = field(default=NOWHERE, compare=False)
    sign: str = field(default="", compare=False)
    closed: bool = field(default=False, compare=False)


Node: TypeAlias = Name | Number | Apply


def name_of(key: str) -> Name:
    """A settled name that is spelled as its key is."""
    return Name(key, key, key=key)


@dataclass(slots=True)
class Equation:
    """A statement that is checked: one expression, or the members of a chain `a = b = c`.

    `sign` is the first relation as spelled without blanks (`=`, `:=`, `+=`), empty for an expression alone.
    """

    members: tuple[Node, ...]
    sign: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(slots=True)
class Declaration:
    """`NAMES: SHAPE`; `shape` holds dimensions of `shapes.dims`. That of a `lone` dimension is a column's."""

    names: tuple[Node, ...]
    shape: tuple[Any, ...]
    span: Span = field(default=NOWHERE, compare=False)
    lone: bool = False


@dataclass(slots=True)
class Directive:
    """`@name rest`."""

    name: str
    rest: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(slots=True)
class Trouble:
    """Text that could not be read: the code of its finding, its place, and the words for the rule's message."""

    code: str
    span: Span
    words: Mapping[str, Any] = NO_PARAMS


@dataclass(slots=True)
class Scope:
    """The start of a function in a program: what was assigned since the first scope is forgotten.

    A method's `owner` is its class, and `this` what it calls its object.
    """

    name: str
    span: Span = field(default=NOWHERE, compare=False)
    owner: str = ""
    this: str = ""
    parameters: frozenset[str] = frozenset()


@dataclass(slots=True)
class Pairing:
    """Two things that have the same shape unless something contradicts it: an argument and its parameter.

    Without `sizes` they have only one rank. Where a call `is_trial` the sizes may be an example.
    """

    one: Name
    other: Node
    sizes: bool = True
    is_trial: bool = False
    span: Span = field(default=NOWHERE, compare=False)


Statement: TypeAlias = Equation | Declaration | Directive | Scope | Pairing


@dataclass(slots=True)
class Program:
    """The statements of one window in order, and the troubles: what could not be read."""

    statements: list[Statement] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def walk(*nodes: Node) -> Iterator[Node]:
    """Nodes and all their descendants in order, parents first."""
    waiting = [*reversed(nodes)]
    while waiting:
        node = waiting.pop()
        yield node
        if type(node) is Apply:
            waiting.extend(reversed(node.args))


def names_in(*nodes: Node) -> Iterator[Name]:
    """The names in some trees, in order."""
    return (node for node in walk(*nodes) if type(node) is Name)


def keys_in(*nodes: Node) -> list[str]:
    """The keys of the names in some trees, in order."""
    return [name.key for name in names_in(*nodes)]


def is_op(node: Node, op: str) -> TypeGuard[Apply]:
    """Whether a node applies an operation."""
    return type(node) is Apply and node.op == op


def without(node: Node, op: str) -> Node:
    """What an operation is applied to, or a node to which it is not: of `A.T` and `A` the `A`."""
    return node.args[0] if type(node) is Apply and node.op == op else node


def args_of(node: Node, op: str) -> tuple[Node, ...]:
    """What an operation is applied to, or a node alone to which it is not: the terms of a sum, or the only one."""
    return node.args if type(node) is Apply and node.op == op else (node,)


def with_args(node: Apply, args: Iterable[Node]) -> Apply:
    """An operation in its place with other arguments; itself where these are the same objects."""
    args = tuple(args)
    if all([after is before for after, before in zip(args, node.args, strict=True)]):
        return node
    return Apply(node.op, args, node.params, node.span, node.sign, node.closed)


def anew(node: Apply, args: Iterable[Node]) -> Apply:
    """An operation with other arguments, which stands nowhere then; itself where these are the same objects."""
    changed = with_args(node, args)
    return node if changed is node else Apply(node.op, changed.args, node.params, NOWHERE, node.sign)


def put(
    tree: Node, find: Callable[[Node], Node | None], above: Callable[[Apply, Iterable[Node]], Apply] = anew
) -> Node:
    """The tree with what `find` gives in place of a node; where it gives None it is asked about the arguments.

    Nodes that hold no change stay the same objects. Those above one have no span, or with `above=with_args` their own.
    """
    found = find(tree)
    if found is not None or type(tree) is not Apply:
        return tree if found is None else found
    return above(tree, [put(argument, find, above) for argument in tree.args])


def put_names(tree: Node, values: Mapping[str, Node | None]) -> Node:
    """The tree with other nodes in place of names, by their keys."""
    return put(tree, lambda node: values.get(node.key) if type(node) is Name else None)


def replace(tree: Node, old: Node, new: Node) -> Node:
    """The tree with the node `old` (itself, not its equals) replaced; what is above it has no span."""
    return put(tree, lambda node: new if node is old else None)


def unplaced(node: Node) -> Node:
    """The node as something that stands in no text: without spans, and without its author's signs."""
    if type(node) is Name:
        return Name(node.text, node.base, node.indices, NOWHERE, node.key)
    if type(node) is Number:
        return Number(node.text)
    assert type(node) is Apply
    params = {name: unplaced(value) if isinstance(value, Node) else value for name, value in node.params.items()}
    return Apply(node.op, tuple(map(unplaced, node.args)), params)
