"""Whether shapecheck says of a formula what numpy says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from shapecheck.check import check_cells
from shapecheck.diagnostic import Diagnostic, FormulaResult
from shapecheck.settings import Settings
from shapecheck.text import Source

from .examples import Example, declarations
from .read import value
from .spell import is_ambiguous
from .tree import dims_of, evaluate

READINGS = ("SC401", "SC402", "SC403", "SC404")
"""Warnings that something fits only under another reading: with its fix, the mistake is found."""


STARS = ("*", "np.multiply")
"""The signs of the elementwise product that may mean another; `⊙` never does."""


class Said(NamedTuple):
    """What was said of one line."""

    result: FormulaResult | None
    findings: tuple[Diagnostic, ...]

    @property
    def fixes(self) -> list[str]:
        """The corrected statements, first ones first."""
        return [fix.formula for found in self.findings for fix in found.fixes]


def of_plain(example: Example, text: str) -> Any:
    """What an expression in plain text is worth."""
    return value(text, example.arrays)


def alone(example: Example) -> Said:
    """What is said of a formula in a file of its own."""
    return together([example])[0]


def together(made: list[Example]) -> list[Said]:
    """What is said of each formula of one file."""
    head = declarations(made)
    first = head.count("\n") + 1
    text = head + "".join(f"{example.text}\n" for example in made)
    return said_of(Source(text, "x.formulas"), range(first, first + len(made)))


def said_of(source: Source, lines: Iterable[int]) -> list[Said]:
    """What is said of the formulas of a text, each of which begins on one of these lines."""
    found = defaultdict[int, list[Diagnostic]](list)
    results = {}
    for report in check_cells(source, Settings()):
        place = report.source.place
        results.update({place(result.span.start).line: result for result in report.formulas})
        for diagnostic in report.diagnostics:
            found[place(diagnostic.span.start).line].append(diagnostic)
    return [Said(results.get(line), tuple(found[line])) for line in lines]


def complaint(example: Example, said: Said) -> str:
    """How the verdict or the shape differs from numpy's, empty where they agree."""
    if said.result is None:
        return "is not counted as a formula"
    if example.mistake:
        return "" if _is_found(example, said) else f"passes as {said.result.status}"
    spoken = [f"{found.code} {found.message}" for found in said.findings if found.severity != "info"]
    if said.result.status != "ok" or spoken:
        return f"is {said.result.status}: {'; '.join(spoken)}"
    shape = said.result.shape
    return "" if shape == example.shape else f"has shape {shape}, in numpy {example.shape}"


def _is_found(example: Example, said: Said) -> bool:
    """Whether a mistake is found; where a sign means either product, to confuse the two is none, nor what fits so."""
    if is_ambiguous(example.author) and (example.mistake == "confused" or _fits_by_either(example)):
        return True
    errors = any(found.severity == "error" for found in said.findings)
    if errors or (said.result and said.result.status == "error"):
        return errors
    codes = {found.code for found in said.findings}
    if "SC402" in codes and example.author.elementwise not in STARS:
        return False
    return bool(said.fixes) and not codes.isdisjoint(READINGS)


def _fits_by_either(example: Example) -> bool:
    """Whether what is written fits with each product as the elementwise one where it is no matrix product."""
    try:
        worth = evaluate(example.written, example.arrays, _either_product)
    except ValueError:
        return False
    return not example.target or dims_of(worth) == example.shape


def _either_product(left: Any, right: Any) -> Any:
    try:
        return left @ right
    except ValueError:
        return left * right


def is_meant(example: Example, fix: str, worth: Callable[[Example, str], Any] = of_plain) -> bool:
    """Whether a fix is what was meant: of the same shape and the same numbers, however it is spelled.

    `worth` gives the value of a text in the notation of its author.
    """
    prefix = f"{example.author.name(example.target)} = " if example.target else ""
    if not fix.startswith(prefix):
        return False
    meant = evaluate(example.right, example.arrays)
    try:
        offered = worth(example, fix.removeprefix(prefix))
    except (ValueError, TypeError, np.exceptions.AxisError):
        return False
    return bool(np.shape(offered) == np.shape(meant) and np.allclose(offered, meant))


def show(example: Example, words: str, said: Said) -> str:
    """A formula that was misjudged, as a reader wants to see it."""
    names = {name: dims for name, dims in example.declared.items() if name in example.text}
    shapes = ", ".join(f"{name} {'×'.join(dims) or '()'}" for name, dims in names.items())
    lines = [f"{example.text}    ({shapes})", f"    {words}"]
    if example.mistake:
        lines += [f"    {example.mistake}: {example.meant}", *(f"    fix: {fix}" for fix in said.fixes[:4])]
    return "\n".join(lines)
