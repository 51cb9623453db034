"""Classes of fields: `NamedTuple`, `@dataclass(slots=True)`, `field(compare=False)` and `replace`.

They are as in `typing` and `dataclasses`, but those compile the methods of each class, and all annotations of a tuple,
which takes a third of the time in which one formula is checked. Here only constructors are compiled, each on first use.
What is asked of `dataclasses` (`asdict`, `fields`, `is_dataclass`) is answered for these classes too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

__all__ = ["NamedTuple", "dataclass", "field", "fields", "names", "replace"]

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
    """Make a class of its annotations, after those of its base; one that is `frozen` has a hash and no changes."""

    def made(plain: type[Value]) -> type[Value]:
        own = _fields(plain.__annotations__, plain.__dict__)
        inherited = _inherited(plain)
        fields = {**inherited, **own}
        left_out = {"__dict__", "__weakref__", *own}
        own_body = {name: value for name, value in plain.__dict__.items() if name not in left_out}

        def __init__(self: Any, *given: Any, **named: Any) -> None:
            found.__init__ = _init(fields, frozen, "__post_init__" in own_body)  # type: ignore[method-assign]
            found.__init__(self, *given, **named)

        body = {"__init__": __init__, _FIELDS: _Standard(fields), **_methods(fields)}
        body |= {"__setattr__": _refuse} if frozen else {}
        body |= _comparing(fields, frozen) if eq else {}
        body |= {"__qualname__": plain.__qualname__, **own_body}
        body |= {"__slots__": tuple(name for name in own if name not in inherited)} if slots else {}
        found: type[Value] = type(plain.__name__, plain.__bases__, body)
        return found

    return made


class _Named(type):
    """What makes a tuple with named places of a class whose base is `NamedTuple`."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        if not bases:
            return super().__new__(cls, name, bases, body)
        fields = _fields(body.get("__annotations__", ()), body)
        places = {each: property(itemgetter(place)) for place, each in enumerate(fields)}

        def __new__(cls: type, *given: Any, **named: Any) -> Any:
            found.__new__ = staticmethod(_new(fields))
            return found.__new__(cls, *given, **named)

        methods = {"__slots__": (), "__new__": __new__, "_fields": tuple(fields), "_replace": replace}
        found: Any = type(name, (tuple,), {**methods, **_methods(fields), **body, **places})
        return found


if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class NamedTuple(metaclass=_Named):
        """The base of tuples whose places have names."""


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


def _fields(names: Iterable[str], body: Mapping[str, Any]) -> dict[str, Field]:
    """The fields with these names, of the defaults in the body of a class."""
    given = {name: body.get(name, _NONE) for name in names}
    return {name: it if isinstance(it, Field) else Field(it, _NONE, True, True) for name, it in given.items()}


def _inherited(plain: type) -> dict[str, Field]:
    """The fields of the base of a class."""
    standard = next((base.__dict__[_FIELDS] for base in plain.__mro__ if _FIELDS in base.__dict__), None)
    return standard.fields if isinstance(standard, _Standard) else {}


def _methods(fields: dict[str, Field]) -> dict[str, Any]:
    """What every such class has; a pickle calls the class again."""
    shown = [name for name, each in fields.items() if each.repr]

    def __repr__(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join([f'{name}={getattr(self, name)!r}' for name in shown])})"

    def __reduce__(self: Any) -> tuple[type, tuple[Any, ...]]:
        return type(self), tuple([getattr(self, name) for name in fields])

    return {"__repr__": __repr__, "__reduce__": __reduce__, "__match_args__": tuple(fields)}


def _comparing(fields: dict[str, Field], frozen: bool) -> dict[str, Any]:
    compared = attrgetter(*[name for name, each in fields.items() if each.compare])

    def __eq__(self: Any, other: object) -> bool:
        return compared(self) == compared(other) if type(other) is type(self) else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(compared(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _init(fields: dict[str, Field], frozen: bool, has_more: bool) -> Any:
    """The method `__init__`."""
    lines = []
    for name, each in fields.items():
        value = name if each.factory is _NONE else f"_make_{name}() if {name} is _NONE else {name}"
        lines.append(f" _set(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    return _compiled("__init__", fields, [*lines, *[" self.__post_init__()"] * has_more])


def _new(fields: dict[str, Field]) -> Any:
    """The method `__new__` of a tuple."""
    return _compiled("__new__", fields, [f" return _tuple(self, ({''.join([f'{name}, ' for name in fields])}))"])


def _compiled(method: str, fields: dict[str, Field], lines: list[str]) -> Any:
    """A method that takes the fields, compiled, since values are made a million at a time."""
    known: dict[str, Any] = {"_NONE": _NONE, "_set": object.__setattr__, "_tuple": tuple.__new__}
    arguments = []
    for name, each in fields.items():
        known |= {f"_{name}": each.default, f"_make_{name}": each.factory}
        is_made = each.factory is not _NONE
        has_default = is_made or each.default is not _NONE
        arguments.append(f"{name}={'_NONE' if is_made else f'_{name}'}" if has_default else name)
    exec("\n".join((f"def {method}(self, {', '.join(arguments)}):", *lines)), known)
    return known[method]


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
