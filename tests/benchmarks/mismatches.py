"""Wrong formulas of many kinds: how long one takes with its fixes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

from .measure import Row, seconds, spread

KINDS = 200
RIGHT = (
    "dZ1 = W2.T dZ2 * g1'(Z1)",
    "dZ2 = W3.T dZ3 * (1 - A2 * A2)",
    "dW1 = 1/m dZ1 X.T",
    "dW2 = 1/m (A2 - Y) A1.T",
    "db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)",
    "db2 = 1/m sum(W3.T dZ3 * g2'(Z2), axis=1, keepdims=True)",
    "Z1 = W1 X + b1",
    "Z2 = W2 tanh(W1 X + b1) + b2",
    "A3 = sigmoid(W3 relu(W2 A1 + b2) + b3)",
    "dA1 = W2.T (W3.T dZ3 * g2'(Z2))",
    "dZ1 = W2.T (W3.T dZ3 * g2'(Z2)) * g1'(Z1)",
    "dW1 = 1/m (W2.T dZ2 * g1'(Z1)) X.T",
    "W1 = W1 - alpha * dZ1 X.T",
    "dW3 = np.dot(dZ3, A2.T) / m",
    "δ2 = W3ᵀ δ3 ⊙ σ'(Z2)",
    "dW3 = 1/m ((A3 - Y) * g3'(Z3)) A2.T",
    "dA2 = W3.T dZ3 + lam * A2",
    "db3 = np.mean(A3 - Y, axis=1, keepdims=True)",
    "W2 = W2 - alpha * (dZ2 A1.T + lam * W2)",
    "dZ2 = np.multiply(np.dot(W3.T, dZ3), A2 * (1 - A2))",
    "A2 = tanh(W2 tanh(W1 X + b1) + b2)",
)
CHANGES = (
    (r"([A-Z]\w*|\([^()]*\))(\.T|ᵀ)", r"\1"),
    (r"(?<![\w'])([A-Zδ]\w*)(?![\w.'ᵀ(]|\s*=(?!=))", r"\1.T"),
    (r"(\S+) (\S+)(?= [*⊙]|$)", r"\2 \1"),
    (r" \* ", " "),
    (r" ⊙ ", " "),
    (r"([\w)T']) ([A-Z(])", r"\1 * \2"),
    (r"axis=1", "axis=0"),
    (r", keepdims=True", ""),
    (r", axis=1", ""),
    (r"(?<=[AZWdb])1", "2"),
    (r"(?<=[AZWdb])2", "1"),
    (r"(?<=[AZWdb])3", "2"),
    (r"dZ", "dW"),
    (r"X", "Y"),
)
"""A mistake each: what it replaces, at one place at a time, by what."""


def mismatches(rounds: int) -> list[Row]:
    """The median and the longest time of a wrong formula with its fixes."""
    wrong = [text for text in _changed() if check(Source(text), Settings()).errors]
    chosen = [wrong[place * len(wrong) // KINDS] for place in range(KINDS)] if len(wrong) > KINDS else wrong
    times: dict[str, list[float]] = {text: [] for text in chosen}
    for _ in range(rounds):
        for text in chosen:
            times[text].append(seconds(lambda text=text: check(Source(text), Settings())) * 1000)  # type: ignore[misc]
    each = {text: median(taken) for text, taken in times.items()}
    slowest = max(each, key=lambda text: each[text])
    return [
        Row(
            f"a mismatch with its fixes ({len(chosen)} kinds)",
            median(each.values()),
            spread(list(each.values())),
            5,
            " ms",
        ),
        Row(f"the slowest: {slowest}", each[slowest], spread(times[slowest]), 100, " ms"),
    ]


def _changed() -> Iterator[str]:
    """Every formula that is one change away from a right one, each once."""
    seen = set(RIGHT)
    for formula in RIGHT:
        for pattern, new in CHANGES:
            for found in re.finditer(pattern, formula):
                text = formula[: found.start()] + found.expand(new) + formula[found.end() :]
                if text not in seen:
                    seen.add(text)
                    yield text
