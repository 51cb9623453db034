"""Search the rewrites that mend a statement, cheapest first: `search(checked, section)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ..infer import SIDES, Checked, Fact
from ..ops import is_a
from ..repairs import repairs
from ..repairs._repair import Repair, Rewrite
from ..sections import Section
from ..shapes.dims import Dim, Shape
from ..syntax.nodes import NOWHERE, Apply, Equation, Node, walk
from ..values import NamedTuple
from ._strain import strain

TRIES = 2000
"""The most rewrites tried: counted, not timed, so that fixes do not depend on the machine."""
LARGE = 300
"""The most nodes of a statement for which pairs of rewrites are tried."""
MOST_FACTS = 4
"""The most mistakes in a statement for which fixes are searched: two rewrites do not mend more."""
COSTS = (2, 3, 4, 5)
"""The total costs that are looked at, as long as nothing cheaper mends the statement."""

Path = tuple[tuple[Apply, int], ...]
"""The way to a node: each node above it, outermost first, with the position that leads on."""


class NodePlace(NamedTuple):
    """A node, the member that it stands in, and the way there."""

    node: Node
    member: int
    path: Path


class PlacedRewrite(NamedTuple):
    """A rewrite at a place."""

    repair: Repair
    rewrite: Rewrite
    place: NodePlace
    distance: int

    @property
    def cost(self) -> int:
        """What the step costs."""
        return self.repair.cost + self.rewrite.extra


class State(NamedTuple):
    """A state of the statement: the steps that led there, and what inference says of it."""

    steps: tuple[PlacedRewrite, ...]
    checked: Checked
    known: dict[int, Shape]

    @property
    def shapes(self) -> dict[int, Shape | None]:
        """The shape of every node."""
        return {**self.known, **self.checked.shapes}


class _Search:
    """One search: how much has been tried, and how many unknown nodes a mended statement may have at most."""

    def __init__(self, checked: Checked, section: Section) -> None:
        nodes = list(walk(*checked.equation.members))
        unknown = sum(checked.shapes.get(id(node)) is None for node in nodes)
        sides = all(fact.kind in SIDES for fact in checked.facts)
        self.section = section
        self.most_unknown = unknown if sides else unknown - 1
        self.is_large = len(nodes) > LARGE
        self.weight = 1 + len(nodes) // 40
        self.left = TRIES

    def attempts(self, state: State, cost: int) -> Iterator[State]:
        """The statement with one more rewrite of that cost, until enough has been tried."""
        for step in _steps(state, self.section, cost) if self.left > 0 else ():
            self.left -= self.weight
            if self.left < 0:
                return
            equation = rewritten(state.checked.equation, step.place, step.rewrite.node)
            checked = self.section.statements.trial(equation, state.known)
            yield State((*state.steps, step), checked, state.known)

    def mends(self, found: State) -> bool:
        """Whether nothing is wrong any more, and what was wrong is not merely unknown now."""
        if not found.checked.is_clear or (len(found.steps) > 1 and any(step.repair.alone for step in found.steps)):
            return False
        return not found.checked.unknown or _unknown(found.checked, found.shapes) <= self.most_unknown


def search(checked: Checked, section: Section) -> list[State]:
    """The cheapest ways to mend a statement, all of one total cost, in no order of likelihood."""
    if len(checked.facts) > MOST_FACTS:
        return []
    searching = _Search(checked, section)
    start = _settled(State((), checked, {}))
    tried: list[State] = []
    lucky: list[State] = []
    is_slip = _is_supposed(checked, section)
    for cost in COSTS[:1] if is_slip else COSTS:
        singles = list(searching.attempts(start, cost))
        tried += singles
        mended = [found for found in singles if searching.mends(found)]
        if not (searching.is_large or is_slip):
            mended += _pairs(searching, tried, cost - COSTS[0], len(checked.facts))
        firm = [found for found in mended if not strain(found.checked.equation, found.shapes).luck]
        if firm or is_slip or searching.left < 0:
            return firm or ([] if is_slip else lucky)
        lucky = lucky or mended
    return lucky


def _is_supposed(checked: Checked, section: Section) -> bool:
    """Whether a statement fails by sizes that nobody states: only a slip of the pen, a single rewrite, is believed."""
    quantities = section.table.quantities
    return quantities is not None and quantities.supposes(shape for fact in checked.facts for shape in fact.shapes)


def _unknown(checked: Checked, shapes: Mapping[int, Shape | None]) -> int:
    """How many nodes of a statement have no known shape."""
    nodes = walk(*checked.equation.members)
    return sum(shapes.get(id(node)) is None for node in nodes)


def _pairs(searching: _Search, tried: list[State], cost: int, facts: int) -> list[State]:
    """What a rewrite of that cost and a cheap one mend, the most promising first rewrites first."""
    firsts = [found for found in tried if found.steps[0].cost == cost]
    firsts.sort(key=lambda found: len(found.checked.facts) >= facts)
    twice = (found for first in firsts for found in searching.attempts(_settled(first), COSTS[0]))
    return [found for found in twice if searching.mends(found)]


def rewritten(equation: Equation, place: NodePlace, new: Node) -> Equation:
    """The equation with another node at a place; what is above it is new and has no span.

    A row made anew within a row of its kind joins it.
    """
    made = new
    for parent, position in reversed(place.path):
        if parent.op == "transpose" and type(new) is Apply and new.op == "transpose" and new.span == NOWHERE:
            new = new.args[0]
            continue
        inner: tuple[Node, ...] = (new,)
        if new is made and type(new) is Apply and new.op == parent.op and is_a(new, "row") and new.span == NOWHERE:
            inner = new.args
        args = (*parent.args[:position], *inner, *parent.args[position + 1 :])
        new = Apply(parent.op, args, parent.params, NOWHERE, parent.sign)
    members = (*equation.members[: place.member], new, *equation.members[place.member + 1 :])
    return Equation(members, equation.sign, equation.span)


def _settled(found: State) -> State:
    """The state with all its shapes at hand, and those known that no rewrite elsewhere can change."""
    shapes = found.shapes
    known: dict[int, Shape] = {}
    broken = {id(fact.node) for fact in found.checked.facts}
    for member in found.checked.equation.members:
        _know(member, shapes, broken, known)
    before = found.checked
    checked = Checked(
        before.equation, shapes, before.facts, before.readings, before.target, before.shape, before.unknown
    )
    return State(found.steps, checked, known)


def _know(node: Node, shapes: dict[int, Shape | None], broken: set[int], known: dict[int, Shape]) -> bool:
    """Whether a node's shape is known whatever stands elsewhere; if so, and for all below it, it is recorded."""
    whole = True
    if type(node) is Apply:
        for argument in node.args:
            whole = _know(argument, shapes, broken, known) and whole
    shape = shapes.get(id(node))
    if not whole or shape is None or id(node) in broken or any(type(dim) is not Dim for dim in shape):
        return False
    known[id(node)] = shape
    return True


