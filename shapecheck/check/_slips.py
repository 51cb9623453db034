"""Gradients that are slips of the pen: their trace is their own alone, and one change away from that of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

from ..syntax.nodes import Apply, Node
from ._meant import as_meant
from ._products import is_transpose
from ._slip import Change, GradientSlip
from ._sums import Sums
from ._symmetry import Symmetry
from ._traces import Product, Row, Trace, TracedFactor, adjoint, is_same, traces, turned
from ._weights import Weights

_FEW = 3
"""How much may speak for rows where one gradient is wrong: its product for two, and another gradient for one."""
MOST = 3
"""How many formulas that say the same are held: of one of them, another, and one that bears that out."""


class Told:
    """What the products of a section say, by the names of their arrays, and of all but one of them."""

    def __init__(self, found: Sequence[Product], symmetric: Collection[str], turned: Collection[str] = ()) -> None:
        self._turned = turned
        self._sums = Sums(found)
        self._vectors: set[str] = set()
        self._by_names: dict[Hashable, list[tuple[Product, Trace]]] = {}
        self._are_rows = False
        self._lined_up = {factor.key for product in found if _is_outer(product) for factor in product.factors}
        said: Counter[Hashable] = Counter()
        all_of_them = [(product, trace) for product in found if product.is_of_arrays for trace in traces(product)]
        for product, trace in all_of_them:
            names = trace.names
            if product.node.op == "outer":
                self._vectors.update(factor.key for factor in product.factors)
            saying = _saying(product, trace)
            said[saying] += 1
            if len(names) == len(trace.body) and said[saying] <= MOST:
                for some in (names, *(names - {name} for name in names)):
                    self._by_names.setdefault((product.text, some), []).append((product, trace))
        self._symmetry = Symmetry(found, {trace.of for _, trace in all_of_them}, symmetric)
        self._weights = Weights(all_of_them)
        rows = [self._in_rows(*each) for each in all_of_them]
        told = [by_product + 1 for is_row, by_product in rows if is_row is False]
        self._are_rows = any(is_row for is_row, _ in rows) or sum(told) > _FEW

    def slip(self, product: Product) -> GradientSlip | None:
        """What is wrong with a gradient, if all formulas that speak of its product contradict it, in the same way."""
        if not product.is_of_arrays:
            return as_meant(product, lambda trace: self._of_same(product, trace))
        against: list[GradientSlip] = []
        is_known = False
        for trace in traces(product):
            for other, told in self._of_same(product, trace):
                if self._agree(trace, told):
                    return None
                change = self._change(product, trace, told.body, other)
                if change and self._is_believed(other, told, product, trace):
                    against.append(GradientSlip(product, (other,), change))
                is_known = True
            if not is_known and (slip := self._by_weight(product, trace)):
                against.append(slip)
        is_one = all(slip.fixed == against[0].fixed for slip in against)
        witnesses = tuple(slip.witness for slip in against)
        return against[0]._replace(witnesses=witnesses) if against and is_one else None

    def sums(self) -> Iterator[GradientSlip]:
        """The gradients of biases that the gradients of their weights speak against, which others bear out."""
        for slip in self._sums.slips():
            of_weight = (
                (trace, told) for trace in traces(slip.witness) for _, told in self._of_same(slip.witness, trace)
            )
            if any(is_same(trace.body, told.body) for trace, told in of_weight):
                yield slip

    def is_symmetric(self, product: Product) -> bool:
        """Whether a gradient is right if a matrix in it is symmetric, as it may be."""
        same = ((trace, told) for trace in traces(product) for _, told in self._of_same(product, trace))
        for other, moved in (_differing(product, trace, told.body) for trace, told in same):
            if len(other) == 1 and not moved and not other[0].is_seed and not self._symmetry.lies(other[0], product):
                return True
        return False

    def _by_weight(self, product: Product, trace: Trace) -> GradientSlip | None:
        """What is wrong with a gradient by other products of its weight.

        A vector of which it is known whether it is a row or a column is exchanged with the weight.
        """
        witness, body = self._weights.told(product, trace) or (product, trace.body)
        if self._agree(trace, Trace(None, body)) or not _are_alike(product, trace, witness):
            return None
        change = self._change(product, trace, body, witness)
        other, moved = _differing(product, trace, body)
        is_told = not other and all(each.is_matrix or each.key in self._lined_up for each in moved)
        if is_told and len(moved) == 2 and any(each.is_seed for each in moved):
            change = _exchanged(moved)
        return GradientSlip(product, (witness,), change) if change else None

    def _of_same(self, product: Product, trace: Trace) -> Iterator[tuple[Product, Trace]]:
        """The other products of the same arrays, in the same kind of text."""
        for other, told in self._by_names.get((product.text, trace.names), ()):
            is_other = other.line.number != product.line.number or (product.is_backward and not other.is_backward)
            if (
                is_other
                and _are_alike(product, trace, other)
                and len(told.body) == len(trace.body)
                and _is_same_seed(product, trace, other, told)
            ):
                yield other, told

    def _agree(self, trace: Trace, told: Trace) -> bool:
        """Whether two traces are one, gradients being written as rows or not."""
        return any(is_same(row, told.body) for row in (trace.body, trace.in_rows, *[trace.mixed] * self._are_rows))

    def _in_rows(self, product: Product, trace: Trace) -> tuple[bool | None, bool]:
        """Whether a gradient is a row, or only what is handed on to it (False), and whether its product says so.

        It is neither (None) where all lies as it should.
        """
        by_product = False
        found: set[bool] = set()
        for other, told in self._of_same(product, trace):
            if is_same(trace.body, told.body):
                return None, False
            is_row, is_mixed = (is_same(row, told.body) for row in (trace.in_rows, trace.mixed))
            found.update([True] * is_row, [False] * is_mixed)
            by_product |= is_mixed and not other.is_backward
        return (max(found), by_product) if found else (None, False)

    def _is_believed(self, other: Product, told: Trace, product: Product, trace: Trace) -> bool:
        """Whether a formula is believed against a gradient: the product itself, or what is the likelier of the two."""
        if not other.is_backward:
            return True
        others = [each for each in self._of_same(other, told) if each[0].line.number != product.line.number]
        if any(is_same(each.body, told.body) for _, each in others):
            return True
        if any(not each.is_backward and not self._agree(told, its) for each, its in others):
            return False
        missing = _missing(trace, told.body)
        body = tuple(each if each.name else missing._replace(is_turned=each.is_turned) for each in trace.body)
        is_slip_of_other = bool(self._change(other, told, body, product))
        if not is_slip_of_other:
            return True
        fits = self._sums.fits(product), self._sums.fits(other)
        if fits != (None, None):
            return fits[0] is False or fits[1] is True
        if (are_turned := _are_turned(trace.body)) is not _are_turned(told.body):
            return are_turned
        return bool(product.checked.failures) > bool(other.checked.failures)

    def _change(self, product: Product, trace: Trace, body: Row, witness: Product) -> Change:
        """The single slip that makes a formula the gradient of a product; nothing if none does.

        Vectors lie either way in mathematics: there only a matrix tells, and the gradient of a matrix by its product.
        """
        other, moved = _differing(product, trace, body)
        if not self._is_told(product, witness, (*other, *moved)):
            return {}
        if product.node.op == "outer":
            return _exchanged(moved) if len(other) == len(moved) == 2 else {}
        if len(other) == 1 and not moved:
            is_told = other[0].is_seed or self._symmetry.lies(other[0], product)
            return {id(other[0].node): transposed(other[0].node, (*product.factors, *body))} if is_told else {}
        if len(other) == len(moved) == 2 and self._is_turned_round(product, witness):
            first, second = (transposed(factor.node, (*product.factors, *body)) for factor in product.factors)
            return {id(product.factors[0].node): second, id(product.factors[1].node): first}
        return _exchanged(moved) if len(moved) == 2 and not other else {}

    def _is_turned_round(self, product: Product, witness: Product) -> bool:
        """Whether a gradient is the transpose of what it should be, by the product in its function or its class.

        It is no slip where a program transposes it elsewhere, or has the array from a transpose; `out = out @ W` does
        not tell which of the two it is about.
        """
        target = product.target
        is_alone = target is not None and target.name not in self._turned
        is_of_two = product.is_code and product.is_matrix_product and len(product.factors) == 2
        is_bound_anew = any(factor.name == witness.gives for factor in witness.factors)
        is_there = product.owner != "" or witness.function is product.function
        return is_alone and is_of_two and is_there and not (witness.is_backward or is_bound_anew)

    def _is_told(self, product: Product, witness: Product, changed: Iterable[TracedFactor]) -> bool:
        """Whether it is known how all arrays lie on which it depends; in code all depends on each.

        An array of rank 1, as `np.outer` is given, lies in no way.
        """
        if not product.is_code:
            return _is_of_matrix(product, witness) or all(factor.is_matrix for factor in changed)
        if product.target is not None and not product.target.is_matrix:
            return False
        is_outer = product.node.op == "outer"
        return is_outer or all(each.is_matrix and each.key not in self._vectors for each in product.factors)


def _differing(product: Product, trace: Trace, body: Row) -> tuple[list[TracedFactor], list[TracedFactor]]:
    """The factors of a gradient that lie otherwise, and those that stand elsewhere than a product says."""
    wanted = _wanted(product, trace, body)
    meant = {_identity(factor, trace): (place, factor.is_turned) for place, factor in enumerate(wanted)}
    places = [(place, factor, *meant[_identity(factor, trace)]) for place, factor in enumerate(product.factors)]
    other = [factor for _, factor, _, is_turned in places if factor.is_turned is not is_turned]
    return other, [factor for here, factor, there, _ in places if here != there]


def _saying(product: Product, trace: Trace) -> Hashable:
    """What a formula says, the same for all that say it in one class."""
    seed = trace.seed.key if trace.seed is not None else ""
    row = tuple((factor.name, factor.is_turned) for factor in trace.body)
    return product.text, product.is_backward, seed, row


def _is_of_matrix(product: Product, witness: Product) -> bool:
    """Whether a formula of mathematics gives the gradient of a matrix by two factors, where its product stands there.

    A third factor may be a number.
    """
    is_matrix = product.target is not None and product.target.is_matrix and len(product.factors) == 2
    return is_matrix and not product.is_code and not witness.is_backward


def _is_outer(product: Product) -> bool:
    """Whether a gradient of a matrix is a row and a column, so that it is known which of both is which: `x^T δ`."""
    is_of_matrix = product.is_backward and product.target is not None and product.target.is_matrix
    return is_of_matrix and product.is_matrix_product and len({each.is_turned for each in product.factors}) == 2


def _exchanged(moved: list[TracedFactor]) -> Change:
    return {id(moved[0].node): moved[1].node, id(moved[1].node): moved[0].node}


def _wanted(product: Product, trace: Trace, body: Row) -> Row:
    """The gradient that a formula should be by a product."""
    assert trace.seed is not None
    row = adjoint(body, _missing(trace, body), trace.seed)
    return turned(row) if product.target is not None and product.target.is_turned else row


def _are_turned(body: Row) -> bool:
    """Whether a product transposes all its factors, as nobody writes it."""
    return all(factor.is_turned for factor in body)


def _is_same_seed(product: Product, trace: Trace, other: Product, told: Trace) -> bool:
    """Whether two traces may be of the gradient of one product.

    What is called just a gradient is that of the product in its function.
    """
    one, two = trace.seed, told.seed
    has_hole = len(trace.names) < len(trace.body)
    if has_hole and product.target is not None and not other.is_backward:
        return other.function is product.function
    if one is None or two is None:
        return not has_hole
    if has_hole and other.is_backward and other.function is product.function and one.key == two.key:
        return True
    if has_hole or (one.is_gradient and (two.is_gradient or not other.is_backward)):
        return bool(one.name) and one.name == two.name
    is_same = one.key == two.key
    return is_same if other.is_backward else not (is_same and one.name == two.name)


def _are_alike(product: Product, trace: Trace, other: Product) -> bool:
    """Whether what is called alike may be one array; in one function, and in mathematics, it is.

    In another function it is not where another shape is stated, nor where nothing says that a factor is a gradient that
    is handed on.
    """
    if not product.is_code or other.function is product.function:
        return True
    seed = trace.seed
    if product.is_backward and seed is not None and not (seed.is_gradient or seed.is_seed):
        return False
    there = {factor.name: other.stated(factor) for factor in other.factors if factor.name}
    pairs = [(product.stated(factor), there.get(factor.name)) for factor in product.factors]
    return all(one is None or two is None or one == two for one, two in pairs)


def _missing(trace: Trace, body: Row) -> TracedFactor:
    """The array of a product of which a formula gives the gradient."""
    given = trace.names - {trace.of}
    return next(factor for factor in body if factor.name not in given)


def _identity(factor: TracedFactor, trace: Trace) -> str:
    return "" if trace.seed is not None and factor.node is trace.seed.node else factor.name


def transposed(node: Node, others: Row) -> Node:
    """A factor turned round, by what turns the others: `k.T`, or `k.swapaxes(-1, -2)`."""
    if type(node) is Apply and is_transpose(node):
        return node.args[0]
    for other in (factor.node for factor in others):
        if type(other) is Apply and is_transpose(other):
            return Apply(other.op, (node,), other.params, sign=other.sign)
    return Apply("transpose", (node,))
