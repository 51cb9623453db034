"""Products as traces: what `Z = X W` and its gradients `dW = X.T dZ` and `dX = dZ W.T` all say, whatever the sizes are.

The loss changes with each array by tr(dZ.T X W), the cyclic trace of a product: so much is known from any one of these
formulas (Magnus and Neudecker, Matrix Differential Calculus, 1999).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..course import Line
from ..infer import Checked
from ..ops import is_a
from ..shapes.dims import Dim, Shape, prune
from ..syntax.nodes import Apply, Node, Scope
from ..text import Span
from ..values import NamedTuple


class TracedFactor(NamedTuple):
    """A factor of a product, or the target of its statement.

    `name` is what an array is called, of a gradient its variable, "" of any other tree, of which `key` is all that is
    known. It is a `seed` if it may be the gradient that the product hands on.
    """

    name: str
    key: str
    is_turned: bool
    is_gradient: bool
    is_seed: bool
    is_matrix: bool
    node: Node

    @property
    def is_written_turned(self) -> bool:
        """Whether it is it that is written transposed, not a product in which it stands."""
        return type(self.node) is Apply and is_a(self.node, "layout")

    @property
    def turned(self) -> TracedFactor:
        """It, transposed."""
        return self._replace(is_turned=not self.is_turned)


Row = tuple[TracedFactor, ...]


class Product(NamedTuple):
    """A product of a statement: its factors, and what it is the gradient of, or gives, up to sums and numbers.

    The `target` is None if something is done to the entries first; `gives` is what its statement gives, whatever is
    done. The `function` is that in which it stands.
    A sum along an axis is the product of its only factor by ones; a Hadamard product stands here for what it may be
    meant to be.
    """

    line: Line
    checked: Checked
    node: Apply
    target: TracedFactor | None
    factors: Row
    is_backward: bool
    function: Scope | None = None
    gives: str = ""

    def stated(self, factor: TracedFactor) -> Shape | None:
        """The shape of one of its arrays, however that is written here; None if nobody states it."""
        shape, quantities = self.checked.shapes.get(id(factor.node)), self.line.section.table.quantities
        dims = tuple(map(prune, shape or ()))
        if not dims or not all(isinstance(dim, Dim) for dim in dims):
            return None
        if quantities is not None and quantities.supposes([dims]):
            return None
        return dims[::-1] if factor.is_turned else dims

    @property
    def owner(self) -> str:
        """The class in which it stands, "" for none."""
        return self.function.owner if self.function is not None else ""

    @property
    def text(self) -> tuple[bool, str]:
        """The text in which a name has one meaning: the mathematics, or one class of a program."""
        return self.is_code, self.owner

    @property
    def is_sum(self) -> bool:
        """Whether it is a sum along an axis."""
        return len(self.factors) == 1

    @property
    def is_matrix_product(self) -> bool:
        """Whether factors are multiplied as matrices."""
        return self.is_of_arrays and self.node.op != "outer"

    @property
    def is_of_arrays(self) -> bool:
        """Whether what it multiplies are arrays, and as matrices or as vectors."""
        return len(self.factors) > 1 and self.node.op != "hadamard"

    @property
    def span(self) -> Span:
        """Where its statement stands."""
        return self.checked.equation.span

    @property
    def is_code(self) -> bool:
        """Whether it stands in a program."""
        return self.line.section.notation.is_code


class Trace(NamedTuple):
    """tr(seed.T body): the product that is differentiated, and the gradient of it; `of` is what a gradient is taken of.

    Where gradients are written as rows, transposed, it is the product `in_rows`; `mixed` where only what is handed on
    is.
    """

    seed: TracedFactor | None
    body: Row
    of: str = ""
    in_rows: Row = ()
    mixed: Row = ()

    @property
    def names(self) -> frozenset[str]:
        """What the arrays in it are called, as far as they have names."""
        return frozenset(factor.name for factor in self.body if factor.name)


def traces(product: Product) -> Iterator[Trace]:
    """What a product may say: of a gradient that holds no other any of its factors may be the one handed on."""
    factors = product.factors
    if not product.is_backward:
        if _are_arrays(factors):
            yield Trace(product.target, factors)
        return
    seeds = [factor for factor in factors if factor.is_gradient] or [factor for factor in factors if factor.is_seed]
    of_name = product.target.name if product.target is not None else ""
    if of_name and of_name in [factor.name for factor in factors]:
        return  # what a state changes by, `dx = A x`, or a quadratic form's gradient
    for seed in seeds if len(seeds) == 1 else factors if of_name and not seeds and _are_arrays(factors) else ():
        before, behind = _around(factors, seed)
        if _are_arrays((*before, *behind)):
            of = product.target or TracedFactor("", "", False, False, False, False, seed.node)
            usual, mixed = _from(of, before, seed, behind), _from(of, before, seed.turned, behind)
            yield Trace(seed, usual, of.name, _from(of.turned, before, seed.turned, behind), mixed)


def adjoint(body: Row, of: TracedFactor, seed: TracedFactor) -> Row:
    """The gradient of one factor of a product, by that of the whole: of W in `X W`, given dZ, the row X.T dZ."""
    before, behind = _around(body, of)
    row = (*turned(before), seed._replace(is_turned=False), *turned(behind))
    return turned(row) if of.is_turned else row


def _from(of: TracedFactor, before: Row, seed: TracedFactor, behind: Row) -> Row:
    """The product in which the gradient of a factor is `before seed behind`."""
    if seed.is_turned:
        return (*behind, of.turned, *before)
    return (*turned(before), of, *turned(behind))


def _around(row: Row, one: TracedFactor) -> tuple[Row, Row]:
    place = next(place for place, factor in enumerate(row) if factor is one)
    return row[:place], row[place + 1 :]


def turned(row: Row) -> Row:
    """The transpose of a product."""
    return tuple(factor.turned for factor in reversed(row))


def _are_arrays(factors: Sequence[TracedFactor]) -> bool:
    """Whether all are arrays, each another one."""
    names = {factor.name for factor in factors if not factor.is_gradient}
    return "" not in names and len(names) == len(factors)


def is_same(one: Row, other: Row) -> bool:
    """Whether two products are one, what has no name in the first being anything."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(
        mine.name in ("", its.name) and mine.is_turned is its.is_turned for mine, its in pairs
    )
