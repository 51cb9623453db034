"""Factors are named by what they are in every draw."""

from __future__ import annotations

import pytest

from shapecheck.verification._factors import Factor, named

DRAWS = [{"m": 7.0, "n": 3.0, "lam": 0.3}, {"m": 5.0, "n": 3.0, "lam": 0.8}]


@pytest.mark.parametrize(
    ("ratios", "text", "inverse"),
    [
        ((-1, -1), "-1", "-1"),
        ((2, 2), "2", "1/2"),
        ((7, 5), "m", "1/m"),
        ((1 / 7, 1 / 5), "1/m", "m"),
        ((2 / 7, 2 / 5), "2/m", "m/2"),
        ((1 / 14, 1 / 10), "1/(2m)", "2m"),
        ((3**0.5, 3**0.5), "sqrt(n)", "1/sqrt(n)"),
        ((0.3 / 7, 0.8 / 5), "lam/m", "m/lam"),
        ((-1 / 7, -1 / 5), "-1/m", "-m"),
    ],
)
def test_a_factor_has_a_name(ratios: tuple[float, float], text: str, inverse: str) -> None:
    assert named(ratios, DRAWS) == Factor(text, inverse)


def test_what_is_a_factor_in_one_draw_alone_is_none() -> None:
    assert named((7, 7), DRAWS) is None


def test_no_other_number_has_a_name() -> None:
    assert named((0.123, 0.456), DRAWS) is None
