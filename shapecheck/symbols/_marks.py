"""What names have after them where their author states or defines them: arguments, an index in a bracket, a prime."""

from __future__ import annotations

from ..values import NamedTuple

_NONE: frozenset[str] = frozenset()


class Marks(NamedTuple):
    """The keys of the names that have each, without what is after them.

    applied  declared with arguments, `h(t): n`: before a bracket it is the value of a function
    defined  applied to arguments by an equation, `f(x) = …`
    listed   declared with an index in a bracket, `z(2): n`
    primed   declared or defined with a prime, `x' = A x`
    raised   assigned or derived by with a bare superscript, `∂L/∂W^2`; here the superscript, a layer, is kept
    timed    written with a time in mathematics, `h_t`, where no code assigns the whole: in code these are lists, `h[t]`
    parted   functions whose entries are called, `φ_j(x)`: these have as many as they like, not those of x
    factors  multiplied, as the L of `A - L C`: before a bracket such a capital is multiplied too
    """

    applied: frozenset[str] = _NONE
    defined: frozenset[str] = _NONE
    listed: frozenset[str] = _NONE
    primed: frozenset[str] = _NONE
    raised: frozenset[str] = _NONE
    timed: frozenset[str] = _NONE
    parted: frozenset[str] = _NONE
    factors: frozenset[str] = _NONE
