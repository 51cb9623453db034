"""What is understood of a formula, and what stands in the way of judging it."""

from __future__ import annotations

from collections.abc import Mapping

from ..ops import holds_a, is_a
from ..syntax.nodes import Apply, Node, keys_in, walk
from ..values import replace
from ._graph import Claim, Lost


def unjudged(claim: Claim) -> Claim:
    """A claim with the reason why it is not judged, where its formula tells it."""
    what = unknown_in(claim.value)
    if what:
        return replace(claim, why=f"{what} in it is not known")
    if holds_a(claim.value, "derivative"):
        return replace(claim, why="it contains the derivative of an array, so it is an intermediate step")
    return claim


def unknown_in(value: Node) -> str:
    """What is not known in a tree, in words: the first function that nobody knows; "" where all is."""
    unknown = (node for node in walk(value) if type(node) is Apply and node.op in ("unknown", "missing"))
    return next((f"`{node.params['name']}`" if node.params.get("name") else "a part of it" for node in unknown), "")


def is_understood(value: Node) -> bool:
    """Whether every function in a tree is known, and none of it is a derivative of arrays."""
    return not any(is_a(node, "derivative") or (type(node) is Apply and node.op == "unknown") for node in walk(value))


def lost_in(value: Node, lost: Mapping[str, Lost]) -> str:
    """Why something that a value speaks of is not known; "" where all of it is."""
    return next((lost[key].what for key in keys_in(value) if key in lost), "")
