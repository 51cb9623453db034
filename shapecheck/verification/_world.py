"""One draw: the forward pass on random arrays, and the true gradient of each name by central differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..evaluate import NoValue, array, condition, draw, evaluate, length
from ..ops import is_a, ops
from ..shapes.dims import number
from ..syntax.nodes import Apply, Name, Node, keys_in, names_in, walk
from ..values import NamedTuple
from ._activations import activation_of, kinked
from ._backward import pulled_back
from ._differences import Kink
from ._jacobians import derivatives
from ._large import ArrayTooLarge, Smaller, replaced, smaller
from ._passes import Pass, PassStep, Work
from ._relations import is_zero

SPREAD = 0.6
"""The spread of the drawn numbers around 0, small enough that no sigmoid saturates."""
LONG = 16
"""The length of an axis from which numbers spread less, as a product adds up as many of them."""
TRIES = 20
"""How often arrays are drawn again until all values are finite and no gradient vanishes."""
SCATTERED = 100
"""The factor that turns a drawn number into an index, modulo the length of an axis."""
SEVERAL = 3
"""The least entries of an array for which both sides of a kink should occur."""
LARGEST = 300
"""The largest condition number of an inverted matrix: beyond it, differences of the inverse are inaccurate."""
SMALLEST = (3, 5)
"""The smallest size of a dimension, in the first draw and in one with other sizes."""
NOTHING: Mapping[str, int] = {}


class Contribution(NamedTuple):
    """What one equation contributes to the gradient of a name in it."""

    step: PassStep
    value: Any


class World(NamedTuple):
    """Values by the keys of names, true gradients by the keys of variables, and the parts that these add up.

    `free` are the variables whose gradient is arbitrary: without a loss what comes out at the end, and what goes
    into an equation that cannot be evaluated. `outside` is what comes to them from there. `before` are gradients of
    what an activation is applied to, by the key of its result; `reach` says to which ends an equation leads.
    `derivatives` are those of one variable by another, a row an entry of the one and a column an entry of the other,
    or of a number by two variables, a row an entry of the first. `changes` are small ones of variables, up to a factor.
    """

    sizes: Mapping[str, int]
    values: Mapping[str, Any]
    gradients: Mapping[str, Any]
    parts: Mapping[str, Sequence[Contribution]]
    free: frozenset[str]
    outside: Mapping[str, Any]
    before: Mapping[str, Any]
    reach: Mapping[str, frozenset[str]]
    has_loss: bool
    derivatives: Mapping[tuple[str, ...], Sequence[Any]]
    changes: Mapping[str, Any]

    @property
    def is_smaller(self) -> bool:
        """Whether smaller sizes are drawn for declared ones."""
        return any(map(str.isdecimal, self.sizes))


class NoWorld(ValueError):
    """Why a forward pass has no values."""


class Flat(Kink):
    """A hinge or the like that is flat, so that a gradient is zero."""


def world(
    work: Work, domains: Mapping[str, str], wanted: Iterable[str], seed: int, unlike: Mapping[str, int] = NOTHING
) -> World:
    """A draw of a forward pass, away from kinks and undefined values; `wanted` are the inputs whose gradient counts.

    What is inverted in it, or by the author's formulas, is regular. No dimension has the size that it has in `unlike`.
    Raises NoWorld where no draw has values.
    """
    try:
        instead = smaller(work)
    except ArrayTooLarge as error:
        raise NoWorld(str(error)) from error
    why, flat = "the values of its forward pass are not finite", 0
    for attempt in range(TRIES):
        try:
            drawn = _drawn(work.forward, domains, (seed, attempt, flat), unlike, instead)
            return _evaluated_world(work, drawn, frozenset(wanted), seed, attempt)
        except Flat:
            flat += 1
        except Kink:
            continue
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            why = f"its forward pass cannot be evaluated: {error}"
    raise NoWorld(why)


def _drawn(
    forward: Pass,
    domains: Mapping[str, str],
    chance: tuple[int, int, int],
    unlike: Mapping[str, int],
    instead: Smaller,
) -> tuple[dict[str, Any], dict[str, int]]:
    """Arrays for what goes in, spread a little more at each attempt, and the sizes of dimensions.

    Numbers spread further after each draw in which a gradient was `flat`: margins are among them.
    """
    seed, attempt, flat = chance
    inputs = {key: replaced(shape, instead) for key, shape in forward.inputs.items()}
    for place in range(TRIES):
        drawn, sizes = draw(inputs, seed + 1000 * attempt + place, domains, SMALLEST[bool(unlike)])
        sizes |= {str(size): length(dim, sizes) for size, dim in instead.items() if sizes.keys() >= set(dim.symbols)}
        if not any(sizes[name] == size for name, size in unlike.items()):
            break
    for key, places in forward.places.items():
        if key in drawn:
            drawn[key] = _at_places(drawn[key], length(places.length, sizes), places.distinct)
    spread = SPREAD * (1 + attempt / 10)
    free = {key for key in drawn if domains.get(key, "real") == "real" and key not in forward.places}
    spreads = {key: spread * _share(drawn[key].shape, flat) for key in free}
    return {key: value * spreads.get(key, 1.0) for key, value in drawn.items()}, sizes


def _share(shape: Sequence[int], flat: int) -> float:
    """How much further the entries of an array spread than others do, or how much less."""
    return (LONG / max(LONG, *shape)) ** 0.5 if shape else 1.0 + flat


def _at_places(values: Any, many: int, distinct: bool) -> Any:
    """Numbers as places on an axis: none twice, or the first once more, as what adds at a place must add twice then."""
    places = abs(values * SCATTERED).astype(int) % many
    if not values.shape:
        return places
    if distinct:
        return values.ravel().argsort().argsort().reshape(values.shape) % many
    places.flat[-1] = places.flat[0]
    return places


def _evaluated_world(
    work: Work, drawn: tuple[dict[str, Any], dict[str, int]], wanted: frozenset[str], seed: int, attempt: int
) -> World:
    """The forward pass on some arrays, and its gradients.

    At the first attempts there must be entries on both sides of each kink; at all but the last no gradient that is
    `wanted` may be zero, as after a hinge that is flat.
    """
    forward, (values, sizes) = work.forward, drawn
    steps, lost = _evaluated(forward.steps, values, sizes)
    trees = [*(step.value for step in forward.steps), *(claim.value for claim in work.claims)]
    _refuse_singular(walk(*trees), values, sizes)
    if 2 * attempt < TRIES:
        _refuse_even((node for step in steps for node in walk(step.value)), values, sizes)
    cotangents = _cotangents(forward, steps, lost, values, seed)
    gradients, parts = _sweep(steps, values, sizes, cotangents, wanted)
    if attempt < TRIES - 1 and any(key in gradients and is_zero(gradients[key]) for key in wanted):
        raise Flat
    has_loss = any(step.key == forward.loss for step in steps)
    free = frozenset(cotangents) - {forward.loss}
    before = dict(_before(steps, values, sizes, gradients))
    found = {pair: derivatives(steps, pair, values, sizes) for pair in forward.pairs if set(pair) <= values.keys()}
    reach = _reach(steps, cotangents)
    changes = _random(forward.along & values.keys(), values, seed + 1)
    return World(sizes, values, gradients, parts, free, cotangents, before, reach, has_loss, found, changes)


def _before(
    steps: Sequence[PassStep], values: Mapping[str, Any], sizes: Mapping[str, int], gradients: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """The gradients of what activations are applied to, where that has no name."""
    for step in steps:
        node = step.value
        if type(node) is Apply and activation_of(node) and type(node.args[0]) is not Name and step.key in gradients:
            inside = Name("", "", key="inside")
            held = {inside.key: evaluate(node.args[0], values, sizes)}
            tree = Apply(node.op, (inside,), node.params)
            yield step.key, pulled_back(tree, inside.key, held, sizes, gradients[step.key])


def _reach(steps: Sequence[PassStep], ends: Iterable[str]) -> dict[str, frozenset[str]]:
    """The ends to which each equation leads."""
    found: dict[str, frozenset[str]] = {end: frozenset((end,)) for end in ends}
    for step in reversed(steps):
        for name in names_in(step.value):
            found[name.key] = found.get(name.key, frozenset()) | found.get(step.key, frozenset())
    return found


def _refuse_singular(nodes: Iterable[Node], values: Mapping[str, Any], sizes: Mapping[str, int]) -> None:
    """Raise Kink where a matrix is inverted, or its determinant taken, that is nearly singular."""
    for node in nodes:
        if is_a(node, "regular"):
            try:
                matrix = evaluate(node.args[0], values, sizes)
            except (NoValue, TypeError, LookupError):
                continue
            if condition(matrix) > LARGEST:
                raise Kink


def _refuse_even(nodes: Iterable[Node], values: Mapping[str, Any], sizes: Mapping[str, int]) -> None:
    """Raise Kink where all entries of an array lie on one side of a kink: of the other nothing would be seen."""
    for node in nodes:
        slope = kinked(node)
        if slope is not None:
            sides = array(evaluate(slope, values, sizes))
            if sides.size >= SEVERAL and sides.min() == sides.max():
                raise Kink


def _evaluated(
    steps: Sequence[PassStep], values: dict[str, Any], sizes: Mapping[str, int]
) -> tuple[list[PassStep], frozenset[str]]:
    """The equations that have values, which are added to those of names; and the names in those that have none."""
    found: list[PassStep] = []
    lost: set[str] = set()
    for step in steps:
        try:
            value = evaluate(step.value, values, sizes)
        except (NoValue, TypeError, LookupError):
            lost.update(keys_in(step.value))
            continue
        values[step.key] = _finite(value)
        found.append(step)
    return found, frozenset(lost)


def _finite(value: Any) -> Any:
    if type(value) is tuple or not abs(array(value)).max(initial=0.0) < float("inf"):
        raise Kink
    return value


def _cotangents(
    forward: Pass, steps: Sequence[PassStep], lost: frozenset[str], values: Mapping[str, Any], seed: int
) -> dict[str, Any]:
    """The gradients that the backward pass begins with: 1 for the loss; else anything, for all that comes out."""
    keys, lost = {step.key for step in steps}, lost & set(values)
    if forward.loss in keys:
        return {**_random(lost, values, seed), forward.loss: array(values[forward.loss]) * 0 + 1.0}
    ends = keys & (forward.ends | forward.given)
    return _random(ends | lost | _last(steps, forward), values, seed)


def _last(steps: Sequence[PassStep], forward: Pass) -> set[str]:
    """What comes out last on ways on which gradients are spoken of and none is given; on all where none is."""
    used = {key for step in steps for key in keys_in(step.value)}
    last = {step.key for step in steps} - used
    above: dict[str, set[str]] = {}
    for step in steps:
        keys = {*keys_in(step.value)}
        above[step.key] = {step.key}.union(*(above.get(key, set()) for key in keys))
    live = {key for key in last if above[key] & forward.spoken and not above[key] & forward.given}
    return live if live or forward.given & set(above) else last


def _random(keys: Iterable[str], values: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """Arrays like the values of some names."""
    drawn, _ = draw({key: tuple(map(number, array(values[key]).shape)) for key in sorted(keys)}, seed + 500)
    return dict(drawn)


def _is_constant(value: Node) -> bool:
    """Whether a value has no gradient, as the length of an axis has none."""
    op = ops().get(value.op) if type(value) is Apply else None
    return op is not None and bool(op.constant)


def _sweep(
    steps: Sequence[PassStep],
    values: Mapping[str, Any],
    sizes: Mapping[str, int],
    cotangents: Mapping[str, Any],
    wanted: frozenset[str],
) -> tuple[dict[str, Any], dict[str, list[Contribution]]]:
    """The gradient of each name, from the last equation to the first."""
    gradients = dict(cotangents)
    parts: dict[str, list[Contribution]] = {}
    computed = {step.key for step in steps if not _is_constant(step.value)} | wanted
    for step in reversed(steps):
        upstream = gradients.get(step.key)
        if upstream is None:
            continue
        for key in dict.fromkeys(keys_in(step.value)):
            if key in computed and key in values:
                part = pulled_back(step.value, key, values, sizes, upstream)
                parts.setdefault(key, []).append(Contribution(step, part))
                gradients[key] = gradients.get(key, 0) + part
    return gradients, parts
