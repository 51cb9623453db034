"""Take the layer of the left side for an activation's argument: `dZ1 = W2.T dZ2 * g'(Z2)` as `… * g'(Z1)`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Name, Node
from ._others import shifted
from ._repair import Repair, Rewrite


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or node.op != "activation" or type(inner := node.args[0]) is not Name:
        return
    by_key = section.survey.reading.by_key
    own, target = by_key.get(inner.key), by_key.get(checked.target or "")
    if own is None or target is None or own.layer is None or target.layer is None:
        return
    by = (target.layer - own.layer).value
    other = shifted(inner, by, section) if by in (1, -1) else None
    if other is not None:
        changed = Apply(node.op, (other,), node.params, sign=node.sign)
        yield Rewrite(("replace ", inner, " with ", other), changed)


repair = Repair("argument", 2, _propose, slip=True)
