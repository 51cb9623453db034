"""Give each node of a tree its shape, bottom up, and collect a fact for each that has none."""

from __future__ import annotations

from typing import Any

from ..notations._names import decompose
from ..ops import Op, every, is_a, ops
from ..ops.derivatives import diagonal
from ..ops.reshaping import open_axes
from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Dim, Shape, TooLong, Var, number, prune
from ..shapes.solve import Solver
from ..symbols import Reading
from ..syntax.nodes import Apply, Name, Node, Trouble
from ..table import SCALAR, Table
from ._dimensions import Dimensions
from ._residuals import with_hypothesis
from ._wants import is_of_any_size, is_of_rows, quantity, wanted
from .facts import Fact

_DIMENSION_PARAMS = frozenset(
    ("shape", "items", "n", "m", "size", "first", "last", "num", "repeats", "reps", "pad_width", "sections")
)
_SCALARS = frozenset(("dimension", "scalar"))
_TEXTS = frozenset(("string", "range"))


def _outgrows(result: Shape | None, shapes: tuple[Shape | None, ...]) -> bool:
    """Whether a row and a column broadcast to a matrix: `xᵀ · δ` is not meant to be elementwise then."""
    return (
        (result is not None and len(result) == 2)
        and all(shape is not None and len(shape) == 2 for shape in shapes)
        and not any(
            all(prune(a) is prune(b) for a, b in zip(result, shape, strict=True))
            for shape in shapes
            if shape is not None
        )
    )


