"""A tree as terms, and terms as short as they can be: like ones added up, what cancels taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from ..shapes.dims import ONE, Shape, prune
from ..syntax.nodes import Apply, Name, Node, Number, name_of
from ._building import tree
from ._forms import FORMS
from ._functions import rewritten
from ._measures import cost, covers, exact, is_ones, is_raised, order, sums_in
from ._terms import NONE, Key, Power, Term, Terms, alike, collected, common, key

ShapeOf = Callable[[Node], Shape | None]
_LARGEST = 64
"""The number of terms up to which a product of sums is multiplied out, to see whether that makes it shorter."""
_STAGES = 6
"""The most sums of one product that are multiplied out one after the other."""


class Reader:
    """The reading of trees, of one after the other.

    `named` holds values with their names, which are read once; `distributions` the names whose entries sum to 1 along
    an axis.
    """

    def __init__(
        self,
        shape_of: ShapeOf,
        named: Sequence[tuple[Node, Node]] = (),
        distributions: frozenset[tuple[Key, int]] = frozenset(),
    ) -> None:
        self.shape_of = shape_of
        self.distributions = distributions
        self._sizes: set[Key] = set()
        self.named: dict[Key, Node] = {}
        self._quotients: list[tuple[Term, Node]] = []
        for value, name in named:
            self._name(value, name)
        self._sizes_of_names = frozenset(self._sizes)

    def simplified(self, node: Node) -> Node:
        """A whole tree in its simplest form."""
        self._sizes = set(self._sizes_of_names)
        return self.simple(node)

    def _name(self, value: Node, name: Node) -> None:
        """Take a value by its name from now on, where it is a quotient also among the factors of a product."""
        terms = self.terms(value)
        self.named[key(tree(terms))] = name
        if len(terms) == 1 and any(factor.exponent < 0 for factor in terms[0].arrays.values()):
            self._quotients.append((terms[0], name))

    def simple(self, node: Node) -> Node:
        """The tree in its simplest form, itself where that would lose a broadcast axis."""
        terms = min(self.stages(self.without_ones(self.terms(node))), key=cost)
        found = tree(self.gathered(terms))
        return found if self.keeps_shape(node, found) else node

    def keeps_shape(self, before: Node, after: Node) -> bool:
        """Whether a tree has still its shape; a scalar stands for zeros of any shape."""
        if type(after) is Number and after.text == "0":
            return True
        old, new = self.shape(before), self.shape(after)
        return old is None or new is None or old == new

    def shape(self, node: Node) -> Shape | None:
        """The shape of a node, its dimensions as they are known now."""
        if type(node) is Name and node.key in self._sizes:
            return ()
        found = self.shape_of(node)
        return None if found is None else tuple(map(prune, found))

    def size(self, symbol: str) -> Name:
        """The number that a dimension is."""
        self._sizes.add(symbol)
        return name_of(symbol)

    def terms(self, node: Node) -> list[Term]:
        """A tree as a sum of terms."""
        if type(node) is Number:
            number = exact(node.text)
            return [Term(number)] * bool(number) if number is not None else self.factor(node)
        if type(node) is Name:
            return self.factor(node)
        assert type(node) is Apply
        other = rewritten(node, self)
        if other is not None:
            return self.terms(other)
        form = FORMS.get(node.op)
        return form(self, node) if form else self.whole(node)

    def whole(self, node: Apply) -> list[Term]:
        """An operation as one factor, its arguments simplified."""
        return self.factor(Apply(node.op, tuple(map(self.simple, node.args)), node.params))

    def factor(self, node: Node) -> list[Term]:
        """A node as one factor, by its name where it has one."""
        node = self.named.get(key(node), node) if type(node) is Apply else node
        factors = {key(node): Power(node)}
        return [Term(scalars=factors) if self.shape(node) == () else Term(arrays=factors)]

    def single(self, terms: Terms) -> Term:
        """Terms as one: a sum of several is a factor of its own, without what its terms share."""
        if not terms:
            return Term(Fraction(0))
        if len(terms) == 1:
            return terms[0]
        shared = common(terms)
        inverse = shared.to_the(-1)
        rest = [term.times(inverse) for term in terms]
        if min(rest, key=order).number < 0:
            shared = shared._replace(number=-shared.number)
            rest = [term._replace(number=-term.number) for term in rest]
        return shared.times(self.factor(tree(rest))[0])

    def gathered(self, terms: list[Term]) -> list[Term]:
        """A sum whose terms share a coefficient, or a factor, with that in front: `1/m (A - Y)`, `P * (c - s)`."""
        if len(terms) < 2:
            return terms
        shared = common(terms)
        scales = {(*alike(Term(abs(term.number), term.scalars)), abs(term.number)) for term in terms}
        plain = shared.number == 1 and not shared.scalars
        return [self.single(terms)] if shared.arrays or (len(scales) == 1 and not plain) else terms

    def multiplied(self, factors: list[Terms]) -> list[Term]:
        """The product of sums, multiplied out where that is shorter."""
        whole = Term()
        for terms in factors:
            whole = self._without_axes_lost(whole, self.single(terms))
        whole = self._with_quotients(whole)
        return min(self.stages(self.without_ones([whole])), key=cost) if whole.number else []

    def _with_quotients(self, term: Term) -> Term:
        """A product with the quotients in it that have a name by that."""
        for quotient, name in self._quotients:
            while _holds(term, quotient):
                term = term.times(quotient.to_the(-1)).times(Term(arrays={key(name): Power(name)}))
        return term

    def stages(self, terms: list[Term]) -> list[list[Term]]:
        """Terms as they are, and with one sum after the other among their factors multiplied out."""
        found = [terms]
        while len(found) < _STAGES and (more := self._multiplied_out(found[-1])) is not None:
            found.append(more)
        return found

    def _multiplied_out(self, terms: list[Term]) -> list[Term] | None:
        """The terms with the next sum of each multiplied out; None if there is none, or they would be too many."""
        found: list[Term] = []
        for term in terms:
            sums = sums_in(term)
            parts = self._spread(term, *sums[0]) if sums else [term]
            found += parts
        return None if len(found) > _LARGEST or not any(map(sums_in, terms)) else self.without_ones(found)

    def _spread(self, term: Term, name: Key, node: Node) -> list[Term]:
        """A product with one of its sums multiplied out."""
        whole = term.times(Term(arrays={name: Power(node, -1)} if name in term.arrays else NONE))
        whole = whole.times(Term(scalars={name: Power(node, -1)} if name in term.scalars else NONE))
        return [self._without_axes_lost(whole, part) for part in self.terms(node)]

    def _without_axes_lost(self, left: Term, right: Term) -> Term:
        """The product of two terms; where factors cancel that gave it an axis, ones stand for them."""
        found = left.times(right)
        gone = (left.arrays.keys() | right.arrays.keys()) - found.arrays.keys()
        for name in gone:
            node = (left.arrays.get(name) or right.arrays[name]).node
            shape = self.shape(node)
            if shape and not self._covers(found, shape):
                ones = Apply("ones_like", (node,))
                found = found.times(Term(arrays={key(ones): Power(ones)}))
        return found

    def _covers(self, term: Term, shape: Shape) -> bool:
        """Whether the arrays of a term broadcast to at least a shape."""
        return covers([self.shape(factor.node) for factor in term.arrays.values()], shape)

    def without_ones(self, terms: Terms) -> list[Term]:
        """The terms without ones, and without new axes in front, where the rest of the sum has their shape."""
        found: list[Term] = []
        for place, term in enumerate(terms):
            others = [factor.node for each in (*found, *terms[place + 1 :]) for factor in each.arrays.values()]
            found.append(self._lean(term, [self.shape(node) for node in others]))
        return collected(found)

    def _lean(self, term: Term, others: list[Shape | None]) -> Term:
        arrays = dict(term.arrays)
        for name, (node, exponent) in term.arrays.items():
            rest = [*others, *(self.shape(factor.node) for other, factor in arrays.items() if other != name)]
            shape = self.shape(node)
            if shape is not None and is_ones(node) and covers(rest, shape):
                del arrays[name]
            elif shape is not None and is_raised(node) and covers(rest, (ONE,) * len(shape)):
                del arrays[name]
                inner = self.single(self.terms(node.args[0])).to_the(exponent)  # type: ignore[union-attr]
                lean = Term(term.number, term.scalars, arrays).times(inner)
                return self._lean(lean, others)
        return term._replace(arrays=arrays)


def _holds(term: Term, part: Term) -> bool:
    """Whether all factors of a term stand in another, with at least their exponents."""
    pools = ((term.scalars, part.scalars), (term.arrays, part.arrays))
    return all(
        name in factors and factors[name].exponent * exponent > 0 and abs(factors[name].exponent) >= abs(exponent)
        for factors, parts in pools
        for name, (_, exponent) in parts.items()
    )
