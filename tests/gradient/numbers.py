"""Gradients in numbers: central differences, and trees evaluated on arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Arrays = Mapping[str, Any]
STEP = 1e-6


def central(function: Callable[[Arrays], float], values: Arrays, key: str) -> Any:
    """The gradient of a scalar function by one of its arrays, by central differences."""
    array = np.array(values[key], dtype=float)
    found = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        sides = []
        for step in (STEP, -STEP):
            moved = array.copy()
            moved[place] += step
            sides.append(function({**values, key: moved}))
        found[place] = (sides[0] - sides[1]) / (2 * STEP)
    return found
