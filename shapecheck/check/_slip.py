"""A slip of the pen in a gradient, and what makes it right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..diagnostic import Fix
from ..syntax.nodes import Apply, Equation, Node, put, walk
from ..text import Source
from ..values import NamedTuple, replace
from ._traces import Product

if TYPE_CHECKING:
    from ..suggest._edits import AuthorSpelling

Change = dict[int, Node]
"""What stands in the place of nodes, by their ids."""


class GradientSlip(NamedTuple):
    """A wrong gradient, the formulas that say so, and what makes it right."""

    product: Product
    witnesses: tuple[Product, ...]
    change: Change

    @property
    def witness(self) -> Product:
        """The formula that says so most plainly: the product itself, if it stands there."""
        return min(self.witnesses, key=lambda product: product.is_backward)

    def title(self, spelling: AuthorSpelling) -> str:
        """What is done to make it right."""
        if self.product.node.op == "hadamard":
            return "use the matrix product"
        if self.product.is_sum:
            return "sum along the other axis"
        changed = [factor.node for factor in self.product.factors if id(factor.node) in self.change]
        if len(changed) != len(self.change) or len(changed) > 2:
            return "rewrite the products"
        turned = [old for old in changed if not any(new is old for new in self.change.values())]
        if len(changed) == len(turned) == 2:
            return "transpose the product"
        moved = ["swap the factors"] if len(changed) == 2 else []
        return " and ".join([*moved, *(_turning(old, self.change.values(), spelling) for old in turned)])

    def summed(self, spelling: AuthorSpelling) -> str:
        """Along which axis of which array a sum should go; "" for what is none."""
        node = self.change.get(id(self.product.node))
        if not self.product.is_sum or type(node) is not Apply:
            return ""
        return f"axis {node.params['axis']} of {spelling.write(node.args[0])}"

    @property
    def fixed(self) -> Equation:
        """The statement as it should be."""
        equation = self.product.checked.equation
        return replace(equation, members=tuple(self.put(member) for member in equation.members))

    def put(self, node: Node) -> Node:
        """A tree as it should be."""
        return put(node, lambda part: self.change.get(id(part)))

    def fix(self, source: Source) -> Fix | None:
        """The statement as it should be, written in its place; None if it cannot be."""
        from ..suggest._edits import AuthorSpelling, reread

        equation, section = self.product.checked.equation, self.product.line.section
        spelling = AuthorSpelling(equation, section, source)
        edits = spelling.edits(self.fixed)
        formula = spelling.corrected(edits)
        texts = (source.slice(equation.span), formula)
        before, after = (reread(text, equation.span.start, section) if text else None for text in texts)
        if formula is None or before is None or after is None or after.members != _by(before, self.fixed):
            return None
        return Fix(self.title(spelling), formula, edits, safe=False)


def _turning(old: Node, news: Iterable[Node], spelling: AuthorSpelling) -> str:
    """What is done to a factor that is transposed."""
    if type(old) is Apply and any(old.args[0] is new for new in news):
        return f"drop the transpose of {spelling.write(old.args[0])}"
    return f"transpose {spelling.write(old)}"


def _by(written: Equation, fixed: Equation) -> tuple[Node, ...]:
    """What is wanted of a statement, with its parts as they are read by themselves, outside of their function."""
    parts = {node.span: node for node in walk(*written.members)}

    def part(node: Node) -> Node:
        if node.span in parts or type(node) is not Apply:
            return parts.get(node.span, node)
        return replace(node, args=tuple(map(part, node.args)))

    return tuple(map(part, fixed.members))
