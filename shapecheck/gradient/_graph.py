"""The forward equations of a file as a graph, and the gradients that its author claims."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ..documents import Passage
from ..sections import Section
from ..shapes.dims import Dim, Shape, prune
from ..syntax.nodes import Apply, Equation, Name, Node, keys_in, names_in
from ..text import Span
from ..values import NamedTuple, dataclass, field
from ._shapes import Shapes

GRADIENT = "∂"
"""How the key of a gradient begins; its variable's key follows."""
REBOUND = "#"
"""After it, in the key of a gradient, the number of times that code has bound it: `∂h#2`."""
UNWRITTEN = "·"
"""How the key of a variable begins that stands for an expression to which its author gives no name."""
SLOPE, TURNED = "′", "″"
"""How the key of a derivative of an array begins where a gradient is computed of it; the latter in the other layout."""

EACH = "each_entry"
"""The operation whose argument is computed for each entry of an array."""
KRONECKER = "δ_"
"""The key of what is 1 where its two letters are equal."""


@dataclass(slots=True)
class Step:
    """A forward equation: the variable that it defines, which is `name.key`, and its value."""

    name: Name
    value: Node
    equation: Equation
    span: Span


class Lost(NamedTuple):
    """Why the value of an equation is not known, in words, and its place."""

    what: str
    span: Span


class Side(NamedTuple):
    """One side of a derivative of entries by entries: the key of an array, and the letters of its axes."""

    array: str = ""
    letters: tuple[str, ...] = ()


@dataclass(slots=True)
class Claim:
    """A formula of the author for a gradient.

    `of` is the variable, `name` the gradient as it is written. In `value` what the author computes on the way is put in
    place of its name; `written` is the last member as it stands. `above` is what is differentiated, "" where its author
    does not say it. `why` says of one that is not judged what stands in the way. `among` are the variables by which it
    may be the gradient, where its author names none and several have its shape. `twice` is the second variable of a
    second derivative; one that does not say by what it is has no variable yet. A differential is what comes to `above`
    from small changes of the variables `along` which it goes; in its value these are the names of their gradients.
    Where it goes `by_columns`, its variable is what that has in its columns, one below the other, as in `∂y/∂vec(X)`.
    One that is `turned` is for the transpose, `∂f/∂xᵀ`. One that says what each entry is, `∂y_i/∂x_j = …`, has a value
    of the operation `EACH`.
    """

    of: str
    name: Name
    value: Node
    written: Node
    sign: str
    equation: Equation
    span: Span
    passage: Passage | None = None
    above: str = ""
    why: str = ""
    among: tuple[str, ...] = ()
    twice: str = ""
    along: tuple[str, ...] = ()
    turned: bool = False
    by_columns: bool = False

    @property
    def is_of_array(self) -> bool:
        """Whether it is the derivative of an array, not the gradient of a number."""
        return bool(self.above) and self.name.key.startswith(f"{GRADIENT}{self.above}/")

    @property
    def pair(self) -> tuple[str, ...]:
        """What is differentiated, and by what; by two variables where it is a second derivative."""
        return (self.above, self.of, self.twice) if self.twice else (self.above, self.of)

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is differentiated by what, where it says what each entry of the derivative is."""
        value = self.value
        return value.params["sides"] if type(value) is Apply and value.op == EACH else ()

    @property
    def slopes(self) -> dict[str, tuple[str, str]]:
        """The derivatives of arrays of which it is computed, by key: what is differentiated, and by what."""
        keys = {node.key for node in names_in(self.value) if node.key[:1] in (SLOPE, TURNED)}
        pairs = ((key, key[1:].split(SLOPE)) for key in keys)
        return {key: (above, below) for key, (above, below) in pairs}

    @property
    def pairs(self) -> tuple[tuple[str, ...], ...]:
        """Of a derivative of an array, or a differential, each variable with what is differentiated by it."""
        return tuple((self.above, key) for key in self.along) or (self.pair,)


@dataclass(eq=False)
class Graph:
    """The forward equations of one section or program, in order.

    In its trees the key of a name is a variable of the graph, `∂` and a variable for a gradient. `seeds` are the
    variables whose gradients come from outside, where there is no `loss`. `names` holds each variable as it is
    written, `spellings` each gradient that the author names. `batch` is the dimension over which the loss
    is a mean, `count` its length as the author writes it. Where layers are letters, `layer` is the number that
    l has in this network of three.
    `loose` are claims of which nothing can be said: of variables that no step uses, and with what is not understood.
    `unfit` are those that do not fit by shape, as they stand. `lost` are variables of which the equation is not
    understood: what is unknown in it, and where.
    `symmetric` are the matrices of which the author says that they are, as in `S = Sᵀ`. `between` is what is computed
    on the way back and is not a gradient, by its value.
    """

    steps: tuple[Step, ...]
    claims: tuple[Claim, ...]
    loose: tuple[Claim, ...]
    loss: str | None
    seeds: tuple[str, ...]
    shapes: Mapping[str, Shape | None]
    names: Mapping[str, Name]
    spellings: Mapping[str, Name]
    batch: Dim | None
    count: Node | None
    layer: int | None
    section: Section
    unfit: tuple[Claim, ...] = ()
    lost: Mapping[str, Lost] = field(default_factory=dict)
    symmetric: frozenset[str] = frozenset()
    between: Mapping[str, Node] = field(default_factory=dict)

    @property
    def mathematics(self) -> bool:
        """Whether 1×1 and a scalar are one."""
        return self.section.statements.solver.mathematics

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The variables that no step defines, in the order of their first use."""
        defined = {step.name.key for step in self.steps}
        used = [key for step in self.steps for key in keys_in(step.value)]
        return tuple(dict.fromkeys(key for key in used if key in self.shapes and key not in defined))

    @cached_property
    def _shapes(self) -> Shapes:
        return Shapes(self.shapes, self.section)

    def shape_of(self, node: Node) -> Shape | None:
        """The shape of a tree over the graph's variables and their gradients, None if it is not known."""
        return self._shapes.of(node)

    def is_batch(self, variable: str) -> bool:
        """Whether a variable holds examples: the dimension over which the loss is a mean is one of its own."""
        shape = self.shapes.get(variable) or ()
        return self.batch is not None and any(prune(dim) is self.batch for dim in shape)
