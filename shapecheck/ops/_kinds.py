"""The kinds of operations: other rooms ask for a kind instead of listing names, and a test holds them to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "product",  # multiplies rows by columns
    "contraction",  # sums over an axis that both factors share, in at least one reading
    "multiplication",  # multiplies its arguments, as matrices or entry by entry
    "sum",  # adds, subtracts or negates
    "quotient",  # divides
    "multiple",  # gives a multiple of its first argument
    "row",  # associative: a chain of any length means the same however it is bracketed
    "scaling",  # with a number and an array, gives a multiple of the array
    "arithmetic",  # one of the four basic operations
    "entrywise",  # computes each entry from the same entries of its arguments
    "function",  # entrywise, with one argument
    "activation",  # a function that a layer applies
    "spreading",  # entrywise, with several arguments, which broadcast
    "outer",  # multiplies each entry of one argument by each entry of the other
    "regular",  # needs an invertible matrix
    "square",  # needs a square matrix
    "transposition",  # swaps rows and columns
    "layout",  # rearranges axes and keeps the entries
    "reduction",  # gives one number for all entries, or one along an axis
    "total",  # adds up entries, or terms
    "softmax",  # normalises the entries along an axis
    "power",  # raises to a power, or takes a root
    "logarithm",  # a logarithm, possibly of another function
    "kinked",  # has no derivative at a kink
    "joining",  # joins arrays, which are written as a list
    "part",  # takes entries out of an array
    "diagonal",  # makes a diagonal matrix of a vector, or the reverse
    "mask",  # gives true or false
    "constant",  # has no gradient: a position, a mask, an array made from a shape
    "made",  # an array made from the sizes of its axes
    "ones",  # all ones
    "zeros",  # all zeros
    "random",  # drawn at random
    "derivative",  # a derivative that is written out, in either layout
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
    """Some kinds, with the more general kinds they belong to."""
    return kinds and (*kinds, *implied(*(above for kind in kinds for above in _IMPLIED.get(kind, ()))))
