"""What a statement says of how its vectors lie: `A x` takes x for a column, `x A` for a row, whatever the sizes are.

A small letter of mathematics is a vector where it is transposed, or stands after a matrix; a capital is a matrix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..course import BOLD, Line
from ..infer import Checked
from ..notations._ones import is_ones
from ..ops import is_a
from ..repairs._repair import is_product, is_scalar
from ..shapes.dims import ONE, prune
from ..symbols import Symbol, is_nabla
from ..syntax.nodes import Apply, Name, Node, Number
from ..text import Source
from ..values import NamedTuple
from ..vocabulary import LOSSES, SCALARS
from ._products import is_transpose

COLUMN = "|"
"""What every column lies like."""
_LETTER = re.compile(r"[^\W\d_][\u0300-\u036f]*(?:\d|_|\[|\Z)")
"""How the names of vectors and matrices begin: a single letter, with a hat or an index; a word is a function's name."""
MOST = 2
"""How many vectors a product may hold: of `x y^T z` and of `x^T y z` each is right, as it is bracketed."""


class Form(NamedTuple):
    """What a tree is: a `number`, a `matrix`, a `vector`, or anything else.

    A vector lies as its `key` does, or the other way if it `is_turned`; it `is_made` by a matrix from another one. A
    product of two vectors has these as its `ends`: it is a matrix if the first is a column, else a number.
    """

    kind: str = ""
    key: str = ""
    is_turned: bool = False
    ends: tuple[Form, ...] = ()
    is_made: bool = False

    @property
    def turned(self) -> Form:
        """It, transposed."""
        ends = tuple(end.turned for end in reversed(self.ends))
        return self._replace(is_turned=self.kind == "vector" and not self.is_turned, ends=ends)


_NUMBER, _MATRIX, _ANY = Form("number"), Form("matrix"), Form()
_COLUMN = Form("vector", COLUMN)
_ROW = _COLUMN.turned


def side_of(is_row: bool) -> str:
    """What a vector is called by how it lies."""
    return "row" if is_row else "column"


class Bond(NamedTuple):
    """That two vectors lie alike, or one as a column and the other as a row.

    It is said of a vector beside a `matrix`, of two `vectors` that are multiplied, of two `terms`, or of the `value` of
    a product of two. The first of its `nodes` is the first vector as it is written there, or that product.
    """

    kind: str
    one: Form
    other: Form
    nodes: tuple[Node, ...]

    @property
    def are_apart(self) -> bool:
        """Whether the names of the two do not lie alike."""
        return self.one.is_turned is not self.other.is_turned

    @property
    def side(self) -> str:
        """Beside a matrix, what the vector has to be as it is written."""
        return side_of(self.are_apart ^ self.one.is_turned)

    @property
    def keys(self) -> frozenset[str]:
        """The vectors of which it speaks."""
        return frozenset((self.one.key, self.other.key)) - {COLUMN}


