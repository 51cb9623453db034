"""Conventions: the shapes that a name's spelling alone says, in the layouts that courses and libraries use."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import cache

from .notations._dims import parse_shape
from .shapes.dims import ONE, Dim, Shape, Var, number, substitute, symbol
from .survey import Survey
from .symbols import Symbol, dimension, layer_of, with_letters
from .values import NamedTuple, dataclass, replace


class Layered(NamedTuple):
    """A convention's dimension with a layer: `n[l-1]` is n at l's offset -1, `n[L]` has no offset from l."""

    base: str
    at: str
    offset: Dim | None


_LAYERED = re.compile(r"(\w+)\[(.+)\]\Z")
UNKNOWN_EXAMPLES = symbol("unknown_examples")
"""The number of examples of lower-case columns: one, or m, from statement to statement."""
UNKNOWN_UNITS = symbol("unknown_units")
"""The units of a bias in a file without weights: one (logistic regression), or those of layer l."""


@dataclass(frozen=True, slots=True)
class Convention:
    """A layout.

    `rows` says what the rows of A[l] are, "features" or "examples". `shapes` holds a shape for each name, `W[l]` being
    a name with a layer; `logistic` those of a file with a vector w, or θ, and no W. A `?` is the unknown number of
    examples of lower-case columns. X belongs to layer `first` where Θ stands, of no layer 0. A project's `own` always
    speaks.
    """

    name: str
    rows: str
    shapes: Mapping[str, str]
    logistic: Mapping[str, str]
    first: int = 0
    own: bool = False

    @property
    def words(self) -> str:
        """The layout in words: "columns are examples"."""
        return "columns are examples" if self.rows == "features" else "rows are examples"


def _columns(weights: str, bias: str) -> dict[str, str]:
    """The shapes of a layout whose columns are examples."""
    layered = dict.fromkeys(("Z[l]", "A[l]", "δ[l]"), "n[l] x m")
    columns = dict.fromkeys(("z[l]", "a[l]"), "n[l] x ?")
    matrices = dict.fromkeys(("W[l]", "w[l]", "Θ[l]", "Ω[l]"), weights)
    return {"X": "n0 x m", "b[l]": bias, "Y": "n[L] x m", "x": "n0 x ?", "y": "n[L] x ?"} | layered | columns | matrices


def _rows(weights: str, bias: str) -> dict[str, str]:
    """The shapes of a layout whose rows are examples."""
    layered = dict.fromkeys(("Z[l]", "A[l]", "δ[l]"), "m x n[l]")
    columns = dict.fromkeys(("z[l]", "a[l]"), "? x n[l]")
    matrices = dict.fromkeys(("W[l]", "w[l]", "Θ[l]", "Ω[l]"), weights)
    return {"X": "m x n0", "b[l]": bias, "Y": "m x n[L]", "x": "? x n0", "y": "? x n[L]"} | layered | columns | matrices


def _logistic(upper: str, lower: str) -> dict[str, str]:
    return {"w": "n0 x 1", "b": "scalar"} | dict.fromkeys("ZAY", upper) | dict.fromkeys("zay", lower)


_DESIGN = {"X": "m x n0", "θ": "n0 x 1", "x": "n0 x 1"} | dict.fromkeys("yh", "m x 1")
"""A vector θ stands where Θ does, in courses whose examples are rows as long as there are no layers."""
BUILT_IN: Mapping[str, Convention] = {
    convention.name: convention
    for convention in (
        Convention("coursera", "features", _columns("n[l] x n[l-1]", "n[l] x 1"), _logistic("1 x m", "1 x ?")),
        Convention("batch-first", "examples", _rows("n[l-1] x n[l]", "1 x n[l]"), _logistic("m x 1", "? x 1")),
        Convention("torch", "examples", _rows("n[l] x n[l-1]", "(n[l],)"), _logistic("m x 1", "? x 1")),
        Convention("forward-index", "features", _columns("n[l+1] x n[l]", "n[l+1] x 1"), _DESIGN, first=1),
    )
}
NONE = Convention("none", "", {}, {})
DEFAULT = "coursera"
FORWARD: Mapping[str, tuple[str, str]] = {
    "coursera": ("Z[l] = W[l] A[l-1] + b[l]", "Z = w.T X + b"),
    "batch-first": ("Z[l] = A[l-1] W[l] + b[l]", "Z = X w + b"),
    "torch": ("Z[l] = A[l-1] W[l].T + b[l]", "Z = X w + b"),
    "forward-index": ("Z[l] = W[l-1] A[l-1] + b[l-1]", "Z = X θ"),
}
"""The forward pass of a convention, where an author writes down none: through a layer, and of logistic regression."""


EXTENDS = "extends"
"""The key under which a project's own convention names the one that it extends."""


