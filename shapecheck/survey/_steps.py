"""Find the letters that count steps of time by what stands beside them: the k of `x_{k+1} = A x_k + B u_k`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..symbols import STEPS, TIME, Declared
from ..symbols._greek import with_letters
from ..syntax.nodes import Apply, Index, Name, Node, is_op, walk, without
from ._names import Names, Spelled

ROW, ANYTHING = "ᵀ", ""
"""How the base of what is transposed ends, and what stands for the base where a left side is of the next step."""


def steps_of_tree(node: Apply) -> Iterator[tuple[str, str]]:
    """The bases of factors beside others with a letter below, and the letters.

    A number `a_k` stands before what it scales: after the array only a row or `x(k)` tells.
    """
    for one, other in pairwise(node.args):
        yield from _step(one, other)
        if type(one) is Apply:
            yield from _step(without(other, "transpose"), without(one, "transpose"))


def next_step(target: Node, value: Node) -> Iterator[tuple[str, str]]:
    """The letter of an equation that gives the next step of what it speaks of, `w(k+1) = w(k) + …`."""
    if type(target) is Apply and (letter := _letter(target)):
        calls = (part for part in walk(value) if is_op(part, "call"))
        if any(_letter(part) == letter and part.args[0] == target.args[0] for part in calls):
            yield ANYTHING, letter


def _step(matrix: Node, array: Node) -> Iterator[tuple[str, str]]:
    letter, upright = _letter(array), without(matrix, "transpose")
    name = upright.args[0] if is_op(upright, "call") and upright is not matrix else upright
    if type(name) is Name and letter:
        yield with_letters(name.base) + ROW * (upright is not matrix), letter


def _letter(node: Node) -> str:
    """The letter of the only index of a name, `x_k`, or of what a name stands before in a bracket, `x(k)`."""
    if type(node) is Apply and node.op == "call" and len(node.args) == 2:
        inner = node.args[1]
        while type(inner) is Apply and inner.op == "add":
            inner = inner.args[0]
        return inner.base if type(inner) is Name and inner.base in STEPS and not inner.indices else ""
    found = [letter_of(index) for index in node.indices] if type(node) is Name else []
    return found[0] if len(found) == 1 else ""


def signal(node: Apply) -> tuple[Spelled, str] | None:
    """A name before a bracket in which a time stands, and the letter of that: x and t of `x(t)`."""
    inner = node.args[1] if len(node.args) == 2 and not node.params else None
    if type(inner) is Apply and inner.op == "add" and type(inner.args[-1]) is not Name:
        inner = inner.args[0]
    if type(inner) is not Name or inner.text not in (*STEPS, *TIME):
        return None
    function = node.args[0]
    return ((function.base, function.indices), inner.text) if type(function) is Name else None


def signals(names: Names) -> Iterator[tuple[Spelled, str]]:
    """The names of what has a value at each time, with its letter: several have it, and an equation gives one."""
    for letter in (*STEPS, *TIME):
        found = {name for name, of in names.signals if of == letter}
        if len(found) > 1 and (found & names.defined or letter in TIME):
            yield from ((name, letter) for name in found)


def letter_of(index: Index) -> str:
    """The letter of an index such as `k` or `k+1`, where it may count steps."""
    match = re.fullmatch(rf"([{STEPS}])(?:[+-][0-9])?", index.text)
    return match[1] if match else ""


def times(names: Names, declared: Declared) -> frozenset[str]:
    """The letters that count steps: a matrix that has none of them is multiplied by what has them, and no entry does.

    A matrix is what is declared one, as a column that is transposed, or a capital beside a letter that a number is
    added to: layers would each have another one.
    """
    own = {(base, letter_of(index)) for base, indices in names.spelled for index in indices}
    moved = {letter_of(index) for _, indices in names.spelled for index in indices if index.text not in STEPS}
    letters = {
        letter
        for base, letter in names.stepped
        if _is_array(base, declared) or (_is_capital(base) and letter in moved and (base, letter) not in own)
    }
    letters |= {letter for _, letter in signals(names)} - TIME
    return frozenset(letters - declared.letters - set(_of_entries(names.spelled)))


def _is_capital(base: str) -> bool:
    return len(base) == 1 and base.isupper()


def _is_array(base: str, declared: Declared) -> bool:
    """Whether what stands beside a step is declared as a matrix, or as a column that is transposed."""
    if base == ANYTHING or base in declared.matrices:
        return True
    return base.endswith(ROW) and base.removesuffix(ROW) in declared.matrices | declared.columns


def _of_entries(spelled: Iterable[Spelled]) -> Iterator[str]:
    """The letters that stand with another below a name, as in `A_{ik}`."""
    for _, indices in spelled:
        for index in indices:
            if re.fullmatch(r"[a-z],?[a-z]", index.text):
                yield from index.text
