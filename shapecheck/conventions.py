"""Conventions: the shapes that a name's spelling alone says, in the layouts that courses and libraries use."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import cache
from typing import NamedTuple

from .notations._dims import parse_shape
from .shapes.dims import Dim, Shape, Var, number, substitute, symbol
from .survey import Survey
from .symbols import Symbol, dimension, layer_of
from .values import dataclass


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
    a name with a layer; `logistic` those of a file with a vector w and no W. A `?` is the unknown number of examples of
    lower-case columns.
    """

    name: str
    rows: str
    shapes: Mapping[str, str]
    logistic: Mapping[str, str]

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


BUILT_IN: Mapping[str, Convention] = {
    convention.name: convention
    for convention in (
        Convention("coursera", "features", _columns("n[l] x n[l-1]", "n[l] x 1"), _logistic("1 x m", "1 x ?")),
        Convention("batch-first", "examples", _rows("n[l-1] x n[l]", "1 x n[l]"), _logistic("m x 1", "? x 1")),
        Convention("torch", "examples", _rows("n[l] x n[l-1]", "(n[l],)"), _logistic("m x 1", "? x 1")),
        Convention("forward-index", "features", _columns("n[l+1] x n[l]", "n[l+1] x 1"), _logistic("1 x m", "1 x ?")),
    )
}
NONE = Convention("none", "", {}, {})
FORWARD: Mapping[str, tuple[str, str]] = {
    "coursera": ("Z[l] = W[l] A[l-1] + b[l]", "Z = w.T X + b"),
    "batch-first": ("Z[l] = A[l-1] W[l] + b[l]", "Z = X w + b"),
    "torch": ("Z[l] = A[l-1] W[l].T + b[l]", "Z = X w + b"),
    "forward-index": ("Z[l] = W[l-1] A[l-1] + b[l-1]", "Z = w.T X + b"),
}
"""The forward pass of a convention, where an author writes down none: through a layer, and of logistic regression."""


def own(name: str, shapes: Mapping[str, str]) -> Convention:
    """A project's own convention, from a mapping such as `{"W[l]": "n[l] x n[l-1]"}`."""
    data = [shapes.get(key, "").replace("×", "x") for key in ("A[l]", "Z[l]", "X")]
    examples_last = any(shape.split("x")[-1].strip() == "m" for shape in data)
    return Convention(name, "features" if examples_last else "examples", shapes, {})


def find(name: str, owned: Mapping[str, Mapping[str, str]]) -> Convention | None:
    """The convention of that name: a project's own, one of the built-in ones, or `none`; None where there is none."""
    if name in owned:
        return own(name, owned[name])
    return NONE if name == "none" else BUILT_IN.get(name)


def is_conventional(dimension: str) -> bool:
    """Whether a dimension's name is one that the conventions use: m, n0, n[l]."""
    return dimension == "m" or (dimension[:1] == "n" and (dimension[1:].isdecimal() or dimension[1:2] == "["))


UNITS = dimension("n", symbol("l"))


class Layout:
    """A convention as it speaks in one file: which names it knows there, and with which shapes."""

    def __init__(self, convention: Convention, survey: Survey) -> None:
        self.convention = convention
        self._survey = survey
        self._labels = Var("n[L]", eager=True)
        self.speaks = self._applies()
        self._layer = self._unindexed_layer()

    def _applies(self) -> bool:
        """Whether one of the convention's indexed names, or a gradient of its names, stands in the file."""
        known = {key.removesuffix("[l]") for key in (*self.convention.shapes, *self.convention.logistic)}
        layered = {key[:-3] for key in self.convention.shapes if key.endswith("[l]")}
        return bool(layered & self._survey.indexed or known & self._survey.gradients)

    @property
    def is_logistic(self) -> bool:
        """Whether the file is one of logistic regression: a vector w, and neither W nor layers."""
        bases = self._survey.bases
        return "w" in bases and "W" not in bases and not (self._survey.indexed & set("wWzZaA"))

    @property
    def variable_of_error(self) -> str:
        """What δ is the gradient of: z where the file writes layers z or a, or z or a and neither Z nor A, else Z."""
        bases = self._survey.bases
        is_lower = "z" in self._survey.indexed or (bases & set("za") and not bases & set("ZA"))
        return "z" if is_lower else "Z"

    def has_weights(self, stated: Container[str]) -> bool:
        """Whether weights stand in the file that are not stated: what is computed with them is the convention's too."""
        return any(base in self._survey.bases and base not in stated for base in ("w" if self.is_logistic else "WΘΩ"))

    def _unindexed_layer(self) -> Dim | None:
        """The layer that W, b, Z, A stand for without an index: l, or 1 where the input X is theirs."""
        bases = self._survey.bases
        if "A_prev" in bases or "a_prev" in bases or not bases & {"W", "w"}:
            return symbol("l")
        if "W" not in bases or "W" in self._survey.indexed:
            return None
        return number(1) if bases & {"X", "x"} and not self._survey.indexed else symbol("l")

    def shape(self, name: Symbol) -> Shape | None:
        """The shape that a symbol has by its name alone, None where the convention does not know it."""
        return self._look_up(name.base, name.layer) if self.speaks else None

    def _look_up(self, base: str, layer: Dim | None) -> Shape | None:
        shapes = self.convention.shapes
        base = self.variable_of_error if base == "δ" else base
        if layer is None and self.is_logistic and base in self.convention.logistic:
            return self._build(self.convention.logistic[base], None)
        if layer is None and base in shapes:
            return self._build(shapes[base], None)
        if layer is None and base == "b" and not self._survey.bases & {"W", "w"}:
            return self._bias_of_unknown_layer()
        if layer is None:
            base, layer = self._without_index(base)
        pattern = shapes.get(f"{base}[l]")
        return None if pattern is None or layer is None else self._build(pattern, layer)

    def _bias_of_unknown_layer(self) -> Shape | None:
        shape = self._build(self.convention.shapes["b[l]"], symbol("l")) if "b[l]" in self.convention.shapes else None
        return shape and tuple(UNKNOWN_UNITS if dim is UNITS else dim for dim in shape)

    def _without_index(self, base: str) -> tuple[str, Dim | None]:
        """The base and layer that a name without an index stands for; a lower-case one stands for none."""
        if self._layer is not None and base in ("A_prev", "a_prev"):
            return base[0], self._layer - number(1)
        known = ("W", "b", "Z", "A") if "W" in self._survey.bases else ("Z", "A")
        return base, self._layer if base in known else None

    def _build(self, pattern: str, layer: Dim | None) -> Shape | None:
        shape = _parsed(pattern)
        if shape is None:
            return None
        dims = [self._dim(dim, layer) if isinstance(dim, Layered) else dim for dim in shape]
        known = tuple([dim for dim in dims if dim is not None])
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


@cache
def _parsed(pattern: str) -> tuple[Dim | Layered, ...] | None:
    """A convention's shape, its layered dimensions told apart; None where it cannot be read."""
    shape = parse_shape(pattern.replace("?", UNKNOWN_EXAMPLES.text), 0)
    return tuple(map(_layered, shape)) if isinstance(shape, tuple) else None


def _layered(dim: Dim) -> Dim | Layered:
    found = _LAYERED.match(dim.text)
    if found is None:
        return dim
    offset = substitute(layer_of(found[2]), {"l": number(0)})
    return Layered(found[1], found[2], offset if offset.value is not None else None)
