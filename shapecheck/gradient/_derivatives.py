"""Formulas for derivatives that are no gradient's name: `∂p/∂z = …`, `σ'(Z) = …`, `∇_x (xᵀ A x) = …`."""

from __future__ import annotations

from typing import Any, TypeGuard

from ..ops import is_a
from ..shapes.dims import Shape, is_single, prune
from ..symbols import SECOND
from ..syntax.dump import dump
from ..syntax.nodes import Apply, Name, Node, put, with_args
from ..values import replace
from ._bindings import Bindings
from ._differentials import changed_in, differential, spoken_in
from ._graph import GRADIENT, SLOPE, TURNED, UNWRITTEN, Claim, Step
from ._reasons import is_understood
from ._record import Record

_PRIME = "_prime"


class Derivatives:
    """What is differentiated by what: an expression without a name becomes a step of its own."""

    def __init__(self, bindings: Bindings, steps: dict[str, Step]) -> None:
        self._bindings = bindings
        self._steps = steps
        self._defined: dict[str, str] = {}

    def claim(self, record: Record, target: Node) -> Claim | None:
        """The claim of a formula whose left side is a derivative; None if it is not one."""
        is_row = type(target) is Apply and target.op == "transpose"
        if type(target) is Apply and is_row:
            target = target.args[0]
        if is_second(target):
            return self._second(record, target)
        if (changed := changed_in(target)) is not None:
            return self._differential(record, target, changed)
        columns = _in_columns(target)
        pair = self._pair(record, columns or target)
        if pair is None or type(target) is not Apply:
            return None
        above, below = pair
        name = Name(target.sign or "'", "∂", (), target.span, f"{GRADIENT}{above}/{GRADIENT}{below}")
        is_turned = columns is not None and is_row and not target.closed
        return replace(self._claim(record, name, below, above), by_columns=columns is not None, turned=is_turned)

    def _claim(self, record: Record, name: Name, below: str = "", above: str = "") -> Claim:
        """The claim that the right side of a formula is what is called so."""
        equation = record.checked.equation
        written = equation.members[-1]
        value = self._bindings.tree(written, record.checked)
        return Claim(below, name, value, written, equation.sign, equation, equation.span, record.passage, above)

    def _differential(self, record: Record, target: Node, changed: Node) -> Claim | None:
        """The claim of a formula for what small changes come to; None if it speaks of none."""
        claim = self._claim(record, Name("d", "d", (), target.span))
        return differential(claim, self._named(record, changed)) if spoken_in(claim) else None

    def _second(self, record: Record, target: Name | Apply) -> Claim | None:
        """The claim of a formula for a second derivative; where it does not say by what it is, it has no variable."""
        arguments = target.args if type(target) is Apply else ()
        above = self._named(record, arguments[0]) if len(arguments) > 2 else record.above
        variables = [node for node in arguments[-2:] if type(node) is Name]
        if not above or len(variables) != len(arguments[-2:]):
            return None
        below, twice = (self._named(record, node) for node in variables) if variables else ("", SECOND)
        name = Name("∂²", "∂", (), target.span, f"{GRADIENT}{above}/{GRADIENT}{below}/{GRADIENT}{twice}")
        return replace(self._claim(record, name, below, above), twice=twice)

    def _pair(self, record: Record, target: Node) -> tuple[str, str] | None:
        """The keys of what is differentiated, and by what."""
        if type(target) is not Apply:
            return None
        if is_a(target, "derivative") and type(target.args[1]) is Name:
            above, below = (self._named(record, node) for node in target.args)
            return (self._identity(record, target.args[0]) if above == below else above), below
        function = _undone(target)
        if function is None:
            return None
        below = self._named(record, target.args[0])
        shape = record.checked.shapes.get(id(target.args[0]))
        argument = self._bindings.names[below]
        inside = Name(argument.text, argument.base, argument.indices, key=below)
        whole = Apply(function.op, (inside,), function.params, function.span)
        return self._step(record, whole, shape), below

    def _identity(self, record: Record, node: Node) -> str:
        """The key of what is differentiated by itself, `∂x/∂x`."""
        return self._step(record, self._bindings.tree(node, record.checked), record.checked.shapes.get(id(node)))

    def define(self, record: Record, target: Node) -> bool:
        """Whether a left side is a function of what nothing else is said of, `log p = …`: it is a variable then."""
        inner = target.args[0] if type(target) is Apply and target.args else None
        if not is_a(target, "function") or type(inner) is not Name:
            return False
        symbol = self._bindings.reading.by_key.get(inner.key)
        if symbol is None or self._bindings.table.look_up(symbol) is not None or record.checked.unknown:
            return False
        value = self._bindings.tree(record.checked.equation.members[-1], record.checked)
        if is_understood(value):
            self._bindings.learn(record)
            key = self._step(record, value, record.checked.shape)
            self._defined[dump(self._bindings.tree(target, record.checked))] = key
        return True

    def _named(self, record: Record, node: Node) -> str:
        """The key of a node: that of a name, else that of a step that computes it."""
        tree = self._bindings.tree(node, record.checked)
        if (defined := self._defined.get(dump(tree))) is not None:
            return defined
        shape = record.checked.shapes.get(id(node))
        if type(node) is Name and type(tree) is Name:
            self._bindings.know(tree.key, node, shape)
            return tree.key
        return self._step(record, tree, shape)

    def _step(self, record: Record, tree: Node, shape: Shape | None) -> str:
        equation = record.checked.equation
        key = f"{UNWRITTEN}{len(self._steps) + 1}"
        name = Name("", UNWRITTEN, key=key)
        self._bindings.names[key], self._bindings.shapes[key] = name, shape and tuple(map(prune, shape))
        self._steps[key] = Step(name, tree, equation, equation.span)
        return key

    def settled(self, claim: Claim) -> Claim:
        """A claim as one for the gradient of its variable, where what it differentiates is a number."""
        value = put(claim.value, self._as_gradient, with_args)
        if claim.is_of_array and not (claim.twice or claim.along) and self._is_number(claim.above):
            name = claim.name
            own = Name(name.text, name.base, name.indices, name.span, GRADIENT + claim.of)
            self._bindings.spellings.setdefault(claim.of, own)
            return replace(claim, name=own, value=value)
        return claim if value is claim.value else replace(claim, value=value)

    def _as_gradient(self, node: Node) -> Node | None:
        """`∂f/∂Z` of a number f as the gradient of Z, and `∂z/∂x` as a name of its own; None of anything else."""
        above, below = node.args if is_a(node, "derivative") else (node, node)
        if type(node) is not Apply or type(above) is not Name or type(below) is not Name:
            return None
        if self._is_number(above.key):
            return Name(node.sign, below.base, below.indices, node.span, GRADIENT + below.key)
        if above.key not in self._steps:
            return None
        key = f"{SLOPE if node.op == 'jacobian' else TURNED}{above.key}{SLOPE}{below.key}"
        return Name(node.sign, above.base, above.indices, node.span, key)

    def _is_number(self, key: str) -> bool:
        shape = self._bindings.shapes.get(key)
        return key in self._steps and is_single(shape)


