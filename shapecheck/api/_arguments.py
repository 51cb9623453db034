"""Check the arguments of the public functions, and turn them into settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from ..documents import by_suffix
from ..settings import Settings
from ..text import Source

Declared: TypeAlias = Mapping[str, "str | Iterable[str | int]"] | Iterable[str]
"""Shapes by name, each a string or a tuple; or strings such as `W2: n2 x n1`."""


def text_of(text: str) -> str:
    """The text itself; TypeError if it is not a str."""
    if not isinstance(text, str):
        raise TypeError(f"a formula must be a str, not {type(text).__name__}")
    return text


def source_of(text: str, suffix: str | None) -> Source:
    """A text as the source of a file with that suffix; TypeError or ValueError if an argument is wrong."""
    known = tuple(sorted(by_suffix()))
    one_of("suffix", suffix, known)
    return Source(text_of(text), f"<text>{suffix}") if suffix else Source(text_of(text))


def settings(convention: str | None, shapes: Declared, notation: str | None) -> Settings:
    """The settings for the arguments; TypeError or ValueError if one is wrong."""
    from ..notations import notations

    one_of("convention", convention, conventions())
    one_of("notation", notation, notations.names)
    declared = tuple(_declared(shapes))
    for declaration in declared:
        _readable(declaration)
    return Settings(convention=convention, notation=notation, shapes=declared)


def conventions() -> tuple[str, ...]:
    """The names of the conventions to choose from."""
    from ..conventions import BUILT_IN

    return (*BUILT_IN, "none")


def one_of(what: str, name: str | None, known: tuple[str, ...]) -> None:
    """TypeError if a name is not a str, ValueError if it is unknown; None is allowed."""
    if name is not None and not isinstance(name, str):
        raise TypeError(f"the {what} must be a str, not {type(name).__name__}")
    if name is not None and name not in known:
        raise ValueError(f"unknown {what} {name!r}; choose from {', '.join(known)}")


def _declared(shapes: Declared) -> Iterator[str]:
    """Each shape as written for the option -s."""
    if isinstance(shapes, str) or not isinstance(shapes, Iterable):
        raise TypeError("shapes must be a mapping such as {'W2': 'n2 x n1'} or a list such as ['W2: n2 x n1']")
    if isinstance(shapes, Mapping):
        yield from (f"{name}: {_shape_text(shape)}" for name, shape in shapes.items())
        return
    for declaration in shapes:
        if not isinstance(declaration, str):
            raise TypeError(f"a declaration must be a str such as 'W2: n2 x n1', not {type(declaration).__name__}")
        yield declaration


def _shape_text(shape: object) -> str:
    if isinstance(shape, str):
        return shape
    if isinstance(shape, tuple | list) and all(isinstance(dim, str | int) for dim in shape):
        return f"({', '.join(map(str, shape))}{',' * (len(shape) == 1)})" if shape else "scalar"
    raise TypeError(f"a shape must be a str such as 'n2 x n1' or a tuple such as ('n2', 'n1'), not {shape!r}")


def _readable(declaration: str) -> None:
    """ValueError if a declaration cannot be read."""
    from ..sections import parse_option
    from ..syntax.nodes import Trouble

    found = parse_option(declaration)
    if isinstance(found, Trouble):
        from ..rules import explain_troubles

        why = "; ".join(each.message for each in explain_troubles([found], Source(declaration)))
        raise ValueError(f"cannot read the shape {declaration!r}" + (f": {why}" if why else ""))
