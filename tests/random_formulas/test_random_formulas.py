"""The verdict and the shape of random formulas are numpy's, and the fixes undo what was broken.

`python -m pytest tests/random_formulas -m slow` tries 1,500 in place of 150.
"""

from __future__ import annotations

import pytest

from .examples import Example, examples, one_file
from .judge import alone, complaint, is_meant, show, together
from .mistakes import MISTAKES, STRUCTURAL
from .read import value
from .tree import dims_of

SEED = 20240229
NORMAL, LONG = 150, 1500
FIRST, ANY = 0.80, 0.97
"""How often the first fix, and any of the fixes, must be what was meant."""

few_and_many = pytest.mark.parametrize("count", [NORMAL, pytest.param(LONG, marks=pytest.mark.slow)])


def broken(made: list[Example]) -> list[Example]:
    """The formulas with a mistake that a fix must undo."""
    return [example for example in made if example.mistake in STRUCTURAL]


@few_and_many
def test_the_texts_say_what_the_trees_are(count: int) -> None:
    made = examples(count, SEED)
    for example in made:
        left = f"{example.target} = " if example.target else ""
        assert dims_of(value(example.meant.removeprefix(left), example.arrays)) == example.shape, example.meant
        if example.mistake:
            assert not fits(example, example.text.removeprefix(left)), example.text
    assert {example.mistake for example in made} == {"", *MISTAKES}


def fits(example: Example, text: str) -> bool:
    """Whether numpy evaluates a text to the shape that is wanted."""
    try:
        return dims_of(value(text, example.arrays)) == example.shape or not example.target
    except ValueError:
        return False


@few_and_many
def test_verdicts_and_shapes_are_numpys(count: int) -> None:
    wrong = []
    for example in examples(count, SEED):
        said = alone(example)
        if words := complaint(example, said):
            wrong.append(show(example, words, said))
    assert not wrong, f"{len(wrong)} of {count}\n" + "\n".join(wrong)


@few_and_many
def test_verdicts_are_the_same_in_one_file(count: int) -> None:
    made = one_file(count, SEED + 1)
    judged = [(example, complaint(example, said), said) for example, said in zip(made, together(made), strict=True)]
    wrong = [show(*parts) for parts in judged if parts[1]]
    assert not wrong, f"{len(wrong)} of {count}\n" + "\n".join(wrong)


@few_and_many
def test_fixes_undo_the_mistake(count: int) -> None:
    made = broken(examples(2 * count, SEED + 2))
    missed, first = [], 0
    for example in made:
        said = alone(example)
        right = [is_meant(example, fix) for fix in said.fixes]
        first += right[:1] == [True]
        if not any(right):
            missed.append(show(example, "no fix is what was meant", said))
    listed = "\n".join(missed)
    assert len(made) - len(missed) >= ANY * len(made), f"{len(missed)} of {len(made)} without the fix\n{listed}"
    assert first >= FIRST * len(made), f"the first fix is what was meant in {first} of {len(made)}"