def _in_columns(target: Node) -> Apply | None:
    """`∂y/∂vec(X)` as `∂y/∂X`; None for any other derivative."""
    below = target.args[1] if is_a(target, "derivative") else None
    if type(target) is not Apply or type(below) is not Apply or below.op != "vec":
        return None
    return Apply(target.op, (target.args[0], below.args[0]), target.params, target.span, target.sign)


def _undone(target: Apply) -> Apply | None:
    """The function of which a node is the derivative, applied to the same; None if it is not a first derivative."""
    params: dict[str, Any] = dict(target.params)
    if target.op == "activation" and params.get("order") == 1:
        return Apply("activation", target.args, {**params, "order": 0}, target.span)
    if target.op.endswith(_PRIME):
        return Apply(target.op.removesuffix(_PRIME), target.args, params, target.span)
    return None


def is_second(node: Node) -> TypeGuard[Name | Apply]:
    """Whether a node is a second derivative: `∂²f/∂x∂y`, or `∇²f` as a name."""
    return node.key.startswith(SECOND) if type(node) is Name else type(node) is Apply and node.op == "hessian"


def is_derivative(node: Apply) -> bool:
    """Whether an operation stands for a derivative: `∂p/∂z`, `σ'(Z)`, `∂²f/∂x∂y`."""
    if node.op == "transpose":
        return type(node.args[0]) is Apply and is_derivative(node.args[0])
    return is_a(node, "derivative") or is_second(node) or _undone(node) is not None
