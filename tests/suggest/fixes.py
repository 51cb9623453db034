"""What is offered for a wrong formula."""

from __future__ import annotations

import re

from shapecheck.check import check
from shapecheck.diagnostic import Diagnostic, Fix
from shapecheck.settings import Settings
from shapecheck.text import Source


def findings(text: str, path: str = "<formula>") -> list[Diagnostic]:
    """The findings of a text, lines being separated by `;;`."""
    return check(Source(text.replace(" ;; ", "\n"), path), Settings()).diagnostics


def fixes(text: str) -> list[Fix]:
    """The fixes of a text, all of which stand at one finding of a statement."""
    return [fix for finding in findings(text) for fix in finding.fixes]


def formulas(text: str) -> list[str]:
    """The corrected statements, first ones first."""
    return [fix.formula for fix in fixes(text)]


NUMPYS = frozenset("np dot multiply outer sum mean axis keepdims True T transpose".split())


def words(text: str) -> list[str]:
    """The names of the last line of a text, those of numpy and a raised T left out; of an entry those of its array."""
    found = re.findall(r"[^\W\d_]\w*(?:\^?\{?\[[^]]*\])?", text.rsplit(" ;; ", maxsplit=1)[-1])
    found = [re.sub(r"(?<=_)[ij]{2}$", "", word) for word in found]
    return sorted(word for word in found if word not in NUMPYS)
