"""Every shape that is inferred from code is the one that numpy gives when the code runs."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from .following import follow

SNIPPETS = (Path(__file__).parent / "snippets.txt").read_text(encoding="utf-8").split("\n\n")
PRIMES = (5, 7, 11, 13, 17, 19, 23)


def sizes(seed: int) -> dict[str, int]:
    """A distinct prime for each dimension, so that no two agree by luck."""
    primes = Random(seed).sample(PRIMES, 4)
    return dict(zip(("n0", "n1", "n2", "m"), primes, strict=True))


def inputs(size: dict[str, int]) -> dict[str, tuple[int, ...]]:
    n0, n1, n2, m = size.values()
    matrices = {"X": (n0, m), "Y": (n2, m), "W1": (n1, n0), "b1": (n1, 1), "W2": (n2, n1), "b2": (n2, 1)}
    return {**matrices, "I4": (3, n0, 2, m)}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("code", SNIPPETS, ids=lambda code: code.split("\n")[0])
def test_shapes_are_those_of_numpy(code: str, seed: int) -> None:
    size = sizes(seed)
    shapes = inputs(size)
    random = np.random.default_rng(seed)
    names: dict[str, Any] = {"np": np, "u": 1.0, **size}
    names |= {name: random.standard_normal(shape) for name, shape in shapes.items()}
    exec(code, names)
    lines = [f"{name} = {value}" for name, value in size.items()]
    found = follow("\n".join([*lines, "u = 1.0", code]), **shapes)
    assert found.facts == []
    arrays = {name: value for name, value in names.items() if isinstance(value, np.ndarray | np.generic | float)}
    known = {key: shape for key, shape in found.shapes.items() if shape is not None}
    for name, value in arrays.items():
        key = _key(name)
        if key in known and name not in size:
            assert agree(known[key], np.shape(value)), (name, known[key], np.shape(value))
    unknown = [
        name for name, value in arrays.items() if isinstance(value, np.ndarray) and known.get(_key(name)) is None
    ]
    assert unknown == [] or "lambda" in code, unknown


def agree(found: tuple[int | None, ...], shape: tuple[int, ...]) -> bool:
    """Whether a shape is numpy's, as far as its dimensions are known."""
    return len(found) == len(shape) and all(one in (None, other) for one, other in zip(found, shape, strict=True))


def _key(name: str) -> str:
    stem = name.rstrip("0123456789")
    return f"{stem}[{name[len(stem) :]}]" if stem != name else name
