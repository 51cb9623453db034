"""Statements of code: an assignment binds its name anew, whatever it was before."""

from __future__ import annotations

from ..shapes.dims import Dim, Shape
from ..symbols import Symbol
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Node
from ..table import Entry
from ..text import Span
from .engine import Engine
from .facts import Checked
from .statement import UPDATES, Statements


class Assignments(Statements):
    """The assignments of code, in order.

    An assignment is checked in an update (`W -= …`, `W = W - …`), against what is stated of its name, and as a gradient
    against its variable as that was last bound; otherwise it binds anew.
    """

    def _expected(self, symbol: Symbol, equation: Equation) -> Entry | None:
        if is_update(equation):
            return self.table.look_up(symbol)
        return self.table.expected(symbol, conventional=self.solver.mathematics)

    def _bind(self, checked: Checked) -> None:
        """Bind every name left of the last member; of one that is not known now nothing is known any more."""
        *targets, value = checked.equation.members
        if targets and is_update(checked.equation) and (checked.failures or checked.equation.sign in UPDATES):
            return
        shape = None if checked.failures or checked.shapes.get(id(value)) is None else checked.shape
        for target in targets:
            symbol = self.reading.by_key.get(target.key) if type(target) is Name else None
            if symbol is not None:
                self._bind_one(symbol, shape, checked.equation.span, value)

    def _bind_one(self, symbol: Symbol, shape: Shape | None, span: Span, value: Node) -> None:
        if shape is None:
            self.table.forget(symbol)
            return
        self.table.assign(symbol, shape, None if span is NOWHERE else span)
        self.table.suppose(symbol, shape)
        held = None if shape else Engine(self.table, self.reading, self.solver).dimension(value)
        self.table.hold(symbol, held if isinstance(held, Dim) else None)

    def _agree(self, equation: Equation, member: Node, target: Shape, shape: Shape) -> bool:
        first = equation.members[0]
        if type(first) is Apply and first.op == "slice":
            return self._absorbs(target, shape)
        return (equation.sign in UPDATES and not target) or super()._agree(equation, member, target, shape)


def is_update(equation: Equation) -> bool:
    """Whether an equation changes what a name holds, as `W -= …` and `W = W - …` do."""
    first, *_, value = equation.members
    if equation.sign in UPDATES:
        return True
    return type(value) is Apply and value.op == "add" and any(_is(first, term) for term in value.args)


def _is(name: Node, term: Node) -> bool:
    return type(name) is Name and type(term) is Name and name.key == term.key
