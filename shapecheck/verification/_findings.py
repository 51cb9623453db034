"""Put what is wrong with a claim into words: the finding of its rule, with the formula that is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..diagnostic import Diagnostic, Fix, Label
from ..evaluate import array
from ..gradient import EACH, GRADIENT, UNWRITTEN, Claim, in_full, is_changed
from ..gradient._variables import rewritten
from ..infer import Checked, Fact
from ..infer.facts import SIDES
from ..ops import is_a
from ..rules import Case, explain
from ..suggest._edits import AuthorSpelling, reread
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Node, args_of, keys_in, names_in, unplaced, walk
from ..values import replace
from ._choice import Chosen, wanted
from ._derived import body_of, derived, everywhere, opened, scaled, sum_of, turned, without_a_factor
from ._domains import squares
from ._layout import is_turned
from ._passes import Site, is_explicit, variable_of, written
from ._relations import agree
from ._trial import BEFORE, Trial, Unverified
from ._world import NoWorld, world
from ._wrong import MissesPath, OffByFactor, Other, Wrong, wrong


class Writing:
    """The words on one wrong claim."""

    def __init__(self, claim: Claim, drawn: Chosen, place: Site) -> None:
        trials = drawn.trial, drawn.other
        self.claim = claim
        self.work = trials[0].work
        self.trials = trials
        self.domains = drawn.domains
        self.place = place
        self.spelling = AuthorSpelling(claim.equation, place.section, place.source)
        self.variable = written(self.work.graph.names[claim.of])
        self.gradients = {key: in_full(name, place.source) for key, name in self.work.graph.spellings.items()}

    def finding(self) -> Diagnostic:
        """What there is to say."""
        found = wrong(self.claim, self.work, self.trials)
        right = None if self.claim.is_of_array else self._right()
        kind, marked, words = self._words(found, right)
        common = {
            "gradient": self._short(self.claim.name),
            "variable": self.variable,
            "what": self._what(),
            "given": tuple(dict.fromkeys(self._short(name) for name in self._inputs())),
            "seed": self.place.seed,
        }
        fact = Fact(kind, marked, (self.claim.name,), (), words={**common, **words})
        checked = Checked(self.claim.equation, {}, (fact,))
        (told,) = explain(Case(checked, self.place.section, self.place.source))
        fix = None if is_changed(self.claim.equation) else next(self._fixes(found, right), None)
        notes = (*self._conditions(), *self._in_arrays(right), *told.notes)
        labels = (*told.labels, *self._labels(found))
        return replace(told, labels=labels, notes=notes, fixes=(fix,) if fix else ())

    def _conditions(self) -> Iterator[str]:
        """Where the claim would be right: in numerator layout, or where one square matrix is symmetric."""
        if is_turned(self.claim, self.trials[0]):
            yield f"this is the gradient of {self.variable} in numerator layout, the transpose of the one expected here"
        spoken = {*keys_in(self.claim.value)}
        for key in squares(self.work):
            if key in spoken and self.domains.get(key) != "definite" and self._is_right_if_symmetric(key):
                name = written(self.work.graph.names[key])
                yield f"right only if {name} is symmetric; add a line `{name} = {name}.T` to say so"
                return

    def _in_arrays(self, right: Node | None) -> Iterator[str]:
        """What a gradient comes to of which the claim gives each entry."""
        if right is not None and self.claim.sides:
            yield f"the gradient of {self.variable} is {self.spelling.write(self._in_full(right))}"

    def _is_right_if_symmetric(self, key: str) -> bool:
        trial = self.trials[0]
        try:
            drawn = world(self.work, {**self.domains, key: "definite"}, wanted(self.work), self.place.seed)
            return Trial(self.work, drawn, trial.reading).is_right(self.claim)
        except (NoWorld, Unverified):
            return False

    def _right(self) -> Node | None:
        """The gradient: where the claim speaks of no other gradient, without others, else by those."""
        whole = not any(self._inputs()) and self.work.forward.loss
        found = derived(self.work, self.claim.of, self.trials, whole=True) if whole else None
        found = found or derived(self.work, self.claim.of, self.trials, whole=False)
        return turned(found, self.work) if found is not None and self.claim.turned else found

    def _what(self) -> str:
        """What the claim should be, in words; of what has no name, that derivative."""
        if not self.claim.is_of_array:
            meant = self.trials[0].meant_by(self.claim)
            if meant.endswith(BEFORE):
                return f"the gradient of the pre-activation of {self.variable}"
            return f"the gradient of {written(self.work.graph.names[meant])}"
        above = self.work.graph.names[self.claim.above]
        if self.claim.along:
            return f"the differential of {written(above)}" if above.text else "that differential"
        named = above.text and not self.claim.of.startswith(UNWRITTEN)
        which = "second derivative" if self.claim.twice else "derivative"
        return f"the {which} of {written(above)} with respect to {self.variable}" if named else f"that {which}"

    def _words(self, found: Wrong, right: Node | None) -> tuple[str, Node, Mapping[str, Any]]:
        """The kind of the fact, the node that is marked, and the words of the rule."""
        if isinstance(found, OffByFactor):
            words = {"factor": found.factor.text, "inverse": found.factor.inverse}
            return "gradient-factor", self.claim.written, words
        if isinstance(found, MissesPath):
            missing = [self.spelling.write(term) for term in self._missing(found, right)]
            through = [self._short(step.name) for step in found.through]
            told: Mapping[str, Any] = {"missing": missing, "through": through, "places": found.places}
            return "gradient-path", self.claim.written, told
        if found.slip is None:
            return "gradient-value", self.claim.written, {}
        said = "".join(word if isinstance(word, str) else self._short(word) for word in found.slip.words)
        nodes = (word for word in reversed(found.slip.words) if not isinstance(word, str))
        marked = next(filter(self._stands, nodes), None)
        return "gradient-value", marked or self.claim.written, {"wrong": said}

    def _stands(self, node: Node) -> bool:
        """Whether a node has a place in the claim's own statement."""
        start, end = self.claim.span
        spans = [part.span for part in walk(node) if part.span != NOWHERE]
        return bool(spans) and all(start <= span.start and span.end <= end for span in spans)

    def _short(self, node: Node) -> str:
        if node is self.claim.name and (self.claim.is_of_array or self.claim.turned):
            left = self.claim.equation.members[0] if self.claim.turned else node
            return " ".join(self.place.source.slice(left.span).split())
        if type(node) is Name:
            return written(node, self.place.source.slice(node.span) if self._stands(node) else node.text)
        return " ".join(self.spelling.write(node).split())

    def _inputs(self) -> Iterator[Name]:
        """The gradients that the claim is computed of; what a differential speaks of are none."""
        names = names_in(self.claim.value) if not self.claim.along else []
        return (name for name in names if variable_of(name))

    def _labels(self, found: Wrong) -> Iterator[Label]:
        """The equations on the paths that are left out."""
        if isinstance(found, MissesPath):
            own = {step.name.key: step.span for step in self.work.graph.steps}
            for step in found.through:
                span = own.get(step.key, NOWHERE)
                if span != NOWHERE and span.end <= len(self.place.source.text):
                    yield Label(span, f"{self.variable} is used here too")

    def _missing(self, found: MissesPath, right: Node | None) -> list[Node]:
        """The terms of the right gradient that belong to the paths that are left out."""
        sums = [sum(values[1:], values[0]) for values in found.values]
        for term in opened(right) if right is not None else ():
            if self._is(term, sums):
                return [term]
        kept = [term for term in opened(right) if not self._holds(term)] if right is not None else []
        return kept if kept and self._is(sum_of(kept), sums) else []

    def _holds(self, term: Node) -> bool:
        """Whether the claim has a term of the same value."""
        try:
            mine = [self.trials[0].value(own) for own in args_of(self.claim.value, "add")]
            return any(agree(self.trials[0].value(term), value) for value in mine)
        except Unverified:
            return True

    def _is(self, tree: Node, wanted: Sequence[Any]) -> bool:
        try:
            pairs = zip(self.trials, wanted, strict=True)
            return all(agree(trial.value(tree), value) for trial, value in pairs)
        except Unverified:
            return False

    def _fixes(self, found: Wrong, right: Node | None) -> Iterator[Fix]:
        """The corrected statement: the author's with little changed, else with the gradient written anew."""
        title = self._what() if self.claim.along else f"{self._what()} in this forward pass"
        mended = (self._fix(tree, title) for tree in self._mended(found, right))
        yield from (fix for fix in mended if fix is not None)
        anew = [self._fix(right, title, whole=True)] if right is not None and not self.claim.sides else []
        if isinstance(found, OffByFactor):
            anew += [self._fix(tree, title) for tree in scaled(body_of(self.claim.value), found.factor)]
        yield from sorted((fix for fix in anew if fix is not None), key=lambda fix: len(fix.formula))

    def _mended(self, found: Wrong, right: Node | None) -> Iterator[Node]:
        """The author's formula with the mistake mended."""
        if self.claim.value is self.claim.written or self._stands(body_of(self.claim.value)):
            if isinstance(found, Other) and found.slip is not None:
                yield body_of(found.slip.tree)
            if isinstance(found, OffByFactor):
                yield from without_a_factor(body_of(self.claim.value))
            if isinstance(found, MissesPath) and (missing := self._missing(found, right)):
                yield sum_of([*args_of(self.claim.value, "add"), *missing])

    def _fix(self, tree: Node, title: str, *, whole: bool = False) -> Fix | None:
        """A fix that writes a tree in place of the right side; None if it does not read back as the gradient."""
        members = self.claim.equation.members
        tree = self._in_full(unplaced(tree) if whole else tree)
        fixed = Equation((*members[:-1], tree), self.claim.equation.sign, self.claim.span)
        edits = self.spelling.edits(fixed)
        formula = self.spelling.corrected(edits)
        if formula is None or not self._is_in_reach(fixed) or not self._reads(formula, tree):
            return None
        return Fix(title, formula, edits, safe=True)

    def _in_full(self, node: Node) -> Node:
        """A tree in which a gradient that has no place in the text is written as its author writes it elsewhere.

        In mathematics `diag` is of vectors and of matrices.
        """
        if type(node) is Name:
            full = self.gradients.get(variable_of(node))
            return node if full is None or node.span != NOWHERE else replace(node, text=full.text)
        if type(node) is not Apply or node.span != NOWHERE:
            return node
        op = "diag" if is_a(node, "diagonal") else node.op
        args = tuple(map(self._in_full, node.args))
        if op == "product" and self.spelling.writer.style.product.strip() == "@":
            args = self._scaled_apart(args)
            op = "hadamard" if len(args) > 1 and self._is_number(args[0]) else op
        return args[0] if op == "product" and len(args) == 1 else Apply(op, args, node.params, NOWHERE, node.sign)

    def _scaled_apart(self, factors: tuple[Node, ...]) -> tuple[Node, ...]:
        """Factors with the numbers first, and the rest as one product: the `@` of numpy is of arrays alone."""
        numbers = tuple(factor for factor in factors if self._is_number(factor))
        rest = tuple(factor for factor in factors if factor not in numbers)
        return (*numbers, Apply("product", rest)) if numbers and len(rest) > 1 else (*numbers, *rest)

    def _is_number(self, node: Node) -> bool:
        return everywhere(self.trials[:1], lambda trial: not array(trial.value(node)).shape)

    def _is_in_reach(self, fixed: Equation) -> bool:
        """Whether the names that a fix brings in are known there: in code, those that its function speaks of."""
        passage = self.claim.passage
        if passage is None or not self.place.section.notation.is_program:
            return True
        before = self.place.source.text[: self.claim.span.end]
        here = set(re.findall(r"\w+", before[before.rfind("\ndef ") + 1 :]))
        names = (part.text for part in names_in(fixed.members[-1]))
        return all(re.findall(r"\w+", text)[-1] in here for text in names)

    def _as_gradient(self, name: Name) -> Node:
        """A name of a corrected statement; `∂L/∂y` as the gradient of y, as it has no text of its own."""
        section = self.place.section
        symbol = section.survey.reading.by_key.get(name.key)
        if not is_explicit(name) or symbol is None or not section.table.is_gradient(symbol):
            return name
        return replace(name, key=GRADIENT + section.table.variable(symbol).key)

    def _mends(self, value: Node) -> bool:
        """Whether a value for each entry is that of the derivative."""
        each = Apply(EACH, (value,), self.claim.value.params) if type(self.claim.value) is Apply else value
        return self._is(each, [trial.wanted(self.claim) for trial in self.trials])

    def _is_amiss(self, fact: Fact) -> bool:
        """Whether a fact speaks against a corrected statement: a derivative of arrays may be laid out either way."""
        return not (self.claim.is_of_array and fact.kind in SIDES)

    def _reads(self, formula: str, value: Node) -> bool:
        """Whether a corrected statement, read afresh, is the gradient; that of each entry is the value meant."""
        equation = reread(formula, 0, self.place.section)
        checked = None if equation is None else self.place.section.statements.trial(equation, {})
        if equation is None or checked is None or any(map(self._is_amiss, checked.facts)):
            return False
        if self.claim.sides:
            return equation.members[-1] == value and self._mends(value)
        tree = rewritten(equation.members[-1], checked, self._as_gradient, self.place.section)
        return everywhere(self.trials, lambda trial: agree(trial.spoken(tree), trial.wanted(self.claim)))