def find(name: str, owned: Mapping[str, Mapping[str, str]]) -> Convention | None:
    """The convention of that name: a project's own, one of the built-in ones, or `none`; None if there is none."""
    if name not in owned:
        return NONE if name == "none" else BUILT_IN.get(name)
    others = {other: shapes for other, shapes in owned.items() if other != name}
    extended = find(owned[name].get(EXTENDS, "none"), others) or NONE
    shapes = {**extended.shapes, **{key: shape for key, shape in owned[name].items() if key != EXTENDS}}
    return replace(extended, name=name, rows=extended.rows or _rows_of(shapes), shapes=shapes, own=True)


def _rows_of(shapes: Mapping[str, str]) -> str:
    """What the rows of an own convention's data are."""
    data = [shapes.get(key, "").replace("×", "x") for key in ("A[l]", "Z[l]", "X")]
    return "features" if any(shape.split("x")[-1].strip() == "m" for shape in data) else "examples"


def is_conventional(dimension: str) -> bool:
    """Whether a dimension's name is one that the conventions use: m, n0, n[l]."""
    return dimension == "m" or (dimension[:1] == "n" and (dimension[1:].isdecimal() or dimension[1:2] == "["))


UNITS = dimension("n", symbol("l"))
INPUTS = dimension("n", number(0))
EXAMPLES = symbol("m")
_OFFSETS = {"prev": -1, "curr": 0, "cur": 0, "next": 1}


@cache
def neighbour(base: str) -> tuple[str, int | None]:
    """A and -1 for `A_prev`, W and 0 for `W_curr`, h and 1 for `next_h`; a base itself and None for any other."""
    for stem, _, word in (base.rpartition("_"), base.partition("_")[::-1]):
        if stem and word in _OFFSETS:
            return stem, _OFFSETS[word]
    return base, None


