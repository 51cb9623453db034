"""What is bound in a program, and the way back to what was bound before."""

from __future__ import annotations

from shapecheck.notations.python._bindings import Bound, Parts
from shapecheck.notations.python._names import Entity
from shapecheck.syntax.nodes import Index

WHOLE = Entity("d")
ONE, OTHER = (Entity("d", (Index("[", f'"{key}"'),)) for key in "ab")


def test_names_bound_in_a_branch_are_forgotten_after_it() -> None:
    bound = Bound()
    bound.add(WHOLE)
    before = len(bound)
    bound.add(ONE)
    assert bound.was(WHOLE, before)
    assert not bound.was(ONE, before)
    bound.go_back(before)
    assert WHOLE in bound
    assert ONE not in bound


def test_parts_dropped_in_a_branch_are_taken_up_after_it() -> None:
    parts = Parts()
    parts.add(ONE)
    mark = parts.mark()
    parts.drop(ONE)
    parts.add(OTHER)
    parts.drop(OTHER)
    assert parts.of(WHOLE) == []
    parts.take_up(mark)
    assert parts.of(WHOLE) == [ONE]


def test_parts_are_after_a_function_what_they_were_before() -> None:
    parts = Parts()
    parts.add(ONE)
    mark = parts.mark()
    parts.drop(ONE)
    parts.add(OTHER)
    parts.go_back(mark)
    assert parts.of(WHOLE) == [ONE]
    assert OTHER not in parts
