"""Find the names that are gradients by their author's notation: a bar, an array as an index, a sign in front."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from unicodedata import combining, normalize

from ..notations._names import decompose
from ..symbols import ERRORS, Reading, Symbol
from ..syntax.nodes import Apply, Index, Name, Node, walk
from ..values import NamedTuple
from ._names import Names, Spelled

BEFORE = "δ"
"""What stands as a word of its own before the name whose gradient it makes: `δ h_t`."""
_HEADS = frozenset("gGδΔ")
"""Letters that make a gradient of the array below them without a word of their author."""
_BAR = "\u0304"
_GIVEN = {"accent": 2, "head": 3}
"""How many names have to be given that way, where nobody says that these are gradients."""
_DRAWN = {"accent": 1, "head": 2}
"""How many of them have to be computed of others."""
_BEHIND = 3
"""How many names must follow a sign for it to mark gradients: two may be any names with a common letter."""


class _Mark(NamedTuple):
    """What makes a name that of a gradient: an "accent", a "head" with the variable below it, a sign "after"."""

    kind: str
    sign: str


def adjoints(names: Names, reading: Reading) -> dict[str, Symbol]:
    r"""The bases of gradients by the text's own notation, with their variables: `\bar X`, `g_V`, `\delta h`, `v^*`.

    Their author says what his marks mean, or gives several names that have one, beside those without.
    """
    bases = {symbol.base for symbol in reading.by_key.values()} - reading.numbers
    found = {name: [(mark, of) for mark, of in _marked(name, reading) if of.base in bases] for name in names.spelled}
    marks = _defined(names, reading) | _repeated(names, found)
    variables: dict[str, Symbol] = {}
    for name, ways in found.items():
        symbol = reading.read(*name)
        for mark, of in ways:
            if mark in marks:
                variables[symbol.base] = of if symbol.layer is None else of._replace(layer=None)
    return _called(names, reading) | variables


def _marked(name: Spelled, reading: Reading) -> Iterator[tuple[_Mark, Symbol]]:
    """The marks that a name may have, each with the name without it."""
    base, indices = name
    if _is_marked(base):
        text = normalize("NFD", base)
        yield _Mark("accent", text[1]), reading.read(normalize("NFC", text[0] + text[2:]), indices)
    if base[0] == BEFORE and len(base) > 1:
        yield _Mark("before", BEFORE), reading.read(base[1:], indices)
    for at, index in enumerate(indices):
        if index == Index("_", "*"):
            yield _Mark("behind", "*"), reading.read(base, (*indices[:at], *indices[at + 1 :]))
        elif index.kind in "_(" and index.text[:1].isalpha() and reading.read(base, (index,)).base != base:
            yield _Mark("head", base), reading.read(*_below(index.text))


def may_be_gradient(name: Spelled) -> bool:
    """Whether a name has a mark that may make it a gradient where nobody says so."""
    return (name[0] in _HEADS and bool(name[1])) or _is_marked(name[0])


def _is_marked(base: str) -> bool:
    return not base.isascii() and any(map(combining, normalize("NFD", base)[1:2]))


def _below(text: str) -> Spelled:
    """The name in an index: `h_t` of `h,t`."""
    first, comma, rest = text.partition(",")
    base, indices = decompose(first)
    return base, (*indices, Index("_", rest)) if comma else indices


def _defined(names: Names, reading: Reading) -> set[_Mark]:
    """The marks of the names of which their author says that they are gradients."""
    pairs = names.gradients | names.called
    return {mark for name, of in pairs for mark, bare in _marked(name, reading) if bare == reading.read(*of)}


def _called(names: Names, reading: Reading) -> dict[str, Symbol]:
    """The names without a mark that their author calls gradients: `G`, "the gradient of the loss by Y"."""
    found = {reading.read(*name): reading.read(*of) for name, of in names.called}
    return {
        name.base: of._replace(layer=None) if name.layer == of.layer else of
        for name, of in found.items()
        if name.base not in ERRORS and not name.of and of.key in reading.by_key
    }


def _repeated(names: Names, found: dict[Spelled, list[tuple[_Mark, Symbol]]]) -> set[_Mark]:
    """The marks of which it is plain that they make gradients, as several names have them that equations give.

    A bar may mean a mean too, and an index may tell one array from another: gradients are computed of gradients.
    """
    given: defaultdict[_Mark, set[str]] = defaultdict(set)
    drawn: defaultdict[_Mark, set[str]] = defaultdict(set)
    targets = {target.name for target in names.targets}
    for name, ways in found.items():
        for mark, of in ways:
            if name in targets:
                given[mark].add(of.base)
            if any(mark in dict(found.get(other, ())) for other in names.drawn.get(name, ())):
                drawn[mark].add(of.base)
    usual = {_Mark("accent", _BAR), *(_Mark("head", sign) for sign in _HEADS)}
    return {mark for mark in usual if len(given[mark]) >= _GIVEN[mark.kind] and len(drawn[mark]) >= _DRAWN[mark.kind]}


def is_before(names: Names, calling: Iterable[Node]) -> bool:
    """Whether the δ of a text makes gradients of the names after it: it never stands alone, or its author says so."""
    if any(name is not None for node in calling for name in behind(node)):
        return True
    return None not in names.behind and len(names.behind) >= _BEHIND


def behind(node: Node) -> Iterator[Spelled | None]:
    """The names that stand after a δ in a tree, one after the other; None if no name stands after one."""
    for part in walk(node):
        parts = part.args if type(part) is Apply else ()
        is_product = type(part) is Apply and part.op == "product"
        for first, second in zip_longest(parts, parts[1:]):
            if _is_sign(first):
                yield _first(second) if is_product else None
    if _is_sign(node):
        yield None


def _is_sign(node: Node | None) -> bool:
    return type(node) is Name and node.base == BEFORE and not node.indices


def _first(node: Node | None) -> Spelled | None:
    while type(node) is Apply and node.op in ("transpose", "prime", "superscript"):
        node = node.args[0]
    return (node.base, node.indices) if type(node) is Name else None
