"""Find what names have after them by their form: a prime, an index in a bracket, arguments."""

from __future__ import annotations

from collections.abc import Collection

from ..notations._signs import FUNCTION_LETTERS
from ..ops import by_call, is_a
from ..symbols import TIME, derived
from ..syntax.nodes import Apply, Equation, Index, Name, Node, Number, names_in, without
from ._names import Names

PRIME = "′"
"""How the base of such a name ends."""
_LETTERS = frozenset("lLij")
"""Letters of layers and of examples: their arrays are told apart; what else is in a bracket leaves the shape alone."""
FEATURES = frozenset("φϕψ")
"""What a map to features is called."""


def primed(node: Node) -> Name | None:
    """The name that stands before a prime; None of anything else."""
    return node.args[0] if type(node) is Apply and node.op == "prime" and type(node.args[0]) is Name else None


def primed_by(equation: Equation) -> Name | None:
    """The name to which an equation gives a prime; `A' = A^-1` and `a' = a(1 - a)` tell of a, and name nothing."""
    name = primed(equation.members[0])
    if name is None or len(equation.members) < 2 or derived(name.base).variable:
        return None
    return None if _is_of_itself(equation.members[-1], name) else name


def _is_of_itself(value: Node, name: Name) -> bool:
    if type(value) is not Apply or value.op in ("neg", "inverse", "transpose", "prime"):
        return name in (value, *(value.args if type(value) is Apply else ()))
    names = list(names_in(value))
    is_multiple = is_a(value, "multiplication") or value.op == "call"
    return is_multiple and len(names) > 1 and all(part == name for part in names)


def index_text(node: Node) -> str:
    """The text of an index: a name, a number, a sum of them; empty for any other."""
    if type(node) is Name or type(node) is Number:
        return node.text
    if type(node) is Apply and node.op == "neg":
        text = index_text(node.args[0])
        return text and f"-{text}"
    if type(node) is Apply and node.op == "add":
        texts = [index_text(each) for each in node.args]
        return "+".join(texts).replace("+-", "-") if all(texts) else ""
    return ""


def function_of(node: Node) -> Name | None:
    """The name before a bracket; None of anything else."""
    is_call = type(node) is Apply and node.op == "call" and not node.params
    return node.args[0] if is_call and type(node) is Apply and type(node.args[0]) is Name else None


def indexed(node: Apply) -> Name | None:
    """A call as a name whose index stands in the bracket, `z(2)`, `a(l-1)`; None if it can be none."""
    text = index_text(node.args[1]) if len(node.args) == 2 else ""
    if not (text[:1].isdecimal() or text[:1] in _LETTERS) or (text[1:2].isalpha()):
        return None
    return at_step(node)


def at_step(node: Apply) -> Name | None:
    """A call as a name with whatever index stands in the bracket, `x(k+1)`."""
    function, text = function_of(node), index_text(node.args[1]) if len(node.args) == 2 else ""
    if function is None or not text:
        return None
    return Name(f"{function.text}({text})", function.base, (*function.indices, Index("(", text)), node.span)


def note_declared(nodes: Collection[Node], names: Names) -> None:
    """Note what is declared with a prime, as one of a list (`z(2)`), or with what it is applied to (`h(t)`)."""
    plain = [node for node in nodes if type(node) is Name]
    for node in nodes:
        name, function = primed(node), function_of(node)
        if name is not None:
            names.primed.add((name.base, name.indices))
        if function is None or type(node) is not Apply:
            continue
        spelled = function.base, function.indices
        if indexed(node) is not None:
            names.listed.add(spelled)
        elif all(_is_time(argument) or argument in plain for argument in node.args[1:]) or _is_own(function):
            names.applied.add(spelled)


def _is_own(function: Name) -> bool:
    """Whether a function is nobody else's: `h(z)` may be declared for the z of any layer, `φ(s)` is of a state."""
    return function.base in FEATURES or (function.base not in FUNCTION_LETTERS and function.base not in by_call())


def _is_time(node: Node) -> bool:
    first = without(node, "add")
    return type(first) is Name and first.text in TIME
