"""What the gradient of a variable is called: as its author calls it, else in the author's manner."""

from __future__ import annotations

from ..syntax.nodes import NOWHERE, Name
from ..text import Source
from ..values import replace
from ._graph import GRADIENT, Graph

SIGNS = frozenset(("∂", "∂/", "d", "∇"))
"""The texts of names that stand for a whole `∂L/∂W`."""


def in_full(name: Name, source: Source) -> Name:
    """The name as it stands in its text: that of a derivative is its sign alone."""
    return name if name.text not in {"", *SIGNS} else replace(name, text=" ".join(source.slice(name.span).split()))


def gradient_name(graph: Graph, key: str) -> Name:
    """The name of a variable's gradient."""
    spelled = graph.spellings.get(key)
    if spelled is not None:
        return Name(spelled.text, spelled.base, spelled.indices, NOWHERE, GRADIENT + key)
    variable = graph.names[key]
    manner = _manner(graph)
    text = _prefixed(variable.text) if manner == "d{}" else manner.replace("{}", variable.text, 1)
    return Name(text, "d" + variable.base, variable.indices, NOWHERE, GRADIENT + key)


def _manner(graph: Graph) -> str:
    """How the author makes a gradient's name of a variable's: `d{}`, `∂J/∂{}`."""
    for key, spelled in graph.spellings.items():
        variable = graph.names.get(key)
        if variable is not None and variable.text in spelled.text[1:]:
            head, tail = spelled.text.rsplit(variable.text, 1)
            return f"{head}{{}}{tail}"
    return "d{}"


def _prefixed(text: str) -> str:
    """`self.dW`, `dW2`, `params["dW"]`."""
    for sign in ('["', "['", "."):
        head, found, tail = text.rpartition(sign)
        if found:
            return f"{head}{sign}d{tail}"
    return "d" + text
