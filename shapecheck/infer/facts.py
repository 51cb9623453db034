"""The results of inference, as data: which node, which operands, which shapes. No prose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..shapes.constraints import NOTHING, Clash
from ..shapes.dims import Shape
from ..syntax.nodes import Equation, Node, Trouble
from ..values import NamedTuple, dataclass, field

SIDES = frozenset(("sides", "gradient"))
"""The kinds of facts about two sides that differ."""


class Fact(NamedTuple):
    """A failure, a doubt or a remark.

    `kind` is that of the clash, or `sides`, `gradient`, `outer-sum`, `reading`, `meaning`; `node` is its
    place, `operands` are the nodes that disagree and `shapes` their shapes.
    """

    kind: str
    node: Node
    operands: tuple[Node, ...] = ()
    shapes: tuple[Shape, ...] = ()
    clash: Clash = Clash("")
    words: Mapping[str, Any] = NOTHING


DOUBTS = frozenset(("outer-sum", "reading"))
"""The kinds of facts that say of a statement that fits that it may be wrong, or meant otherwise: warnings."""
REMARKS = frozenset(("meaning",))
"""The kinds of facts that say nothing against a statement: notes on how it is read."""


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
        """The facts that are errors: the statement does not fit."""
        return tuple([fact for fact in self.facts if fact.kind not in DOUBTS and fact.kind not in REMARKS])

    @property
    def doubts(self) -> tuple[Fact, ...]:
        """The facts that are warnings: the statement fits, and may not be meant so."""
        return tuple([fact for fact in self.facts if fact.kind in DOUBTS])

    @property
    def remarks(self) -> tuple[Fact, ...]:
        """The facts that say nothing against the statement."""
        return tuple([fact for fact in self.facts if fact.kind in REMARKS])

    @property
    def is_clear(self) -> bool:
        """Whether it fits without a doubt."""
        return len(self.facts) == len(self.remarks)

    @property
    def is_sure(self) -> bool:
        """Whether it fits without a doubt, and all of it is understood."""
        return self.is_clear and not self.unknown

    @property
    def is_right(self) -> bool:
        """Whether it fits without a column and a row being added to a matrix."""
        return not self.failures and not any(fact.kind == "outer-sum" for fact in self.facts)
