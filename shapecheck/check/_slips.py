"""Gradients that are slips of the pen: their trace is their own alone, and one change away from that of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..syntax.nodes import NOWHERE, Apply, Equation, Node
from ..values import replace
from ._products import is_transpose
from ._traces import Factor, Product, Row, Trace, adjoint, traces, turned

if TYPE_CHECKING:
    from ..suggest._edits import Spelling

MOST = 3
"""How many formulas that say the same are held: of one of them, another, and one that bears that out."""
Change = dict[int, Node]
"""What stands in the place of nodes, by their ids."""


class Slip(NamedTuple):
    """A wrong gradient, the formulas that say so, and what makes it right."""

    product: Product
    witnesses: tuple[Product, ...]
    change: Change

    @property
    def witness(self) -> Product:
        """The formula that says so most plainly: the product itself, if it stands there."""
        return min(self.witnesses, key=lambda product: product.is_backward)

    def title(self, spelling: Spelling) -> str:
        """What is done to make it right."""
        changed = [factor.node for factor in self.product.factors if id(factor.node) in self.change]
        if len(self.change) > 1 or not changed:
            return "swap the factors" if len(self.change) == len(changed) == 2 else "take the products the right way"
        (old,) = changed
        new = self.change[id(old)]
        if type(old) is Apply and old.args[0] is new:
            return f"drop the transpose of {spelling.write(new)}"
        return f"transpose {spelling.write(old)}"

    @property
    def fixed(self) -> Equation:
        """The statement as it should be."""
        equation = self.product.checked.equation
        return replace(equation, members=tuple(self.put(member) for member in equation.members))

    def put(self, node: Node) -> Node:
        """A tree as it should be."""
        if id(node) in self.change or type(node) is not Apply:
            return self.change.get(id(node), node)
        args = tuple(map(self.put, node.args))
        if all(after is before for after, before in zip(args, node.args, strict=True)):
            return node
        return Apply(node.op, args, node.params, NOWHERE, node.sign)


class Told:
    """What the products of a section say, by the names of their arrays, and of all but one of them."""

    def __init__(self, found: Iterable[Product], has_symmetric: bool) -> None:
        self._has_symmetric = has_symmetric
        self._vectors: set[str] = set()
        self._by_names: dict[frozenset[str], list[tuple[Product, Trace]]] = {}
        self._are_rows = False
        self._lying: set[str] = set()
        said: Counter[Hashable] = Counter()
        all_of_them = [(product, trace) for product in found for trace in traces(product)]
        for product, trace in all_of_them:
            names = trace.names
            if product.node.op == "outer":
                self._vectors.update(factor.key for factor in product.factors)
            self._lying.update(factor.name for factor in product.factors if factor.is_turned or factor.is_gradient)
            self._lying.add(trace.of)
            saying = _saying(product, trace)
            said[saying] += 1
            if len(names) == len(trace.body) and said[saying] <= MOST:
                for some in (names, *(names - {name} for name in names)):
                    self._by_names.setdefault(some, []).append((product, trace))
        rows = [self._in_rows(*each) for each in all_of_them]
        self._are_rows = True in rows or len([each for each in rows if each is False]) > 1

    def slip(self, product: Product) -> Slip | None:
        """What is wrong with a gradient, if all formulas that speak of its product contradict it, in the same way."""
        against: list[Slip] = []
        for trace in traces(product):
            for other, told in self._of_same(product, trace):
                if self._agree(trace, told):
                    return None
                change = self._change(product, trace, told.body, other)
                if change and self._is_believed(other, told, product, trace):
                    against.append(Slip(product, (other,), change))
        is_one = all(slip.fixed == against[0].fixed for slip in against)
        witnesses = tuple(slip.witness for slip in against)
        return against[0]._replace(witnesses=witnesses) if against and is_one else None

    def _of_same(self, product: Product, trace: Trace) -> Iterator[tuple[Product, Trace]]:
        """The other products of the same arrays, in the same kind of text."""
        for other, told in self._by_names.get(trace.names, ()):
            is_other = other.line.number != product.line.number
            is_other = is_other and other.is_code is product.is_code and other.owner == product.owner
            if is_other and len(told.body) == len(trace.body) and _is_same_seed(trace, other, told):
                yield other, told

    def _agree(self, trace: Trace, told: Trace) -> bool:
        """Whether two traces are one, gradients being written as rows or not."""
        return any(_is_same(row, told.body) for row in (trace.body, trace.in_rows, *[trace.mixed] * self._are_rows))

    def _in_rows(self, product: Product, trace: Trace) -> bool | None:
        """Whether a gradient is a row, or only what is handed on to it (False); None where all lies as it should."""
        told = [told.body for _, told in self._of_same(product, trace)]
        as_usual, in_rows, mixed = (
            any(_is_same(one, row) for row in told) for one in (trace.body, trace.in_rows, trace.mixed)
        )
        return None if as_usual or not (in_rows or mixed) else in_rows

    def _is_believed(self, other: Product, told: Trace, product: Product, trace: Trace) -> bool:
        """Whether a formula is believed against a gradient: the product itself, or what is the likelier of the two."""
        if not other.is_backward:
            return True
        others = (each for each in self._of_same(other, told) if each[0].line.number != product.line.number)
        if any(_is_same(each.body, told.body) for _, each in others):
            return True
        missing = _missing(trace, told.body)
        body = tuple(factor if factor.name else _as(missing, factor) for factor in trace.body)
        is_slip_of_other = bool(self._change(other, told, body, product))
        return not is_slip_of_other or bool(product.checked.failures) > bool(other.checked.failures)

    def _change(self, product: Product, trace: Trace, body: Row, witness: Product) -> Change:
        """The single slip that makes a formula the gradient of a product; nothing where none does.

        Vectors lie either way in mathematics: there only a matrix tells, and the gradient of a matrix by its product.
        """
        wanted, found = _wanted(product, trace, body), product.factors
        meant = {_identity(factor, trace): (place, factor.is_turned) for place, factor in enumerate(wanted)}
        places = [(place, factor, *meant[_identity(factor, trace)]) for place, factor in enumerate(found)]
        other = [factor for _, factor, _, is_turned in places if factor.is_turned is not is_turned]
        moved = [factor for here, factor, there, _ in places if here != there]
        if not self._is_told(product, witness, (*other, *moved)):
            return {}
        if product.node.op == "outer":
            return _exchanged(moved) if len(other) == len(moved) == 2 else {}
        if len(other) == 1 and not moved:
            is_told = other[0].is_seed or self._lies(other[0], product)
            return {id(other[0].node): _transposed(other[0].node, (*found, *body))} if is_told else {}
        return _exchanged(moved) if len(moved) == 2 and not other else {}

    def _lies(self, factor: Factor, product: Product) -> bool:
        """Whether an array is not symmetric: somebody transposes it, takes its gradient, or its sizes say so."""
        return factor.name in self._lying or (bool(product.checked.failures) and not self._has_symmetric)

    def _is_told(self, product: Product, witness: Product, changed: Iterable[Factor]) -> bool:
        """Whether it is known how all arrays lie on which it depends; in code all depends on each.

        An array of rank 1, as `np.outer` is given, lies in no way.
        """
        if not product.is_code:
            return _is_of_matrix(product, witness) or all(factor.is_matrix for factor in changed)
        if product.target is not None and not product.target.is_matrix:
            return False
        is_outer = product.node.op == "outer"
        return is_outer or all(each.is_matrix and each.key not in self._vectors for each in product.factors)


def _saying(product: Product, trace: Trace) -> Hashable:
    """What a formula says, the same for all that say it in one class."""
    seed = trace.seed.key if trace.seed is not None else ""
    row = tuple((factor.name, factor.is_turned) for factor in trace.body)
    return product.is_code, product.owner, product.is_backward, seed, row


def _is_of_matrix(product: Product, witness: Product) -> bool:
    """Whether a formula of mathematics gives the gradient of a matrix by two factors, where its product stands there.

    A third factor may be a number.
    """
    is_matrix = product.target is not None and product.target.is_matrix and len(product.factors) == 2
    return is_matrix and not product.is_code and not witness.is_backward


def _exchanged(moved: list[Factor]) -> Change:
    return {id(moved[0].node): moved[1].node, id(moved[1].node): moved[0].node}


def _wanted(product: Product, trace: Trace, body: Row) -> Row:
    """The gradient that a formula should be by a product."""
    assert trace.seed is not None
    row = adjoint(body, _missing(trace, body), trace.seed)
    return turned(row) if product.target is not None and product.target.is_turned else row


def _as(array: Factor, place: Factor) -> Factor:
    return array._replace(is_turned=place.is_turned)


def _is_same_seed(trace: Trace, other: Product, told: Trace) -> bool:
    """Whether two traces may be of the gradient of one product."""
    one, two = trace.seed, told.seed
    has_hole = len(trace.names) < len(trace.body)
    if one is None or two is None:
        return not has_hole
    if has_hole or (one.is_gradient and (two.is_gradient or not other.is_backward)):
        return bool(one.name) and one.name == two.name
    return one.key == two.key if other.is_backward else one.name != two.name


def _is_same(one: Row, other: Row) -> bool:
    """Whether two products are one, what has no name in the first being anything."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(
        mine.name in ("", its.name) and mine.is_turned is its.is_turned for mine, its in pairs
    )


def _missing(trace: Trace, body: Row) -> Factor:
    """The array of a product of which a formula gives the gradient."""
    given = trace.names - {trace.of}
    return next(factor for factor in body if factor.name not in given)


def _identity(factor: Factor, trace: Trace) -> str:
    return "" if trace.seed is not None and factor.node is trace.seed.node else factor.name


def _transposed(node: Node, others: Row) -> Node:
    """A factor turned round, by what turns the others: `k.T`, or `k.swapaxes(-1, -2)`."""
    if type(node) is Apply and is_transpose(node):
        return node.args[0]
    for other in (factor.node for factor in others):
        if type(other) is Apply and is_transpose(other):
            return Apply(other.op, (node,), other.params, sign=other.sign)
    return Apply("transpose", (node,))
