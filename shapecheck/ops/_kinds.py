"""What operations have in common, so that no table outside of this room names several of them; a test holds it.

product         rows times columns
contraction     sums over an axis of both factors, in at least one reading
multiplication  multiplies any number of factors, by rows and columns or entry by entry
sum             adds, subtracts or changes the sign
row             stands in a row of any length, however it is bracketed
quotient        divides
scaling         of a number and an array a multiple of the array
arithmetic      one of the four basic operations
outer           multiplies each entry of the one with each of the other
inversion       undoes a product
transposition   exchanges rows and columns
layout          puts axes elsewhere, and leaves the entries as they are
reduction       one number for all entries, or for those along an axis
total           adds them up
softmax         each entry in proportion to all along an axis
derivative      of what is written out, in either layout
entrywise       each entry of the result is computed of the same entries of the arguments
function        that of one argument
spreading       that of several arguments, which broadcast
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "product", "contraction", "multiplication", "sum", "quotient", "row", "scaling", "arithmetic",
    "entrywise", "function", "spreading", "outer", "inversion", "transposition", "layout",
    "reduction", "total", "softmax", "derivative",
]  # fmt: skip
_IMPLIED: Mapping[Kind, tuple[Kind, ...]] = {
    "product": ("contraction", "multiplication"),
    "multiplication": ("scaling", "arithmetic"),
    "sum": ("arithmetic",),
    "quotient": ("scaling", "arithmetic"),
    "transposition": ("layout",),
    "total": ("reduction",),
    "function": ("entrywise",),
    "spreading": ("entrywise",),
}


def implied(*kinds: Kind) -> tuple[Kind, ...]:
    """The kinds, with those of which they are kinds."""
    return kinds and (*kinds, *implied(*(above for kind in kinds for above in _IMPLIED.get(kind, ()))))
