"""An expression in one example as one in whole matrices, whose columns are the examples."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from ..ops import _nodes as tree
from ..ops import is_a
from ..syntax.nodes import Apply, Name, Node, is_op, names_in, with_args


class NotWhole(ValueError):
    """What is said of one example has no form in whole matrices that is known here."""


def columns(
    node: Node, is_single: Callable[[Name], bool], whole: Callable[[Name], Node], rank: Callable[[Node], int | None]
) -> Node:
    """The expression with the `whole` of each name that `is_single`; itself where there is none.

    The `rank` of what is said of one example is 0 for a number, 1 for a column, None if that is not known. Raises
    NotWhole.
    """
    return _Columns(is_single, whole, rank).node(node)


class _Columns:
    def __init__(
        self, is_single: Callable[[Name], bool], whole: Callable[[Name], Node], rank: Callable[[Node], int | None]
    ) -> None:
        self.is_single = is_single
        self.whole = whole
        self.rank = rank

    def speaks(self, node: Node) -> bool:
        """Whether something in a tree is of one example."""
        return any(self.is_single(part) for part in names_in(node))

    def node(self, node: Node) -> Node:
        """A tree; its columns are examples where it speaks of them."""
        if type(node) is Name and self.is_single(node):
            return self.whole(node)
        if type(node) is not Apply or not self.speaks(node):
            return node
        if node.op == "sum_over":
            return self._sum(node)
        if node.op == "power" and type(node.args[0]) is Apply and node.args[0].op == "norm" and _is_two(node.args[1]):
            return self._squares(node.args[0])
        if node.op == "norm":
            return tree.apply("sqrt", self._squares(node))
        if is_a(node, "contraction"):
            return self._product(node)
        if is_a(node, "softmax", "reduction") and "axis" not in node.params:
            kept = {"keepdims": True} if is_a(node, "reduction") else {}
            return Apply(node.op, tuple(map(self.node, node.args)), {**node.params, "axis": 0, **kept}, node.span)
        if not is_a(node, "entrywise"):
            raise NotWhole(node.op)
        return with_args(node, map(self.node, node.args))

    def _squares(self, norm: Node) -> Node:
        assert isinstance(norm, Apply)
        if norm.params.get("ord") not in (None, 2):
            raise NotWhole("norm")
        return tree.total(tree.square(self.node(norm.args[0])), 0)

    def _sum(self, node: Apply) -> Node:
        """A sum over examples, or over the entries of each."""
        body, letter = node.args[0], node.params["index"]
        kinds = {self._kind(part, letter) for part in names_in(body) if self.is_single(part)}
        outer = _outer(body)
        if outer is not None and self.speaks(outer[1]) and kinds == {"example"}:
            left, right = map(self.node, outer)
            return tree.product(left, tree.transpose(right))
        inner = self.node(body)
        if kinds == {"example"} and self.rank(body) == 1:
            return tree.total(inner, 1)
        if kinds <= {"example", "entry"}:
            return Apply("sum", (_unsummed(inner),), span=node.span)
        if kinds == {"component"}:
            return Apply("sum", (inner,), {"axis": 0, "keepdims": True}, node.span)
        raise NotWhole("sum_over")

    def _kind(self, name: Name, letter: str) -> str:
        """What an index of a name is: its example, its component, or the only thing that counts its entries."""
        if any({letter} < {*index.text.replace(",", "")} for index in name.indices if index.kind == "_"):
            return "other"
        kinds = {index.kind for index in name.indices if letter in index.text}
        example = any(index.kind == "(" for index in name.indices)
        if "(" in kinds:
            return "example"
        return "other" if not kinds else "component" if example else "entry"

    def _product(self, node: Apply) -> Node:
        """A product; what is a number for each example is an elementwise factor: `y_i * (w.T x_i)`."""
        numbers = [factor for factor in node.args if self.speaks(factor) and self.rank(factor) == 0]
        factors = [factor for factor in node.args if factor not in numbers]
        if numbers and factors:
            rest = factors[0] if len(factors) == 1 else Apply(node.op, tuple(factors), node.params)
            return Apply("hadamard", tuple(map(self.node, (*numbers, rest))))
        factors = list(node.args)
        own = [at for at, factor in enumerate(factors) if self.speaks(factor)]
        last = len(factors) - 1
        if own == [last] and not is_op(factors[last], "transpose"):
            return Apply(node.op, (*factors[:last], self.node(factors[last])), node.params, node.span)
        if own == [0, last] and is_op(factors[0], "transpose") and not is_op(factors[last], "transpose"):
            left, right = self.node(_upright(factors[0])), self.node(factors[last])
            right = tree.product(*factors[1:last], right) if last > 1 else right
            return tree.total(tree.times(left, right), 0)
        if own == [0] and is_op(factors[0], "transpose"):
            turned = [tree.transpose(factor) for factor in factors[:0:-1]]
            return tree.product(*turned, self.node(_upright(factors[0])))
        if any(is_op(factor, "transpose") for factor in factors):
            raise NotWhole(node.op)
        return reduce(tree.times, map(self.node, factors))


def _outer(body: Node) -> tuple[Node, Node] | None:
    """The columns of a product `x d.T`."""
    if is_a(body, "contraction") and len(body.args) == 2 and is_op(body.args[1], "transpose"):
        return body.args[0], _upright(body.args[1])
    return None


def _upright(node: Node) -> Node:
    assert isinstance(node, Apply)
    return node.args[0]


def _unsummed(node: Node) -> Node:
    """What is summed over an axis and then as a whole."""
    while type(node) is Apply and node.op == "sum":
        node = node.args[0]
    return node


def _is_two(node: Node) -> bool:
    return getattr(node, "text", "") == "2"
