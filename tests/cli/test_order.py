"""What is printed is the same in every process, whatever the order of its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "cases"
CALLS = [
    ("check", "--no-cache", str(CASES / "conventions.md"), str(CASES / "names.md")),
    ("verify", str(CASES / "derivatives.md")),
    ("explain", "--convention", "forward-index", "δ2 = Θ2.T δ3 .* a2 .* (1 - a2)"),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
def test_the_output_does_not_depend_on_the_seed_of_hashes(call: tuple[str, ...]) -> None:
    printed = [_printed(call, seed) for seed in ("0", "1")]
    assert printed[0]
    assert printed[0] == printed[1]


def _printed(call: tuple[str, ...], seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run([sys.executable, "-m", "shapecheck", *call], env=environment, capture_output=True).stdout
