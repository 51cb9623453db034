"""`shapecheck rule`: the list of rules, or the page of one."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from . import _status
from ._command import Command, UsageError
from ._options import Color
from ._output import write
from ._pages import show


def _all() -> list[Any]:
    from ..rules import rules

    return sorted(rules.all(), key=lambda rule: str(rule.code))


def _beginning(incomplete: str) -> list[str]:
    return [rule.code for rule in _all() if rule.code.startswith(incomplete.upper())]


Code = Annotated[
    str | None,
    typer.Argument(metavar="[CODE]", help="The code of a finding, such as SC201.", autocompletion=_beginning),
]


def rule(code: Code = None, *, color: Color = "auto") -> int:
    """Explain a rule, or list them all.

    The page of a rule says what it finds, why that is wrong and how to fix it, with a wrong and a right example.
    """
    found = _all()
    if code is None:
        write("".join(f"{each.code}  {each.name}\n" for each in found), sys.stdout)
        return _status.CLEAN
    wanted = f"SC{code}" if code.isdecimal() else code.upper()
    page = next((each.page for each in found if wanted == each.code or code.lower() == each.name), None)
    if page is None:
        raise UsageError(f"there is no rule {code}; `shapecheck rule` lists all rules")
    show(page, color)
    return _status.CLEAN


command = Command(rule, "shapecheck rule\nshapecheck rule SC201")
