"""Settle how the gradients of a section are judged: by its own forward pass, or by one that its author leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..evaluate import silently
from ..gradient import Claim, Graph, Record, Step, along_rows, by, open_softmaxes, section_graphs, unrolled
from ..sections import Section
from ..shapes.dims import is_single
from ..symbols import with_letters
from ..syntax.nodes import keys_in, names_in
from ..values import NamedTuple, replace
from ..vocabulary import SYMMETRIC
from ._choice import Chosen, chosen
from ._passes import work_of, written
from ._prepared import prepared
from ._trial import Unverified
from ._unwritten import lost_loss, spelled, unwritten
from ._world import NoWorld

_LETTER = r"(?:\\(?:[Ss]igma|[Ll]ambda|Theta|Omega|Gamma|Phi)|[A-ZΑ-Ω]\d?)(?![A-Za-z])"
_BOLD = r"(?:\\(?:mathbf|bm|boldsymbol|mathrm|symbf|mathsf|mathcal)\s*\{?)?"
_MARKED = rf"\$\s*{_BOLD}{_LETTER}\}}?(?:\s*\\in\b[^$]*|\s*∈[^$]*)?\s*\$"
_BARE = rf"(?<![\w$\\^]){_LETTER}"
_VERB = r"(?:is|are|be|being|ist|sei|est|soit|es|sea|—|-|:)"
_BETWEEN = r"(?:[\s,]++|(?:both|a|an|the|real|square|always|assumed|to|which|that|matrix|any|also)\b){0,12}+"
_WORD = rf"(?<!non-)(?<!non)(?<!not )(?<!skew-)(?<!anti)(?<!a)(?i:{SYMMETRIC})"
_NOUN = rf"(?:[\s,]++|(?:and|or|real|square|matri\w*)\b|{SYMMETRIC}){{0,12}}+"
_LIST = r"(?:[\s,]|and|or|&)*+"
_SAID = (
    rf"({_MARKED}(?:{_LIST}{_MARKED})*){_BETWEEN}{_VERB}?{_BETWEEN}\b{_WORD}",
    rf"({_BARE}(?:{_LIST}{_BARE})*){_BETWEEN}\b{_VERB}\b{_BETWEEN}\b{_WORD}",
    rf"{_WORD}{_NOUN}({_MARKED}(?:{_LIST}{_MARKED})*)",
    rf"{_WORD}{_NOUN}(?<=\s)({_BARE}(?:{_LIST}{_BARE})*)",
    rf"({_BOLD}{_LETTER})\}}?\s*(?:\\in|∈)\s*(?:\\mathbb\s*\{{?\s*S|\\mathcal\s*\{{?\s*S|𝕊)(?![A-Za-z])",
)
"""How symmetry is said, with the names of the matrices."""
_NAMES = re.compile(rf"(?:\$\s*|\A|(?<=[\s,&])){_BOLD}({_LETTER})")


class Judged(NamedTuple):
    """A forward pass with its claims: as it is evaluated, or `trouble`, why it cannot be.

    `loose` are the claims of which nothing can be said.
    """

    graph: Graph
    drawn: Chosen | None
    trouble: str
    loose: Sequence[Claim]
    beside: Sequence[str] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of all claims: what was added, what they belong to, and that sizes are smaller."""
        said = []
        if self.beside:
            what = "forward pass" if len(self.beside) > 1 else "loss"
            said.append(f"no {what} is written here; assuming {', '.join(self.beside)}")
        if self.drawn and self.drawn.trial.reading.words:
            said.append(f"assuming that {self.drawn.trial.reading.words}")
        if self.drawn and self.drawn.trial.world.is_smaller:
            said.append("the arrays are large; evaluated with smaller sizes")
        return tuple(said)

    @property
    def cost(self) -> tuple[int, int]:
        """How many claims are wrong, and how many cannot be told."""
        if self.drawn is None:
            return 0, len(self.graph.claims) + len(self.loose)
        trial = self.drawn.trial
        with silently():
            voting = trial.work.voting
            return len(trial.blamed(voting)), sum(map(self._is_open, voting)) + len(self.loose)

    def is_better(self, other: Judged, strictly: bool) -> bool:
        """Whether fewer claims are wrong or open; where it need not be so strictly, as many of which fewer are open."""
        (wrong, open_), (others_wrong, others_open) = self.cost, other.cost
        fewer = wrong + open_ - others_wrong - others_open
        return fewer < 0 or (not strictly and fewer == 0 and open_ < others_open)

    def _is_open(self, claim: Claim) -> bool:
        assert self.drawn is not None
        try:
            self.drawn.trial.is_right(claim)
        except Unverified:
            return True
        return False

    @property
    def _known(self) -> set[str]:
        """The variables that the forward pass computes, or computes something of."""
        trees = [tree for step in self.graph.steps for tree in (step.name, step.value)]
        return {key for tree in trees for key in keys_in(tree)}

    def why(self, claim: Claim) -> str:
        """Why a claim is not verified."""
        if claim.why:
            return claim.why
        if claim in self.loose and (lost := lost_loss(self.graph, (claim,))):
            return lost
        if claim in self.loose and claim.above and claim.above not in self._known:
            return f"no equation here defines {claim.above}"
        if claim in self.loose and claim.of not in self._known:
            name = self.graph.names.get(claim.of)
            text = written(name) if name else spelled(claim.of, (claim,))
            return f"no forward equation here uses {text}"
        return self.trouble


