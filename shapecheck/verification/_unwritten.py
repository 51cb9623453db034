"""What an author leaves out: the forward pass of the convention, and the loss that `dZ = A - Y` speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..conventions import FORWARD
from ..gradient import Claim, Graph, is_loss
from ..sections import Section
from ..shapes.dims import Dim, number, symbol
from ..symbols import Symbol, layer_text
from ..syntax.nodes import Apply, Name, walk
from ._activations import activation_of

HIDDEN = ("", "relu", "tanh", "sigmoid")
"""Activations to try in a forward pass that nobody wrote: first the one that a formula names."""
DEEPEST = 12
"""The most layers of a supplied forward pass, so that one is evaluated in an instant."""


def unwritten(section: Section, graph: Graph | None, claims: Iterable[Claim]) -> Iterator[Sequence[str]]:
    """Equations, as texts, that may stand beside those of a section; the first that explain its gradients hold."""
    claims = list(claims)
    if graph is not None and lost_loss(graph, claims):
        return
    symbols = [*section.survey.reading.by_key.values()]
    if graph is not None and graph.steps:
        yield from _losses(graph, symbols)
        return
    if section.convention.name not in FORWARD:
        return
    for chain in _chains(section, symbols):
        for lines in _passes(section, symbols, chain, _functions(claims)):
            yield tuple(spelled(line, claims) for line in lines)


def lost_loss(graph: Graph, claims: Iterable[Claim]) -> str:
    """Why nothing is known of the loss where it is written; "" where it is not, or is only called some loss."""
    above = {claim.above for claim in claims}
    for key, (what, _) in graph.lost.items():
        unknown = what.split("`")[1] if "`" in what else ""
        if is_loss(Name(unknown, unknown)):
            continue
        if is_loss(Name(key, key)):
            return f"the loss {key} is not understood"
        if key in above:
            return f"the equation of {key} is not understood"
    return ""


def _losses(graph: Graph, symbols: Iterable[Symbol]) -> Iterator[Sequence[str]]:
    """The cross-entropy of what comes out last, where targets are spoken of and there is no loss."""
    target = next((name for name in "Yy" if any(each.key == name for each in symbols)), "")
    if graph.loss is None and target and graph.steps[-1].name.base in ("A", "a", "P"):
        yield (_cross_entropy(graph.steps[-1].name.text, target),)


def _cross_entropy(output: str, target: str) -> str:
    mean = "1/m " if target == "Y" else ""
    return f"J = -{mean}sum({target} * log({output}) + (1 - {target}) * log(1 - {output}))"


def _chains(section: Section, symbols: Sequence[Symbol]) -> Iterator[list[Dim | None]]:
    """The layers of the file in a row: 1 to the last number, and those around each letter."""
    layers = {each.layer for each in symbols if each.layer is not None and each.base.lstrip("d") in "WZAbBwzaδ"}
    numbers = [layer.value for layer in layers if layer.value is not None]
    if numbers and max(numbers) <= DEEPEST:
        yield [number(value) for value in range(1, max(*numbers, 1) + 1)]
    for letter in sorted({name for layer in layers for name in layer.symbols}):
        offsets = [(layer - symbol(letter)).value for layer in layers if layer.symbols == (letter,)]
        known = [offset for offset in offsets if offset is not None]
        if known and max(known) - min(known) <= DEEPEST:
            yield [symbol(letter) + number(offset) for offset in range(min(known), max(known) + 1)]
    if not layers:
        yield [None]


def _functions(claims: Iterable[Claim]) -> dict[str, str]:
    """The activations that the formulas name, by the key of what they are applied to."""
    found: dict[str, str] = {}
    for claim in claims:
        for node in walk(claim.value):
            if type(node) is Apply and len(node.args) == 1 and type(node.args[0]) is Name:
                name = str(node.params["name"]) if node.op == "activation" else node.op.removesuffix("_prime")
                if node.op == "activation" or activation_of(Apply(name, node.args)):
                    found.setdefault(node.args[0].key, name)
    return found


def spelled(text: str, claims: Iterable[Claim]) -> str:
    """An equation with its layers spelled as the author spells them: `Z1`, `Z^{[1]}`, `Z_1`."""
    names = (name for claim in claims for name in walk(claim.name, claim.value))
    for name in names:
        if type(name) is Name and len(name.indices) == 1 and name.indices[0].text in name.text:
            head, tail = name.text.removeprefix(name.base).split(name.indices[0].text, 1)
            if tail in _CLOSING.get(head, ()):
                return tail.join(part.replace("[", head) for part in text.split("]"))
    return text


_CLOSING = {"": ("",), "_": ("",), "_{": ("}",), "^{[": ("]}",), "^{(": (")}",), "^[": ("]",)}
"""How the layer of a name may begin, and how it ends then."""


def _passes(
    section: Section, symbols: Sequence[Symbol], chain: list[Dim | None], functions: dict[str, str]
) -> Iterator[Sequence[str]]:
    """The forward passes through a chain of layers, with and without a loss at its end."""
    bases = section.survey.bases
    lower = bool(bases & set("za")) and not bases & set("ZA")
    target = next((name for name in "Yy" if name in bases), "")
    has_softmax = "softmax" in functions.values()
    for hidden in HIDDEN:
        lines = list(_layers(section, chain, functions, hidden, {each.key for each in symbols}, lower))
        output = lines[-1].partition(" = ")[0]
        if target:
            last = f"{output} = {'softmax' if has_softmax else 'sigmoid'}({lines[-2].partition(' = ')[0]})"
            yield (*lines[:-1], last, _cross_entropy(output, target))
        yield tuple(lines)


def _layers(
    section: Section, chain: list[Dim | None], functions: dict[str, str], hidden: str, keys: set[str], lower: bool
) -> Iterator[str]:
    through, logistic = FORWARD[section.convention.name]
    for layer in chain:
        pattern = logistic if section.table.layout.is_logistic else through
        text = _weighted(_at(pattern, layer, keys), section.survey.bases)
        text = re.sub(r"\b[ZAX](?![\w])", lambda found: found[0].lower(), text) if lower else text
        given = text.partition(" = ")[0]
        key = given if layer is None else f"{given[0]}[{layer_text(layer)}]"
        named = functions.get(key, hidden)
        function = named or ("g" if layer is None else f"g[{layer_text(layer)}]")
        yield text
        yield f"{'a' if lower else 'A'}{given[1:]} = {function}({given})"


def _weighted(text: str, bases: Iterable[str]) -> str:
    """An equation with the letter that its author has for weights; Θ has the biases in it."""
    letter = next((each for each in ("W", "Θ", "Ω", "w") if each in bases or f"d{each}" in bases), "W")
    return re.sub(r" \+ b\[.*", "", text.replace("W", letter)) if letter in "ΘΩ" else text.replace("W", letter)


def _at(pattern: str, layer: Dim | None, keys: Iterable[str]) -> str:
    """A pattern at a layer, layer 0 being X; without layers what comes from the one before is A_prev, or X."""
    if layer is None:
        before = "A_prev" if {"A_prev", "a_prev", "dA_prev", "da_prev"} & set(keys) else "X"
        return pattern.replace("A[l-1]", before).replace("[l-1]", "").replace("[l]", "")
    if layer.value == 1 and not {"A[0]", "a[0]"} & set(keys):
        pattern = pattern.replace("A[l-1]", "X")
    at = {"[l-1]": f"[{layer_text(layer - number(1))}]", "[l]": f"[{layer_text(layer)}]"}
    return re.sub(r"\[l(?:-1)?\]", lambda found: at[found[0]], pattern)
