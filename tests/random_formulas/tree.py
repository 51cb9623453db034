"""Formulas as small trees that numpy evaluates, sharing nothing with shapecheck."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

import numpy as np

Dims: TypeAlias = tuple[str, ...]
Arrays: TypeAlias = Mapping[str, Any]

SIZES = {"n": 3, "k": 5, "m": 7, "p": 11, "q": 13, "r": 17, "1": 1}
"""A distinct prime for each dimension, so that no two agree by luck."""

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "exp": lambda x: np.sin(x + 1),
    "tanh": lambda x: np.sin(x + 2),
    "sigmoid": lambda x: np.sin(x + 3),
    "relu": lambda x: np.sin(x + 4),
    "sin": np.sin,
}
"""Stand-ins that neither overflow nor saturate, so that different arguments give different values."""

REDUCTIONS: dict[str, Callable[..., Any]] = {"sum": np.sum, "mean": np.mean}


FACTORS = {"2": 2.0, "0.5": 0.5, "-": -1.0, "1/m": 1 / SIZES["m"], "λ": 0.7}
"""What trees are scaled by."""


@dataclass(frozen=True)
class Matrix:
    """A declared matrix."""

    name: str


@dataclass(frozen=True)
class Number:
    """A number, as text."""

    text: str


@dataclass(frozen=True)
class Product:
    """The matrix product."""

    left: Tree
    right: Tree


@dataclass(frozen=True)
class Elementwise:
    """The elementwise product."""

    left: Tree
    right: Tree


@dataclass(frozen=True)
class Sum:
    """`left + right`, or with another sign `left - right`."""

    left: Tree
    right: Tree
    sign: str


@dataclass(frozen=True)
class Transpose:
    """The transpose."""

    of: Tree


@dataclass(frozen=True)
class Function:
    """A function applied to each entry."""

    name: str
    of: Tree


@dataclass(frozen=True)
class Scaled:
    """A number times a tree: `2 A`, `1/m A`, `λ A`, `-A`."""

    by: str
    of: Tree


@dataclass(frozen=True)
class Squared:
    """The square of each entry, of what is no square matrix."""

    of: Tree


@dataclass(frozen=True)
class Quotient:
    """One tree divided by another, entry by entry."""

    left: Tree
    right: Tree


@dataclass(frozen=True)
class Inverse:
    """The inverse of a square matrix."""

    of: Tree


@dataclass(frozen=True)
class Reduction:
    """`sum` or `mean`, along an axis or over all."""

    name: str
    of: Tree
    axis: int | None
    keepdims: bool


Tree: TypeAlias = (
    Matrix
    | Number
    | Product
    | Elementwise
    | Quotient
    | Sum
    | Scaled
    | Transpose
    | Squared
    | Inverse
    | Function
    | Reduction
)


def children(tree: Tree) -> dict[str, Tree]:
    """The trees directly below, by the field that holds them."""
    values = ((field.name, getattr(tree, field.name)) for field in fields(tree))
    return {name: value for name, value in values if isinstance(value, Tree)}


def places(tree: Tree, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Tree]]:
    """Every tree in a tree, itself first, each with the way to it."""
    yield path, tree
    for name, below in children(tree).items():
        yield from places(below, (*path, name))


def put(tree: Tree, path: tuple[str, ...], new: Tree) -> Tree:
    """The tree with what stands at a path replaced."""
    if not path:
        return new
    changed: dict[str, Any] = {path[0]: put(getattr(tree, path[0]), path[1:], new)}
    return replace(tree, **changed)


def evaluate(tree: Tree, arrays: Arrays, product: Callable[[Any, Any], Any] = operator.matmul) -> Any:
    """The value of a tree; numpy raises ValueError where shapes do not fit. `product` is what its products mean."""
    below = {name: evaluate(child, arrays, product) for name, child in children(tree).items()}
    match tree:
        case Matrix(name):
            return arrays[name]
        case Number(text):
            return float(text)
        case Product():
            return product(below["left"], below["right"])
        case Elementwise():
            return below["left"] * below["right"]
        case Quotient():
            return below["left"] / below["right"]
        case Scaled(by):
            return FACTORS[by] * below["of"]
        case Squared():
            return below["of"] ** 2
        case Inverse():
            return inverse(below["of"])
        case Sum():
            return below["left"] + below["right"] if tree.sign == "+" else below["left"] - below["right"]
        case Transpose():
            return below["of"].T
        case Function(name):
            return FUNCTIONS[name](below["of"])
        case Reduction(name, _, axis, keepdims):
            return REDUCTIONS[name](below["of"], axis=axis, keepdims=keepdims)


def inverse(array: Any) -> Any:
    """A stand-in for the inverse of a square matrix, which exists of singular ones too."""
    if np.ndim(array) != 2 or len(array) != len(np.transpose(array)):
        raise ValueError(f"no square matrix: {np.shape(array)}")
    return np.linalg.inv(array + 9 * np.eye(len(array)))


def draw(declared: Mapping[str, Dims], seed: int) -> dict[str, Any]:
    """Random arrays of the declared shapes."""
    random = np.random.default_rng(seed)
    return {name: random.normal(size=[SIZES[dim] for dim in dims]) for name, dims in declared.items()}


def dims_of(array: Any) -> Dims:
    """The shape of an array in letters; a size that is no letter's is written as a number."""
    letters = {size: letter for letter, size in SIZES.items()}
    return tuple(letters.get(size, str(size)) for size in np.shape(array))
