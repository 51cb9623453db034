"""Our own `dataclass` and `NamedTuple` make what the standard ones make."""

from __future__ import annotations

import ast
import copy
import dataclasses
import pickle
import typing
from typing import Any

import pytest

from shapecheck import values
from shapecheck.diagnostic import Diagnostic, Fix, Label, Report
from shapecheck.settings import Settings
from shapecheck.syntax.nodes import Apply, Name
from shapecheck.text import Edit, Source, Span

from .sources import modules, tree


def both(**options: Any) -> tuple[type[Any], type[Any]]:
    """The same class made by the standard library and here."""

    def body(field: Any) -> type[Any]:
        class Point:
            """A place."""

            x: int
            y: list[int] = field(default_factory=list)
            name: str = field(default="p", compare=False)
            hidden: int = field(default=7, repr=False)
            last: int = 0

            @property
            def double(self) -> int:
                return 2 * self.x

        return Point

    standard = dataclasses.dataclass(**options)(body(dataclasses.field))
    return standard, values.dataclass(**options)(body(values.field))


@pytest.mark.parametrize("options", [{}, {"slots": True}, {"slots": True, "frozen": True}, {"eq": False}])
def test_it_behaves_as_the_standard_one(options: dict[str, Any]) -> None:
    theirs, ours = both(**options)
    for arguments in ({"x": 1}, {"x": 1, "y": [2], "name": "q", "last": 5}):
        one, other = theirs(**arguments), ours(**arguments)
        assert repr(one) == repr(other)
        assert (one == theirs(**arguments), one == other) == (other == ours(**arguments), other == one)
        assert (one == theirs(2), one.double) == (other == ours(2), other.double)
        assert dataclasses.asdict(one) == dataclasses.asdict(other)
        assert [field.name for field in dataclasses.fields(one)] == list(values.names(other))
        assert hasattr(one, "__dict__") == hasattr(other, "__dict__")
    assert ours(1).y is not ours(1).y
    assert (theirs.__match_args__, theirs.__doc__) == (ours.__match_args__, ours.__doc__)
    with pytest.raises(TypeError):
        ours()


def test_what_is_frozen_refuses_changes_and_is_hashed() -> None:
    _, ours = both(slots=True, frozen=True)
    point = ours(1, ())
    with pytest.raises(AttributeError):
        point.x = 2
    assert hash(point) == hash(ours(1, (), name="other"))
    assert hash(Settings(shapes=("A: n",), conventions=None)) == hash(Settings(shapes=("A: n",), conventions=None))
    with pytest.raises(TypeError):
        hash(Name("A", "A"))


def test_values_are_replaced_copied_and_pickled() -> None:
    found = Diagnostic("SC201", "x", "error", "m", Span(0, 1), (Label(Span(0, 1), "l"),), ("n",))
    fixed = values.replace(found, fixes=(Fix("t", "f", (Edit(Span(0, 1), "x"),), safe=True),))
    assert (fixed.code, found.fixes, len(fixed.fixes)) == ("SC201", (), 1)
    assert dataclasses.replace(fixed, fixes=()) == found
    for again in (copy.copy(fixed), copy.deepcopy(fixed), pickle.loads(pickle.dumps(fixed))):
        assert again == fixed
    assert pickle.loads(pickle.dumps(Settings(strict=True))) == Settings(strict=True)
    report = pickle.loads(pickle.dumps(Report(Source("A B"), diagnostics=[fixed])))
    assert (report.source.text, report.diagnostics) == ("A B", [fixed])


def test_a_tree_is_matched_by_position() -> None:
    match Apply("transpose", (Name("A", "A"),)):
        case Apply("transpose", (Name(text),)):
            assert text == "A"
        case other:
            pytest.fail(repr(other))


def test_a_class_has_the_fields_of_its_base_and_its_own_methods() -> None:
    def made(dataclass: Any) -> Any:
        @dataclass(slots=True)
        class Base:
            x: int
            y: int = 2

        @dataclass(slots=True)
        class Derived(Base):
            y: int = 3
            z: int = 4

            def __repr__(self) -> str:
                return f"{self.x} {self.y} {self.z}"

        return Base, Derived

    (_, theirs), (base, ours) = made(dataclasses.dataclass), made(values.dataclass)
    assert repr(theirs(1)) == repr(ours(1)) == "1 3 4"
    assert theirs.__match_args__ == ours.__match_args__
    assert dataclasses.asdict(ours(1, z=5)) == dataclasses.asdict(theirs(1, z=5))
    assert isinstance(ours(1), base) and ours(1) != base(1, 3)


class Theirs(typing.NamedTuple):
    """A place."""

    x: int
    y: tuple[int, ...] = ()
    name: str = "p"

    @property
    def double(self) -> int:
        return 2 * self.x


class Ours(values.NamedTuple):
    """A place."""

    x: int
    y: tuple[int, ...] = ()
    name: str = "p"

    @property
    def double(self) -> int:
        return 2 * self.x


@pytest.mark.parametrize("arguments", [{"x": 1}, {"x": 1, "y": (2,), "name": "q"}])
def test_a_tuple_with_names_behaves_as_the_standard_one(arguments: dict[str, Any]) -> None:
    one, other = Theirs(**arguments), Ours(**arguments)
    assert repr(one).replace("Theirs", "Ours") == repr(other)
    assert tuple(one) == other == Ours(*one)
    assert (one.x, one.y, one.name, one.double) == (other.x, other.y, other.name, other.double)
    assert one._replace(x=3) == other._replace(x=3)
    assert hash(one) == hash(other)
    assert type(other._replace(x=3)) is Ours
    assert (Theirs._fields, Theirs.__doc__) == (Ours._fields, Ours.__doc__)
    for again in (copy.copy(other), copy.deepcopy(other), pickle.loads(pickle.dumps(other))):
        assert again == other and type(again) is Ours


def test_a_tuple_with_names_refuses_what_the_standard_one_refuses() -> None:
    for wrong in ({}, {"x": 1, "z": 2}, {"x": 1, "double": 2}):
        for made in (Theirs, Ours):
            with pytest.raises(TypeError):
                made(**wrong)  # type: ignore[arg-type]
    for value in (Theirs(1), Ours(1)):
        with pytest.raises(AttributeError):
            value.x = 2  # type: ignore[misc]
        with pytest.raises(AttributeError):
            value.other = 2  # type: ignore[union-attr]


def test_a_tuple_is_matched_by_position() -> None:
    match Ours(1, (2,)):
        case Ours(x, (y,)):
            assert (x, y) == (1, 2)


@pytest.mark.parametrize("module", modules())
def test_no_module_takes_the_standard_one(module: str) -> None:
    taken = [node for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom) and node.module == "typing"]
    assert module == "values.py" or "NamedTuple" not in {alias.name for node in taken for alias in node.names}
