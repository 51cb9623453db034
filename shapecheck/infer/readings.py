"""The other readings of a statement's signs: `*` as the matrix product, a product as elementwise, other groupings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from ..notations._signs import STARS
from ..notations._style import is_numpy
from ..ops import is_a, ops
from ..ops._axes import is_certainly_matrix
from ..shapes.dims import ONE, AnyDim, Shape, Var, prune
from ..syntax.nodes import Apply, Equation, Name, Node, Number, is_op, names_in, replace, walk, without
from ..values import NamedTuple
from ..values import replace as changed
from .facts import Checked, Fact

LIMIT = 8
"""How many other readings of a statement are tried: three ambiguous operators have eight."""


class OtherReading(NamedTuple):
    """Another reading of a statement: the facts that tell of it, and the operations that are read otherwise, by id."""

    equation: Equation
    doubts: tuple[Fact, ...]
    read: frozenset[int]


def readings(equation: Equation, usual: Checked) -> Iterator[OtherReading]:
    """Other readings of a statement, fewest changes first.

    Beside numpy's calls each sign means what it means there.
    """
    if is_numpy(equation.members):
        return
    changes = [change for node in walk(*equation.members) for change in _changes(node, usual)]
    for change in changes[:LIMIT]:
        yield from _read(equation, (change,), usual)
    yield from starred(equation)
    for pair in islice(combinations(changes, 2), max(LIMIT - len(changes), 0)):
        yield from _read(equation, pair, usual)


def _read(equation: Equation, changes: tuple[tuple[Apply, Apply], ...], usual: Checked) -> Iterator[OtherReading]:
    """A statement with some changes, if these can be made together."""
    other = _apply(equation, changes)
    if other is not None:
        doubts = tuple(fact for old, new in changes for fact in _told(old, new, usual))
        yield OtherReading(other, doubts, frozenset(id(new) for _, new in changes))


def starred(equation: Equation) -> Iterator[OtherReading]:
    """The reading in which every `*` is the matrix product: an author who writes it so once writes it so throughout."""
    doubts: list[Fact] = []

    def read(node: Node) -> Node:
        if type(node) is not Apply:
            return node
        args = tuple(map(read, node.args))
        if node.op == "hadamard" and node.sign.strip() in STARS:
            new = Apply("product", args, node.params, node.span, "", node.closed)
            doubts.append(Fact("reading", node, (node, new), words={"code": "SC402"}))
            return new
        return node if args == node.args else changed(node, args=args)

    members = tuple(map(read, equation.members))
    if len(doubts) > 1:
        products = frozenset(id(doubt.operands[1]) for doubt in doubts)
        yield OtherReading(Equation(members, equation.sign, equation.span), tuple(doubts), products)


def meanings(checked: Checked) -> Iterator[Fact]:
    """The signs of a statement whose meaning is worth a word, because many authors mean something else by them."""
    for node in walk(*checked.equation.members):
        reading = checked.readings.get(id(node), node.op if type(node) is Apply else "")
        if type(node) is Apply and node.op in ("power", "otimes") and reading != "power":
            shapes = tuple(checked.shapes.get(id(argument)) or () for argument in node.args)
            if node.op != "otimes" or reading != "kron" or all(map(_is_vector, shapes)):
                yield Fact("meaning", node, (node,), shapes, words={"reading": reading})


def _is_vector(shape: Shape) -> bool:
    return len(shape) == 2 and sum(prune(dim) is not ONE for dim in shape) == 1


def is_spread(checked: Checked, read: frozenset[int]) -> bool:
    """Whether what is read otherwise fits only by broadcasting: two wrongs make no right."""
    nodes = [node for node in walk(*checked.equation.members) if type(node) is Apply]
    if any(_spreads(node, read, checked) for node in nodes if is_a(node, "spreading")):
        return True
    is_open = checked.shapes.get(id(checked.equation.members[0])) is None or len(checked.equation.members) == 1
    return is_open and any(_meets_number(node, read, checked) for node in nodes if node.op == "add")


def _meets_number(node: Apply, read: frozenset[int], checked: Checked) -> bool:
    """Whether a product of two columns, read entry by entry, is added to a number: then it is meant as a number too."""
    shapes = [checked.shapes.get(id(part)) for part in node.args]
    numbers = [part for part, shape in zip(node.args, shapes, strict=True) if shape is not None and {*shape} <= {ONE}]
    terms = (without(part, "neg") for part in node.args)
    products = (part for part in terms if id(part) in read and type(part) is Apply and part.op == "hadamard")
    return any(type(part) is not Number for part in numbers) and any(map(_is_of_names, products))


def _is_of_names(node: Apply) -> bool:
    """Whether a product is one of names alone, as `b x` is; `a (1 - a)` is thought of in entries."""
    return all(type(factor) is Name for factor in node.args)


def _spreads(node: Apply, read: frozenset[int], checked: Checked) -> bool:
    """Whether an operand that holds one of these nodes is smaller than what comes out, and no number."""
    whole = checked.shapes.get(id(node))
    own = [part for part in node.args if any(id(below) in read for below in walk(part))]
    shapes = [tuple(map(prune, checked.shapes.get(id(part)) or ())) for part in own]
    return any(set(shape) != {ONE} and shape and shape != tuple(map(prune, whole or ())) for shape in shapes)


def sums(equation: Equation) -> Iterator[Equation]:
    """The readings of a Σ without its index: over the columns, over the rows, over all entries."""
    for node in walk(*equation.members):
        if type(node) is Apply and node.op == "sigma":
            for params in ({"axis": 1, "keepdims": True}, {"axis": 0, "keepdims": True}, {}):
                other = _apply(equation, ((node, Apply("sum", node.args, params, node.span)),))
                if other is not None:
                    yield other


def _apply(equation: Equation, changes: tuple[tuple[Apply, Apply], ...]) -> Equation | None:
    members = equation.members
    for old, new in changes:
        after = tuple(replace(member, old, new) for member in members)
        if all(a is b for a, b in zip(after, members, strict=True)):
            return None
        members = after
    return Equation(members, equation.sign, equation.span)


def _changes(node: Node, usual: Checked) -> Iterator[tuple[Apply, Apply]]:
    if type(node) is not Apply:
        return
    op = ops().get(node.op)
    for name in op.grace if op else ():
        several = len(node.args) > 1 or (op is not None and op.either)
        if several and name != usual.readings.get(id(node)) and _may_mean(node, name, usual):
            yield node, Apply(name, node.args, node.params, node.span, "", node.closed)
    yield from _pairs(node)
    yield from _groupings(node)
    yield from _by_blanks(node)
    if node.op == "concatenate" and "axis" not in node.params:
        yield node, Apply(node.op, node.args, {**node.params, "axis": 1}, node.span, node.sign, node.closed)


def _by_blanks(node: Apply) -> Iterator[tuple[Apply, Apply]]:
    """`[A B]` as blocks side by side, and as a product between brackets."""
    if node.op == "product" and node.closed and node.params.get("bracket"):
        yield node, Apply("block", node.args, {"rows": (len(node.args),)}, node.span, closed=True)
    if node.op == "block" and node.params.get("spaced"):
        places = iter(node.args)
        rows = [tuple(next(places) for _ in range(count)) for count in node.params["rows"]]
        products = tuple(Apply("product", row) for row in rows)
        whole = Apply("block", products, {"rows": (1,) * len(rows)}, node.span, closed=True)
        alone = Apply("product", rows[0], span=node.span, closed=True)
        yield node, alone if len(rows) == 1 else whole


def _may_mean(node: Apply, name: str, usual: Checked) -> bool:
    """Whether a sign may mean another operation: `*` the matrix product, `⊙` and its like never."""
    if node.op == "hadamard":
        return node.sign.strip() in STARS
    if node.op == "otimes" and not all(_is_vector(usual.shapes.get(id(argument)) or ()) for argument in node.args):
        return False
    if name == "outer":
        return True
    return name != "hadamard" or _alike(node, usual)


def _alike(node: Apply, usual: Checked) -> bool:
    """Whether the factors of a product have one shape, so that it may be an elementwise one (`A(1-A)`).

    Only of one example, an entry or a column, a known size is taken for one that is not known.
    """
    shapes = [usual.shapes.get(id(argument)) for argument in node.args]
    matrices = [shape for shape in shapes if shape]
    if any(is_op(argument, "transpose") for argument in node.args):
        return False
    return (
        len(matrices) > 1
        and None not in shapes
        and all(_may_be_one(shape, matrices[0], is_of_one_example(node)) for shape in matrices)
    )


def _may_be_one(left: Shape, right: Shape, is_example: bool) -> bool:
    pairs = [(prune(a), prune(b)) for a, b in zip(left, right, strict=False)]
    return len(left) == len(right) and all(a is b or _is_open(a, b, is_example) for a, b in pairs)


def _is_open(one: AnyDim, other: AnyDim, is_example: bool) -> bool:
    """Whether two sizes may be one, as neither is known."""
    unknown = (type(one) is Var) + (type(other) is Var)
    return unknown == 2 or (unknown == 1 and is_example)


def _pairs(node: Apply) -> Iterator[tuple[Apply, Apply]]:
    """`W * dZ * g'(Z)` as `W dZ * g'(Z)`: one sign of a row is the matrix product, the others are elementwise."""
    if node.op == "hadamard" and node.sign.strip() in STARS:
        for place in range(len(node.args) - 1 if len(node.args) > 2 else 0):
            pair = Apply("product", node.args[place : place + 2])
            args = (*node.args[:place], pair, *node.args[place + 2 :])
            yield node, Apply("hadamard", args, node.params, node.span, node.sign, node.closed)


def _groupings(node: Apply) -> Iterator[tuple[Apply, Apply]]:
    """The other ways to bracket a row of elementwise and matrix products."""
    if is_a(node, "multiplication"):
        for place, inner in enumerate(node.args):
            if is_a(inner, "row") and inner.op != node.op and not inner.closed:
                yield from _rotations(node, place, inner)


def _rotations(node: Apply, place: int, inner: Apply) -> Iterator[tuple[Apply, Apply]]:
    """`a * b C` as `(a * b) C`, `A b * c` as `A (b * c)`: the outer operation takes the nearest factor."""
    before, after = node.args[:place], node.args[place + 1 :]
    first, *rest = inner.args
    *front, last = inner.args
    if before and not after:
        outer = Apply(node.op, (*before, first), node.params, sign=node.sign)
        yield node, Apply(inner.op, (outer, *rest), inner.params, node.span, inner.sign, node.closed)
    if after and not before:
        outer = Apply(node.op, (last, *after), node.params, sign=node.sign)
        yield node, Apply(inner.op, (*front, outer), inner.params, node.span, inner.sign, node.closed)


def _is_doubtful(node: Apply, usual: Checked) -> bool:
    """Whether another reading is worth a word: a sign that may mean several things is none of the author's mistakes.

    What is written of one example is often thought of one entry: `y(i) log(a(i))`, `y log(a) + (1-y) log(1-a)`.
    """
    if node.op == "product" and (is_of_one_example(node) or _is_of_entries(node, usual)):
        return False
    op = ops().get(node.op)
    if is_a(node, "derivative", "joining") or node.params.get("bracket") or (op is not None and op.either):
        return False
    return not any(type(argument) is Apply and argument.op == "jacobian" for argument in node.args)


def _is_of_entries(node: Apply, usual: Checked) -> bool:
    """Whether a product is written as functions of numbers are: lower-case letters without an index, `a(1 - a)`.

    What is certainly a matrix is none; sums of arrays alone, `(x - z)(x - z)`, and a number in front, `2 x z`, are no
    function of numbers.
    """
    if any(is_certainly_matrix(usual.shapes.get(id(factor))) for factor in node.args):
        return False
    names = list(names_in(node))
    own = (part for factor in node.args if usual.shapes.get(id(factor)) != () for part in walk(factor))
    is_function = any(type(part) is not Name and not is_a(part, "multiplication", "sum") for part in own)
    return is_function and not any(name.indices or name.base[:1].isupper() for name in names)


def is_of_one_example(node: Node) -> bool:
    """Whether a part stands for the i-th example, as `y(i)` does."""
    names = names_in(node)
    return any(("(", "i") in name.indices for name in names)


def _told(old: Apply, new: Apply, usual: Checked) -> Iterator[Fact]:
    """What there is to say of another reading."""
    if _is_doubtful(old, usual):
        yield _doubt(old, new)
    elif old.op == "otimes":
        yield Fact("meaning", old, (new,), words={"reading": new.op})


def _doubt(old: Apply, new: Apply) -> Fact:
    is_sign = "hadamard" in (old.op, new.op) and "product" in (old.op, new.op)
    is_sign = is_sign and list(map(id, old.args)) == list(map(id, new.args))
    if old.op == new.op or is_sign:
        code = "SC403" if old.op == "product" != new.op else "SC402"
    else:
        code = "SC401" if "matmul" in (old.op, new.op) else "SC404"
    return Fact("reading", old, (old, new), words={"code": code})
