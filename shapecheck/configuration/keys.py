"""The settings that a project may make: what each one may be, and what is said of a value that it may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeAlias

from ..formats._cells import one_line
from ..values import NamedTuple
from ._table import DEFAULT_EXCLUDE, NAMES, SettingsTable

Mistakes: TypeAlias = Iterator[str]
_SHOWN = 80
"""So much of a wrong value is shown."""
_FIXED_CONVENTIONS = ("auto", "none")


class Key(NamedTuple):
    """A setting: `check` yields what is wrong with its value, each with its place; `default` says what holds else."""

    check: Callable[[SettingsTable, str], Mistakes]
    default: str


def mistakes(table: SettingsTable) -> Mistakes:
    """The mistakes in a table of settings, each as a line `path:line: message`."""
    for name in table.values:
        found = KEYS[name].check(table, name) if name in KEYS else _unknown_key(table, name)
        yield from map(one_line, found)


def _unknown_key(table: SettingsTable, name: str) -> Mistakes:
    near = _nearest(name, KEYS)
    if name == "tool" and not table.prefix:
        near = f"; in {NAMES[0]} write the settings without [tool.shapecheck]"
    yield f"{table.at(name)}: unknown setting {table.named(name)}{near}"


def _nearest(name: str, known: Iterator[str] | Mapping[str, Any] | tuple[str, ...]) -> str:
    """The valid word most like a wrong one, or all of them if none is close."""
    words = sorted(known)
    near = get_close_matches(name.lower().replace("_", "-"), words, 1, 0.6)
    return f"; did you mean {near[0]}?" if near else f"; choose from {', '.join(words)}"


def _wrong(table: SettingsTable, name: str, wanted: str) -> str:
    return f"{table.at(name)}: {table.named(name)} must be {wanted}, not {_shown(table.values[name])}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _bool(table: SettingsTable, name: str) -> Mistakes:
    if not isinstance(table.values[name], bool):
        yield _wrong(table, name, "true or false")


def _texts(table: SettingsTable, name: str) -> Mistakes:
    if not _is_list(table.values[name]):
        yield _wrong(table, name, "a list of strings")


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _codes(table: SettingsTable, name: str) -> Mistakes:
    if not _is_list(table.values[name]):
        yield _wrong(table, name, 'a list of codes such as ["SC204"]')
        return
    yield from _unknown_codes(table, (name,), table.values[name])


def _unknown_codes(table: SettingsTable, keys: tuple[str, ...], codes: list[str]) -> Mistakes:
    from ..rules import rules

    for code in codes:
        if not code or not any(known.startswith(code) for known in rules.codes):
            yield f"{table.at(*keys)}: no code starts with {_shown(code)}{_nearest_code(code)}"


def _nearest_code(text: str) -> str:
    """The code that was probably meant, or how to list all codes."""
    from ..rules import rules

    named = {each.name: each.code for each in rules.all()}
    near = get_close_matches(text.strip().upper(), rules.codes, 1, 0.8) or [
        named[name] for name in get_close_matches(text.strip().lower(), named, 1, 0.8)
    ]
    if "," in text:
        return "; write each code as a separate string"
    return f"; did you mean {near[0]}?" if near else "; `shapecheck rule` lists them"


def _by_file(table: SettingsTable, name: str) -> Mistakes:
    given = table.values[name]
    wanted = 'a table of lists such as "old/*.md" = ["SC204"]'
    if not isinstance(given, dict):
        yield _wrong(table, name, wanted)
        return
    for pattern, codes in given.items():
        if _is_list(codes):
            yield from _unknown_codes(table, (name, pattern), codes)
        else:
            yield f"{table.at(name, pattern)}: {table.named(name)} must be {wanted}, not {pattern} = {_shown(codes)}"


def _shapes(table: SettingsTable, name: str) -> Mistakes:
    yield from _texts(table, name)
    for shape in table.values[name] if _is_list(table.values[name]) else ():
        if not _declares(shape):
            yield f'{table.at(name)}: {_shown(shape)} declares nothing; write a shape as "W2: n2 x n1"'


def _one_of(known: Callable[[SettingsTable], tuple[str, ...]]) -> Callable[[SettingsTable, str], Mistakes]:
    def check(table: SettingsTable, name: str) -> Mistakes:
        value = table.values[name]
        if not isinstance(value, str):
            yield _wrong(table, name, "a string")
        elif value not in known(table):
            yield f"{table.at(name)}: unknown {name} {_shown(value)}{_nearest(value, known(table))}"

    return check


def _conventions_known(table: SettingsTable) -> tuple[str, ...]:
    from ..conventions import BUILT_IN

    own = table.values.get("conventions", {})
    return (*BUILT_IN, *(own if isinstance(own, dict) else ()), *_FIXED_CONVENTIONS)


def _notations(table: SettingsTable) -> tuple[str, ...]:
    from ..notations import notations

    return notations.names


def _formats(table: SettingsTable) -> tuple[str, ...]:
    from ..formats import formats

    return formats.names


def _conventions(table: SettingsTable, name: str) -> Mistakes:
    given = table.values[name]
    if not isinstance(given, dict) or not all(isinstance(each, dict) for each in given.values()):
        yield _wrong(table, name, 'a table of tables such as mine = {"W[l]" = "n[l] x n[l-1]"}')
        return
    for own, shapes in given.items():
        if own in _FIXED_CONVENTIONS:
            yield f"{table.at(name, own)}: {own} is reserved; give the convention another name"
        for symbol, shape in shapes.items():
            if symbol == "extends":
                yield from _extended(table, own, shape)
            elif not (isinstance(shape, str) and _declares(f"{symbol}: {shape.replace('?', '1')}")):
                wanted = 'write it as "W[l]" = "n[l] x n[l-1]"'
                yield f"{table.at(name, own, symbol)}: {symbol} cannot have the shape {_shown(shape)}; {wanted}"


def _extended(table: SettingsTable, own: str, name: object) -> Mistakes:
    others = [other for other in (*_conventions_known(table),) if other not in (own, *_FIXED_CONVENTIONS)]
    if name not in others:
        near = _nearest(name, tuple(others)) if isinstance(name, str) else ""
        yield f"{table.at('conventions', own, 'extends')}: there is no other convention {_shown(name)} to extend{near}"


def _declares(text: str) -> bool:
    from ..sections import parse_option
    from ..syntax.nodes import Declaration

    return isinstance(parse_option(text), Declaration)


KEYS: Mapping[str, Key] = {
    "convention": Key(_one_of(_conventions_known), "coursera; in documents and code, the one that the formulas fit"),
    "conventions": Key(_conventions, "only the built-in ones"),
    "exclude": Key(_texts, ", ".join(DEFAULT_EXCLUDE)),
    "extend-exclude": Key(_texts, "none"),
    "format": Key(_one_of(_formats), "full"),
    "ignore": Key(_codes, "none"),
    "include-notes": Key(_bool, "true"),
    "notation": Key(_one_of(_notations), "auto-detected for each formula"),
    "per-file-ignores": Key(_by_file, "none"),
    "select": Key(_codes, "all"),
    "shapes": Key(_shapes, "none"),
    "strict": Key(_bool, "false"),
}
