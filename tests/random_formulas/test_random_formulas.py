"""The verdict and the shape of random formulas are numpy's, and the fixes undo what was broken.

`python -m pytest tests/random_formulas -m slow` tries 1,500 in place of 150.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from shapecheck.suggest._fixes import SHOWN
from shapecheck.text import Source

from .code import code, program
from .code import worth as worth_in_code
from .examples import Example, by, examples, one_file
from .judge import READINGS, Said, alone, complaint, is_meant, of_plain, said_of, show, together
from .latex import is_mention, latex, markdown
from .latex import worth as worth_in_latex
from .mistakes import MISTAKES, STRUCTURAL
from .read import value
from .spell import is_ambiguous
from .tree import dims_of

Document: TypeAlias = Callable[[list[Example]], tuple[str, list[int]]]

SEED = 20240229
NORMAL, LONG = 150, 1500
FIRST, ANY = 0.90, 0.98
"""How often the first fix, and any of the fixes, must be what was meant."""

FEW, MANY = 100, 1500
"""How many formulas are tried in other notations."""

few_and_many = pytest.mark.parametrize("count", [NORMAL, pytest.param(LONG, marks=pytest.mark.slow)])
in_documents = pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])


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
@pytest.mark.parametrize("notation", ["plain", "latex", "python"])
def test_fixes_undo_the_mistake(notation: str, count: int) -> None:
    made = broken(examples(count, SEED + 2))
    missed, first, asked = [], 0, 0
    for example, said, worth in offered(made, notation):
        asked += 1
        right = [is_meant(example, " ".join(fix.split()), worth) for fix in said.fixes]
        assert len(right) <= SHOWN
        first += right[:1] == [True]
        if not any(right):
            missed.append(show(example, "no fix is what was meant", said))
    listed = "\n".join(missed)
    assert asked - len(missed) >= ANY * asked, f"{len(missed)} of {asked} without the fix\n{listed}"
    assert first >= FIRST * asked, f"the first fix is what was meant in {first} of {asked}"


def offered(made: list[Example], notation: str) -> Iterator[tuple[Example, Said, Callable[[Example, str], Any]]]:
    """What is said of each formula in a text of its own, and what its fixes are worth.

    An author whose `·` is either product confuses nothing.
    """
    if notation == "plain":
        yield from ((example, alone(example), of_plain) for example in made)
    elif notation == "latex":
        for example in by(latex, made, SEED):
            if not (example.mistake == "confused" and is_ambiguous(example.author)):
                yield example, in_document([example], markdown)[0], worth_in_latex
    else:
        for example in by(code, made, SEED):
            yield example, in_document([example], program)[0], worth_in_code


@in_documents
@pytest.mark.parametrize("document", (markdown, program), ids=lambda document: document.__name__)
def test_verdicts_and_shapes_are_numpys_in_documents(document: Document, count: int) -> None:
    """Each formula in a document of its own, then all over the same names in one."""
    author = code if document is program else latex
    single, made = (by(author, made, SEED) for made in (examples(count, SEED), one_file(count, SEED + 1)))
    apart = [(example, in_document([example], document)[0]) for example in single]
    judged = [*apart, *zip(made, in_document(made, document), strict=True)]
    complain = complaint if document is markdown else strict_complaint
    formulas = [pair for pair in judged if document is program or not is_mention(pair[0])]
    wrong = [show(example, words, said) for example, said in formulas if (words := complain(example, said))]
    assert not wrong, f"{len(wrong)} of {2 * count}\n" + "\n".join(wrong)


def in_document(made: list[Example], document: Document) -> list[Said]:
    """What is said of each formula of one document."""
    text, lines = document(made)
    return said_of(Source(text, "x.md" if document is markdown else "x.py"), lines)


def strict_complaint(example: Example, said: Said) -> str:
    """How the verdict of code differs from numpy's: no sign has a second reading there."""
    graces = [found.code for found in said.findings if found.code in READINGS]
    return f"is read in another way: {graces}" if graces else complaint(example, said)
