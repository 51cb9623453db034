"""Find which dimensions would have to be equal for a wrong statement to fit, such as `m = n1`."""

from __future__ import annotations

from ..infer import Checked
from ..infer.members import is_constant
from ..ops.arithmetic import UPDATES
from ..shapes.dims import ONE, AnyDim, Dim, Shape, prune, substitute
from ..syntax.nodes import Equation, Name, Node, names_in, walk
from ._rule import Case

MOST = 3
"""The most equalities a note lists: with four or more, the formula is simply wrong."""
Values = dict[str, Dim]
Pair = tuple[AnyDim, AnyDim]


class _Hopeless(Exception):
    """No equality of dimensions makes the statement fit. Raised and caught here."""


def equalities(case: Case) -> list[str]:
    """The equalities under which the whole statement fits.

    Empty if there are none, if there are too many, or if they would make every matrix square.
    """
    if case.checked.equation.sign in UPDATES:
        return []
    try:
        return _search(case)
    except _Hopeless:
        return []


def _search(case: Case) -> list[str]:
    values: Values = {}
    found: list[str] = []
    while (pair := _clash(case, values)) is not None:
        name, dim = _solved(*pair)
        if len(found) == MOST:
            raise _Hopeless
        found.append(f"{name} = {dim}")
        values = {each: substitute(before, {name: dim}) for each, before in values.items()} | {name: dim}
    return [] if _are_square(case, values) else found


def _solved(left: AnyDim, right: AnyDim) -> tuple[str, Dim]:
    """Two dimensions as a symbol and the value it must have."""
    left, right = prune(left), prune(right)
    if not (isinstance(left, Dim) and isinstance(right, Dim)):
        raise _Hopeless
    for one, other in ((left, right), (right, left)):
        if one.symbols == (one.text,) and one.text not in other.symbols:
            return one.text, other
    raise _Hopeless


def _clash(case: Case, values: Values) -> Pair | None:
    """The first two dimensions that still differ after substitution; None if the statement fits."""
    first, *others = case.checked.equation.members
    wanted = _with(case.checked.shapes.get(id(first)), values) if others else None
    for member in others or (first,):
        checked = _tried(case, member, values)
        if checked.failures:
            return _dims_of(checked)
        pair = _unequal(member, wanted, _with(checked.shape, values))
        if pair is not None:
            return pair
    return None


def _tried(case: Case, member: Node, values: Values) -> Checked:
    known = {}
    for node in walk(member):
        shape = case.checked.shapes.get(id(node)) if type(node) is Name else None
        if shape is not None:
            known[id(node)] = tuple(_put(dim, values) for dim in shape)
    return case.section.statements.trial(Equation((member,)), known)


def _dims_of(checked: Checked) -> Pair:
    dims = checked.failures[0].clash.dims
    if len(dims) != 2:
        raise _Hopeless
    return dims[0], dims[1]


def _unequal(member: Node, wanted: Shape | None, given: Shape | None) -> Pair | None:
    if wanted is None or given is None or is_constant(member):
        return None
    if len(wanted) != len(given):
        if all(dim is ONE for dim in (*wanted, *given)):
            return None
        raise _Hopeless
    return next(((a, b) for a, b in zip(given, wanted, strict=True) if a is not b), None)


def _with(shape: Shape | None, values: Values) -> Shape | None:
    return None if shape is None else tuple(_put(dim, values) for dim in shape)


def _put(dim: AnyDim, values: Values) -> AnyDim:
    dim = prune(dim)
    return substitute(dim, values) if isinstance(dim, Dim) else dim


def _are_square(case: Case, values: Values) -> bool:
    """Whether every matrix of the statement would be square (vectors do not count)."""
    nodes = names_in(*case.checked.equation.members)
    shapes = [_with(case.checked.shapes.get(id(node)), values) for node in nodes]
    matrices = [shape for shape in shapes if shape and len(shape) == 2]
    full = [shape for shape in matrices if ONE not in shape]
    return bool(matrices) and all(_is_square(*shape) for shape in full or matrices)


def _is_square(rows: AnyDim, columns: AnyDim) -> bool:
    """Whether two dimensions may be equal; an unknown one can be anything."""
    return rows is columns or not (isinstance(rows, Dim) and isinstance(columns, Dim))
