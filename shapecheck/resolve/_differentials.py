"""Tell `d(X⁻¹) = -X⁻¹ dX X⁻¹`, what small changes come to, from a function d."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..symbols import Symbol
from ..syntax.nodes import NO_PARAMS, Apply, Node, keys_in

_SIGNS = frozenset(("d", "\\mathrm{d}", "\\operatorname{d}", "\\text{d}"))


def with_differential(members: Sequence[Node], symbols: Mapping[str, Symbol]) -> tuple[Node, ...]:
    """The members of an equation, the first as a differential where changes of what is in it stand on the other side.

    A bracket around one name may be a function's: `d(x)`.
    """
    first, *others = members
    if type(first) is not Apply or first.op != "unknown" or first.params.get("name") not in _SIGNS:
        return tuple(members)
    within = {*keys_in(first)}
    names = keys_in(*others)
    spoken = {symbols[key].gradient_of().key for key in names if key in symbols and symbols[key].of}
    if len(first.args) != 1 or type(first.args[0]) is not Apply or not spoken & within:
        return tuple(members)
    return Apply("differential", first.args, NO_PARAMS, first.span, first.sign, first.closed), *others
