"""Sort statements into the steps of a forward pass, the gradients claimed, and what is neither."""

from __future__ import annotations

from ..notations._names import decompose
from ..sections import Section
from ..shapes.dims import Dim, Shape, prune
from ..symbols import Symbol
from ..syntax.dump import dump
from ..syntax.nodes import NOWHERE, Apply, Name, Node, walk
from ..table import Table
from ._graph import GRADIENT, Claim, Graph, Step
from ._record import Record
from ._summary import batch, loss, ordered, seeds
from ._variables import moment, rewritten

UPDATES = ("-=", "*=", "/=")
HIDDEN = "@"
"""How the names begin that nobody wrote, in code."""


class Builder:
    """One graph while its statements are read.

    In code an assignment binds a name anew: `current` says which variable it is now. While it is `returning`, it reads
    the function that goes back, in which what the forward pass handed over keeps its name.
    """

    def __init__(self, section: Section, code: bool) -> None:
        self.section = section
        self.code = code
        self.returning = self.silent = False
        self.table: Table = section.table
        self.reading = section.survey.reading
        self.steps: dict[str, Step] = {}
        self.claims: list[Claim] = []
        self.loose: list[Claim] = []
        self.unfit: list[Claim] = []
        self.between: dict[str, Node] = {}
        self.current: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.shapes: dict[str, Shape | None] = {}
        self.names: dict[str, Name] = {}
        self.spellings: dict[str, Name] = {}

    def add(self, record: Record) -> None:
        """Take one statement for what it is."""
        equation = record.checked.equation
        *left, value = equation.members
        targets = [member for member in left if type(member) is Name]
        if targets and record.checked.failures and not self.code:
            self._keep_unfit(record, targets[0])
        if not targets or record.checked.failures or equation.sign in UPDATES:
            return
        self.silent = self.code and equation.span == NOWHERE
        if self.silent:
            self._say_silently(record, targets[0], value)
        elif any(variable := self.variable(name) for name in targets):
            self._learn(record)
            self._claim(record, next(name for name in targets if self.variable(name)), variable)
        elif self._is_backward(value) or self._is_backward(targets[0]):
            self._keep(record, targets)
        else:
            self._learn(record)
            self._step(record, targets)

    def variable(self, name: Name) -> str:
        """The variable of which a name is the gradient, empty where it is none."""
        symbol = self.reading.by_key.get(name.key)
        if symbol is not None and symbol.of and not symbol.is_change and self.table.is_gradient(symbol):
            key = self.table.variable(symbol).key + moment(name)[len(name.key) :]
            return self.current.get(key, key)
        return self._of_part(name, symbol) if self.code else ""

    def _of_part(self, name: Name, symbol: Symbol | None) -> str:
        """W for `grads["dW"]`, `self.z` for `dz`."""
        if name.indices and name.indices[-1].kind in '".':
            symbol = self.reading.symbol(*decompose(name.indices[-1].text))
        if symbol is None or not symbol.of or symbol.is_change:
            return ""
        own = self.table.variable(symbol).key
        parts = (f'{name.base}["{own}"]', own, f"self.{own}")
        return next((self.current[key] for key in parts if key in self.current), "")

    def rename(self, name: Name) -> Node:
        """A name with the key of its variable; what is computed on the way back, or by nobody's hand, by its value."""
        variable = self.variable(name)
        if variable:
            found = Name(name.text, name.base, name.indices, name.span, GRADIENT + variable)
            self.spellings.setdefault(variable, found)
            return found
        key = moment(name)
        if key in self.between:
            return self.between[key]
        own = self.current.setdefault(key, key)
        written = self.names.get(own) if self.silent else None
        return Name((written or name).text, name.base, name.indices, name.span, own)

    def _learn(self, record: Record) -> None:
        """The shapes of the names in a statement, and how they are spelled; of what it defines later."""
        *left, value = record.checked.equation.members
        for member in (value, *left) if not self.code else (value,):
            for node in walk(member):
                if type(node) is Name and not self.variable(node):
                    self._know(moment(node), node, record.checked.shapes.get(id(node)))

    def _know(self, key: str, name: Name, shape: Shape | None) -> None:
        key = self.current.get(key, key)
        shape = shape and tuple(map(prune, shape))
        before = self.shapes.get(key)
        if before is None or (shape is not None and _unknowns(shape) < _unknowns(before)):
            self.shapes[key] = shape
        self.names.setdefault(key, name)

    def _is_backward(self, value: Node) -> bool:
        """Whether a value is computed of gradients."""
        names = [node for node in walk(value) if type(node) is Name]
        return any(self.variable(name) or self._is_between(name) for name in names)

    def _is_between(self, name: Name) -> bool:
        return moment(name) in self.between and name.base[:1] != HIDDEN

    def _claim(self, record: Record, name: Name, variable: str) -> None:
        checked, equation = record.checked, record.checked.equation
        variable = self.variable(name)
        written = equation.members[-1]
        own = self.rename(name)
        if type(own) is Name:
            value, passage = rewritten(written, checked, self.rename), record.passage
            claims = self.claims if _is_understood(written) else self.loose
            claims.append(Claim(variable, own, value, written, equation.sign, equation, equation.span, passage))

    def _keep_unfit(self, record: Record, target: Name) -> None:
        """A gradient whose formula does not fit by shape."""
        equation, variable = record.checked.equation, self.variable(target)
        own = self.rename(target) if variable else None
        if type(own) is Name:
            value = equation.members[-1]
            for node in walk(value):
                if type(node) is Name and self.variable(node):
                    self.rename(node)
            self.unfit.append(
                Claim(variable, own, value, value, equation.sign, equation, equation.span, record.passage)
            )

    def _keep(self, record: Record, targets: list[Name]) -> None:
        """What is computed on the way back and is no gradient; an update of a variable is left aside."""
        value = record.checked.equation.members[-1]
        for target in targets:
            key = moment(target)
            if key not in self.steps and key not in self.current and not _holds(value, target):
                self.between[key] = rewritten(value, record.checked, self.rename)

    def _say_silently(self, record: Record, target: Name, value: Node) -> None:
        """What nobody wrote: what a followed call computes, another name of a variable, what branches leave of one."""
        key = moment(target)
        if target.base[:1] == HIDDEN:
            self.between[key] = rewritten(value, record.checked, self.rename)
        elif type(value) is Name and not (self.returning and key in self.current):
            other = self.rename(value)
            if type(other) is Name and not other.key.startswith(GRADIENT):
                self.current[key] = other.key
        elif type(value) is Apply and value.op == "join" and not self._is_backward(value):
            branches = rewritten(value, record.checked, self.rename)
            assert isinstance(branches, Apply)
            if any(_keys(branch) != _keys(branches.args[0]) for branch in branches.args):
                self._bind(record, target, branches)

    def _step(self, record: Record, targets: list[Name]) -> None:
        checked, equation = record.checked, record.checked.equation
        value = next((member for member in equation.members if type(member) is not Name), equation.members[-1])
        name, key = targets[0], moment(targets[0])
        if not self.code and (key in self.steps or not _is_understood(value) or _holds(value, name)):
            return
        if self.returning and key in self.current and (type(value) is Name or not _is_understood(value)):
            return
        tree = rewritten(value, checked, self.rename)
        if equation.sign == "+=":
            tree = Apply("add", (self.rename(name), tree))
        if self.code and type(tree) is Name:
            self._alias(targets, tree, checked.shape)
        elif not self._is_same(key, tree):
            self._bind(record, name, tree)
            for other in targets[1:]:
                self.current[moment(other)] = self.current[key]

    def _alias(self, targets: list[Name], value: Name, shape: Shape | None) -> None:
        """`W1 = params["W1"]` of what comes from outside is called W1; `a = Z1` is another name of Z1."""
        for target in targets:
            key = moment(target)
            own = value.key if value.key in self.steps else key
            self.current[key] = own
            self._know(own, target, shape)

    def _is_same(self, key: str, tree: Node) -> bool:
        """Whether a step says again what is said already."""
        step = self.steps.get(self.current.get(key, ""))
        return step is not None and dump(step.value) == dump(tree) and _keys(step.value) == _keys(tree)

    def _bind(self, record: Record, name: Name, tree: Node) -> None:
        """Make a name the variable of a new step."""
        equation, key = record.checked.equation, moment(name)
        own = key
        if key in self.current and self.code:
            self.versions[key] = self.versions.get(key, 1) + 1
            own = f"{key}@{self.versions[key]}"
        self.current[key] = own
        self._know(own, name, record.checked.shape)
        target = Name(name.text, name.base, name.indices, name.span, own)
        self.steps[own] = Step(target, tree, equation, equation.span)

    @property
    def known(self) -> set[str]:
        """The variables of the steps."""
        used = {node.key for step in self.steps.values() for node in walk(step.value) if type(node) is Name}
        return used | set(self.steps)

    @property
    def says_something(self) -> bool:
        """Whether it has steps or claims."""
        return bool(self.steps or self.claims or self.loose)

    def graph(self) -> Graph:
        """The graph of what was read."""
        steps = ordered(self.steps)
        known = self.known
        claims = tuple(claim for claim in self.claims if claim.of in known)
        end = loss(steps, self.shapes, self.section)
        mean = batch(steps, end, claims, self.shapes)
        return Graph(
            steps=steps,
            claims=claims,
            loose=(*(claim for claim in self.claims if claim.of not in known), *self.loose),
            loss=end,
            seeds=() if end else seeds(steps, claims),
            shapes=self.shapes,
            names=self.names,
            spellings=self.spellings,
            batch=mean.dim if mean else None,
            count=mean.length if mean else None,
            layer=None,
            section=self.section,
            unfit=tuple(self.unfit),
        )


def _is_understood(value: Node) -> bool:
    return not any(type(node) is Apply and node.op in ("jacobian", "unknown") for node in walk(value))


def _unknowns(shape: Shape) -> int:
    return sum(not isinstance(dim, Dim) for dim in map(prune, shape))


def _holds(value: Node, name: Name) -> bool:
    return any(type(node) is Name and moment(node) == moment(name) for node in walk(value))


def _keys(node: Node) -> list[str]:
    """The names and operations of a tree in order."""
    return [part.op if isinstance(part, Apply) else getattr(part, "key", part.text) for part in walk(node)]
