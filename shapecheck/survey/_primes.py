"""Find the names that have a prime of their own: `x' = A x` names something, for nobody transposes what he defines."""

from __future__ import annotations

import re

from ..ops import is_a
from ..symbols import derived
from ..syntax.nodes import Apply, Equation, Name, Node, names_in

PRIME = "′"
"""How the base of such a name ends."""
_BEHIND = r"(?P<name>[^\W\d][^\s'′^()]*)(?:'|′|\^\{?\\prime\}?)"
_ITSELF = r"-?\s*{0}(?:\^-1|\^\{{-1\}}|\.T|\^T|\^\{{T\}}|'|\s*[*⊙∘·]?\s*\(1\s*[-−]\s*{0}\))?"


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


def primed_in_text(left: str, value: str) -> str:
    """The same of an equation as it is written, "" where it names nothing."""
    found = re.fullmatch(_BEHIND, left)
    if found is None or derived(found["name"]).variable:
        return ""
    return "" if re.fullmatch(_ITSELF.format(re.escape(found["name"])), value) else found["name"]
