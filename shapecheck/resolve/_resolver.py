"""The walk that settles a tree: each form that the parser leaves open goes to the function that settles it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ..notations import Notation
from ..notations._names import decompose
from ..notations._superscripts import MARKS
from ..shapes.dims import ONE, is_single, prune
from ..survey import PRIME, primed
from ..symbols import COUNTING, OF_NUMBER, TIME, Reading, Symbol, is_nabla, make
from ..syntax.nodes import NO_PARAMS, Apply, Equation, Index, Name, Node, Number, Trouble, args_of, names_in, walk
from ..table import Table
from ..vocabulary import EXPECTATIONS, PREFIXED
from ._components import running
from ._differentials import with_differential
from ._functions import is_function
from ._split import changed, letters, split

_STAR = Index("_", "*")
Form: TypeAlias = "Callable[[Resolver, Apply], Node]"


class Resolver:
    """Resolves the statements of one file; what it cannot understand goes to `troubles`.

    Where it `supposes`, the derivative of what nobody knows is a gradient, if that fits.
    """

    def __init__(self, table: Table, reading: Reading, notation: Notation, forms: Mapping[str, Form]) -> None:
        self.table = table
        self.reading = reading
        self.notation = notation
        self.forms = forms
        self.troubles: list[Trouble] = []
        self.bound: frozenset[str] = frozenset()
        self.entries: frozenset[str] = frozenset()
        self.superscripts_are_layers = False
        self.is_timed = False
        self.supposes = True

    def resolve(self, equation: Equation) -> Equation:
        """The equation with names identified, calls and products told apart, and derivatives made symbols."""
        first = equation.members[0]
        is_layered = len(equation.members) > 1 and _carries_superscript(first)
        self.superscripts_are_layers = is_layered and not self._is_raised(equation)
        self.is_timed = self.reading.is_timed or any(map(_has_times, equation.members))
        self.entries = running(self, equation)
        self.bound = self.entries or (self._running(first) if len(equation.members) > 1 else frozenset())
        members = with_differential([self.node(member) for member in equation.members], self.reading.by_key)
        self.bound = self.entries = frozenset()
        return Equation(members, equation.sign, equation.span)

    def _is_raised(self, equation: Equation) -> bool:
        """Whether a left side is made of what is known below its superscript: `d²` of a number, `A^+` of a matrix.

        What is computed from the array itself is what comes after it, `W^+ = W - η G`, as is that of a vector.
        """
        target, value = equation.members[0], equation.members[-1]
        if type(target) is not Apply or target.op != "superscript" or type(name := target.args[0]) is not Name:
            return False
        entry = self.table.own(self.reading.symbol(name.base, name.indices))
        if entry is None or target.args[1] not in MARKS:
            return entry is not None and entry.shape == ()
        is_matrix = len(entry.shape) == 2 and all(prune(dim) is not ONE for dim in entry.shape)
        terms = args_of(value, "add")
        return is_matrix and not any(_is_term(name, term) for term in terms)

    def _running(self, target: Node) -> frozenset[str]:
        """The letters of a left side that count entries: the i of `y_i = …`, and of `∂f/∂x_i = …`."""
        if self.notation.is_code:
            return frozenset()
        if type(target) is Name:
            return self._counting(target)[0]
        names = target.args if type(target) is Apply and target.op in ("derivative", "hessian") else ()
        found = [self._counting(name) for name in names if type(name) is Name]
        return frozenset[str]().union(*(letters for letters, is_full in found if is_full))

    def _counting(self, name: Name) -> tuple[frozenset[str], bool]:
        """The letters of a name that count the entries of an array, which has no such name; whether of all its axes."""
        low = [index.text for index in name.indices if index.kind in "_["]
        letters = frozenset(low[0].replace(",", "")) - self.reading.times if len(low) == 1 else frozenset()
        if not letters or not letters <= COUNTING:
            return frozenset(), False
        others = tuple(index for index in name.indices if index.kind not in "_[")
        whole, own = (self.table.own(self.reading.symbol(name.base, each)) for each in (others, name.indices))
        if whole is None or whole.shape == () or own is not None:
            return frozenset(), False
        long = [dim for dim in whole.shape if prune(dim) is not ONE]
        return letters, len(low[0].replace(",", "")) == len(long)

    def node(self, node: Node) -> Node:
        """One node and all below it."""
        if isinstance(node, Name):
            return self.name(node)
        if isinstance(node, Number):
            return node
        settle = self.forms.get(node.op)
        if settle is not None:
            return settle(self, node)
        return self.rebuild(node)

    def rebuild(self, node: Apply) -> Apply:
        """A node as it is, with its arguments settled."""
        args = tuple([self.node(argument) for argument in node.args])
        return Apply(node.op, args, node.params, node.span, node.sign, node.closed)

    def symbol(self, name: Name) -> Symbol:
        """The symbol of a name where it stands: an index that a Σ binds makes it an entry, unless it is declared so."""
        symbol = self.reading.symbol(name.base, name.indices, self.bound)
        if self.entries and symbol.component and not symbol.entry:
            symbol = make(symbol.base, symbol.layer, symbol.example, component=True, entry=True)
            return self.reading.by_key.setdefault(symbol.key, symbol)
        if symbol.component and self.bound:
            whole = self.reading.symbol(name.base, name.indices)
            return whole if self.table.stated.of(whole) else symbol
        return symbol

    def name(self, name: Name) -> Node:
        """A name with its identity; a run of letters that is not a known name, in its parts."""
        if (entry := self.entry(name)) is not None:
            return self.name(entry)
        symbol = self.symbol(name)
        table = self.table
        if is_nabla(name.text, name.base) and self._is_of_number(symbol):
            key = OF_NUMBER + table.variable(symbol).key
            self.reading.by_key.setdefault(key, make(key))
            return Name(name.text, name.base, name.indices, name.span, key)
        if symbol.is_change and self._is_times_letter(name, symbol):
            return Apply("product", tuple(map(self.name, changed(name))), NO_PARAMS, name.span)
        if table.own(symbol) is None and (inner := self._between_brackets(name)):
            whole = _before_bracket(name)
            if self.is_variable(whole) and self.is_array(inner):
                return self.node(Apply("slice", (whole, inner), NO_PARAMS, name.span))
            if name.base in EXPECTATIONS and not table.is_known(symbol):
                return Apply("expectation", (self.name(inner),), NO_PARAMS, name.span, "E", closed=True)
        if not table.is_known(symbol) and (matrix := self._below_star(name)):
            return Apply("starred", (matrix,), NO_PARAMS, name.span, "^*")
        if table.is_known(symbol) or (len(name.base) < 2 and name.text[-1:] != "T"):
            return Name(name.text, name.base, self._timed(name.indices), name.span, symbol.key)
        return self._unknown_name(name, symbol)

    def _timed(self, indices: tuple[Index, ...]) -> tuple[Index, ...]:
        """The indices of a name, a letter that counts steps in this file being a time: the k of `x_{k+1}`."""
        steps = self.reading.times - TIME
        if not steps or not any(index.text[:1] in steps for index in indices):
            return indices
        return tuple(Index("<", text) if text[:1] in steps else Index(kind, text) for kind, text in indices)

    def entry(self, name: Name) -> Name | None:
        """`y[i]` as `y_i`, where i counts the entries of an array; None for any other name."""
        kind, text = name.indices[-1] if name.indices else ("", "")
        if kind != "[" or text not in self.bound or not self._counting(name)[0]:
            return None
        return Name(name.text, name.base, (*name.indices[:-1], Index("_", text)), name.span)

    def _is_times_letter(self, name: Name, symbol: Symbol) -> bool:
        """Whether the Δ of `Δx` is declared, and is not a sign of a change then, unless `Δx` is a name of its own."""
        letter, table = make(name.base[:1]), self.table
        if len(name.base) < 2 or letter.base not in ("Δ", "δ") or symbol.key in table.will_be_assigned:
            return False
        return self._is_said(letter) and not self._is_said(symbol)

    def _is_said(self, symbol: Symbol) -> bool:
        """Whether the author declares or states a shape of a name."""
        return self.table.stated.of(symbol) is not None or self.table.noted.of(symbol) is not None

    def _is_of_number(self, name: Symbol) -> bool:
        """Whether what a name is spelled as the gradient of is a number that an equation here defines."""
        stated, variable = self.table.stated, self.table.variable(name)
        entry = self.table.assigned.get(variable.key)
        is_declared = bool(stated.of(name) or stated.of(variable))
        return entry is not None and not is_declared and is_single(entry.shape)

    def _unknown_name(self, name: Name, symbol: Symbol) -> Node:
        if self.notation.is_program:
            return Name(name.text, name.base, name.indices, name.span, symbol.key)
        if name.text[-1] == "T" and len(name.text) > 2 and name.text[-2].isdecimal():
            return self._transposed(name)
        parts = split(name, self.table, self.reading)
        if parts is None and self.notation.is_typeset:
            parts = letters(name)
        if parts is None:
            return Name(name.text, name.base, name.indices, name.span, symbol.key)
        factors = self._applied(list(parts))
        return factors[0] if len(factors) == 1 else Apply("product", tuple(factors), NO_PARAMS, name.span)

    def _applied(self, parts: list[Name]) -> list[Node]:
        """The factors of a run of letters; a function in it, as in `YlogA`, takes the next of them."""
        found: list[Node] = []
        while parts:
            first = parts.pop(0)
            if first.base in PREFIXED and parts and not self.is_variable(first):
                argument = parts.pop(0)
                span = first.span._replace(end=argument.span.end)
                found.append(self.node(Apply("call", (first, argument), NO_PARAMS, span)))
            else:
                found.append(self.name(first))
        return found

    def _between_brackets(self, name: Name) -> Name | None:
        """The x of `E[x]`, where it is known: of a declared E the entries there, else its expectation."""
        kind, text = name.indices[-1] if name.indices else ("", "")
        inner = Name(text, *decompose(text), name.span)
        return inner if kind == "[" and self.is_variable(inner) else None

    def _below_star(self, name: Name) -> Name | None:
        """The U of `U^*`, its conjugate transpose: a matrix with rows and columns, where nothing else has that name."""
        is_assigned = self.symbol(name).key in self.table.will_be_assigned
        if name.indices[-1:] != (_STAR,) or "^" not in name.text or is_assigned:
            return None
        symbol, text = self.reading.symbol(name.base, name.indices[:-1]), name.text[: name.text.rindex("^")]
        entry = self.table.look_up(symbol)
        is_matrix = entry is not None and len(entry.shape) == 2 and all(prune(dim) is not ONE for dim in entry.shape)
        span = name.span._replace(end=name.span.end - len(name.text) + len(text))
        return Name(text, name.base, name.indices[:-1], span, symbol.key) if is_matrix else None

    def _transposed(self, name: Name) -> Node:
        """`W2T`: the T after a digit index transposes."""
        end = name.span.end
        base, indices = decompose(name.text[:-1])
        inner = self.name(Name(name.text[:-1], base, indices, name.span._replace(end=end - 1)))
        return Apply("transpose", (inner,), NO_PARAMS, name.span, "T")

    def primed(self, node: Node) -> Name | None:
        """What is primed as a name of its own, where the text has it so; None if the prime says something else."""
        name = primed(node)
        if name is None or type(node) is not Apply or self.notation.is_dotted:
            return None
        of = self.reading.symbol(name.base, name.indices)
        variable = of.gradient_of().key if of.of else of.key
        own = Name(f"{name.text}{node.sign}", name.base + PRIME, name.indices, node.span)
        if not {of.key, variable} & self.reading.marks.primed or (self.is_function(name) and not self.is_variable(own)):
            return None
        return own

    def is_run(self, name: Name) -> bool:
        """Whether a name stands for several factors, as `Wx` may."""
        return type(self.name(name)) is Apply

    def is_variable(self, name: Name) -> bool:
        """Whether a name stands for an array that is known here."""
        return self.table.is_variable(self.symbol(name))

    def is_array(self, name: Name) -> bool:
        """Whether a name stands for an array, and not for a number."""
        entry = self.table.look_up(self.symbol(name))
        return entry is not None and entry.shape != ()

    def is_function(self, node: Node) -> bool:
        """Whether a name is one of a function and of nothing else known."""
        return type(node) is Name and not self.is_variable(node) and is_function(node.base, self.table)


def _before_bracket(name: Name) -> Name:
    """The E of `E[x]`."""
    text = name.text.rpartition("[")[0]
    is_verbatim = name.span.end - name.span.start == len(name.text)
    span = name.span._replace(end=name.span.start + len(text)) if is_verbatim else name.span
    return Name(text, name.base, name.indices[:-1], span)


def _has_times(member: Node) -> bool:
    """Whether a step such as `t - 1` stands above something."""
    raised = (node for node in walk(member) if type(node) is Apply and node.op in ("superscript", "power"))
    steps = (node.args[1] for node in raised if type(node.args[1]) is Apply)
    return any(part.base in TIME for part in names_in(*steps))


def _is_term(name: Name, node: Node) -> bool:
    return type(node) is Name and node.base == name.base and node.indices == name.indices


def _carries_superscript(target: Node) -> bool:
    """Whether a left side is a name with a bare superscript (`δ¹`), or the derivative by one (`∂L/∂Wˡ`)."""
    if type(target) is Name:
        return any(index.kind == "^" for index in target.indices)
    if not isinstance(target, Apply):
        return False
    if target.op == "derivative":
        return _carries_superscript(target.args[1])
    return target.op == "superscript" and type(target.args[0]) is Name