def _steps(state: State, section: Section, cost: int) -> Iterator[PlacedRewrite]:
    """Every rewrite of a cost that can touch what is wrong: the first mistake first, and then all that are left."""
    checked = state.checked
    places = list(_places(checked.equation))
    wrong = checked.failures or checked.doubts
    facts = [_where(fact, places) for fact in (wrong if state.steps else wrong[:1])]
    below, every = _repairs()
    is_solved = section.table.quantities is not None
    for place in places:
        distances = [_distance(place, fact, above) for fact, above in facts]
        if None in distances:
            continue
        far = max((abs(distance) for distance in distances if distance is not None), default=0)
        is_above = any(distance is not None and distance < 0 for distance in distances)
        for repair in below if is_above else every:
            if repair.cost <= cost and (repair.slip or not is_solved):
                for rewrite in repair.propose(place.node, checked, section):
                    if repair.cost + rewrite.extra == cost:
                        yield PlacedRewrite(repair, rewrite, place, far)


@cache
def _repairs() -> tuple[tuple[Repair, ...], tuple[Repair, ...]]:
    """The repairs that can mend what is below a node, and all."""
    every: tuple[Repair, ...] = repairs.all()
    return tuple(repair for repair in every if repair.regroups), every


def _places(equation: Equation) -> Iterable[NodePlace]:
    for member, root in enumerate(equation.members):
        waiting: list[tuple[Node, Path]] = [(root, ())]
        while waiting:
            node, path = waiting.pop()
            yield NodePlace(node, member, path)
            if type(node) is Apply:
                waiting.extend((argument, (*path, (node, place))) for place, argument in enumerate(node.args))


def _where(fact: Fact, places: list[NodePlace]) -> tuple[Fact, dict[int, int]]:
    """A fact, and how far each node above it is from it, as a negative number."""
    path = next((place.path for place in places if place.node is fact.node), ())
    return fact, {id(parent): depth - len(path) for depth, (parent, _) in enumerate(path)}


def _distance(place: NodePlace, fact: Fact, above: dict[int, int]) -> int | None:
    """How far a place is below what is wrong; negative above it, None if it is neither."""
    if place.node is fact.node:
        return 0
    for depth, (parent, _) in enumerate(place.path):
        if parent is fact.node:
            return len(place.path) - depth
    if fact.kind in SIDES:
        return len(place.path) + 1
    return above.get(id(place.node))
