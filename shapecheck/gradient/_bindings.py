"""Which variable a name is, statement by statement, and what is known of its shape and of how it is spelled."""

from __future__ import annotations

from ..infer import Checked
from ..notations._names import decompose
from ..sections import Section
from ..shapes.dims import Dim, Shape, prune
from ..symbols import OF_NUMBER, Symbol
from ..syntax.nodes import Apply, Name, Node, walk
from ..table import Table
from ._graph import GRADIENT, REBOUND
from ._record import Record
from ._variables import moment, rewritten


class Bindings:
    """The names of one graph while its statements are read.

    In code an assignment binds a name anew: `current` says which variable it is now, `rebound` what its gradient is
    called since that was bound anew. `between` is what is computed on the way back and is not a gradient, by its value.
    While it is `silent`, names are those that nobody wrote.
    """

    def __init__(self, section: Section, code: bool) -> None:
        self.table: Table = section.table
        self.reading = section.survey.reading
        self.code = code
        self.section = section
        self.silent = False
        self.between: dict[str, Node] = {}
        self.current: dict[str, str] = {}
        self.rebound: dict[str, str] = {}
        self.shapes: dict[str, Shape | None] = {}
        self.names: dict[str, Name] = {}
        self.spellings: dict[str, Name] = {}
        self._versions: dict[str, int] = {}

    def variable(self, name: Name) -> str:
        """The variable of which a name is the gradient, empty if it is not one."""
        if name.key.startswith(OF_NUMBER):
            key = name.key.removeprefix(OF_NUMBER)
            return self.current.get(key, key)
        symbol = self.reading.by_key.get(name.key)
        if symbol is not None and symbol.of and not symbol.is_change and self.table.is_gradient(symbol):
            key = self.table.variable(symbol).key + moment(name)[len(name.key) :]
            return self.current.get(key) or self._of_a_pass(key) or key
        return self._of_part(name, symbol) if self.code else ""

    def _of_a_pass(self, key: str) -> str:
        """In a loop over t, where nothing is called y: `y[t]`, or `ys[t]`, for `dy`."""
        found = (other for other in self.current if other.partition("<")[0] in (key, f"{key}s")) if self.code else ()
        passes = [other for other in found if other.partition("<")[2][:-1].isidentifier()]
        return self.current[passes[0]] if len(passes) == 1 else ""

    def _of_part(self, name: Name, symbol: Symbol | None) -> str:
        """W for `grads["dW"]`, `self.z` for `dz`."""
        if name.indices and name.indices[-1].kind in '".':
            symbol = self.reading.symbol(*decompose(name.indices[-1].text))
        if symbol is None or not symbol.of or symbol.is_change:
            return ""
        own = self.table.variable(symbol).key
        plain = own.replace("[", "").replace("]", "")
        parts = (f'{name.base}["{own}"]', own, f"self.{own}", f"self.{plain}")
        return next((self.current[key] for key in parts if key in self.current), "")

    def rename(self, name: Name) -> Node:
        """A name with the key of its variable; what is computed on the way back, or by nobody's hand, by its value."""
        key = moment(name)
        if key in self.between:
            return self.between[key]
        variable = self.variable(name)
        if variable:
            return self.gradient(variable, name)
        own = self.current.setdefault(key, key)
        written = self.names.get(own) if self.silent else None
        return Name((written or name).text, name.base, name.indices, name.span, own)

    def tree(self, node: Node, checked: Checked) -> Node:
        """A tree of a statement in the graph's variables."""
        return rewritten(node, checked, self.rename, self.section)

    def gradient(self, variable: str, name: Name) -> Name:
        """A name as that of a variable's gradient."""
        key = GRADIENT + self.rebound.get(variable, variable)
        found = Name(name.text, name.base, name.indices, name.span, key)
        self.spellings.setdefault(variable, found)
        return found

    def held(self, array: Node) -> Shape | None:
        """The shape of what a name holds, before it is bound anew."""
        return self.shapes.get(self.current.get(moment(array), "")) if type(array) is Name else None

    def bind_gradient(self, variable: str) -> None:
        """The gradient of a variable gets a new value, computed of the one that it had."""
        _, _, number = self.rebound.get(variable, "").rpartition(REBOUND)
        self.rebound[variable] = f"{variable}{REBOUND}{int(number or 1) + 1}"

    def bind(self, name: Name, shape: Shape | None) -> str:
        """Make a name a variable of its own from here on; its key."""
        key = own = moment(name)
        if key in self.current and self.code:
            self._versions[key] = self._versions.get(key, 1) + 1
            own = f"{key}@{self._versions[key]}"
        self.current[key] = own
        self.know(own, name, shape)
        return own

    def alias(self, target: Name, own: str, shape: Shape | None) -> None:
        """Make a name another name of a variable."""
        self.current[moment(target)] = own
        self.know(own, target, shape)

    def learn(self, record: Record) -> None:
        """The shapes of the names in a statement, and how they are spelled; of what it defines later."""
        *left, value = record.checked.equation.members
        for member in (value, *left) if not self.code else (value,):
            for node in walk(member):
                if type(node) is Name and not self.variable(node):
                    self.know(moment(node), node, record.checked.shapes.get(id(node)))
                elif type(node) is Apply and node.op == "slice":
                    self._learn_places(node)

    def _learn_places(self, node: Apply) -> None:
        """The shapes of the arrays that stand as places in another, as y in `P[arange(N), y]`."""
        for item in node.params["items"]:
            symbol = self.reading.by_key.get(item.key) if type(item) is Name else None
            entry = self.table.look_up(symbol) if symbol is not None else None
            if entry is not None:
                self.know(moment(item), item, entry.shape)

    def know(self, key: str, name: Name, shape: Shape | None) -> None:
        """Note a variable's shape and spelling; the shape in which less is open holds."""
        key = self.current.get(key, key)
        shape = shape and tuple(map(prune, shape))
        before = self.shapes.get(key)
        if before is None or (shape is not None and _unknowns(shape) < _unknowns(before)):
            self.shapes[key] = shape
        self.names.setdefault(key, name)


def _unknowns(shape: Shape) -> int:
    return sum(not isinstance(dim, Dim) for dim in map(prune, shape))
