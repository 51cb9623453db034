"""Take a name's neighbour one layer up or down: `W2` as `W1`, `A1` as `X`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import Apply, Name, Node, names_in, put_names
from ._others import first_layer, shifted
from ._repair import Repair, Rewrite


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is Name and checked.shapes.get(id(node)) and not _is_target(node, checked):
        target = checked.target
        found = (shifted(node, -1, section), shifted(node, 1, section), first_layer(node, checked, section))
        for other in found:
            if other is not None and other.key != target:
                yield Rewrite(("replace ", node, " with ", other), other)
    elif is_a(node, "product"):
        yield from _together(node, checked, section)


def _together(node: Apply, checked: Checked, section: Section) -> Iterator[Rewrite]:
    """A product with every layer in it one up or down: `W[l].T dZ[l]` as `W[l+1].T dZ[l+1]`."""
    names = {name.key: name for name in names_in(node) if _has_layer(name, section)}
    for by in (1, -1):
        found = {key: shifted(name, by, section) for key, name in names.items()}
        others = [other for other in found.values() if other is not None and other.key != checked.target]
        if len(others) == len(names) > 1:
            words = ("replace ", *_listed(list(names.values())), " with ", *_listed(others))
            yield Rewrite(words, put_names(node, found), extra=1)


def _has_layer(name: Name, section: Section) -> bool:
    symbol = section.survey.reading.by_key.get(name.key)
    return symbol is not None and symbol.layer is not None


def _listed(names: list[Name]) -> Iterator[str | Name]:
    for place, name in enumerate(names):
        yield from (("" if not place else " and " if place == len(names) - 1 else ", "), name)


def _is_target(node: Name, checked: Checked) -> bool:
    members = checked.equation.members
    return len(members) > 1 and node is members[0]


repair = Repair("layer", 3, _propose)
