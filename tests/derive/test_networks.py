"""What `derive --as python` prints, run after the forward pass, is the gradient: central differences say so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shapecheck.derivation import asking, derive
from shapecheck.derivation.text import text_of
from shapecheck.text import Source

from .networks import FUNCTIONS, NETWORKS, Network

STEP = 1e-6


def arrays(network: Network) -> dict[str, Any]:
    """Random arrays; targets of a softmax sum to 1."""
    drawn = np.random.default_rng(3)
    found = {name: np.asarray(drawn.uniform(0.1, 0.9, shape)) for name, shape in network.arrays.items()}
    for name, axis in network.sums.items():
        found[name] = found[name] / found[name].sum(axis=axis, keepdims=True)
    return found


def forward(network: Network, values: dict[str, Any]) -> dict[str, Any]:
    """All names after the forward pass."""
    space: dict[str, Any] = {}
    exec(FUNCTIONS, space)
    space.update({name: np.array(value) for name, value in values.items()})
    exec(network.numpy, space)
    return space


def central_differences(network: Network, values: dict[str, Any], name: str) -> Any:
    """The gradient of the loss by one array, entry by entry."""
    found = np.zeros(np.shape(values[name]))
    for place in np.ndindex(found.shape):
        losses = []
        for step in (STEP, -STEP):
            moved = np.array(values[name])
            moved[place] += step
            losses.append(float(forward(network, values | {name: moved})["J"]))
        found[place] = (losses[0] - losses[1]) / (2 * STEP)
    return found


def written(network: Network, form: str | None) -> list[str]:
    source = Source(network.formulas, network.path)
    found = [line for derivation in derive(source) for line in text_of(derivation, form)]
    return found or [line for derivation in derive(asking(source)) for line in text_of(derivation, form)]


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_the_gradients_are_right(network: Network) -> None:
    lines = written(network, "python")
    values = arrays(network)
    space = forward(network, values)
    exec("\n".join(lines), space)
    for name in network.wanted:
        assert f"d{name}" in space, lines
        expected = central_differences(network, values, name)
        assert np.shape(space[f"d{name}"]) == np.shape(values[name]), lines
        assert np.allclose(space[f"d{name}"], expected, rtol=1e-4, atol=1e-6), (name, lines)


@pytest.mark.parametrize("form", ["python", "plain", "latex", "matlab", None])
@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_no_line_is_long(network: Network, form: str | None) -> None:
    assert all(len(line) <= 160 for line in written(network, form))
