"""Take a part of weights that stand side by side: `W_f.T dγ` as `W_f[:, n_a:].T dγ`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import Dim, number
from ..syntax.nodes import Apply, Name, Node
from ._repair import Repair, Rewrite

_WHOLE = ("range", None, None, None)


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    members = checked.equation.members
    shape = checked.shapes.get(id(node))
    if type(node) is not Name or shape is None or len(shape) != 2 or (node is members[0] and len(members) > 1):
        return
    for axis, dim in enumerate(shape):
        if isinstance(dim, Dim):
            for place, bound in enumerate(_bounds(dim, section)):
                for part in (("range", None, bound, None), ("range", bound, None, None)):
                    items = (part,) if axis == 0 else (_WHOLE, part)
                    yield Rewrite(
                        ("take only a part of ", node), Apply("slice", (node,), {"items": items}), penalty=place
                    )


def _bounds(dim: Dim, section: Section) -> Iterator[Node]:
    """Each single term of a sum of dimensions, as a name that a slice can begin or end with."""
    terms = [(monomial, factor) for monomial, factor in dim.terms if len(monomial) == 1 and factor == 1]
    if len(dim.terms) < 2 or number(0) is dim:
        return
    from ..notations._names import decompose

    for monomial, _ in terms:
        base, indices = decompose(monomial[0])
        symbol = section.survey.reading.symbol(base, indices)
        yield Name(monomial[0], base, indices, key=symbol.key)


repair = Repair("part", 3, _propose)
