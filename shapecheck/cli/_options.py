"""The options that several commands share, as annotations that typer reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from ..settings import Settings
from ..text import Source
from ._command import UsageError
from ._configuration import configured, settings_with


def one_of(names: Callable[[], Iterable[str]]) -> dict[str, Any]:
    """For an option whose value is one of a few names: the check, and the completion."""

    def chosen(value: str | None) -> str | None:
        if value is not None and value not in (known := sorted(names())):
            raise typer.BadParameter(f"{value!r} is not one of {', '.join(known)}.")
        return value

    def beginning(incomplete: str) -> list[str]:
        return [name for name in sorted(names()) if name.startswith(incomplete)]

    return {"callback": chosen, "autocompletion": beginning}


def format_names() -> Iterable[str]:
    """The formats of a report."""
    from ..formats import formats

    return formats.names


def notation_names() -> Iterable[str]:
    """The notations that are read."""
    from ..notations import notations

    return notations.names


def convention_names() -> Iterable[str]:
    """The built-in conventions, those of the project, `none`, and `auto`, where the formulas vote."""
    from ..conventions import BUILT_IN

    return (*BUILT_IN, *configured().settings.conventions, "none", "auto")


Shapes = Annotated[
    list[str] | None,
    typer.Option(
        "-s", "--shape", metavar="NAMES: SHAPE", help='Declare the shape of a name: "W2: n2 x n1". Can be repeated.'
    ),
]
Convention = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Take undeclared shapes from this convention, such as coursera or batch-first.",
        **one_of(convention_names),
    ),
]
Notation = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Read formulas in this notation; by default it is auto-detected.", **one_of(notation_names)
    ),
]
Color = Annotated[
    str,
    typer.Option(
        metavar="WHEN",
        help="When to use colour: auto (in a terminal), always or never.",
        **one_of(lambda: ("auto", "always", "never")),
    ),
]


def settings(shapes: list[str] | None, convention: str | None, notation: str | None, **others: Any) -> Settings:
    """The project's settings, overridden by options; UsageError if one cannot be read."""
    return settings_with(options(shapes, convention, notation, **others))


def options(shapes: list[str] | None, convention: str | None, notation: str | None, **others: Any) -> dict[str, Any]:
    """The fields of Settings that options set; UsageError if one cannot be read."""
    _agreeing(shapes or ())
    given = {"convention": convention, "notation": notation, **others, "shapes": tuple(map(_declared, shapes or ()))}
    return {name: value for name, value in given.items() if value}


def _agreeing(shapes: Iterable[str]) -> None:
    """UsageError if two `-s` give a name different shapes."""
    from ..sections import parse_option
    from ..shapes.dims import show
    from ..syntax.nodes import Declaration

    said: dict[str, str] = {}
    declared = [read for read in map(parse_option, shapes) if isinstance(read, Declaration)]
    for read in declared:
        shape = show(read.shape)
        for name in read.names:
            text = getattr(name, "text", "")
            if text and said.setdefault(text, shape) != shape:
                raise UsageError(f"-s declares {text} as {said[text]} and as {shape}")


def _declared(shape: str) -> str:
    """The `-s` itself; UsageError if it declares nothing."""
    from ..rules import explain_troubles
    from ..sections import parse_option
    from ..syntax.nodes import Trouble

    read = parse_option(shape)
    if isinstance(read, Trouble):
        why = "; ".join(found.message for found in explain_troubles([read], Source(shape)))
        raise UsageError(f"cannot read -s {shape!r}: {why}" if why else f"cannot read -s {shape!r}")
    return shape