class Sides:
    """The bonds between the vectors of a statement: what is `turned`, or stands `behind` a matrix, is one."""

    def __init__(self, line: Line, checked: Checked, source: Source, is_backward: bool) -> None:
        self.line = line
        self.source = source
        self.checked = checked
        self.is_backward = is_backward
        self.bonds: list[Bond] = []
        self.turned: set[str] = set()
        self.behind: set[str] = set()
        self.places: list[tuple[Apply, tuple[Node, ...]]] = []
        members = checked.equation.members
        forms = [self._form(member) for member in members]
        for member, form in zip(members[1:], forms[1:], strict=True):
            self._bind("terms", forms[0], form, members[0], member)
        if is_backward and self._is_of_matrix(members[0], forms[0]):
            self._as_matrices(members, forms)

    @property
    def vectors(self) -> set[str]:
        """The names that are vectors."""
        return self.turned | self.behind

    def _is_of_matrix(self, target: Node, form: Form) -> bool:
        """Whether a statement gives the gradient of a matrix; other capitals may be numbers, as a loss is."""
        symbol = self.line.section.survey.reading.by_key.get(target.key) if type(target) is Name else None
        table = self.line.section.table
        is_gradient = symbol is not None and table.is_gradient(symbol) and table.variable(symbol).base not in LOSSES
        return form.kind == "matrix" and (is_gradient or type(target) is Apply)

    def _form(self, node: Node) -> Form:
        if type(node) is Name:
            return self._of_name(node)
        if type(node) is not Apply:
            return _NUMBER if type(node) is Number else _ANY
        if is_transpose(node):
            inner = self._form(node.args[0])
            if inner.kind == "vector" and "'" in node.sign:
                return _ANY  # as often another vector as its transpose
            self.turned.update([inner.key] * (inner.kind == "vector"))
            return inner.turned
        if is_product(node, self.checked):
            return self._of_product(node)
        forms = [self._form(argument) for argument in node.args]
        is_sum = node.op == "add"
        if is_sum or node.op == "hadamard":
            return self._of_sum(node, forms, is_sum)
        if is_a(node, "diagonal") and forms[0].kind == "vector":
            return _MATRIX
        if node.op == "jacobian":
            return _MATRIX if forms[-1].kind == "matrix" else _ANY
        if is_a(node, "multiple", "function", "quotient", "softmax") or node.op == "sum_over":
            return forms[0]
        if is_scalar(node, self.checked):
            return _NUMBER  # a trace, a norm
        return forms[0] if is_a(node, "regular") and len(forms) == 1 else _ANY

    def _of_name(self, node: Name) -> Form:
        section = self.line.section
        symbol = section.survey.reading.by_key.get(node.key)
        if is_ones(node):
            return _COLUMN
        if is_scalar(node, self.checked):
            return _NUMBER if node.base in SCALARS else _ANY
        if symbol is None or symbol.entry:
            return _ANY
        is_gradient = section.table.is_gradient(symbol)
        variable = section.table.variable(symbol) if is_gradient else symbol
        base = variable.base
        if not _LETTER.match(base):
            return _ANY
        if base[:1].isupper() or node.base[:1].isupper():
            is_part = any("," in index.text for index in node.indices)
            return _ANY if is_part or self._is_stated(symbol, "vector") else _MATRIX
        if not base[:1].islower() or base[:1] in LOSSES or self._is_stated(symbol, "matrix"):
            return _ANY
        is_bold = re.search(BOLD, node.text + self.source.slice(node.span)) is not None
        # Many authors write `∂E/∂z` as a row, but `∇_z E` as they write z.
        is_apart = is_gradient and not is_nabla(node.text, node.base)
        return Form("vector", f"{'∂' * is_apart}{'*' * is_bold}{base}{'_' * (variable.key != base)}")

    def _is_stated(self, symbol: Symbol, kind: str) -> bool:
        """Whether the author of a document says that an array is a vector, or a matrix, whatever its letter."""
        entry = self.line.section.table.look_up(symbol)
        if entry is None or not entry.origin.is_stated:
            return False
        return (len(entry.shape) < 2 or any(prune(dim) is ONE for dim in entry.shape)) is (kind == "vector")

    def _of_sum(self, node: Apply, forms: Sequence[Form], is_sum: bool) -> Form:
        """Terms, or factors entry by entry: vectors among them lie alike."""
        pairs = [pair for pair in zip(node.args, forms, strict=True) if pair[1].kind != "number"]
        args, known = [arg for arg, _ in pairs], [form for _, form in pairs]
        self.places.append((node, node.args))
        vectors = [pair for pair in pairs if pair[1].kind == "vector"]
        for (one, first), (other, second) in pairwise(vectors):
            self._bind("terms", first, second, one, other)
        if is_sum:
            self._as_matrices(args, known)
        kinds = {form.kind for form in known}
        if "matrix" in kinds:
            return _MATRIX if "" not in kinds else _ANY
        if vectors and not any(form.ends for form in known):
            return vectors[0][1]
        return known[0] if len(kinds) == 1 else _ANY if known else _NUMBER

    def _of_product(self, node: Apply) -> Form:
        """A chain of factors: a column ends it, a row begins it, and two columns do not meet."""
        nodes = tuple(_factors(node, self.checked))
        pairs = [pair for pair in zip(nodes, map(self._form, nodes), strict=True) if pair[1].kind != "number"]
        factors, forms = tuple(each for each, _ in pairs), tuple(form for _, form in pairs)
        kinds = [form.kind for form in forms]
        if len(forms) < 2:
            return forms[0] if forms else _NUMBER
        self.places.append((node, factors))
        if kinds.count("vector") > MOST:
            return _ANY
        are_two = any(one == other == "vector" for one, other in pairwise(kinds))
        for place, (one, other) in enumerate(pairwise(forms)):
            left, right = factors[place : place + 2]
            if self._is_call(left, right):
                return _ANY
            self._bind("vectors", one, other.turned, left, right)
            if one.kind == "matrix" and other != _ROW:  # of `D 1^T` D may be a column
                self._bind("matrix", other, _COLUMN, right, left)
                self.behind.update([other.key] * (other.kind == "vector" and place + 2 == len(forms)))
            if other.kind == "matrix" and not (are_two and place):  # `x^T y A` may be a number times A
                self._bind("matrix", one, _ROW, left, right)
        return _value(forms, are_two)

    def _is_call(self, left: Node, right: Node) -> bool:
        """Whether a factor may be the argument of the one before it: `π(a)`."""
        is_name = type(left) is Name and type(right) is Name
        return is_name and self.source.text[left.span.end : right.span.start].strip() == "("

    def _as_matrices(self, nodes: Sequence[Node], forms: Sequence[Form]) -> None:
        """Have a product of two vectors that equals a matrix, or is added to one, be a column times a row."""
        if any(form.kind == "matrix" for form in forms):
            for node, form in zip(nodes, forms, strict=True):
                if form.ends:
                    self._bind("value", form.ends[0], _COLUMN, node)

    def _bind(self, kind: str, one: Form, other: Form, *nodes: Node) -> None:
        """Note how two vectors lie; of anything else there is nothing to note."""
        if one.kind == other.kind == "vector":
            made = (other.is_made, one), (one.is_made, other)
            self.behind.update(form.key for is_made, form in made if is_made and kind == "terms")
            self.bonds.append(Bond(kind, one, other, nodes))


def _factors(node: Apply, checked: Checked) -> Iterator[Node]:
    """The factors of a product, and of those within it that stand in no brackets."""
    for argument in node.args:
        if type(argument) is Apply and is_product(argument, checked) and not argument.closed:
            yield from _factors(argument, checked)
        else:
            yield argument


def _value(forms: Sequence[Form], are_two: bool) -> Form:
    """What a chain of factors gives."""
    kinds = [form.kind for form in forms]
    vectors = tuple(form for form in forms if form.kind == "vector")
    if "" in kinds or any(form.ends for form in forms):
        return _ANY
    if not vectors:
        return _MATRIX
    if len(vectors) == 1:
        return vectors[0]._replace(is_made=True) if "vector" in (kinds[0], kinds[-1]) else _ANY
    is_at_end = kinds[0] == "vector" or kinds[-1] == "vector"
    return Form("pair", ends=vectors) if (are_two and is_at_end) or kinds[0] == kinds[-1] == "vector" else _ANY