class Layout:
    """A convention as it speaks in one file: which names it knows there, and with which shapes.

    Where it `is_guess`, it helps to understand what fits, and blames nothing.
    """

    def __init__(self, convention: Convention, survey: Survey) -> None:
        self.convention = convention
        self._survey = survey
        self._bases = frozenset(map(with_letters, (*survey.bases, *survey.reading.examples.values())))
        self._indexed = frozenset(map(with_letters, survey.indexed))
        self._neighbours = {stem for stem, offset in map(neighbour, self._bases) if offset is not None}
        self.is_guess = not self._applies() and self._is_regression()
        self.speaks = self.is_guess or self._applies()
        self._layer = self._unindexed_layer()
        self._labels = dimension("n", number(1)) if self._layer is number(1) else Var("n[L]", eager=True)
        self._first = convention.first if "Θ" in self._bases and not self._has_layer(0) else 0

    def _applies(self) -> bool:
        """Whether one of the convention's indexed names, or a gradient of its names, stands in the file."""
        known = {key.removesuffix("[l]") for key in (*self.convention.shapes, *self.convention.logistic)}
        layered = {key[:-3] for key in self.convention.shapes if key.endswith("[l]")}
        if self.convention.own and known & (self._bases | self._neighbours):
            return True
        gradients = {neighbour(with_letters(base))[0] for base in self._survey.gradients}
        return bool(layered & (self._indexed | self._neighbours) or known & gradients)

    def _is_regression(self) -> bool:
        """Whether w, x and b stand in the file: vectors, as in `w.T x + b`, or numbers."""
        return self.is_logistic and {"w", "b"} <= self._bases and bool(self._bases & {"x", "X"})

    def _has_layer(self, value: int) -> bool:
        symbols = self._survey.reading.by_key.values()
        return any(symbol.layer is not None and symbol.layer.value == value for symbol in symbols)

    @property
    def is_logistic(self) -> bool:
        """Whether the file is one of logistic regression: a vector w, or θ, and neither matrices nor layers."""
        vectors = self._bases & {"w", "θ"} & self.convention.logistic.keys()
        return bool(vectors) and not self._bases & {"W", "Θ"} and not (self._indexed & set("wWθzZaA"))

    @property
    def variable_of_error(self) -> str:
        """What δ is the gradient of: z where the file writes layers z or a, or z or a and neither Z nor A, else Z."""
        is_lower = "z" in self._indexed or (self._bases & set("za") and not self._bases & set("ZA"))
        return "z" if is_lower else "Z"

    def has_weights(self, stated: Container[str]) -> bool:
        """Whether weights stand in the file that are not stated: what is computed with them is the convention's too."""
        weights = self.convention.shapes if self.convention.own else "wθ" if self.is_logistic else "WΘΩ"
        return any(base in self._bases and base not in stated for base in weights)

    def is_weight(self, name: Symbol) -> bool:
        """Whether a name is one of weights, or of their gradient."""
        return with_letters(name.of or name.base)[:1] in ("W", "Θ", "Ω", "w", "θ")

    def _unindexed_layer(self) -> Dim | None:
        """The layer that W, b, Z, A stand for without an index: l, or 1 where the input X is theirs."""
        if self._neighbours or not self._bases & {"W", "w"}:
            return symbol("l")
        if "W" not in self._bases or "W" in self._indexed:
            return None
        return number(1) if self._bases & {"X", "x"} and not self._indexed else symbol("l")

    def shape(self, name: Symbol) -> Shape | None:
        """The shape that a symbol has by its name alone, None if the convention does not know it."""
        shape = self._look_up(with_letters(name.base), name.layer) if self.speaks else None
        return _column(shape) if shape and name.example else shape

    def _look_up(self, base: str, layer: Dim | None) -> Shape | None:
        shapes = self.convention.shapes
        base = self.variable_of_error if base == "δ" else base
        if layer is not None:
            return self._at_layer(base, layer)
        if self.is_logistic and base in self.convention.logistic:
            return self._build(self.convention.logistic[base], None)
        stem, offset = neighbour(base)
        if base in shapes or stem in shapes:
            return self._build(shapes.get(base) or shapes[stem], None)
        if base == "b" and not (self._bases | self._neighbours) & {"W", "w"}:
            return self._bias_of_unknown_layer()
        if self._layer is None or (offset is None and base not in self._without_index()):
            return None
        return self._at_layer(stem, self._layer + number(offset or 0))

    def _at_layer(self, base: str, layer: Dim) -> Shape | None:
        pattern = self.convention.shapes.get(f"{base}[l]")
        return None if pattern is None else self._build(pattern, layer)

    def _bias_of_unknown_layer(self) -> Shape | None:
        shape = self._build(self.convention.shapes["b[l]"], symbol("l")) if "b[l]" in self.convention.shapes else None
        return shape and tuple(UNKNOWN_UNITS if dim is UNITS else dim for dim in shape)

    def _without_index(self) -> tuple[str, ...]:
        """The names that stand for those of a layer without an index."""
        return ("W", "b", "Z", "A", "z", "a") if "W" in self._bases else ("Z", "A")

    def _build(self, pattern: str, layer: Dim | None) -> Shape | None:
        shape = _parsed(pattern)
        if shape is None:
            return None
        dims = [self._dim(dim, layer) if isinstance(dim, Layered) else dim for dim in shape]
        known = tuple(
            [dimension("n", number(self._first)) if dim is INPUTS else dim for dim in dims if dim is not None]
        )
        return known if len(known) == len(dims) else None

    def _dim(self, dim: Layered, layer: Dim | None) -> Dim | Var | None:
        """The dimension at a layer, or that of the last one; None below layer 0."""
        at = self._survey.reading.layer(dim.at)
        if dim.at == "L" and at.value is None and "L" not in self._survey.layers:
            return self._labels
        if dim.offset is not None:
            if layer is None:
                return None
            at = layer + dim.offset if dim.offset.terms else layer
        value = at.value
        return None if value is not None and value < 0 else dimension(dim.base, at)

    def is_dimension(self, name: Symbol) -> bool:
        """Whether a name is one of the convention's dimensions: m, n0, n[l]."""
        return self.speaks and (name.key == "m" or (name.base == "n" and name.layer is not None))


def _column(shape: Shape) -> Shape:
    """One example of an array, which is a column wherever the examples are."""
    features = [dim for dim in shape if dim not in (ONE, EXAMPLES, UNKNOWN_EXAMPLES)]
    return (*(features or (ONE,)), ONE)


@cache
def _parsed(pattern: str) -> tuple[Dim | Layered, ...] | None:
    """A convention's shape, its layered dimensions told apart; None if it cannot be read."""
    shape = parse_shape(pattern.replace("?", UNKNOWN_EXAMPLES.text), 0)
    return tuple(map(_layered, shape)) if isinstance(shape, tuple) else None


def _layered(dim: Dim) -> Dim | Layered:
    found = _LAYERED.match(dim.text)
    if found is None:
        return dim
    offset = substitute(layer_of(found[2]), {"l": number(0)})
    return Layered(found[1], found[2], offset if offset.value is not None else None)
