"""The rules, one per file: they turn facts from inference, and text that could not be read, into findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, cast

from ..registry import Registry
from ._rule import Case, Finding, Rule
from .lints import lints

if TYPE_CHECKING:
    from ..diagnostic import Diagnostic
    from ..infer.facts import Fact
    from ..syntax.nodes import Trouble
    from ..text import Source

__all__ = ["SPEAKERS", "Case", "Finding", "Rule", "explain", "explain_troubles", "find", "rules", "why_unknown"]


class Rules:
    """`rules["SC201"]` is one rule, `rules.codes` lists all codes."""

    def __init__(self, *folders: Registry) -> None:
        self._folders = folders

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files, sorted."""
        return tuple(sorted(name for folder in self._folders for name in folder.names if name.startswith("sc")))

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, sorted, without importing any rule."""
        return tuple(name.partition("_")[0].upper() for name in self.files)

    def __getitem__(self, code: str) -> Rule:
        """The rule with a code; KeyError if there is none."""
        name = dict(zip(self.codes, self.files, strict=True))[code]
        return cast("Rule", next(folder[name] for folder in self._folders if name in folder))

    def all(self) -> tuple[Rule, ...]:
        """All rules, in code order."""
        return tuple(self[code] for code in self.codes)


rules = Rules(Registry(__name__, __path__[0], "rule"), lints)

SPEAKERS: Mapping[str, tuple[str, ...]] = {
    "inner": ("SC214", "SC206", "SC201"),
    "scalar-operand": ("SC201",),
    "index": ("SC201",),
    "elementwise": ("SC206", "SC202"),
    "sides": ("SC211", "SC214", "SC206", "SC213", "SC203"),
    "gradient": ("SC214", "SC206", "SC213", "SC204"),
    "axis": ("SC205",),
    "blocks": ("SC207",),
    "reshape": ("SC208",),
    "einsum": ("SC209",),
    "square": ("SC210",),
    "scalar": ("SC211",),
    "tensor": ("SC212",),
    "rank": ("SC210", "SC207", "SC205"),
    "outer-sum": ("SC213",),
    "gradient-value": ("SC301",),
    "gradient-factor": ("SC302",),
    "gradient-path": ("SC303",),
    "gradient-trace": ("SC301",),
    "vector-side": ("SC217",),
}
"""The rules that may explain each kind of fact, most specific first. A `reading` fact carries its own code."""


def explain(case: Case) -> list[Diagnostic]:
    """The findings against a statement: one per mistake, and doubts only if there is no mistake."""
    told = (_explain_fact(case, fact) for fact in _causes(case.checked.failures or case.checked.doubts))
    found = list({each.message: each for each in told}.values())
    return _with_equalities(case, found) if case.checked.failures else found


def _causes(facts: Iterable[Fact]) -> Iterable[Fact]:
    """The facts that need a finding of their own.

    A later side of a chain with the same wrong shape as an earlier one is dropped; all tensors count as one mistake.
    """
    causes: list[object] = []
    for fact in facts:
        cause = fact.kind if fact.kind == "tensor" else fact.shapes if fact.kind in ("sides", "gradient") else None
        if cause is None or cause not in causes:
            causes.append(cause)
            yield fact


def _with_equalities(case: Case, found: list[Diagnostic]) -> list[Diagnostic]:
    """The findings; the first gets a note on the equalities that would make the statement fit."""
    from ..values import replace
    from ._equalities import equalities
    from ._wording import listed

    equal = equalities(case)
    if not equal or not found:
        return found
    return [
        replace(found[0], notes=(*found[0].notes, f"as written it fits only if {listed(equal)}")),
        *found[1:],
    ]


def _explain_fact(case: Case, fact: Fact) -> Diagnostic:
    codes = (fact.words["code"],) if fact.kind == "reading" else SPEAKERS[fact.kind]
    told = (rule.explain(rule, case, fact) for rule in map(rules.__getitem__, codes))
    return next(found for found in told if found is not None)


def explain_troubles(troubles: Iterable[Trouble], source: Source) -> list[Diagnostic]:
    """The findings for text that could not be read."""
    spoken = ((rules[trouble.code], trouble) for trouble in troubles)
    told = (rule.explain(rule, trouble, source) for rule, trouble in spoken)
    return [found for found in told if found is not None]


def find(case: Case) -> Iterator[Finding]:
    """What the rules find in a statement that has no failure and no doubt."""
    return (found for rule in _finders() for found in rule.find(rule, case))


@cache
def _finders() -> tuple[Rule, ...]:
    return lints.all()


def why_unknown(case: Case) -> str:
    """What is missing for a statement to be understood; "" if that is unclear."""
    from ._unknown import why_unknown

    return why_unknown(case)
