"""Decide whether a statement of a document is read with confidence; if it may mean something else, it is not wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..conventions import is_conventional
from ..course import arrays_in
from ..diagnostic import Diagnostic
from ..infer import SIDES, Checked, Fact
from ..infer.readings import is_of_one_example
from ..sections import Section
from ..shapes.dims import ONE, AnyDim, Dim, Shape, is_of_place, long_dims, prune
from ..syntax.nodes import Apply, Name, Node, Number, is_op, walk
from ..values import replace
from ..vocabulary import LOSSES

SUPPOSED = "no sizes are stated: letters such as p stand for the sizes that follow from the formulas"
OTHERWISE = "it differs from a convention or from another equation, perhaps on purpose"
THOUGHT = "it contains a derivative that is a tensor: it is taken to be an intermediate step"
LEAST = 2
"""How many statements must confirm the shape of an array: one alone may be the mistake."""
_LAYERS = re.compile(r"\[([^\W\d])")
"""The letters by which layers are counted."""
_LETTER = frozenset("ijknmdtcpqrs")
"""Indices that run: what carries two of them is an entry of an array, whoever sums over it."""


def is_open(section: Section, checked: Checked) -> bool:
    """Whether what fails in a statement fails by shapes that nobody states: those that the formulas together say."""
    return section.table.quantities is not None and all(_is_supposed(section, fact) for fact in checked.failures)


def is_stated(section: Section, checked: Checked) -> bool:
    """Whether what fails in a statement fails by sizes that are stated, whoever tells that its arrays have them."""
    assert section.table.quantities is not None
    return not section.table.quantities.supposes(shape for fact in checked.failures for shape in _failing(fact))


def _failing(fact: Fact) -> Sequence[Shape]:
    """What does not fit: in a product only the two sizes that meet."""
    return (fact.clash.dims,) if fact.kind == "inner" and len(fact.clash.dims) == 2 else fact.shapes


def is_told(section: Section, checked: Checked) -> bool:
    """Whether what fails in a statement fails by what its author says of its arrays: then nothing need mend it.

    What a followed call gives, and a number by its letter, are only found out.
    """
    names = (name for fact in checked.failures for name in arrays_in(section, fact.operands or (fact.node,)))
    origins = [entry.origin for entry in map(section.table.look_up, names) if entry is not None]
    return is_stated(section, checked) and all(each.span is not None or each.kind == "option" for each in origins)


def is_otherwise(section: Section, checked: Checked) -> bool:
    """Whether a statement of mathematics sets aside what a convention or another equation says of whole arrays.

    It says that two names are one, gives an array anew in another layout, calls one of many arrays by two indices, as
    in `d_{ij} = x_i - x_j`, or multiplies by ones, as vectors lie either way. What equals nothing, as `f(x + h)`, is a
    loss of one example, or the gradient of what no convention knows may use its letters for something else.
    """
    if not checked.failures or section.notation.is_code:
        return False
    nodes = list(walk(*checked.equation.members))
    names = arrays_in(section, checked.equation.members)
    kinds = {entry.origin.kind for entry in map(section.table.look_up, names) if entry is not None}
    is_by_convention = "convention" in kinds and kinds <= {"convention", "letter"}
    if "convention" in kinds and any(type(node) is Name and node.base == "𝟙" for node in nodes):
        return True
    if "convention" in kinds and len(checked.equation.members) == 1:
        return True
    target = section.survey.reading.by_key.get(nodes[0].key) if type(nodes[0]) is Name else None
    if target is None or target.of:
        variable = section.table.variable(target) if target is not None else None
        return is_by_convention and variable is not None and section.table.look_up(variable) is None
    if is_by_convention and target.base in LOSSES and any(map(is_of_one_example, nodes)):
        return True
    if all(type(node) is Name for node in nodes) and kinds <= {"convention"}:
        return True
    if target.entry and all(fact.kind == "sides" for fact in checked.failures):
        return True
    entry = section.table.look_up(target)
    is_again = entry is not None and entry.origin.kind == "equation"
    return is_again and all(fact.kind == "sides" and _are_turned(fact.shapes) for fact in checked.failures)


def _are_turned(shapes: Sequence[Shape]) -> bool:
    one, other = ([*map(prune, shape)] for shape in shapes)
    return one == other[::-1]


def is_one_example(checked: Checked) -> bool:
    """Whether all that differs are numbers and sizes that a convention has letters for: each is one example of it.

    So is the size of one layer where the other one is counted by another letter.
    """
    pairs = [tuple(map(prune, pair)) for fact in checked.failures for pair in _pairs(fact)]
    ways = (_is_example_of(*pair) or _is_example_of(*reversed(pair)) or _are_of_layers(*pair) for pair in pairs)
    return bool(pairs) and all(ways)


def _is_example_of(size: AnyDim, number: AnyDim) -> bool:
    if not (isinstance(size, Dim) and isinstance(number, Dim)) or number is ONE:
        return False
    return number.value is not None and bool(size.symbols) and all(map(is_conventional, size.symbols))


def stands_alone(section: Section, checked: Checked) -> bool:
    """Whether a statement alone says what shape most of its arrays have: that it fits itself is not a result.

    An update says nothing new about its target.
    """
    table, (target, *values) = section.table, checked.equation.members
    if table.quantities is None:
        return False
    if any(node == target for node in walk(*values)):
        return False
    borne = []
    for name in arrays_in(section, checked.equation.members):
        entry, quantity = table.look_up(name), table.quantities.of(name)
        borne.append(len(quantity.borne) >= LEAST or (entry is not None and entry.shape is not quantity.shape))
    return borne.count(True) < borne.count(False)


def _is_supposed(section: Section, fact: Fact) -> bool:
    """Whether an operand of what fails has a shape, or a size, that nobody states."""
    table = section.table
    assert table.quantities is not None
    for name in arrays_in(section, fact.operands or (fact.node,)):
        entry = table.look_up(name)
        if entry is not None and entry.shape is table.quantities.of(name).shape:
            return True
    return table.quantities.supposes(fact.shapes)


def is_confident(section: Section, checked: Checked) -> bool:
    """Whether what fails in a statement fails for certain, and all of its names are read as they are meant."""
    members = checked.equation.members
    nodes = list(walk(*members))
    if not section.notation.is_code and any(map(is_thought, members[1:])):
        return False
    is_by_entries = all(fact.kind == "index" for fact in checked.failures)
    if (any(map(is_entry, nodes)) and not is_by_entries) or (
        any(map(_is_example, nodes)) and not is_stated(section, checked)
    ):
        return False
    return all(_is_certain(section, fact) for fact in checked.failures)


def _is_certain(section: Section, fact: Fact) -> bool:
    """Whether what differs cannot be one: a number is one example of a letter, an own name another's.

    An axis of one entry more or less is no mistake that tells. Of arrays with more axes than two an operation wants a
    rank that the others do not bear out, and what takes an axis that an array lacks tells its rank where nobody does.
    In mathematics an array of rank 1 is one of code, and lies either way.
    """
    if fact.kind == "axis" and (_is_of_variable(section, fact) or _is_supposed(section, fact)):
        return False
    is_mathematics = section.statements.solver.mathematics
    if any(len(shape) > 2 or (is_mathematics and len(shape) == 1) for shape in fact.shapes):
        return False
    if type(fact.node) is Apply and fact.node.op == "transpose":
        return False
    pairs = [tuple(map(section.statements.solver.told, pair)) for pair in _pairs(fact)]
    known = [pair for pair in pairs if _are_known(*pair)]
    if not (pairs and fact.kind in SIDES) and not all(_are_known(*shape) for shape in fact.shapes):
        return False  # what an operation is given is not known: another product fits it by that
    if not pairs:
        return len(fact.shapes) != 2 or long_dims(fact.shapes[0]) != long_dims(fact.shapes[1])
    return bool(known) and all(_differ(section, fact, *pair) for pair in known)


def _is_of_variable(section: Section, fact: Fact) -> bool:
    """Whether an array lacks an axis as a gradient by its name: `out` may be another one than `dout` is of."""
    names = (section.survey.reading.by_key.get(node.key) for node in fact.operands if type(node) is Name)
    found = [entry for name in names if name is not None and (entry := section.table.look_up(name)) is not None]
    return any(entry.origin.kind == "gradient" for entry in found)


def _are_known(*dims: AnyDim) -> bool:
    return all(isinstance(prune(dim), Dim) for dim in dims)


def _pairs(fact: Fact) -> Iterator[tuple[AnyDim, AnyDim]]:
    """The dimensions that clash."""
    if len(fact.clash.dims) == 2:
        yield fact.clash.dims[0], fact.clash.dims[1]
    elif len(fact.shapes) == 2 and len(fact.shapes[0]) == len(fact.shapes[1]):
        yield from (pair for pair in zip(*fact.shapes, strict=True) if prune(pair[0]) is not prune(pair[1]))


def _differ(section: Section, fact: Fact, one: AnyDim, other: AnyDim) -> bool:
    assert isinstance(one, Dim)
    assert isinstance(other, Dim)
    if is_of_place(one) is not is_of_place(other):
        return False
    if _are_of_layers(one, other):
        return False
    if _stand_together(section, fact, {one, other}):
        return True
    if ONE not in (one, other) and (one.value is None) is not (other.value is None):
        return False
    identities = section.table.identities
    same = identities.pair(one, other)
    return (same is None or identities.mixes(*same)) and not identities.count_examples(one, other)


def _are_of_layers(one: AnyDim, other: AnyDim) -> bool:
    """Whether two sizes are those of layers that are counted by different letters, `n[l-1]` and `n[i]`."""
    letters = [set(_LAYERS.findall(size.text)) for size in (one, other) if isinstance(size, Dim)]
    return len(letters) == 2 and all(letters) and letters[0] != letters[1]


def _stand_together(section: Section, fact: Fact, sizes: set[Dim]) -> bool:
    """Whether an array has two sizes as its axes, or both are stated here: who names both means two numbers.

    In mathematics a convention's letter that stands for what nobody states is not a name.
    """
    table, quantities = section.table, section.table.quantities
    supposed = quantities.sizes if quantities is not None and not section.notation.is_code else set()
    if any(supposed & {*filter(is_conventional, size.symbols)} for size in sizes):
        return False
    operands = fact.shapes[:1] if fact.kind in SIDES else fact.shapes
    stated = tuple(dim for entry in table.noted.by_key.values() for dim in entry.shape)
    made = (entry.shape for entry in table.assigned.values())
    shapes = [*operands, stated, *made, *(quantities.shapes() if quantities is not None else ())]
    return any(sizes <= set(map(prune, shape)) for shape in shapes)


def _is_example(node: Node) -> bool:
    """Whether a node is a list of numbers."""
    return type(node) is Apply and node.op == "block" and any(type(part) is Number for part in node.args)


def is_thought(value: Node) -> bool:
    """Whether derivatives of arrays by arrays are multiplied: a step on the way, with the factors in any order."""
    return any(is_op(node, "jacobian") for node in walk(value))


def holds_tensor(checked: Checked) -> bool:
    """Whether something fails in a statement because a derivative in it is a tensor, as in `∂L/∂W = ∂L/∂Y ∂Y/∂W`."""
    return any([fact.kind == "tensor" for fact in checked.failures])


def without_tensors(checked: Checked) -> Checked:
    """A statement of which it is not known what its tensors come to: many derivations begin with such a chain rule."""
    return replace(checked, facts=tuple(fact for fact in checked.facts if fact.kind != "tensor"), unknown=True)


def is_entry(node: Node) -> bool:
    """Whether a name is a part of an array: it carries two indices that run, `dS_{nm}`, or a colon, `P_{i:}`."""
    if type(node) is not Name:
        return False
    if any(":" in index.text for index in node.indices):
        return True
    letters = [letter for index in node.indices for letter in index.text.replace(",", "")]
    return len(letters) > 1 and all(letter in _LETTER for letter in letters)


def by_hand(section: Section, checked: Checked, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Findings whose fixes are left to their reader: what formulas say together is not a declaration.

    Where the sizes that clash are not stated, a note says where their letters come from.
    """
    notes = () if is_stated(section, checked) else (SUPPOSED,)
    for each in found:
        yield replace(each, fixes=tuple(replace(fix, safe=False) for fix in each.fixes), notes=(*each.notes, *notes))
