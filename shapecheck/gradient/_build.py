"""Sort statements into the steps of a forward pass, the gradients claimed, and what is neither."""

from __future__ import annotations

from ..sections import Section
from ..shapes.dims import Shape
from ..syntax.dump import dump
from ..syntax.nodes import NOWHERE, Apply, Name, Node, keys_in, names_in, walk
from ..values import replace
from ._bindings import Bindings
from ._changes import PART, Before, changed, is_zero
from ._components import in_arrays, in_whole
from ._derivatives import Derivatives, is_second
from ._differentials import with_differentials
from ._each import of_entries
from ._graph import Claim, Graph, Lost, Step
from ._layouts import is_turned as is_misfit_turned
from ._layouts import turned_gradient
from ._on_the_way import CUT, is_cut, on_the_way, with_next
from ._reasons import is_understood, lost_in, unjudged, unknown_in
from ._record import Record
from ._shapes import Shapes
from ._silent import HIDDEN, say_silently
from ._states import with_states
from ._summary import batch, is_loss, loss, ordered, seeds
from ._unnamed import with_variable
from ._variables import holds, is_transpose_of, moment, written_as

MISFIT = "its shapes do not fit"
UPDATES = ("-=", "*=", "/=")


class Builder:
    """One graph while its statements are read.

    While it is `returning`, it reads the function that goes back, in which what the forward pass handed over keeps its
    name.
    """

    def __init__(self, section: Section, code: bool) -> None:
        self.section = section
        self.code = code
        self.returning = self.silent = False
        self.bindings = Bindings(section, code)
        self.steps: dict[str, Step] = {}
        self.claims: list[Claim] = []
        self.loose: list[Claim] = []
        self.unfit: list[Claim] = []
        self.lost: dict[str, Lost] = {}
        self.symmetric: set[str] = set()
        self.handed: dict[str, str] = {}
        self.arguments: dict[str, list[str]] = {}
        self.derivatives = Derivatives(self.bindings, self.steps)
        self.before = Before(self.bindings.variable, self._is_zero, self._is_unbegun)

    def add(self, record: Record) -> None:
        """Take one statement for what it is."""
        if (equation := changed(record.checked.equation, self.before, self.code)) is not record.checked.equation:
            shape = self.bindings.held(equation.members[0]) or record.checked.shape
            record = replace(record, checked=replace(record.checked, equation=equation, shape=shape))
        *left, value = equation.members
        targets = [member for member in left if type(member) is Name and not is_second(member)]
        if targets and record.checked.failures and not self.code:
            self._keep_unfit(record, targets[0])
        is_lost = bool(record.checked.failures) and (self.code or not is_misfit_turned(record))
        if is_lost or equation.sign in UPDATES:
            self._lose(record, targets)
            return
        if (claim := of_entries(record, self.bindings)) is not None:
            self._sort(claim, record)
            return
        if (turned := turned_gradient(equation, self.bindings)) is not None:
            self.bindings.learn(record)
            self._claim(record, turned, self.bindings.variable(turned), is_turned=True)
            return
        if not targets:
            self._without_name(record)
            return
        self.silent = self.bindings.silent = self.code and equation.span == NOWHERE
        if self.silent:
            say_silently(self, record, targets[0], value)
        elif claim := on_the_way(self, record, targets[0]):
            self._sort(claim, record)
        elif any(variable := self.bindings.variable(name) for name in targets):
            self.bindings.learn(record)
            self._claim(record, next(name for name in targets if self.bindings.variable(name)), variable)
        elif self.is_backward(value) or self.is_backward(targets[0]):
            self._keep(record, targets)
        else:
            self.bindings.learn(record)
            self._step(record, targets)

    def _lose(self, record: Record, targets: list[Name]) -> None:
        """A forward equation that does not fit by shape: of what it computes nothing is known."""
        equation = record.checked.equation
        is_forward = not self.code and equation.sign not in UPDATES and record.checked.failures
        if is_forward and targets and not any(map(self.bindings.variable, targets)):
            self.lost.setdefault(moment(targets[0]), Lost(MISFIT, equation.span))

    def _without_name(self, record: Record) -> None:
        """A statement whose left side is not a name: a function that it defines, a derivative, or `Aᵀ = A`."""
        target, *others = record.checked.equation.members
        if others and type(others[-1]) is Name and is_transpose_of(target, others[-1]):
            self.symmetric.add(moment(others[-1]))
        if record.defines is not None:
            value = self.bindings.tree(record.checked.equation.members[-1], record.checked)
            if record.checked.unknown and in_arrays(value, self.bindings) is None:
                if is_loss(record.defines):
                    what = f"{unknown_in(value) or 'it'} is not understood"
                    self.lost.setdefault(moment(record.defines), Lost(what, record.checked.equation.span))
                return
            self.bindings.learn(record)
            if not self.is_backward(record.checked.equation.members[-1]):
                own = moment(record.defines)
                names = [moment(node) for node in names_in(target)]
                self.arguments[own] = [name for name in names if name != own]
                self._step(record, [record.defines])
        elif others and self.derivatives.define(record, target):
            return
        elif len(record.checked.equation.members) > 1 and (claim := self.derivatives.claim(record, target)):
            self.bindings.learn(record)
            self._sort(claim, record)

    def is_backward(self, value: Node) -> bool:
        """Whether a value is computed of gradients."""
        names = list(names_in(value))
        return any(self.bindings.variable(name) or self._is_between(name) for name in names)

    def _is_between(self, name: Name) -> bool:
        return moment(name) in self.bindings.between and name.base[:1] != HIDDEN

    def _claim(self, record: Record, name: Name, variable: str, *, is_turned: bool = False) -> None:
        """A formula for the gradient of a variable; one that speaks of that gradient gives it a new value."""
        equation = record.checked.equation
        variable = self.bindings.variable(name)
        written = equation.members[-1]
        value = self.bindings.tree(written, record.checked)
        summed = None if self.code else in_arrays(value, self.bindings)
        value = summed[0] if summed is not None else value
        own = self.bindings.rename(name)
        if type(own) is not Name:
            return
        if equation.sign != "+=" and any(node.key == own.key for node in names_in(value)):
            self.bindings.bind_gradient(variable)
            own = self.bindings.gradient(variable, name)
        claim = Claim(variable, own, value, written, equation.sign, equation, equation.span, record.passage)
        self._sort(replace(claim, above=record.above, turned=is_turned), record)

    def _sort(self, claim: Claim, record: Record) -> None:
        """Keep a claim among those that are judged, or with the reason why it is not."""
        unread = f"{record.unread} in it is not understood" if record.unread else ""
        if any(type(node) is Apply and node.op == PART for node in walk(claim.value)):
            self._cannot_follow(claim)
        elif why := unread or (lost_in(claim.value, self.lost) if self.code else ""):
            self.loose.append(replace(claim, why=why))
        else:
            self.claims.append(claim)

    def _cannot_follow(self, claim: Claim) -> None:
        """A gradient of which code changes a part: what its name holds then, nobody can tell."""
        why = "part of it is changed in place, which is not tracked"
        same = [other for other in self.claims if other.of == claim.of]
        self.claims = [other for other in self.claims if other not in same]
        self.loose += [replace(each, why=why) for each in (*same, claim)]

    def _is_zero(self, name: Name) -> bool:
        step = self.steps.get(self.bindings.current.get(moment(name), ""))
        return step is not None and is_zero(step.value)

    def _is_unbegun(self, name: Name) -> bool:
        variable = self.bindings.variable(name)
        return bool(variable) and all(claim.of != variable for claim in (*self.claims, *self.loose))

    def _keep_unfit(self, record: Record, target: Name) -> None:
        """A gradient whose formula does not fit by shape."""
        equation, variable = record.checked.equation, self.bindings.variable(target)
        own = self.bindings.rename(target) if variable else None
        if type(own) is Name:
            value = equation.members[-1]
            for node in walk(value):
                if type(node) is Name and self.bindings.variable(node):
                    self.bindings.rename(node)
            self.unfit.append(
                Claim(variable, own, value, value, equation.sign, equation, equation.span, record.passage)
            )

    def _keep(self, record: Record, targets: list[Name]) -> None:
        """What is computed on the way back and is not a gradient; an update of a variable is left aside."""
        value = record.checked.equation.members[-1]
        bindings = self.bindings
        for target in targets:
            key = moment(target)
            updated = holds(value, target) and key not in bindings.between
            if key not in self.steps and key not in bindings.current and not updated:
                bindings.between[key] = self.bindings.tree(value, record.checked)

    def _step(self, record: Record, targets: list[Name]) -> None:
        checked, equation = record.checked, record.checked.equation
        value = next((member for member in equation.members if type(member) is not Name), equation.members[-1])
        if record.defines is not None:
            value = equation.members[-1]
        name, key = targets[0], moment(targets[0])
        if not self.code and self._is_no_step(record, name, value):
            return
        if self.returning and key in self.bindings.current and (type(value) is Name or not is_understood(value)):
            return
        tree = self.bindings.tree(value, checked)
        if type(tree) is Apply and tree.op == PART:
            own = self.bindings.bind(name, checked.shape)
            what = f"a part of `{name.text}` is assigned separately, which is not tracked"
            self.lost[own] = Lost(what, equation.span)
        elif (whole := None if self.code else in_whole(name, tree, self.bindings)) is not None:
            self.bind(replace(record, checked=replace(checked, shape=whole[2])), whole[0], whole[1])
        elif self.code and type(tree) is Name:
            self._alias(targets, tree, checked.shape)
        elif not self._is_same(key, tree):
            self.bind(record, name, tree)
            for other in targets[1:]:
                self.bindings.current[moment(other)] = self.bindings.current[key]

    def _is_no_step(self, record: Record, name: Name, value: Node) -> bool:
        """Whether an equation says nothing new, or nothing that is understood, of a name."""
        key = moment(name)
        if is_transpose_of(value, name):
            self.symmetric.add(key)
        if key in self.steps or holds(value, name):
            return True
        what = record.unread or unknown_in(value)
        if what:
            self.lost.setdefault(key, Lost(f"{what} is not understood", record.checked.equation.span))
            self.bindings.current.setdefault(key, key)
        return bool(what) or not is_understood(value)

    def _alias(self, targets: list[Name], value: Name, shape: Shape | None) -> None:
        """`W1 = params["W1"]` of what comes from outside is called W1 from then on; `a = Z1` is another name of Z1."""
        own = value.key if value.key in self.known else moment(targets[0])
        for target in targets:
            self.bindings.alias(target, own, shape)
        self.bindings.current[value.key] = own

    def _is_same(self, key: str, tree: Node) -> bool:
        """Whether a step says again what is said already."""
        step = self.steps.get(self.bindings.current.get(key, ""))
        return step is not None and dump(step.value) == dump(tree) and written_as(step.value) == written_as(tree)

    def bind(self, record: Record, name: Name, tree: Node) -> None:
        """Make a name the variable of a new step."""
        equation = record.checked.equation
        own = self.bindings.bind(name, record.checked.shape)
        target = Name(name.text, name.base, name.indices, name.span, own)
        self.steps[own] = Step(target, tree, equation, equation.span)
        self.lost.pop(own, None)

    @property
    def known(self) -> set[str]:
        """The variables of the steps."""
        used = {key for step in self.steps.values() for key in keys_in(step.value)}
        return used | set(self.steps)

    @property
    def says_something(self) -> bool:
        """Whether it has steps or claims, or forward equations that are not understood."""
        return bool(self.steps or self.claims or self.loose or self.lost)

    def graph(self) -> Graph:
        """The graph of what was read."""
        bindings, steps = self.bindings, ordered(self.steps)
        known = self.known
        shapes = with_states(bindings.shapes, steps, self.section) if self.code else bindings.shapes
        shape_of = Shapes(shapes, self.section).of
        claims = self.claims if self.code else with_differentials(self.claims, self.steps)
        named = [with_variable(claim, self.steps, self.arguments, shape_of) for claim in claims]
        told = [self.derivatives.settled(claim) for claim in named]
        judged = [claim for claim in told if claim.of in known and is_understood(claim.value) and not claim.why]
        end = loss(steps, shapes, self.section, judged)
        mean = batch(steps, end, tuple(judged), shapes)
        if end and self.code:
            told = [replace(claim, why=CUT) if is_cut(claim, steps, self.handed) else claim for claim in told]
            judged = [claim for claim in judged if claim in told]
            steps, end, shapes = with_next(steps, end, self.handed, shapes, bindings.names)
        return Graph(
            steps=steps,
            claims=tuple(judged),
            loose=(*(unjudged(claim) for claim in told if claim not in judged), *self.loose),
            loss=end,
            seeds=() if end else seeds(steps, tuple(judged)),
            shapes=shapes,
            names=bindings.names,
            spellings=bindings.spellings,
            batch=mean.dim if mean else None,
            count=mean.length if mean else None,
            layer=None,
            section=self.section,
            unfit=tuple(self.unfit),
            lost=self.lost,
            symmetric=frozenset(self.symmetric),
            between=self.bindings.between,
        )
