"""Identify the symbol of a name: its base, its layer, and the meaning of its other indices, in any spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..shapes.dims import Dim, number, substitute
from ..syntax.nodes import Index
from ..values import NamedTuple
from ._declared import EVERYTHING, NONE_DECLARED, Declared, DeclaredName
from ._gradients import ERRORS, OF_NUMBER, SECOND, derived, is_nabla
from ._greek import with_letters
from ._indices import COUNTING, SUM, at_layers, dimension, is_entry, layer_of, layer_text
from ._marks import Marks

__all__ = [
    "COUNTING",
    "ERRORS",
    "EVERYTHING",
    "EXAMPLE_BASES",
    "LONGEST",
    "NONE_DECLARED",
    "OF_NUMBER",
    "SECOND",
    "STEPS",
    "TIME",
    "Declared",
    "DeclaredName",
    "Marks",
    "Reading",
    "Symbol",
    "at_layers",
    "derived",
    "dimension",
    "is_nabla",
    "is_time",
    "layer_of",
    "layer_text",
    "make",
    "shifted_letter",
    "with_letters",
]

LONGEST = 10
"""A number with this many digits is not the index of a layer."""
TIME = frozenset("tτ")
STEPS = "kn"
"""The letters that may count steps of time: the k of `x_{k+1} = A x_k + B u_k`."""
EXAMPLE_BASES = frozenset("xXyY")
_LAYERED_BASES = frozenset("WZAb")
"""What carries a layer in angle brackets, `A<1>`; of anything else that is a time."""
_NUMBERED = re.compile(rf"([^\W\d]+)(\d{{1,{LONGEST - 1}}})\Z")
_LETTER = re.compile(r"[^\W\d_]\Z")
_LAST_LAYER = re.compile(r"n_?[lL]((?:[+-]\d{1,3})?)\Z")
_TWO_DIGITS = r"[1-9]{2}"
_DECORATIONS = {"_": "_{}", ".": ".{}", '"': '["{}"]', "[": "[{}]", "(": "({})"}


class Symbol(NamedTuple):
    """The identity of a name.

    key        one text for all spellings: `W[2]`, `dZ[l-1]`, `W_f`; all entries of P are `P{,}`, of which one index
               stands there `P{}`
    base       the name without layer, time and example
    layer      its layer, a polynomial such as l-1, None if it has none
    example    that it is the i-th example, one column of the whole
    component  that it is a part of an array, by an index of its entries
    of         the name's decorations and the base whose gradient it would be, "" where it is spelled as none
    is_change  that it is spelled as a change, `ΔW`: of its variable's shape, and its gradient up to a factor
    entry      that this part is one entry of a matrix, by two indices: a scalar
    """

    key: str
    base: str
    layer: Dim | None = None
    example: bool = False
    component: bool = False
    of: str = ""
    is_change: bool = False
    entry: bool = False

    def gradient_of(self) -> Symbol:
        """The symbol of which this one is spelled as the gradient; that of `grad_w2` is the w of layer 2."""
        numbered = _NUMBERED.match(self.of) if self.layer is None else None
        if numbered:
            return make(numbered[1], number(int(numbered[2])), self.example, self.component, self.entry)
        return make(self.of, self.layer, self.example, self.component, self.entry)


def make(
    base: str, layer: Dim | None = None, example: bool = False, component: bool = False, entry: bool = False
) -> Symbol:
    """The symbol of a base, with its key and what it would be the gradient of."""
    key = with_letters(base)
    key = (key if layer is None else f"{key}[{layer_text(layer)}]") + "(i)" * example
    key += "{,}" if entry else "{}" * component
    of, is_change = derived(base)
    return Symbol(key, base, layer, example, component, of, is_change, entry)


class Reading:
    """How the indices of one file's names are read: by its layer letters, its last layer, and what is declared.

    Two digits below one of the bases of `entries` are a row and a column; `own` are the indices, with their bases, that
    are part of a name of code, `arrays` those that tell whole arrays apart. `is_timed` says that some index counts
    time, `has_entries` that some name is an entry. `adjoints` are the gradients by the text's own notation, with their
    variables, `numbers` the bases of numbers, which are never gradients, `marks` what names have after them.
    """

    def __init__(
        self,
        letters: frozenset[str] = frozenset("lL"),
        last: int | None = None,
        declared: Declared = NONE_DECLARED,
        entries: frozenset[str] = frozenset(),
        own: frozenset[tuple[str, Index]] = frozenset(),
        arrays: frozenset[tuple[str, Index]] = frozenset(),
    ) -> None:
        self.letters = letters
        self.declared = declared
        self.entries = entries
        self.own = own
        self.arrays = arrays
        self.times = TIME
        self.stepping: frozenset[str] = frozenset()
        self.is_timed = self.has_entries = False
        self.adjoints: Mapping[str, Symbol] = {}
        self.numbers: frozenset[str] = frozenset()
        self.marks = Marks()
        self.values = {} if last is None else {"L": number(last)}
        self.by_key: dict[str, Symbol] = {}
        self._symbols: dict[tuple[str, tuple[Index, ...], frozenset[str]], Symbol] = {}

    def until(self, last: int) -> Reading:
        """The same with the number of the last layer."""
        found = Reading(self.letters, last, self.declared, self.entries, self.own, self.arrays)
        found.is_timed = self.is_timed
        found.times, found.stepping = self.times, self.stepping
        found.adjoints, found.numbers = self.adjoints, self.numbers
        return found

    def take_adjoints(self, adjoints: Mapping[str, Symbol]) -> None:
        """Read names of these bases as the gradients of these."""
        self.adjoints = adjoints
        self._read_anew()

    def take_times(self, letters: frozenset[str]) -> None:
        """Read these letters as times, as t is."""
        self.times = TIME | letters
        self._read_anew()

    def take_stepping(self, bases: frozenset[str]) -> None:
        """Read numbers after these bases as times: the 0 of `h[0]`, where `h[t]` stands."""
        self.stepping = bases
        self._read_anew()

    def take_numbers(self, numbers: frozenset[str]) -> None:
        """Read these bases as numbers, and as the gradients of nothing."""
        self.numbers = numbers
        self._read_anew()

    @property
    def examples(self) -> dict[str, str]:
        """The keys of the arrays that are each an example of x, or of y, with that letter."""
        return {self.read(base, (index,)).key: base for base, index in self.arrays if base in EXAMPLE_BASES}

    def _read_anew(self) -> None:
        self.by_key.clear()
        self._symbols.clear()

    def symbol(self, base: str, indices: tuple[Index, ...], bound: frozenset[str] = frozenset()) -> Symbol:
        """The symbol of a name; `bound` holds the letters that a Σ around it binds."""
        found = self._symbols.get((base, indices, bound))
        if found is None:
            found = self._symbols[base, indices, bound] = self.read(base, indices, bound)
            self.by_key[found.key] = found
        return found

    def gradient(self, variable: Symbol) -> Symbol:
        """The symbol of a loss's derivative by a variable."""
        sign = "∂" if "d" + variable.base in self.numbers else "d"
        name = make(sign + variable.base, variable.layer, variable.example, variable.component, variable.entry)
        return self.by_key.setdefault(name.key, name._replace(of=variable.base))

    def read(self, base: str, indices: tuple[Index, ...], bound: frozenset[str] = frozenset()) -> Symbol:
        """The same, of a name that need not stand anywhere."""
        layer: Dim | None = None
        example = component = entry = False
        for index in indices:
            meaning = self._meaning(base, index, bound)
            if meaning == "layer" and layer is None:
                layer = self.layer(index.text)
            elif meaning == "example":
                example = True
            elif meaning in ("component", "entry"):
                component, entry = True, entry or meaning == "entry"
            elif meaning != "time":
                base += _DECORATIONS.get(index.kind, "^{}").format(index.text)
        name = make(base, layer, example, component, entry)
        self.has_entries = self.has_entries or component
        if base in self.numbers:
            return name._replace(of="")
        of = self.adjoints.get(base)
        if of is None:
            return name
        layer = layer if of.layer is None else of.layer
        return make(base, layer, example or of.example, component, entry)._replace(of=of.base, is_change=False)

    def _meaning(self, base: str, index: Index, bound: frozenset[str]) -> str:
        kind, text = index
        if kind == "_" and (is_entry(text, bound) or (base in self.entries and re.fullmatch(_TWO_DIGITS, text))):
            return "name" if self._is_own(base, index) else "entry"
        if kind in "_[" and _is_number(text):
            return "time" if kind == "[" and base in self.stepping else "layer"
        if kind in '."':
            return "name"
        if kind == "<" and _is_number(text) and base.lstrip("d") in _LAYERED_BASES:
            return "layer"
        if kind == "<" or _head(text) in self.times:
            is_own = kind == "_" and ((base, index) in self.own or self.declared.is_apart(base, index))
            return "name" if is_own else "time"
        if kind == "(":
            return self._round(base, text, bound)
        if kind == "_" and text in bound:
            return "name" if (base, index) in self.arrays else "component"
        if self.is_layer(text) or (kind == "[" and _is_sum(text)):
            return "layer"
        return "name"

    def _is_own(self, base: str, index: Index) -> bool:
        """Whether an index is part of a name: of an array that is declared with it, or that code assigns."""
        return self.declared.is_array(base, index) or (base, index) in self.own

    def _round(self, base: str, text: str, bound: frozenset[str]) -> str:
        if base.lstrip("d") in EXAMPLE_BASES or text in bound:
            return "example"
        if self.is_layer(text):
            return "layer"
        return "example" if _LETTER.match(text) else "name"

    def is_layer(self, text: str) -> bool:
        """Whether an index's text is a layer: a number, a layer letter, one with a number added, or `n_l`, the last."""
        if _is_number(text) or (_head(text) in self.letters and _is_sum(text)):
            return True
        return text[:1] == "n" and _LAST_LAYER.match(text) is not None

    def layer(self, text: str) -> Dim:
        """The layer that an index's text says, with its arithmetic done: `l-1+1` is l."""
        found = layer_of(_LAST_LAYER.sub(r"L\1", text))
        return substitute(found, self.values) if self.values and found.symbols else found


def is_time(index: Index) -> bool:
    """Whether an index counts time: `t`, `t-1`, or one between angles."""
    return index.kind == "<" or _head(index.text) in TIME


def shifted_letter(index: Index) -> str:
    """The letter of an index such as `k-1`, which makes it a layer letter of the whole file; "" where there is none."""
    letter = _head(index.text)
    return letter if len(index.text) > 1 and _is_sum(index.text) and letter not in TIME else ""


def _head(text: str) -> str:
    """The only letter of a sum such as `l-1`."""
    return text[:1] if text[:1].isalpha() and (len(text) == 1 or text[1] in "+-") else ""


def _is_sum(text: str) -> bool:
    parts = SUM.findall(text)
    return "".join(parts) == text != "" and all(_is_term(part.lstrip("+-")) for part in parts)


def _is_term(text: str) -> bool:
    return _is_number(text) or _LETTER.match(text) is not None


def _is_number(text: str) -> bool:
    """Whether an index is the number of a layer: longer ones are none, and Python may refuse to read them."""
    return len(text) < LONGEST and text.isdecimal()
