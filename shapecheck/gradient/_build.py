"""Sort statements into the steps of a forward pass, the gradients claimed, and what is neither."""

from __future__ import annotations

from collections.abc import Sequence

from ..sections import Section
from ..shapes.dims import ONE, Dim, Shape, prune
from ..syntax.nodes import Apply, Name, Node, walk
from ..table import Table
from ._graph import GRADIENT, Claim, Graph, Step
from ._record import Record
from ._variables import moment, rewritten

LOSSES = ("J", "L", "E", "C", "ℓ", "ℒ", "loss", "cost", "Loss", "Cost", "error")
UPDATES = ("-=", "*=", "/=")


def build(records: Sequence[Record], section: Section) -> list[Graph]:
    """The graphs of a section's statements."""
    builder = Builder(section)
    for record in records:
        builder.add(record)
    return [builder.graph()] if builder.steps or builder.claims else []


class Builder:
    """One graph while its statements are read."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.table: Table = section.table
        self.reading = section.survey.reading
        self.steps: dict[str, Step] = {}
        self.claims: list[Claim] = []
        self.between: dict[str, Node] = {}
        self.shapes: dict[str, Shape | None] = {}
        self.names: dict[str, Name] = {}
        self.spellings: dict[str, Name] = {}

    def add(self, record: Record) -> None:
        """Take one statement for what it is."""
        checked = record.checked
        *left, value = checked.equation.members
        targets = [member for member in left if type(member) is Name]
        if not targets or checked.failures or checked.equation.sign in UPDATES:
            return
        self._learn(record)
        claimed = [(name, variable) for name in targets if (variable := self.variable(name))]
        if claimed:
            self._claim(record, *claimed[0])
        elif self._is_backward(value):
            self._keep(record, targets)
        else:
            self._step(record, targets)

    def variable(self, name: Name) -> str:
        """The variable of which a name is the gradient, empty where it is none."""
        symbol = self.reading.by_key.get(name.key)
        if symbol is None or not symbol.of or not self.table.is_gradient(symbol):
            return ""
        return self.table.variable(symbol).key + moment(name)[len(name.key) :]

    def rename(self, name: Name) -> Node:
        """A name with the key of its variable; what stands between two gradients by its value."""
        variable = self.variable(name)
        if variable:
            found = Name(name.text, name.base, name.indices, name.span, GRADIENT + variable)
            self.spellings.setdefault(variable, found)
            return found
        key = moment(name)
        if key in self.between:
            return self.between[key]
        return Name(name.text, name.base, name.indices, name.span, key)

    def _learn(self, record: Record) -> None:
        """The shapes of names in a statement, and how they are spelled."""
        for member in record.checked.equation.members:
            for node in walk(member):
                if type(node) is Name and not self.variable(node):
                    self._know(node, record.checked.shapes.get(id(node)))
        target = record.checked.equation.members[0]
        if type(target) is Name and not self.variable(target):
            self._know(target, record.checked.shape)

    def _know(self, name: Name, shape: Shape | None) -> None:
        key = moment(name)
        shape = shape and tuple(map(prune, shape))
        before = self.shapes.get(key)
        if before is None or (shape is not None and _unknowns(shape) < _unknowns(before)):
            self.shapes[key] = shape
        self.names.setdefault(key, name)

    def _is_backward(self, value: Node) -> bool:
        """Whether a value is computed of gradients."""
        names = [node for node in walk(value) if type(node) is Name]
        return any(self.variable(name) or moment(name) in self.between for name in names)

    def _claim(self, record: Record, name: Name, variable: str) -> None:
        checked = record.checked
        written = checked.equation.members[-1]
        if any(type(node) is Apply and node.op in ("jacobian", "unknown") for node in walk(written)):
            return
        own = self.rename(name)
        assert type(own) is Name
        value = rewritten(written, checked, self.rename)
        equation = checked.equation
        self.claims.append(Claim(variable, own, value, written, equation.sign, equation, equation.span))

    def _keep(self, record: Record, targets: list[Name]) -> None:
        """What is computed on the way back and is no gradient; an update of a variable is left aside."""
        value = record.checked.equation.members[-1]
        for target in targets:
            if moment(target) not in self.steps and not any(_is(node, target) for node in walk(value)):
                self.between[moment(target)] = rewritten(value, record.checked, self.rename)

    def _step(self, record: Record, targets: list[Name]) -> None:
        checked, equation = record.checked, record.checked.equation
        value = next((member for member in equation.members if type(member) is not Name), equation.members[-1])
        if any(type(node) is Apply and node.op in ("jacobian", "unknown") for node in walk(value)):
            return
        name = targets[0]
        key = moment(name)
        if key in self.steps or any(_is(node, name) for node in walk(value)):
            return
        own = Name(name.text, name.base, name.indices, name.span, key)
        self.steps[key] = Step(own, rewritten(value, checked, self.rename), equation, equation.span)

    def graph(self) -> Graph:
        """The graph of what was read."""
        steps = _ordered(self.steps)
        known = {node.key for step in steps for node in walk(step.value) if type(node) is Name} | set(self.steps)
        claims = tuple(claim for claim in self.claims if claim.of in known)
        loss = self._loss(steps)
        return Graph(
            steps=steps,
            claims=claims,
            loss=loss,
            seeds=() if loss else _seeds(steps, claims),
            shapes=self.shapes,
            names=self.names,
            spellings=self.spellings,
            batch=self._batch(steps, loss),
            section=self.section,
        )

    def _loss(self, steps: tuple[Step, ...]) -> str | None:
        """The loss: what a directive names, else the last scalar with the name of one."""
        directives = [each for each in self.section.part.stated.directives if each.name == "loss"]
        stated = [word for each in directives for word in each.rest.split()]
        for step in reversed(steps):
            letter = step.name.base.strip("\\{}").removeprefix("mathcal{")
            named = step.name.text in stated if stated else letter in LOSSES
            if named and all(dim is ONE for dim in self.shapes.get(step.name.key) or ()):
                return step.name.key
        return None

    def _batch(self, steps: tuple[Step, ...], loss: str | None) -> Dim | None:
        """The dimension over which the loss is a mean: by a factor `1/m`, or by the axis of a mean."""
        value = next((step.value for step in steps if step.name.key == loss), None)
        dims = {dim.text: dim for shape in self.shapes.values() for dim in shape or () if isinstance(dim, Dim)}
        for node in walk(value) if value is not None else ():
            if type(node) is Apply and node.op == "divide" and type(node.args[1]) is Name:
                return dims.get(node.args[1].key)
        return None


def _unknowns(shape: Shape) -> int:
    return sum(not isinstance(dim, Dim) for dim in map(prune, shape))


def _is(node: Node, name: Name) -> bool:
    return type(node) is Name and moment(node) == moment(name)


def _ordered(steps: dict[str, Step]) -> tuple[Step, ...]:
    """The steps so that each comes behind those that it uses, else in the order in which they stand."""
    found: dict[str, Step] = {}
    open_: set[str] = set()

    def visit(key: str) -> None:
        if key in found or key in open_ or key not in steps:
            return
        open_.add(key)
        for node in walk(steps[key].value):
            if type(node) is Name:
                visit(node.key)
        found[key] = steps[key]

    for key in steps:
        visit(key)
    return tuple(found.values())


def _seeds(steps: tuple[Step, ...], claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """Where gradients come in from outside without a loss: what the author begins with, else what nothing uses."""
    begun = [claim.of for claim in claims if not any(_is_gradient(node) for node in walk(claim.value))]
    defined = [step.name.key for step in steps]
    used = {node.key for step in steps for node in walk(step.value) if type(node) is Name}
    ends = [key for key in defined if key not in used]
    return tuple(key for key in dict.fromkeys(begun) if key in defined) or tuple(ends)


def _is_gradient(node: Node) -> bool:
    return type(node) is Name and node.key.startswith(GRADIENT)
