"""Write a statement in another notation, as that notation usually spells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..derivation._latex import Latex
from ..notations import Notation
from ..notations.latex._spelling import letters, spelled
from ..ops import is_a
from ..shapes.dims import Shape
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Node, Number
from ._context import DERIVATIVE_SIGNS

_KEPT = ("jacobian", "derivative")


def written(equation: Equation, form: Notation, shapes: Mapping[int, Shape | None] | None = None) -> str:
    """The statement in a notation; `shapes` where its calls are operations, as `resolve` leaves them."""
    settled = shapes is not None
    if form.is_typeset and shapes is not None:
        tree = Latex(lambda node: shapes.get(id(node)), _named, "\\operatorname{sigmoid}").tree
        texts = [form.write(tree(member)) for member in equation.members]
    else:
        spell = _typeset if form.is_typeset else _plain
        texts = [form.write(_bare(member, settled, spell)) for member in equation.members]
    return f" {equation.sign} ".join((texts[0], " = ".join(texts[1:]))) if equation.sign else texts[0]


def _plain(text: str) -> str:
    return text


def _named(name: Name) -> str:
    """A name as it is typeset, that of a gradient by its key where it is spelled by a sign."""
    text = name.key.replace("[", "").replace("]", "") if name.text in DERIVATIVE_SIGNS else name.text
    return spelled(Name(_typeset(text), name.base, name.indices))


def _typeset(text: str) -> str:
    """A name with the number at its end as an index, and Greek letters as commands: `dW_{1}`, `\\delta_{1}`."""
    return re.sub(r"(?<=[^\W\d_])(\d+)\Z", r"_{\1}", text if text.isascii() else letters(text))


def _bare(node: Node, settled: bool, spell: Callable[[str], str]) -> Node:
    """The node without spans, and without its author's sign where each notation has one of its own."""
    if type(node) is Name:
        text = node.key.replace("[", "").replace("]", "") if node.text in DERIVATIVE_SIGNS else node.text
        return Name(spell(text), node.base, node.indices)
    if type(node) is Number:
        return Number(node.text)
    assert type(node) is Apply
    sign = "" if _is_spelled(node) or (settled and node.op not in _KEPT) else node.sign
    params = {name: _parameter(value, settled, spell) for name, value in node.params.items()}
    return Apply(node.op, tuple(_bare(argument, settled, spell) for argument in node.args), params, NOWHERE, sign)


def _is_spelled(node: Apply) -> bool:
    return is_a(node, "transposition", "row") or node.op in ("power", "superscript")


def _parameter(value: Any, settled: bool, spell: Callable[[str], str]) -> Any:
    if isinstance(value, Name | Number | Apply):
        return _bare(value, settled, spell)
    if isinstance(value, str):
        return spell(value)
    if isinstance(value, tuple):
        return tuple(_parameter(each, settled, spell) for each in value)
    if isinstance(value, Mapping):
        return {name: _parameter(each, settled, spell) for name, each in value.items()}
    return value
