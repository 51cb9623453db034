"""Say what a fix does and why it fits: `swap the factors: W2.T dZ2 is (n1×n2)(n2×m) = n1×m, the shape of dZ1`."""

from __future__ import annotations

from ..infer import Checked
from ..ops import is_a
from ..rules._wording import named
from ..shapes.dims import Shape, prune, show
from ..syntax.nodes import Apply, Node
from ._edits import AuthorSpelling
from ._search import PlacedRewrite, State

LONGEST = 60
"""The longest formula quoted in the title of a fix."""


def title(found: State, spelling: AuthorSpelling) -> str:
    """What the steps do, and the shape of what they make."""
    done = ", and ".join(dict.fromkeys(_words(step, spelling) for step in found.steps))
    reason = _reason(found, spelling)
    return f"{done}: {reason}" if reason else done


def _words(step: PlacedRewrite, spelling: AuthorSpelling) -> str:
    return "".join(part if isinstance(part, str) else _short(part, spelling) for part in step.rewrite.words)


def _short(node: Node, spelling: AuthorSpelling) -> str:
    text = " ".join(spelling.write(node).split())
    return text if len(text) <= LONGEST else "this part"


def _reason(found: State, spelling: AuthorSpelling) -> str:
    """The shape of the smallest row of factors that the last step changed, or of what it made."""
    node = _changed_row(found)
    shapes = found.shapes
    shape = shapes.get(id(node))
    if shape is None:
        return ""
    text = " ".join(spelling.write(node).split())
    is_list = is_a(node, "joining")
    subject = "the result" if is_list or len(text) > LONGEST else text
    return f"{subject} is {_computed(node, shapes, shape)}{_of_target(node, found.checked, shape, spelling)}"


def _changed_row(found: State) -> Node:
    """The innermost row of factors or terms that holds what the last step made, in the tree as it is now."""
    step = found.steps[-1]
    node: Node = found.checked.equation.members[step.place.member]
    if step.place.member == 0 and len(found.checked.equation.members) > 1:
        return found.checked.equation.members[1]
    chosen = node
    for _, position in step.place.path:
        if type(node) is not Apply:
            break
        if is_a(node, "multiplication", "row"):
            chosen = node
        node = node.args[position]
    rows = is_a(node, "multiplication", "total") or (type(node) is Apply and node.op == "outer")
    return node if rows else chosen


def _computed(node: Node, shapes: dict[int, Shape | None], shape: Shape) -> str:
    """`(n1×n2)(n2×m) = n1×m` for a matrix product, `n1×m` for anything else."""
    if is_a(node, "product"):
        factors = [factor for factor in map(shapes.get, map(id, node.args)) if factor]
        if len(factors) > 1:
            shown = (f"({show(factor)})" if len(factor) > 1 else show(factor) for factor in factors)
            return f"{''.join(shown)} = {named(shape)}"
    return named(shape)


def _of_target(node: Node, checked: Checked, shape: Shape, spelling: AuthorSpelling) -> str:
    members = checked.equation.members
    target = checked.shapes.get(id(members[0])) if len(members) > 1 else None
    if target is None or len(target) != len(shape) or node is members[0]:
        return ""
    same = all(prune(a) is prune(b) for a, b in zip(target, shape, strict=True))
    return f", the shape of {_short(members[0], spelling)}" if same else ""
