"""What operations have in common, so that no table outside of this room names several of them; a test holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "product",  # rows times columns
    "contraction",  # sums over an axis of both factors, in at least one reading
    "multiplication",  # multiplies any number of factors, by rows and columns or entry by entry
    "sum",  # adds, subtracts or changes the sign
    "quotient",  # divides
    "multiple",  # is a multiple of its first argument
    "row",  # stands in a row of any length, however it is bracketed
    "scaling",  # of a number and an array a multiple of the array
    "arithmetic",  # one of the four basic operations
    "entrywise",  # each entry of the result is computed of the same entries of the arguments
    "function",  # that of one argument
    "activation",  # a function that layers apply
    "spreading",  # that of several arguments, which broadcast
    "outer",  # multiplies each entry of the one with each of the other
    "regular",  # needs a regular matrix
    "square",  # needs a square matrix
    "transposition",  # exchanges rows and columns
    "layout",  # puts axes elsewhere, and leaves the entries as they are
    "reduction",  # one number for all entries, or for those along an axis
    "total",  # adds up entries, or terms
    "softmax",  # each entry in proportion to all along an axis
    "power",  # raises to a power, or takes a root
    "logarithm",  # takes one, of another function too
    "kinked",  # has no derivative where it changes sides
    "joining",  # puts arrays together, which are written as a list
    "part",  # takes entries out of an array
    "diagonal",  # puts a vector on a diagonal, or takes it from there
    "mask",  # true or false
    "constant",  # has no gradient: a place, a mask, what is made of a shape
    "made",  # made of numbers for its shape
    "ones",  # nothing but ones
    "zeros",  # nothing but zeros
    "random",  # drawn
    "derivative",  # of what is written out, in either layout
]
_IMPLIED: Mapping[Kind, tuple[Kind, ...]] = {
    "product": ("contraction", "multiplication"),
    "multiplication": ("scaling", "arithmetic"),
    "sum": ("arithmetic",),
    "quotient": ("arithmetic",),
    "transposition": ("layout",),
    "multiple": ("scaling",),
    "activation": ("function",),
    "function": ("entrywise",),
    "spreading": ("entrywise",),
}


def implied(*kinds: Kind) -> tuple[Kind, ...]:
    """The kinds, with those of which they are kinds."""
    return kinds and (*kinds, *implied(*(above for kind in kinds for above in _IMPLIED.get(kind, ()))))
