"""The definition of an operation: its signature, its numpy and sympy forms and its spellings, in one block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from ..shapes.constraints import Clash
from ..shapes.dims import Shape
from ..shapes.signature import apply, parse_signature
from ..shapes.solve import Solver
from ..syntax.nodes import NO_PARAMS, Apply, Node
from ..values import dataclass
from ._kinds import Kind, implied

Params: TypeAlias = Mapping[str, Any]
Known: TypeAlias = tuple[Shape, ...]
Result: TypeAlias = Shape | Clash | None
GradientRule: TypeAlias = "Callable[..., Sequence[Node | None]]"
Preference: TypeAlias = "Callable[[Apply, tuple[Shape | None, ...]], tuple[str, ...]]"
ShapeRule: TypeAlias = Callable[[Solver, tuple[Shape | None, ...], Params], Result]


@dataclass(slots=True, eq=False)
class Op:
    """An operation.

    name        what nodes of the tree call it
    kinds       what it has in common with others; `ops.every` gives all of a kind, `ops.is_a` asks a node for it
    signature   the shape rule as a numpy gufunc signature; `()` for each argument means elementwise
    shape       the shape rule as a function, if no signature can express it: (solver, shapes, params) -> shape, Clash
                or None for unknown; an unknown shape among `shapes` is None
    numpy       (np, *arrays, **params) -> array
    sympy       (sp, *matrices, **params) -> matrix expression, all arguments being two-dimensional or scalars; the
                matrices of an elementwise operation have one shape
    gradient    (differential, g, *args) -> what g, the gradient of the result, contributes to that of each argument:
                trees that broadcast with the argument, None if nothing flows; broadcast axes are not summed here
    constant    why it has no gradient, where it has none
    names       the names of functions and methods alike that mean it
    calls       the names of functions that mean it, without `np.`: `dot`, `matmul`
    methods     the names of methods that mean it, the array being the first argument
    arity       how many arguments are arrays: a number, or None for any number; those of the signature, else one
    parameters  the parameters after the arrays, in numpy's order, for positional arguments
    of_two      the operation that it is of a pair of arrays, where that is another: the larger of two
    noun        what it gives is called, where that is not its name
    named       its name in notations that call it otherwise, empty if it has none
    written     what it is in notations that have no name for it, of x, y and z
    either      operations of which the first that fits is meant (the sign has several readings)
    prefer      which of them, in which order, by the node and the shapes of its arguments; all where there is none
    grace       operations that the sign may mean, with a warning, where nothing else fits
    """

    name: str
    signature: str = ""
    shape: ShapeRule | None = None
    numpy: Callable[..., Any] | None = None
    sympy: Callable[..., Any] | None = None
    gradient: GradientRule | None = None
    constant: str = ""
    names: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    arity: int | None = -1
    parameters: tuple[str, ...] = ()
    of_two: str = ""
    noun: str = ""
    named: Mapping[str, str] = NO_PARAMS
    written: Mapping[str, str] = NO_PARAMS
    either: tuple[str, ...] = ()
    prefer: Preference | None = None
    grace: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()

    def __post_init__(self) -> None:
        self.calls, self.methods = (*self.names, *self.calls), (*self.names, *self.methods)
        if self.arity == -1:
            self.arity = max(self.signature.partition("->")[0].count("("), 1)
        self.kinds = implied(*self.kinds, *self._by_form())
        self.noun = self.noun or self.name.replace("_", " ")
        if self.shape is None and self.signature:
            self.shape = elementwise_rule if self.is_a("entrywise") else _by_signature(self.signature)

    def _by_form(self) -> Iterator[Kind]:
        """The kinds that follow from the signature and the parameters."""
        if self.signature and set(self.signature) <= set("(),->"):
            yield "function" if self.signature == "()->()" else "spreading"
        if {"axis", "keepdims"} <= {*self.parameters}:
            yield "reduction"
        if self.arity == 0:
            yield "made"
        if self.constant:
            yield "constant"

    def is_a(self, *kinds: Kind) -> bool:
        """Whether it is of one of these kinds."""
        return any(kind in self.kinds for kind in kinds)

    @property
    def called(self) -> str:
        """The first of its names in formulas."""
        return (*self.calls, self.noun)[0]

    def has_no_form(self, notation: str) -> bool:
        """Whether a notation cannot write it: it has no name there, or is one of several results."""
        return self.named.get(notation) == "" or "part" in self.parameters

    @property
    def is_of_library(self) -> bool:
        """Whether only a library has it, under its own name: there is no mathematical notation for it."""
        return bool(self.calls) and all(name.startswith(("np.", "torch.", "F.")) for name in self.calls)

    def __str__(self) -> str:
        return self.name


def _by_signature(text: str) -> ShapeRule:
    """The shape rule of a signature: unknown if an argument is."""
    signature = parse_signature(text)

    def rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
        if None in shapes:
            return None
        return apply(signature, shapes, solver)  # type: ignore[arg-type]

    return rule


def elementwise_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape rule of elementwise operations: numpy's broadcasting; the known arguments are checked in any case."""
    if len(shapes) == 1:
        return shapes[0]
    if None not in shapes:
        return solver.broadcast_shapes(shapes)  # type: ignore[arg-type]
    return _clash_among_known(solver, shapes)


def _clash_among_known(solver: Solver, shapes: tuple[Shape | None, ...]) -> Clash | None:
    places = [place for place, shape in enumerate(shapes) if shape is not None]
    if len(places) < 2:
        return None
    result = solver.broadcast_shapes(tuple(shapes[place] for place in places))  # type: ignore[misc]
    if type(result) is not Clash:
        return None
    return result._replace(arguments=tuple(places[argument] for argument in result.arguments))
