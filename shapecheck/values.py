"""Classes of fields, as `dataclasses` makes them: `@dataclass(slots=True)`, `field(compare=False)`, `replace`.

To import `dataclasses` and to let it compile the methods of each class takes a quarter of the time in which one formula
is checked; here a class costs a small part of that. What is asked of the standard module (`asdict`, `fields`,
`is_dataclass`) is answered for these classes too.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

Value = TypeVar("Value")
_NONE: Any = object()
"""In place of a default or an argument that there is not."""
_FIELDS = "__dataclass_fields__"


class Field:
    """What holds of one field besides its name: its default or what makes it, and whether `==` and `repr` see it."""

    __slots__ = ("compare", "default", "factory", "repr")

    def __init__(self, default: Any, factory: Any, compare: bool, repr: bool) -> None:
        self.default = default
        self.factory = factory
        self.compare = compare
        self.repr = repr


def field(
    *, default: Any = _NONE, default_factory: Callable[[], Any] = _NONE, compare: bool = True, repr: bool = True
) -> Any:
    """A field that is not plain."""
    return Field(default, default_factory, compare, repr)


@dataclass_transform(field_specifiers=(field,))
def dataclass(*, slots: bool = False, frozen: bool = False, eq: bool = True) -> Callable[[type[Value]], type[Value]]:
    """Make a class of its annotations, behind those of its base; one that is `frozen` has a hash and no changes."""

    def made(plain: type[Value]) -> type[Value]:
        given = {name: plain.__dict__.get(name, _NONE) for name in plain.__annotations__}
        own = {name: it if isinstance(it, Field) else Field(it, _NONE, True, True) for name, it in given.items()}
        inherited = _inherited(plain)
        fields = {**inherited, **own}
        left_out = {"__dict__", "__weakref__", *own}
        own_body = {name: value for name, value in plain.__dict__.items() if name not in left_out}
        body = _methods(fields, frozen, "__post_init__" in own_body)
        body |= _comparing(fields, frozen) if eq else {}
        body |= own_body
        body |= {"__slots__": tuple(name for name in own if name not in inherited)} if slots else {}
        found: type[Value] = type(plain.__name__, plain.__bases__, {"__qualname__": plain.__qualname__, **body})
        return found

    return made


def replace(value: Value, /, **changes: Any) -> Value:
    """The value with other fields."""
    given = {name: getattr(value, name) for name in names(value) if name not in changes}
    return type(value)(**given, **changes)


def names(value: object) -> tuple[str, ...]:
    """The names of the fields of a value."""
    found: tuple[str, ...] = type(value).__match_args__  # type: ignore[attr-defined]
    return found


def fields(value: object) -> dict[str, Any]:
    """The fields of a value by their names."""
    return {name: getattr(value, name) for name in names(value)}


def _inherited(plain: type) -> dict[str, Field]:
    """The fields of the base of a class."""
    standard = next((base.__dict__[_FIELDS] for base in plain.__mro__ if _FIELDS in base.__dict__), None)
    return standard.fields if isinstance(standard, _Standard) else {}


def _methods(fields: dict[str, Field], frozen: bool, has_more: bool) -> dict[str, Any]:
    """What every such class has; a pickle calls the class again."""
    shown = [name for name, each in fields.items() if each.repr]

    def __repr__(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join([f'{name}={getattr(self, name)!r}' for name in shown])})"

    def __reduce__(self: Any) -> tuple[type, tuple[Any, ...]]:
        return type(self), tuple([getattr(self, name) for name in fields])

    found = {"__init__": _init(fields, frozen, has_more), "__repr__": __repr__, "__reduce__": __reduce__}
    return {**found, "__match_args__": tuple(fields), _FIELDS: _Standard(fields)} | (
        {"__setattr__": _refuse} if frozen else {}
    )


def _comparing(fields: dict[str, Field], frozen: bool) -> dict[str, Any]:
    compared = attrgetter(*[name for name, each in fields.items() if each.compare])

    def __eq__(self: Any, other: object) -> bool:
        return compared(self) == compared(other) if type(other) is type(self) else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(compared(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _init(fields: dict[str, Field], frozen: bool, has_more: bool) -> Any:
    """The function `__init__`, compiled, since values are made a million at a time."""
    known: dict[str, Any] = {"_NONE": _NONE, "_set": object.__setattr__}
    arguments, lines = [], []
    for name, each in fields.items():
        known |= {f"_{name}": each.default, f"_make_{name}": each.factory}
        is_made = each.factory is not _NONE
        has_default = is_made or each.default is not _NONE
        arguments.append(f"{name}={'_NONE' if is_made else f'_{name}'}" if has_default else name)
        value = f"_make_{name}() if {name} is _NONE else {name}" if is_made else name
        lines.append(f" _set(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    lines += [" self.__post_init__()"] * has_more
    exec("\n".join((f"def __init__(self, {', '.join(arguments)}):", *lines)), known)
    return known["__init__"]


def _refuse(self: object, name: str, value: object) -> None:
    raise AttributeError(f"cannot assign to field {name!r}")


class _Standard:
    """The fields as the standard module has them, made when it asks for them."""

    def __init__(self, fields: dict[str, Field]) -> None:
        self.fields = fields

    def __get__(self, instance: object, owner: type) -> Any:
        from dataclasses import field, make_dataclass

        given = [
            (name, Any, field(compare=each.compare, repr=each.repr, kw_only=True)) for name, each in self.fields.items()
        ]
        return make_dataclass(owner.__name__, given).__dataclass_fields__  # type: ignore[attr-defined]
