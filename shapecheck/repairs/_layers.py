"""What a layer is made of: `Z2 = W2 A1 + b2` by its statement in the file, else by the convention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import Apply, Name, Node, is_op, without
from ..values import NamedTuple
from ._others import shape_of, shifted
from ._repair import joined, transposed

MOST = 200
"""How many passages of a file are searched for a layer's equation; a file with more has to stay fast."""
_WEIGHTS = ("W", "Θ", "θ", "Ω", "w")
"""What weights are called; a bare w is that of logistic regression, a column."""
_FONT = re.compile(r"\\[a-z]+\{\s*([^{}]*(?:\{[^{}]*\})?)\s*\}\Z")


class Layer(NamedTuple):
    """A product of two factors, names or their transposes, with a bias if there is one; `examples` is their axis."""

    left: Node
    right: Node
    bias: Name | None
    examples: int

    @property
    def value(self) -> Node:
        """The layer as an expression."""
        product = Apply("product", (self.left, self.right))
        return Apply("add", (product, self.bias)) if self.bias else product

    @property
    def factors(self) -> list[Name]:
        """The names that are multiplied."""
        inner = (each.args[0] if type(each) is Apply else each for each in (self.left, self.right))
        return [name for name in inner if type(name) is Name]

    def gradient(self, part: Node, found: Node, sign: str) -> Node | None:
        """The gradient of a part of the layer from that of the whole, products being the operation `sign`."""
        if _is(self.left, part):
            return joined(sign, found, transposed(self.right))
        if _is(self.left, part, turned=True):
            return joined(sign, self.right, transposed(found))
        if _is(self.right, part):
            return joined(sign, transposed(self.left), found)
        if _is(self.right, part, turned=True):
            return joined(sign, transposed(found), self.left)
        if self.bias is not None and self.bias == part:
            return Apply("sum", (found,), {"axis": self.examples, "keepdims": True})
        return None


def _is(factor: Node, name: Node, turned: bool = False) -> bool:
    """Whether a factor is a name, or its transpose."""
    if turned:
        return type(factor) is Apply and _is(factor.args[0], name)
    return type(factor) is Name and type(name) is Name and factor.key == name.key


def layer_of(name: Node, section: Section) -> Layer | None:
    """The layer that a name stands for, None if that is not known or it is no such product."""
    if type(name) is not Name:
        return None
    value = _values(section).get(name.key)
    return _usual(name, section) if value is None else _read(value, section)


@lru_cache(maxsize=16)
def _values(section: Section) -> dict[str, Node]:
    """What the first passages of a section say of names, by their keys: a search asks often."""
    found: dict[str, Node] = {}
    for notation, statement in section.equations(section.part.passages[:MOST]):
        if len(statement.members) > 1 and not any(is_op(member, "derivative") for member in statement.members):
            first, *_, last = section.speaking(notation).resolver.resolve(statement).members
            if type(first) is Name:
                found.setdefault(first.key, last)
    return found


def _read(value: Node, section: Section) -> Layer | None:
    """`W A + b` as a layer."""
    terms = list(value.args) if type(value) is Apply and value.op == "add" else [value]
    products = [term for term in terms if is_a(term, "contraction") and len(term.args) == 2]
    biases = [term for term in terms if type(term) is Name]
    if len(products) != 1 or len(products) + len(biases) != len(terms) or len(biases) > 1:
        return None
    left, right = products[0].args
    if not (_is_simple(left) and _is_simple(right)):
        return None
    return Layer(left, right, biases[0] if biases else None, _examples(section))


def _is_simple(factor: Node) -> bool:
    inner = without(factor, "transpose")
    return type(inner) is Name


def _examples(section: Section) -> int:
    return 0 if section.convention.rows == "examples" else 1


def _usual(name: Name, section: Section) -> Layer | None:
    """The layer of a Z or z by the convention: its weights, what is below it, its bias."""
    if name.base not in ("Z", "z") or not section.table.layout.speaks:
        return None
    forward = section.convention.name == "forward-index"
    own = next((base for base in _WEIGHTS if base in section.survey.bases), _WEIGHTS[0])
    weights, bias = (_at(name, base, -int(forward), section) for base in (own, "b"))
    below = _below(name, section)
    if weights is None or below is None:
        return None
    is_logistic = own == "w" and section.survey.reading.by_key[weights.key].layer is None
    if _examples(section) == 0:
        turned = section.convention.name == "torch" and not is_logistic
        return Layer(below, transposed(weights) if turned else weights, bias, 0)
    return Layer(transposed(weights) if is_logistic else weights, below, bias, 1)


def _below(name: Name, section: Section) -> Name | None:
    """What a layer is applied to: the activation of the layer below it, or the input."""
    capital = name.base == "Z"
    if section.survey.reading.symbol(name.base, name.indices).layer is not None:
        return _at(name, "A" if capital else "a", -1, section)
    plain = "X" if capital else "x"
    if plain in section.survey.bases and not section.survey.indexed:
        return _known(plain, plain, section)
    text = f"{'A' if capital else 'a'}_prev"
    return _known(text, text.replace("_prev", "_{prev}") if section.notation.is_typeset else text, section)


def _known(base: str, text: str, section: Section) -> Name | None:
    found = Name(text, base, (), key=section.survey.reading.symbol(base, ()).key)
    return found if shape_of(found, section) is not None else None


def without_font(node: Node) -> Node:
    """A name without the font that is around the whole of it: `\\mathcal{Z^{[l]}}` as `Z^{[l]}`."""
    if type(node) is not Name or not _FONT.search(node.text):
        return node
    return Name(_FONT.sub(r"\1", node.text).strip(), node.base, node.indices, key=node.key)


def _at(model: Name, base: str, by: int, section: Section) -> Name | None:
    """The name with another base, some layers up, spelled as its model is."""
    text = _FONT.sub(r"\1", model.text).strip()
    at = text.rfind(model.base)
    if at < 0:
        return None
    text = text[:at] + base + text[at + len(model.base) :]
    found = Name(text, base, model.indices, key=section.survey.reading.symbol(base, model.indices).key)
    if by:
        return shifted(found, by, section)
    return found if shape_of(found, section) is not None else None


def factors(node: Node) -> Iterator[Node]:
    """The factors of rows within rows, in order."""
    if is_a(node, "multiplication"):
        for argument in node.args:
            yield from factors(argument)
    else:
        yield node


def jacobian(node: Node) -> Apply | None:
    """The derivative of one array by another that a factor is, whichever way it is written."""
    while type(node) is Apply and node.op == "transpose":
        node = node.args[0]
    return node if is_op(node, "jacobian") else None