class Engine(Dimensions):
    """One walk over a statement's trees: `shapes` by the id of each node, and the facts found on the way.

    `known` holds shapes from an earlier walk, for nodes that both trees share.
    """

    __slots__ = (
        "_ops", "diagonals", "facts", "known", "reading", "readings", "shapes", "solver", "table", "tensors",
        "troubles", "unknown",
    )  # fmt: skip

    def __init__(self, table: Table, reading: Reading, solver: Solver, known: dict[int, Shape] | None = None) -> None:
        self.table = table
        self.reading = reading
        self.solver = solver
        self.known = known or {}
        self.shapes: dict[int, Shape | None] = {}
        self.readings: dict[int, str] = {}
        self.facts: list[Fact] = []
        self.troubles: list[Trouble] = []
        self.unknown = False
        self.tensors: set[int] = set()
        self.diagonals: dict[int, Shape] = {}
        self._ops = ops()

    def shape(self, node: Node) -> Shape | None:
        """The shape of a node; None if unknown."""
        if id(node) in self.known:
            return self.known[id(node)]
        try:
            found = self._name(node) if isinstance(node, Name) else self._apply(node) if isinstance(node, Apply) else ()
        except TooLong as limit:
            self.troubles.append(Trouble("SC104", node.span, {"what": str(limit)}))
            found, self.unknown = None, True
        self.shapes[id(node)] = found
        return found

    def _name(self, name: Name) -> Shape | None:
        symbol = self.reading.by_key.get(name.key)
        entry = symbol and self.table.look_up(symbol)
        if entry is SCALAR or (not entry and is_of_any_size(name)):
            self.readings[id(name)] = "constant"
        if entry:
            return entry.shape
        found = self._constant(name) if id(name) in self.readings else None
        self.unknown = self.unknown or found is None
        return found

    def _constant(self, name: Name) -> Shape | None:
        """The identity, `I` of any size or `I_n`, and a column of ones, `1_m`; bare ones may be a matrix."""
        side: Dim | Var = Var("I", eager=True)
        if name.indices:
            symbol = self.reading.symbol(*decompose(name.indices[0].text))
            side = self.table.dimension(symbol) if self.table.is_dimension(symbol) else side
        if name.base == "I":
            return side, side
        return (side, ONE) if name.indices else None

    def _apply(self, node: Apply) -> Shape | None:
        op = self._ops.get(node.op)
        if op is None:
            return self._without_rule(node)
        unknown = self.unknown
        shapes = tuple([self.shape(argument) for argument in node.args])
        if node.op == "add":
            shapes = with_hypothesis(self, node, shapes, unknown)
        if self.table.quantities is not None:
            shapes = self._wanted(node, shapes, unknown)
        if self.diagonals and node.op == "product":
            shapes = self._with_diagonals(node, shapes)
        if None in shapes and is_a(node, "product", "transposition"):
            shapes = self._with_ones(node, shapes, unknown)
        if self.tensors and is_a(node, "multiplication", "quotient"):
            shapes = self._without_tensors(node, shapes)
        if op.either:
            return self._either(node, shapes, op.prefer(node, shapes) if op.prefer else op.either)
        result = self._result(node, shapes, node.op)
        if node.op == "reshape" and shapes[0] is None and result is not None:
            result = self._with_rest(node, result)
            self.unknown = unknown
        return result

    def _with_rest(self, node: Apply, shape: Shape) -> Shape:
        """The shape to which an array of unknown rank is brought, its -1 being the same each time."""
        free = open_axes(self.dimensions(node.params.get("shape")))
        found = quantity(self, node.args[0]) if len(free) == 1 < len(shape) else None
        if found is None:
            return shape
        return (*shape[: free[0]], found.rest(len(shape), free[0]), *shape[free[0] + 1 :])

    def _wanted(self, node: Apply, shapes: tuple[Shape | None, ...], unknown: bool) -> tuple[Shape | None, ...]:
        """The arguments' shapes, of those that are open what the operation wants of them."""
        found = wanted(self, node, shapes)
        if None in shapes and all([self.shapes.get(id(argument)) is not None for argument in node.args]):
            self.unknown = unknown
        return found

    def op(self, name: str) -> Op | None:
        """The operation with that name."""
        return self._ops.get(name)

    def again(self, node: Apply) -> Shape | None:
        """The shape of a node of whose arguments more is known than before."""
        return self._result(node, tuple([self.shapes[id(argument)] for argument in node.args]), node.op)

    def _with_ones(self, node: Apply, shapes: tuple[Shape | None, ...], unknown: bool) -> tuple[Shape | None, ...]:
        """The arguments' shapes where a bare `𝟙` is a factor or transposed: it is a column then."""
        found = list(shapes)
        for place, argument in enumerate(node.args):
            if type(argument) is Name and argument.base == "𝟙" and found[place] is None:
                found[place] = self.shapes[id(argument)] = Var("1", eager=True), ONE
        if None not in found:
            self.unknown = unknown
        return tuple(found)

    def _without_rule(self, node: Apply) -> Shape | None:
        """A part of an array's shape is a scalar; the shape of all else that has no rule is unknown."""
        if node.op == "called":
            return self._called(node)
        for argument in node.args:
            self.shape(argument)
        if node.op in _SCALARS:
            return ()
        self.unknown = self.unknown or node.op not in _TEXTS
        return None

    def _called(self, node: Apply) -> Shape | None:
        """What a followed call gives; its arguments are looked at, and may be unknown without the result being so."""
        result, *arguments = node.args
        shape, unknown = self.shape(result), self.unknown
        for argument in arguments:
            self.shape(argument)
        self.unknown = unknown
        return shape

    def _result(self, node: Apply, shapes: tuple[Shape | None, ...], name: str) -> Shape | None:
        params = self._params(node) if node.params else node.params
        result = self._ops[name].shape(self.solver, shapes, params)  # type: ignore[misc]
        if is_of_rows(node) and not self.solver.mathematics:
            result = None
        if name in every("derivative", "transposition") and self._is_tensor(node, result):
            self.tensors.add(id(node))
        if name == "jacobian" and node.params and isinstance(result, tuple):
            self.diagonals[id(node)] = result
        if isinstance(result, Clash):
            self.facts.append(self._fact(node, shapes, result))
            return None
        if result is None:
            self.unknown = True
        elif name == "add" and len(shapes) > 1 and result not in shapes:
            self._outer_sum(node, shapes, result)  # type: ignore[arg-type]
        return result

    def _is_tensor(self, node: Apply, result: Shape | Clash | None) -> bool:
        """Whether a derivative, or the transpose of one, is not a matrix."""
        return type(result) is tuple and len(result) > 2 and (node.op == "jacobian" or id(node.args[0]) in self.tensors)

    def _with_diagonals(self, node: Apply, shapes: tuple[Shape | None, ...]) -> tuple[Shape | None, ...]:
        """The factors' shapes, that of an activation's derivative of a vector being a diagonal matrix."""
        found = [self.diagonals.get(id(argument)) for argument in node.args]
        square = [diagonal(shape) if shape else None for shape in found]
        return tuple(matrix or shape for matrix, shape in zip(square, shapes, strict=True))

    def _either(self, node: Apply, shapes: tuple[Shape | None, ...], names: tuple[str, ...]) -> Shape | None:
        """The first operation that fits; if none does, the fact is that of the first."""
        for name in names:
            mark = self.solver.mark()
            result = self._ops[name].shape(self.solver, shapes, node.params)  # type: ignore[misc]
            may_spread = name == "hadamard" and node.op == "dot"
            if not isinstance(result, Clash) and not (may_spread and _outgrows(result, shapes)):
                self.readings[id(node)] = name
                result = None if name == "hadamard" and any(map(_is_jacobian, node.args)) else result
                self.unknown = self.unknown or result is None
                return result
            self.solver.undo(mark)
        return self._result(node, shapes, names[0])

    def _without_tensors(self, node: Apply, shapes: tuple[Shape | None, ...]) -> tuple[Shape | None, ...]:
        """The factors' shapes, those of tensors taken out: a product with one is not a product of matrices."""
        places = [place for place, argument in enumerate(node.args) if id(argument) in self.tensors]
        for place in places:
            self.facts.append(self._fact(node, shapes, Clash("tensor", (place,))))
        return tuple(None if place in places else shape for place, shape in enumerate(shapes))

    def _fact(self, node: Apply, shapes: tuple[Shape | None, ...], clash: Clash) -> Fact:
        operands = tuple(node.args[place] for place in clash.arguments)
        return Fact(clash.kind, node, operands, tuple(shapes[place] or () for place in clash.arguments), clash)

    def _outer_sum(self, node: Apply, shapes: tuple[Shape, ...], result: Shape) -> None:
        """A sum whose result is larger than each of its terms: a column with a row."""
        terms = zip(node.args, shapes, strict=True)
        wide = [(term, shape) for term, shape in terms if len(shape) and _is_smaller(shape, result)]
        if all(_is_turned(term) for term, _ in wide):
            return
        if len(result) == 2 and len(wide) > 1 and all(len(shape) for shape in shapes):
            narrow, dims = zip(*wide[:2], strict=True)
            self.facts.append(Fact("outer-sum", node, narrow, dims, words={"result": result}))

    def _params(self, node: Apply) -> dict[str, Any]:
        """The parameters with nodes that stand for dimensions turned into dimensions."""
        read = {
            name: self.dimensions(value) if name in _DIMENSION_PARAMS else value for name, value in node.params.items()
        }
        if node.op == "slice" and read["items"] is not None:
            pairs = zip(node.params["items"], read["items"], strict=True)
            read["items"] = tuple([self._positions(item) or known for item, known in pairs])
        return read

    def _positions(self, item: Any) -> tuple[str, Shape] | None:
        """An item that is an array of indices, with its shape; None for a single index, a range or what is unknown."""
        if type(item) is tuple and item and all(type(each) is int for each in item):
            return "positions", (number(len(item)),)
        if type(item) is Apply:
            shape = self._shape_aside(item)
        else:
            symbol = self.reading.by_key.get(item.key) if type(item) is Name else None
            entry = symbol and self.table.look_up(symbol)
            shape = entry.shape if entry else None
        is_index = is_a(item, "constant")
        return ("positions" if is_index else "array", shape) if shape else None

    def _shape_aside(self, item: Apply) -> Shape | None:
        """The shape of what chooses entries, unless it is a mask; it makes nothing else unknown, and is not blamed."""
        if is_a(item, "mask"):
            return None
        facts, unknown = len(self.facts), self.unknown
        shape = self.shape(item)
        del self.facts[facts:]
        if not shape:
            self.unknown = unknown
        return shape


def _is_turned(term: Node) -> bool:
    """Whether a term is made a column or a row explicitly, `a[:, None]` or `a.reshape(-1, 1)`, and so on purpose."""
    if type(term) is Apply and term.op == "neg":
        term = term.args[0]
    items = term.params.get("items", ()) if type(term) is Apply else ()
    return type(term) is Apply and (term.op == "reshape" or (term.op == "slice" and None in items))


def _is_smaller(shape: Shape, whole: Shape) -> bool:
    """Whether a shape is certainly smaller than the whole that it is broadcast to."""
    pairs = zip(map(prune, reversed(shape)), map(prune, reversed(whole)), strict=False)
    return len(shape) < len(whole) or any(
        dim is ONE and type(other) is Dim and other is not ONE for dim, other in pairs
    )


def _is_jacobian(node: Node) -> bool:
    """Whether a factor is the derivative of an array by an array, not of an activation: it is not elementwise."""
    return type(node) is Apply and node.op == "jacobian" and not node.params.get("elementwise")
