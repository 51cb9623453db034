"""The results of inference, as data: which node, which operands, which shapes. No prose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..shapes.constraints import NOTHING, Clash
from ..shapes.dims import Shape
from ..syntax.nodes import Equation, Node, Trouble
from ..values import dataclass, field

SIDES = frozenset(("sides", "gradient"))
"""The kinds of facts about two sides that differ."""


class Fact(NamedTuple):
    """A failure, or a doubt.

    `kind` is that of the clash, or `sides`, `gradient`, `outer-sum`, `reading`, `meaning`, `by-one`; `node` is its
    place, `operands` are the nodes that disagree and `shapes` their shapes.
    """

    kind: str
    node: Node
    operands: tuple[Node, ...] = ()
    shapes: tuple[Shape, ...] = ()
    clash: Clash = Clash("")
    words: Mapping[str, Any] = NOTHING


DOUBTS = frozenset({"outer-sum", "reading", "meaning", "by-one"})


@dataclass(slots=True)
class Checked:
    """What inference knows about one statement.

    `equation` is the tree in the reading chosen; `shapes` and `readings` are by the `id` of its nodes. `unknown` says
    that some part has no known shape, `troubles` that some part exceeds a limit.
    """

    equation: Equation
    shapes: Mapping[int, Shape | None]
    facts: tuple[Fact, ...] = ()
    readings: Mapping[int, str] = field(default_factory=dict)
    target: str | None = None
    shape: Shape | None = None
    unknown: bool = False
    troubles: tuple[Trouble, ...] = ()

    @property
    def failures(self) -> tuple[Fact, ...]:
        """The facts that are errors."""
        return tuple(fact for fact in self.facts if fact.kind not in DOUBTS)

    @property
    def is_right(self) -> bool:
        """Whether it fits without a column and a row being added to a matrix."""
        return not self.failures and not any(fact.kind == "outer-sum" for fact in self.facts)
