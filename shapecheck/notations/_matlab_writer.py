"""Write a tree in MATLAB: positions and axes from 1, the last position included, `end`, quotes as transposes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..syntax.nodes import NOWHERE, Apply, Node, Number
from ._writer import Writer

_QUOTES = ("'", ".'")


class MatlabWriter(Writer):
    """One writing in MATLAB; positions stand between `brackets`."""

    brackets = ("(", ")")

    def write(self, node: Node) -> str:
        """The node as text, without brackets of its own."""
        form = _FORMS.get(node.op) if type(node) is Apply and node.span == NOWHERE else None
        return super().write(node) if form is None or type(node) is not Apply else form(self, node)

    def _function(self, name: str) -> str:
        return super()._function(name).split(".")[-1]

    def _parameters(self, params: Mapping[str, Any], function: str) -> list[str]:
        """Positional ones: an axis counts from 1, and sums keep what they summed anyway."""
        found = []
        for name, value in params.items():
            if name == "axis" and isinstance(value, int):
                found.append(str(value + 1))
            elif not isinstance(value, str) and name != "keepdims":
                found.extend(super()._parameters({name: value}, function))
        return found


def _transpose(writer: MatlabWriter, node: Apply) -> str:
    if "axes" in node.params:
        return f"permute({writer.write(node.args[0])}, [{' '.join(str(axis + 1) for axis in node.params['axes'])}])"
    return writer.inside(node.args[0], node, 0) + (node.sign if node.sign in _QUOTES else "'")


def _slice(writer: MatlabWriter, node: Apply) -> str:
    """A slice: surface items are arguments as they stand, settled ones a parameter that counts from 0."""
    settled = node.params.get("items")
    items = [writer.write(each) for each in node.args[1:]] if settled is None else [_item(writer, it) for it in settled]
    opening, closing = writer.brackets
    return f"{writer.inside(node.args[0], node, 0)}{opening}{', '.join(items)}{closing}"


def _item(writer: MatlabWriter, item: Any) -> str:
    """An item counted from 1, a step in the middle."""
    if isinstance(item, int):
        return _position(writer, item, 1)
    if not (isinstance(item, tuple) and item[:1] == ("range",)):
        return writer.value(item)
    start, stop, step = item[1:]
    if start is None and stop is None and step is None:
        return ":"
    if position := _as_it_stands(writer, start, stop):
        return position
    ends, beyond = (("end", "1"), 2) if _is_backward(step) else (("1", "end"), 0)
    first = ends[0] if start is None else _position(writer, start, 1)
    last = ends[1] if stop is None else _position(writer, stop, beyond)
    return ":".join((first, *(() if step is None else (writer.value(step),)), last))


def _as_it_stands(writer: MatlabWriter, start: Any, stop: Any) -> str:
    """The text of a single position, where the ends of its range stand; empty for any other range."""
    if not isinstance(start, Number | Apply) or start.span == NOWHERE:
        return ""
    is_one = stop is None or (isinstance(stop, Number | Apply) and stop.span == start.span)
    return writer.text[start.span.start : start.span.end] if is_one else ""


def _is_backward(step: Any) -> bool:
    count = None if step is None else _whole(step)
    return count is not None and count < 0


def _range(writer: MatlabWriter, node: Apply) -> str:
    """A range as it stands, its ends without blanks: `1:end-1`."""
    return "".join(Writer.write(writer, node).split())


def _position(writer: MatlabWriter, place: Any, by: int) -> str:
    """A position that counts from 0, or from the end, as one of MATLAB, some further on."""
    count = _whole(place)
    if count is not None and count >= 0:
        return str(count + by)
    if count is not None:
        return f"end-{-count - by}" if count + by else "end"
    whole = Apply("add", (place, Number(str(by)))) if by else place
    return "".join(writer.value(whole).split())


def _whole(place: Any) -> int | None:
    """A bound as a whole number, None if it is not one."""
    if isinstance(place, Apply) and place.op == "neg":
        inner = _whole(place.args[0])
        return None if inner is None else -inner
    text = place.text if isinstance(place, Number) else str(place) if isinstance(place, int) else ""
    return int(text) if text.removeprefix("-").isdecimal() else None


_FORMS: Mapping[str, Callable[[MatlabWriter, Apply], str]] = {
    "transpose": _transpose,
    "slice": _slice,
    "norm": lambda writer, node: f"norm({writer.write(node.args[0])})",
    "range": _range,
}
"""How each operation is written anew, where not as in plain text."""