def settled(section: Section, records: Sequence[Record], text: str, seed: int) -> Iterator[Judged]:
    """The forward passes of a section with their claims, those of several losses one by one.

    The `text` around them says which matrices are symmetric.
    """
    read = (_with_symmetric(graph, text) for graph in section_graphs(section, records))
    found = [part for graph in read for part in _by_time(graph)]
    graphs = [part for graph in found for each in _by_change(prepared(graph)) for part in _by_loss(each)]
    if len(graphs) > 1:
        yield from (_along_axes(graph, seed) for graph in graphs)
        return
    for graph in graphs:
        if graph.claims or graph.loose:
            yield _best(section, records, graph, seed)


def _with_symmetric(graph: Graph, text: str) -> Graph:
    return replace(graph, symmetric=graph.symmetric.union(said_symmetric(text, graph)))


def _by_time(graph: Graph) -> Iterator[Graph]:
    """The graph, what speaks of the next step in time apart, where three steps are looked at.

    A loss of one step is not the whole one: nothing is known of the others then.
    """
    ahead = [claim for claim in graph.claims if any(NEXT in name.key for name in names_in(claim.value))]
    if graph.section.unrolled or graph.loss or not ahead:
        yield graph
        return
    yield replace(graph, claims=tuple(claim for claim in graph.claims if claim not in ahead))
    yield unrolled(replace(graph, claims=tuple(ahead), loose=()), STEPS)


NEXT = "<t+1>"
STEPS = 3
"""One in the middle, one before and one after it."""


def _by_change(graph: Graph) -> Iterator[Graph]:
    """The graph, its differentials apart: in them `dX` is a change of X, elsewhere its gradient."""
    along = tuple(claim for claim in graph.claims if claim.along)
    if len(along) < len(graph.claims) or not along:
        yield replace(graph, claims=tuple(claim for claim in graph.claims if not claim.along))
    if along:
        yield replace(graph, claims=along, loose=() if len(along) < len(graph.claims) else graph.loose)


def _by_loss(graph: Graph) -> Iterator[Graph]:
    """The graph for each scalar of which its claims are derivatives: `∂f/∂x`, `∂g/∂x`."""
    scalars = {step.name.key for step in graph.steps if is_single(graph.shapes.get(step.name.key))}
    groups: dict[str | None, list[Claim]] = {}
    for claim in graph.claims:
        groups.setdefault(claim.above if claim.above in scalars else graph.loss, []).append(claim)
    if set(groups) <= {graph.loss}:
        yield graph
        return
    for number, (loss, claims) in enumerate(groups.items()):
        yield replace(graph, loss=loss, claims=tuple(claims), loose=() if number else graph.loose)


