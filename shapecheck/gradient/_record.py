"""A statement of a source, with what is known of it."""

from __future__ import annotations

from ..documents import Passage
from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Name
from ..values import dataclass


@dataclass(slots=True)
class Record:
    """A statement and what is known of it; in a program the function in which it stands, and its passage.

    `above` is the key of what its left side differentiates, `f` in `∂f/∂x`, "" where that is not said; `defines` is the
    function that it defines, as a name: `J` in `J(θ) = …`. `unread` is the part of it that could not be read.
    `is_claim` says that its left side is a derivative.
    """

    checked: Checked
    section: Section
    function: str = ""
    passage: Passage | None = None
    above: str = ""
    defines: Name | None = None
    unread: str = ""
    is_claim: bool = False
