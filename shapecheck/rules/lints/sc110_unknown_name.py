"""SC110: a name of unknown shape (under `--strict`)."""

from __future__ import annotations

from collections.abc import Iterator

from ...diagnostic import Diagnostic
from ...syntax.nodes import Name
from .._rule import Case, Finding, Rule

_CLOSE = 0.6
"""How similar a name must be to be suggested; 0.6 is the default of `difflib`."""


def _find(rule: Rule, case: Case) -> Iterator[Finding]:
    if case.strict and case.checked.unknown:
        from .._unknown import shapeless

        yield from (Finding(_explained(rule, case, name)) for name in shapeless(case))


def _explained(rule: Rule, case: Case, name: Name) -> Diagnostic:
    from .._origins import written

    near = _nearest(case, name)
    notes = (f"did you mean {near}?",) if near else ()
    text = written(case, name)
    message = f"the shape of {text} is not known; declare it: {text}: n x m"
    return rule.finding(message, name.span, notes=notes)


def _nearest(case: Case, name: Name) -> str | None:
    """The known name with the most similar spelling."""
    from difflib import get_close_matches

    table = case.section.table
    known = {*table.known_keys(), *(key for key in table.used if _is_known(case, key))}
    found = get_close_matches(name.key, sorted(known - {name.key}), n=1, cutoff=_CLOSE)
    return found[0] if found else None


def _is_known(case: Case, key: str) -> bool:
    symbol = case.section.survey.reading.by_key.get(key)
    return symbol is not None and case.section.table.look_up(symbol) is not None


rule = Rule(
    code="SC110",
    name="unknown-name",
    severity="error",
    finds="""
Under `--strict`, finds names of unknown shape: names that are neither declared nor assigned, that the convention does
not know, and that are not the gradient of a known variable.
""",
    why="""
If a shape is unknown, part of the formula is not checked. Without `--strict` such a formula is counted as not
understood; with `--strict` nothing passes unchecked.
""",
    fix="""
Declare the name (`V: n x k`) or correct its spelling.
""",
    bad="Z1 = W1 Xs + b1",
    good="""
Xs: n0 x m
Z1 = W1 Xs + b1
""",
    find=_find,
)