def _best(section: Section, records: Sequence[Record], graph: Graph, seed: int) -> Judged:
    """The graph, with those equations beside it under which the fewest claims are wrong or open."""
    best = _along_axes(graph, seed)
    for beside in unwritten(section, graph, (*graph.claims, *graph.loose)):
        if best.cost == (0, 0):
            break
        judged = _judged(prepared(section_graphs(section, records, beside)[-1]), seed, beside)
        if judged.is_better(best, strictly=bool(graph.steps)):
            best = judged
    return best


def _along_axes(graph: Graph, seed: int) -> Judged:
    """The graph, its softmaxes along the axis under which the fewest claims are wrong where nothing else tells it.

    What is solved for is a variable, unless fewer claims are wrong where it has its value.
    """
    found = _judged(graph, seed)
    free = _without_solutions(graph)
    if free is not graph and not found.is_better(other := _judged(free, seed), strictly=True):
        graph, found = free, other
    if found.cost == (0, 0) or not open_softmaxes(graph):
        return found
    other = _judged(along_rows(graph), seed)
    return other if other.is_better(found, strictly=True) else found


def _without_solutions(graph: Graph) -> Graph:
    """The graph without the equations, after the loss, of what the loss is differentiated by: it is least there.

    In code a name has the value that it was given before.
    """
    if graph.section.notation.is_program:
        return graph
    claimed = {claim.of for claim in graph.claims}
    steps = tuple(step for step in graph.steps if step.name.key not in claimed or not _is_behind(step, graph))
    return replace(graph, steps=steps) if len(steps) < len(graph.steps) else graph


def _is_behind(step: Step, graph: Graph) -> bool:
    """Whether a step stands after the loss, which speaks of what it gives."""
    loss = next((each for each in graph.steps if each.name.key == graph.loss), None)
    spoken = set(keys_in(loss.value)) if loss is not None else set()
    return loss is not None and step.name.key in spoken and step.span.start > loss.span.start


def _judged(graph: Graph, seed: int, beside: Sequence[str] = ()) -> Judged:
    graph = _with_variables(graph, seed)
    work = work_of(graph)
    if not graph.claims:
        return Judged(graph, None, "", graph.loose, beside)
    try:
        return Judged(graph, chosen(work, seed), "", graph.loose, beside)
    except NoWorld as error:
        return Judged(graph, None, str(error), graph.loose, beside)


def _with_variables(graph: Graph, seed: int) -> Graph:
    """The graph in which a gradient that does not say by what it is belongs to the variable whose gradient it is.

    Where a first derivative is that of none, it is meant by x, the only one that is usually a variable.
    """
    for claim in graph.loose:
        meant = [by(claim, variable) for variable in claim.among]
        usual = [each for each in meant if graph.names[each.of].base in VARIABLES]
        other = usual[0] if len(usual) == 1 and not claim.twice else None
        found = next((each for each in meant if _is_gradient(each, graph, seed)), other)
        if found is not None:
            rest = tuple(each for each in graph.loose if each is not claim)
            graph = replace(graph, claims=(*graph.claims, found), loose=rest, loss=graph.loss or found.above)
    return graph


VARIABLES = frozenset("xwzθXWZΘ")
"""The letters of what functions are usually of; others are their coefficients."""


def _is_gradient(claim: Claim, graph: Graph, seed: int) -> bool:
    """Whether a claim alone is the gradient as it stands."""
    work = work_of(replace(graph, claims=(claim,), loss=claim.above))
    try:
        return not chosen(work, seed).trial.blamed([claim])
    except NoWorld:
        return False


def said_symmetric(text: str, graph: Graph) -> Iterator[str]:
    """The variables of a graph that a text calls symmetric."""
    called = set(_called(text))
    return (key for key, name in graph.names.items() if with_letters(name.base.lstrip("\\")) in called)


def _called(text: str) -> Iterable[str]:
    if re.search(rf"{SYMMETRIC}|mathbb|mathcal|𝕊", text, re.IGNORECASE) is None:
        return
    for pattern in _SAID:
        for found in re.finditer(pattern, text):
            yield from (with_letters(name.lstrip("\\")) for name in _NAMES.findall(found[1]))
