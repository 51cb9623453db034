"""Which names are functions: known ones, declared ones, and the letters that stand for an activation."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..notations._names import MODULES
from ..ops import Op, by_call
from ..syntax.nodes import Name, Node
from ..table import Table

ACTIVATIONS = frozenset(("f", "g", "h", "σ", "φ", "ϕ", "ψ", "ρ", "act", "sigma", "phi", "psi", "rho"))
_SPELLED_OUT = (
    r"(?:\w+\.)*d?_?(?:activation|activ|act|non_?lin(?:earity)?|transfer)s?(?:_?(?:function|func|fun|fn|f))?(?:\[[^\[\]]*\])?"
    r"(?:[._](?:derivative|deriv|der|prime|gradient|grad|diff))?"
)
_PARTS = r"(?:linalg|random|nn|functional|numpy|math|special|scipy)"
_LIBRARY = rf"(?:{'|'.join(MODULES)})\.(?:{_PARTS}\.)*"
"""A module that has functions of arrays, and the parts of it that do."""
_OWNERS = {
    "F": r"(?:F|(?:torch\.)?nn\.functional)\.",
    "np": r"(?:np|numpy|jnp|jax\.numpy)\.",
    "torch": r"torch\.",
}
"""The libraries that have functions of their own, by the name under which operations list them."""


def known_function(base: str) -> Op | None:
    """The operation that a function's name means, with or without its library: `np.dot`, `tanh`, `Sigmoid`."""
    calls, own = by_call(), re.sub(rf"\A{_LIBRARY}", "", base)
    for library, owner in _OWNERS.items() if own != base else ():
        begin = re.match(owner, base)
        if begin and (op := calls.get(f"{library}.{base[begin.end() :]}")):
            return op
    return calls.get(own) or calls.get(own.lower())


def is_foreign(base: str) -> bool:
    """Whether what is called is another library's than numpy's, which may take what numpy's does not."""
    return re.match(r"(?:torch|tf|jax|F|nn)\.", base) is not None


def is_activation(base: str, table: Table) -> bool:
    """Whether a name stands for an unknown elementwise function."""
    return base in ACTIVATIONS or base in table.elementwise


def is_spelled_out(text: str) -> bool:
    """Whether a function of code is by its name an activation or its derivative: `self.activation_prime`."""
    return re.fullmatch(_SPELLED_OUT, text, re.IGNORECASE) is not None


def is_function(base: str, table: Table) -> bool:
    """Whether a name is one of a function."""
    return is_activation(base, table) or known_function(base) is not None


def is_switched(op: Op, arrays: tuple[Node, ...], rest: tuple[Node, ...], keywords: Mapping[str, Node]) -> bool:
    """Whether a call is that of the author's own function of an activation's name: `sigmoid(a, deriv=True)`."""
    given = (*rest, *keywords.values())
    is_told = all(type(each) is Name and each.text in ("True", "False") for each in given)
    return len(arrays) == 1 and is_told and op.is_a("activation") and op.signature == "()->()"


def misuse(op: Op, spelled: str, given: int) -> str:
    """What is wrong with the arguments of a call."""
    if op.arity is not None and given > op.arity and not op.parameters:
        extra = " (the third would be `out`)" if op.is_a("multiplication") else ""
        return f"{spelled} takes {op.arity} arrays, found {given}{extra}"
    return f"{spelled} takes {op.arity or 'some'} arrays and {', '.join(op.parameters) or 'nothing else'}"
