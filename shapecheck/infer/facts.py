"""What inference finds, as data: which node, which operands, which shapes; no prose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..shapes.constraints import NOTHING, Clash
from ..shapes.dims import Shape
from ..syntax.nodes import Equation, Node, Trouble
from ..values import dataclass, field

SIDES = frozenset(("sides", "gradient"))
"""The kinds of facts that say of two whole sides that they differ."""


class Fact(NamedTuple):
    """A failure, or a doubt.

    `kind` is that of the clash, or `sides`, `gradient`, `outer-sum`, `reading`, `meaning`, `by-one`; `node` is where it
    stands, `operands` are the nodes that disagree and `shapes` their shapes.
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
    """What inference knows of one statement.

    `equation` is the tree in the reading that holds, `shapes` and `readings` speak of its nodes by `id`; `unknown` says
    that a part has no known shape, `troubles` what of it is beyond a limit.
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
        """Whether it fits, and no vector grows to a matrix by being added to one that lies the other way."""
        return not self.failures and not any(fact.kind == "outer-sum" for fact in self.facts)
