"""Take a part of weights that stand side by side: `W_f.T dγ` as `W_f[:, n_a:].T dγ`; leave the bias's column out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import AnyDim, Dim, prune
from ..syntax.nodes import Apply, Name, Node, Number, names_in, put_names
from ._repair import Repair, Rewrite, target_shape

_WHOLE = ("range", None, None, None)


Cut: TypeAlias = tuple[tuple[str, Node | None, Node | None, None], int]
"""A range along an axis, and how unlikely it is."""


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    members = checked.equation.members
    if type(node) is Name and not (node is members[0] and len(members) > 1):
        for part, penalty in _parts(node, checked, section):
            yield Rewrite(("use only part of ", node), part, penalty=penalty)
    elif type(node) is Apply and node.op == "add":
        yield from _of_each(node, checked, section)


def _of_each(node: Apply, checked: Checked, section: Section) -> Iterator[Rewrite]:
    """The same part of the weights in each term of a sum."""
    found = [next(_sliceable(term, checked, section), None) for term in node.args]
    names = [name for name in found if name is not None]
    if len(names) < len(node.args):
        return
    for (part, penalty), *others in zip(*(_parts(name, checked, section) for name in names), strict=False):
        parts = {name.key: each for name, each in zip(names, (part, *(other for other, _ in others)), strict=True)}
        yield Rewrite(("use only part of the weights",), put_names(node, parts), penalty=penalty)


def _sliceable(term: Node, checked: Checked, section: Section) -> Iterator[Name]:
    names = names_in(term)
    return (name for name in names if next(_parts(name, checked, section), None) is not None)


def _parts(name: Name, checked: Checked, section: Section) -> Iterator[tuple[Node, int]]:
    """The slices of an array along each of its axes, with how unlikely they are."""
    shape = checked.shapes.get(id(name))
    if shape is None or len(shape) != 2:
        return
    for axis, dim in enumerate(shape):
        if isinstance(dim, Dim):
            for cut, penalty in _cuts(dim, prune(shape[1 - axis]), checked, section):
                yield Apply("slice", (name,), {"items": (cut,) if axis == 0 else (_WHOLE, cut)}), penalty


def _cuts(dim: Dim, other: AnyDim, checked: Checked, section: Section) -> Iterator[Cut]:
    """Where a dimension may be cut: at a term of a sum, after the bias's column of `n + 1`, or at a wanted length."""
    if dim.value is not None:
        yield from _at_lengths(dim.value, other, checked)
        return
    terms = [monomial for monomial, factor in dim.terms if len(monomial) == 1 and factor == 1]
    column = next((factor for monomial, factor in dim.terms if not monomial), 0)
    if column > 0 and len(terms) == 1 == len(dim.terms) - 1:
        yield ("range", Number(str(column)), None, None), 0
        yield ("range", None, _named(terms[0][0], section), None), 1
        return
    for place, (text,) in enumerate(terms if len(dim.terms) > 1 else ()):
        bound = _named(text, section)
        is_first = isinstance(other, Dim) and other.text == text
        yield ("range", None, bound, None), 0 if is_first else 1 + place
        yield ("range", bound, None, None), 0 if is_first else 1 + place


def _named(text: str, section: Section) -> Name:
    from ..notations._names import decompose

    base, indices = decompose(text)
    return Name(text, base, indices, key=section.survey.reading.symbol(base, indices).key)


def _at_lengths(length: int, other: AnyDim, checked: Checked) -> Iterator[Cut]:
    """The parts of a wanted length: without the first column where that is all, for it is the bias's.

    Of weights that are side by side, as an LSTM's are, those of the layer itself, as many as the other side is long,
    come first.
    """
    clashing = (prune(dim) for fact in checked.failures for dim in fact.clash.dims)
    wanted = {dim.value for dim in (*map(prune, target_shape(checked) or ()), *clashing) if isinstance(dim, Dim)}
    first = other.value if isinstance(other, Dim) else None
    for part in sorted(each for each in wanted if each is not None and 1 < each < length):
        rest = length - part
        if rest != 1 and first not in (part, rest):
            continue
        yield ("range", None, Number(str(part)), None), 2 if rest == 1 else int(first != part)
        yield ("range", Number(str(rest)), None, None), int(rest not in (1, first))


repair = Repair("part", 3, _propose)
