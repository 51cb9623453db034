"""Blocks of matrices: `[a, x]`, `[a; x]`, and which way a single row of them lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Shape, Var, prune
from ..shapes.solve import Solver
from ._op import Op, Params, Result
from ._parts import as_columns, block_gradient
from .stacking import Shapes, below, joined, matrices_of
from .stacking import beside as side_by_side


def lies_below(rows: Sequence[object], columns: Sequence[object]) -> bool | None:
    """Whether `[a, x]` in mathematics means `a` above `x`, by the numbers of rows and of columns of its items.

    False, side by side, where the rows agree; True if they do not and the columns do; None if neither does.
    """
    if all(row == rows[0] for row in rows):
        return False
    return True if all(column == columns[0] for column in columns) else None


def block_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """A matrix of blocks; `rows` holds how many stand in each row.

    A single row stands side by side or, in mathematics, as `lies_below` says, where nothing says that it lies `beside`.
    A column of rank 1 alone is of rank 1. In mathematics a number beside a matrix may be a whole column of it, as in
    `[X, 1]`.
    """
    counts = params.get("rows", (len(shapes),))
    for position, shape in enumerate(shapes):
        if shape is not None and len(shape) > 2:
            return Clash("rank", (position,), (), (), {"needs": 2})
    items = tuple(shape if shape is None else as_columns(shape) for shape in shapes)
    is_open = len(counts) == 1 and not params.get("beside")
    whole = _single_row(solver, items) if is_open else grid(solver, items, counts)
    if isinstance(whole, Clash) and solver.mathematics and () in shapes:
        return None
    if whole is None or isinstance(whole, Clash) or whole[1] is not ONE:
        return whole
    return whole[:1] if all(shape is not None and len(shape) == 1 for shape in shapes) else whole


def _single_row(solver: Solver, items: Shapes) -> Result:
    if not solver.mathematics or len(items) == 1:
        return joined(solver, items, 1)
    known = [tuple(map(prune, shape)) for shape in items if shape is not None]
    if not known:
        return None
    lies_down = lies_below([shape[0] for shape in known], [shape[1] for shape in known])
    if lies_down is not False and any(type(dim) is Var for shape in known for dim in shape):
        return _undecided(solver, items)
    return None if lies_down and len(known) < len(items) else joined(solver, items, 0 if lies_down else 1)


def _undecided(solver: Solver, items: Shapes) -> Result:
    """Where an unknown dimension stands in the way: what the known ones leave, unknown if they leave both."""
    fits_beside, fits_below = (_possible(solver, items, axis) for axis in (1, 0))
    if fits_beside and fits_below:
        return None
    return joined(solver, items, 0 if fits_below else 1)


def _possible(solver: Solver, items: Shapes, axis: int) -> bool:
    mark = solver.mark()
    fits = type(joined(solver, items, axis)) is not Clash
    solver.undo(mark)
    return fits


def grid(solver: Solver, items: Shapes, counts: Sequence[int]) -> Result:
    """The rows of a block below one another, so many items in each."""
    lines: list[Shape | None] = []
    starts: list[int] = []
    for places in runs(counts):
        line = joined(solver, items[places.start : places.stop], 1, places)
        if isinstance(line, Clash):
            return line
        lines.append(line)
        starts.append(places.start)
    return joined(solver, tuple(lines), 0, starts)


def runs(counts: Sequence[int]) -> Iterator[range]:
    """The places of the items of each row."""
    start = 0
    for length in counts:
        yield range(start, start + length)
        start += length


def _block_matrix(sp: Any, *items: Any, rows: Sequence[int] | None = None, beside: bool = False) -> Any:
    matrices = matrices_of(sp, items)
    rows = rows or (len(items),)
    if not beside and len(rows) == 1:
        shapes = [matrix.shape for matrix in matrices]
        lies_down = lies_below([shape[0] for shape in shapes], [shape[1] for shape in shapes])
        return (below if lies_down else side_by_side)(sp, *matrices)
    lines = [[matrices[place] for place in places] for places in runs(rows)]
    if len({len(line) for line in lines}) == 1:
        return sp.BlockMatrix(lines)
    return below(sp, *(side_by_side(sp, *line) for line in lines))


def _block_array(np: Any, *arrays: Any, rows: Sequence[int] | None = None, beside: bool = False) -> Any:
    rows = rows or (len(arrays),)
    items = [np.reshape(array, (-1, 1)) if np.ndim(array) < 2 else array for array in arrays]
    if len(rows) == 1 and not beside:
        lies_down = lies_below([item.shape[0] for item in items], [item.shape[1] for item in items])
        whole = np.concatenate(items, axis=0 if lies_down else 1)
    else:
        whole = np.block([[items[place] for place in places] for places in runs(rows)])
    return whole[:, 0] if whole.shape[1] == 1 and all(np.ndim(array) == 1 for array in arrays) else whole


block = Op(
    "block",
    shape=block_rule,
    numpy=_block_array,
    sympy=_block_matrix,
    gradient=block_gradient,
    arity=None,
    parameters=("rows", "beside"),
    kinds=("joining",),
    noun="blocks",
)
