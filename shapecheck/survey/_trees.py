"""Find the names of formulas in their trees, whatever notation they were written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..ops import is_a
from ..symbols import is_nabla
from ..syntax.nodes import Apply, Equation, Index, Name, Node, Number, is_op, names_in, walk
from ..vocabulary import COUNTS, GREEK_NUMBERS, LOSSES, SIZES
from ._adjoints import behind, may_be_gradient
from ._arrays import arrays_in, made_of, numbered
from ._marks import primed_by
from ._names import LeftSide, Names, Spelled
from ._numbers import is_number, is_small_letter, may_be_number
from ._steps import next_step, signal, steps_of_tree

_ENTRIES = frozenset("ijk")
_ROOTS = frozenset(("sqrt", "√", "np.sqrt"))


def names_of_trees(equations: Iterable[Equation]) -> Names:
    """The names that stand in some equations."""
    names = Names()
    note_names(equations, names)
    return names


def note_names(equations: Iterable[Equation], names: Names) -> None:
    """Note the names that stand in some equations."""
    for equation in equations:
        for member in equation.members:
            for node in walk(member):
                _note(node, names)
        target = _target(equation.members[0]) if len(equation.members) > 1 else None
        if target is not None:
            names.targets.add(target)
            _note_value(target, equation.members[1:], names)
            _note_gradient(target, equation.members[1:], names)
            for member in equation.members[1:]:
                names.made.update(made_of(numbered(equation.members[0]), numbered(member)))
        if len(equation.members) > 1:
            names.stepped.update(next_step(equation.members[0], equation.members[-1]))
            names.behind.update(name for member in equation.members for name in behind(member))
        if len(equation.members) > 1 and (function := _defined(equation.members[0])) is not None:
            names.defined.add(function)
        if (primed := primed_by(equation)) is not None:
            names.primed.add((primed.base, primed.indices))


def _note(node: Node, names: Names) -> None:
    if type(node) is Apply:
        names.arrays.update(arrays_in(node))
    if type(node) is Name:
        names.spelled[node.base, node.indices] = None
        if is_nabla(node.text, node.base):
            names.spelled[node.base[1:], node.indices] = None
    elif type(node) is Apply and node.op == "call":
        if found := signal(node):
            names.signals.add(found)
        names.parted.update((base, ()) for base, index in numbered(node.args[0]) if index.text in _ENTRIES)
    elif type(node) is Apply and node.op == "divide":
        names.counts.update(_counts(*node.args))
    elif type(node) is Apply and node.op in ("power", "superscript"):
        names.counts.update(_exponents(node.args[1]))
    elif is_op(node, "sigma"):
        names.counts.update(_letters(node.params["high"]) if node.params["high"] is not None else ())
    elif is_a(node, "multiplication"):
        names.counts.update(_of_identity(node.args))
        names.factors.update((factor.base, factor.indices) for factor in node.args if type(factor) is Name)
        names.stepped.update(steps_of_tree(node))
    elif type(node) is Apply and node.op == "derivative":
        above, below = _first(node.args[0]), node.args[1]
        if type(above) is Name and above.base in LOSSES:
            names.losses.add(above.base)
            derived = spelled(below)
            if derived is not None:
                names.derived.add(derived)


def _defined(node: Node) -> Spelled | None:
    """The function that a left side applies to arguments with names, or to the next of them, `h(t+1)`; its log too."""
    if type(node) is Apply and node.op == "call" and is_log(node.args[0]):
        node = node.args[-1]
    if type(node) is not Apply or node.op != "call" or node.params or len(node.args) < 2:
        return None
    function, *arguments = node.args
    return spelled(function) if type(function) is Name and all(map(_is_argument, arguments)) else None


def is_log(function: Node) -> bool:
    """Whether a log-likelihood may follow, as in `log p(x) = …`, which says what p(x) is as well."""
    return type(function) is Name and function.base in ("log", "ln")


def _is_argument(node: Node) -> bool:
    if type(node) is Apply and node.op == "add":
        return type(node.args[0]) is Name and all(type(step) is not Name for step in node.args[1:])
    return type(node) is Name


def _note_value(target: LeftSide, values: tuple[Node, ...], names: Names) -> None:
    """Note whether what is assigned is a number."""
    if any(map(is_number, values)):
        names.numbers.add(target.name)
    elif not all(map(may_be_number, values)):
        names.computed.add(target.name)


def _note_gradient(target: LeftSide, values: tuple[Node, ...], names: Names) -> None:
    """Note of what a name is the gradient, if that is said, and of which names it is computed, if it may be one."""
    for value in values:
        above, below = value.args if type(value) is Apply and value.op == "derivative" else (None, None)
        if type(above) is Name and above.base in LOSSES and below is not None and (of := spelled(below)) is not None:
            names.gradients.add((target.name, of))
    if may_be_gradient(target.name):
        parts = {(part.base, part.indices) for part in names_in(*values)}
        names.drawn.setdefault(target.name, set()).update(parts)


def _exponents(exponent: Node) -> Iterator[Spelled]:
    """The small letters of an exponent, `β^t`, `x^{p-1}`: numbers, where nothing else is known of them."""
    return (name for name in _letters(exponent) if name[0].islower())


def _letters(node: Node) -> Iterator[Spelled]:
    return ((name.base, ()) for name in names_in(node) if len(name.base) == 1 and not name.indices)


def _of_identity(factors: tuple[Node, ...]) -> Iterator[Spelled]:
    """The small letters before an identity matrix, as in `σ^2 I`: numbers, where nothing else is known of them."""
    for before, after in pairwise(factors):
        is_raised = type(before) is Apply and before.op in ("power", "superscript") and type(before.args[1]) is Number
        name = before.args[0] if type(before) is Apply and is_raised else before
        if type(name) is Name and type(after) is Name and after.base == "I" and is_small_letter(name.base):
            yield name.base, name.indices


def _first(node: Node) -> Node:
    """What stands first in a row of factors or names a function: the L of `L(W) X`."""
    while type(node) is Apply and (is_a(node, "contraction") or node.op == "call") and node.args:
        node = node.args[0]
    return node


def _counts(above: Node, below: Node) -> Iterator[Spelled]:
    """The names that count things in a denominator: examples below anything, what else has a size below a number."""
    is_root = type(below) is Apply and below.op == "call" and len(below.args) == 2 and _is_root(below.args[0])
    parts = list(_parts(below.args[1] if is_root and type(below) is Apply else below))
    is_number = is_root or _is_number(above)
    names = [part for part in parts if type(part) is Name]
    if len(names) + sum(type(part) is Number for part in parts) == len(parts):
        counted = [name for name in names if _word(name) in COUNTS or (is_number and name.base in SIZES)]
        if all(name in counted or name.base in GREEK_NUMBERS for name in names):
            yield from ((name.base, name.indices) for name in counted)


def _word(name: Name) -> str:
    """A name with its subscripts, as code spells it: `n_samples`."""
    return "_".join([name.base, *(text for kind, text in name.indices if kind == "_")])


def _parts(node: Node) -> Iterator[Node]:
    """The names and numbers of which a denominator such as `2m` or `(n - 1)` is made."""
    if not is_a(node, "arithmetic"):
        yield node
        return
    for argument in node.args:
        yield from _parts(argument)


def _is_root(function: Node) -> bool:
    return type(function) is Name and function.base in _ROOTS


def _is_number(node: Node) -> bool:
    """Whether a numerator is a number, or a letter for one such as λ."""
    return all(type(part) is Number or (type(part) is Name and part.base in GREEK_NUMBERS) for part in _parts(node))


def _target(node: Node) -> LeftSide | None:
    """What an equation assigns, None if its left side is not a name."""
    is_derivative = type(node) is Apply and node.op == "derivative"
    name = spelled(node.args[1]) if is_derivative and type(node) is Apply else spelled(node)
    return None if name is None else LeftSide(name, is_derivative)


def targets_in(equations: Iterable[Equation]) -> Iterator[Spelled]:
    """The names that some equations assign."""
    for equation in equations:
        target = _target(equation.members[0]) if len(equation.members) > 1 else None
        if target is not None:
            yield target.name


def spelled(node: Node) -> Spelled | None:
    """The base and indices of a name; a bare superscript is a layer."""
    if type(node) is Name:
        return node.base, tuple(Index("[", text) if kind == "^" else Index(kind, text) for kind, text in node.indices)
    if type(node) is Apply and node.op == "superscript":
        name, exponent = node.args
        if type(name) is Name and not isinstance(exponent, Apply):
            return name.base, (*name.indices, Index("[", exponent.text))
    return None
