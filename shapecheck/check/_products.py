"""The products that statements multiply, as rows of factors, and how each factor lies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from ..course import GRADIENTS, Line, speaks_of_gradients
from ..infer import Checked
from ..ops import is_a
from ..repairs._repair import is_product, is_scalar
from ..shapes.dims import ONE, is_place, prune
from ..symbols import ERRORS
from ..syntax.dump import dump
from ..syntax.nodes import Apply, Equation, Name, Node, Number, is_op, walk
from ._traces import Product, Row, TracedFactor

_ENTRY = re.compile(r"""['"]([^'"]+)['"]\W*\Z""")
"""What an entry of a dictionary is called: `W1` of `params["W1"]`."""
_HELD = re.compile(r"\.(?:data|value|val)\Z")
"""What an object calls the array that it holds."""
_LAYER = re.compile(r"\[(\d+)\]\Z")
"""The number of a layer after a name: `[1]` of `W[1]`."""


def products(line: Line, checked: Checked, names: Collection[str] | None, lying: Collection[str]) -> Iterator[Product]:
    """The products of a statement; `names` are those computed from gradients, None if it speaks of no gradient.

    `lying` are the keys of those that stand for what is called alike, transposed.
    """
    reader = _ProductReader(line, checked, names or (), lying)
    function = line.section.table.function
    target, *values = checked.equation.members
    is_backward = names is not None
    named = target if values and type(target) is Name else None
    given, gives = (reader.target(named, is_backward), reader.factor(named).name) if named else (None, "")
    for value in values or (target,):
        for made, factors, is_whole in reader.rows(value, is_whole=True):
            is_behind = is_backward and not (given is not None and not is_whole and reader.is_of(made, factors, given))
            yield Product(line, checked, made, given if is_whole else None, factors, is_behind, function, gives)


def renaming(
    line: Line, checked: Checked, names: Collection[str] | None
) -> tuple[TracedFactor, TracedFactor | None] | None:
    """The name that a statement of a program gives, and the array that has another one; None of anything else.

    An attribute or an entry stands for what is put into it, and a name for what is taken out of it, or reshaped; a
    difference of two arrays may be the gradient of the first.
    """
    (target, *_, value), reader = checked.equation.members, _ProductReader(line, checked, names or (), ())
    if not line.section.notation.is_code or type(target) is not Name or value is target or _is_nothing(value):
        return None
    inner = value.args[0] if type(value) is Apply and value.op == "reshape" and not _makes_vector(value) else value
    core, is_turned = reader.core(value)
    if type(core) is Apply and core.op == "add" and len(core.args) == 2 and is_op(core.args[1], "neg"):
        of, whole = reader.factor(core.args[0]), reader.factor(target)
        return whole, whole._replace(name=of.name, is_seed=True, is_turned=is_turned != of.is_turned)
    if type(inner) is not Name or (inner is value and not (_is_held(inner) or _is_held(target))):
        return reader.factor(target), None
    if inner.key == target.key or is_place(inner.key):
        return None
    return reader.factor(target), reader.factor(inner)


def turned_names(line: Line, checked: Checked, names: Collection[str] | None) -> Iterator[str]:
    """The arrays of which a gradient is written transposed, and those that are bound to the transpose of another."""
    target, *values = checked.equation.members
    reader = _ProductReader(line, checked, names or (), ())
    for node in walk(*checked.equation.members):
        if type(node) is Apply and is_transpose(node) and type(node.args[0]) is Name:
            factor = reader.factor(node.args[0])
            if factor.is_gradient or (node in values and type(target) is Name):
                yield factor.name if factor.is_gradient else reader.factor(target).name


def _is_held(name: Name) -> bool:
    """Whether a name is that of an attribute or of an entry."""
    return "." in name.key or "[" in name.key


def _is_nothing(node: Node) -> bool:
    return type(node) is Number or (type(node) is Name and node.key == "None")


class _ProductReader:
    """What one statement multiplies."""

    def __init__(self, line: Line, checked: Checked, names: Collection[str], lying: Collection[str]) -> None:
        self.section = line.section
        self.checked = checked
        self.names = names
        self.lying = lying

    def rows(self, node: Node, is_whole: bool) -> Iterator[tuple[Apply, Row, bool]]:
        """The products in a tree, with their factors, and whether nothing is done to the entries."""
        node, is_turned = self.core(node)
        if type(node) is not Apply:
            return
        if is_product(node, self.checked) or node.op == "outer":
            row = self._row(node, is_turned)
            inner = [each.node for each in row if not each.name]
            if len(row) > 1:
                yield node, row, is_whole
            for each in inner:
                yield from self.rows(each, is_whole and len(row) == 1)
        elif is_a(node, "total") and is_whole and not is_turned:
            yield node, (self.factor(node.args[0]),), True
        elif node.op == "add":
            for term in node.args:
                yield from self.rows(term, is_whole and not is_turned)
        else:
            if node.op == "hadamard" and not is_turned:
                for one, other in pairwise(node.args):
                    yield node, (self.factor(one), self.factor(other)), is_whole and len(node.args) == 2
            for term in node.args:
                yield from self.rows(term, is_whole=False)

    def factor(self, node: Node) -> TracedFactor:
        """A tree as one factor."""
        core, is_turned = self.core(node)
        if type(core) is Apply and core.op == "activation" and not core.params.get("order"):
            inner, is_inner_turned = self.core(core.args[0])
            core, is_turned = (inner, is_turned != is_inner_turned) if type(inner) is Name else (core, is_turned)
        is_seed = speaks_of_gradients(self.section, (core,), self.names)
        part = core
        if type(core) is Apply and core.op == "slice" and _is_block(core):
            core = core.args[0]
        symbol = self.section.survey.reading.by_key.get(core.key) if type(core) is Name else None
        if symbol is None:
            is_matrix = self._is_matrix(core, "")
            return TracedFactor("", dump(core), is_turned, False, is_seed or type(core) is Apply, is_matrix, node)
        is_gradient = bool(symbol.of) and self.section.table.is_gradient(symbol)
        key = self.section.table.variable(symbol).key if is_gradient else symbol.key
        name = self._called(key)
        is_matrix = self._is_matrix(core, name)
        is_turned ^= symbol.key in self.lying
        name = "" if is_seed and not is_gradient else name if part is core else f"{name}[{dump(part)}]"
        return TracedFactor(name, symbol.key, is_turned, is_gradient, is_seed, is_matrix, node)

    def target(self, node: Name, is_backward: bool) -> TracedFactor | None:
        """What a product gives: of one that speaks of gradients a gradient, as it is spelled, of another none."""
        factor, symbol = self.factor(node), self.section.survey.reading.by_key.get(node.key)
        if is_backward and node.key in GRADIENTS:
            return factor._replace(name="", is_gradient=True)
        if is_backward and not factor.is_gradient and symbol is not None and symbol.of and symbol.base not in ERRORS:
            factor = factor._replace(name=self._called(symbol.gradient_of().key), is_gradient=True)
        return factor if factor.is_gradient is is_backward else None

    def is_of(self, node: Node, factors: Row, gradient: TracedFactor) -> bool:
        """Whether a product within a gradient is what is differentiated: the `X θ` of `dθ = X.T (X θ - y)`."""
        is_any = not gradient.name or gradient.name in [factor.name for factor in factors]
        return is_any and not speaks_of_gradients(self.section, (node,), self.names)

    def core(self, node: Node) -> tuple[Node, bool]:
        """A tree without what leaves its entries where they are, up to a number, and whether it is transposed."""
        is_turned = False
        while type(node) is Apply:
            factors = [each for each in node.args if not self._is_number(each)] if node.op == "hadamard" else []
            if is_transpose(node):
                is_turned, node = not is_turned, node.args[0]
            elif (is_a(node, "multiple") or node.op in ("sum_over", "reshape")) and not _makes_vector(node):
                node = node.args[0]
            elif len(factors) == 1:
                node = factors[0]
            else:
                break
        return node, is_turned

    def _row(self, node: Node, is_turned: bool) -> Row:
        """The factors of a product, numbers left out."""
        is_around_turned, (core, is_core_turned) = is_turned, self.core(node)
        is_turned = is_around_turned != is_core_turned
        if type(core) is Apply and is_product(core, self.checked):
            parts = [self._row(each, is_turned) for each in core.args]
        elif type(core) is Apply and core.op == "outer" and len(core.args) == 2:
            flat = [self.factor(each) for each in core.args]
            parts = [(flat[0]._replace(is_turned=is_turned),), (flat[1]._replace(is_turned=not is_turned),)]
        elif self._is_number(core):
            return ()
        else:
            factor = self.factor(node)
            return (factor._replace(is_turned=factor.is_turned != is_around_turned),)
        return tuple(factor for part in (reversed(parts) if is_turned else parts) for factor in part)

    def _called(self, key: str) -> str:
        """What an array is called by itself: `x` of `self.x` or of `cache.x`, `W1` of `params["W1"]` and of `W_1`."""
        root, dot, rest = _HELD.sub("", key).partition(".")
        function = self.section.table.function
        is_given = function is not None and (root == function.this or root in function.parameters)
        found = _ENTRY.search(key)
        name = found[1] if found else rest if dot and is_given else _HELD.sub("", key)
        return _LAYER.sub(r"\1", name).strip("_")

    def _is_number(self, node: Node) -> bool:
        return type(node) is Number or is_scalar(node, self.checked)

    def _is_matrix(self, node: Node, name: str) -> bool:
        """Whether a tree is plainly a matrix that lies one way, no number and no vector.

        In mathematics a small letter is none unless its author states its shape.
        """
        if type(node) is Apply and node.op == "hadamard" and len({_is_turned(each) for each in node.args}) > 1:
            return False
        shape, is_code = self.checked.shapes.get(id(node)), self.section.notation.is_code
        if shape is not None and (len(shape) < 2 or (not is_code and any(prune(dim) is ONE for dim in shape))):
            return False
        if is_code or type(node) is not Name or name[:1].isupper():
            return True
        quantities = self.section.table.quantities
        return shape is not None and quantities is not None and not quantities.supposes((shape,))


def _is_turned(node: Node) -> bool:
    return type(node) is Apply and is_transpose(node)


def is_transpose(node: Apply) -> bool:
    """Whether an operation exchanges the last two axes, and no others."""
    axes = node.params.get("axes")
    if node.op == "swapaxes":
        return {node.params.get("axis1"), node.params.get("axis2")} in ({-1, -2}, {2, 3})
    if node.op != "transpose" or axes is None:
        return node.op == "transpose"
    last = len(axes)
    return axes in ((-2, -1), (-1, -2), (*range(last - 2), last - 1, last - 2))


def _is_block(node: Apply) -> bool:
    """Whether a slice takes rows and columns of a matrix, and leaves it one: `W[:, n:]`."""
    items = node.params.get("items", ())
    return bool(items) and all(isinstance(item, tuple) and item[0] == "range" for item in items)


def _makes_vector(node: Apply) -> bool:
    """Whether a reshape makes a row or a column, however its array lay: `x.reshape(-1, 1)`."""
    shape = node.params.get("shape")
    return isinstance(shape, tuple) and 1 in shape


def lies(statement: Equation, lying: Collection[str]) -> tuple[str, bool]:
    """The key of the name that a statement gives to an array that is called alike, and whether it is transposed then.

    The key is "" where the statement does nothing of that kind.
    """
    target, value, is_turned = statement.members[0], statement.members[-1], False
    while type(value) is Apply and is_transpose(value):
        value, is_turned = value.args[0], not is_turned
    if type(target) is not Name or type(value) is not Name:
        return (target.key if type(target) is Name else ""), False
    is_alike = target.key.rpartition(".")[2].strip("_") == value.key.rpartition(".")[2].strip("_")
    return target.key, is_alike and is_turned != (value.key in lying)
