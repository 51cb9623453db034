"""What MATLAB makes of an array along its axes: sums, means, extremes, norms, softmax."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..notations.matlab import notation
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Node, Number
from ..text import Piece, Window
from ._code import ONE, called, sized
from ._matlab_axes import EMPTY, along, along_rows, axes_of, column, rank, transposed, without
from ._numpy_forms import Form, Nodes, Params, Shapes, Unwritten


def _reduced(name: str, *given: Node) -> Form:
    """`sum(A, 1)`, `max(A, [], 'all')`."""

    def form(args: Nodes, params: Params, shapes: Shapes) -> Node:
        axes = axes_of(params, shapes[0])
        return without(called(name, *args, *given, along(axes)), axes, params, shapes[0])

    return form


_sum = _reduced("sum")


def _summed_up(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """A running sum; without an axis it goes along the rows."""
    axes = axes_of(params, shapes[0])
    if axes is None:
        return called("cumsum", along_rows(args[0], shapes[0]), ONE)
    return called("cumsum", *args, along(axes))


def _softmax(args: Nodes, params: Params, shapes: Shapes) -> Node:
    grown = called("exp", *args)
    whole = _sum((grown,), {"axis": params.get("axis") or 0, "keepdims": True}, shapes)
    return Apply("divide", (grown, whole), {}, NOWHERE, " ./ ")


def _norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """The Euclidean norm, of a matrix the one of its entries."""
    order = params.get("ord")
    if order not in (None, "fro", "F", 2):
        form = _matrix_norm if rank(shapes[0]) == 2 and params.get("axis") is None else _vector_norm
        return form(args, params, shapes)
    if params.get("axis") is None and rank(shapes[0]) < 3:
        of_matrix = (Apply("string", (), {"text": "fro"}),) if rank(shapes[0]) == 2 and order != 2 else ()
        return called("norm", *args, *of_matrix, *((Number("2"),) if order == 2 else ()))
    return called("sqrt", _sum((written_out("x.^2", args),), params, shapes))


def _vector_norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    order = params.get("ord", 2)
    rest = {key: value for key, value in params.items() if key != "ord"}
    grown = called("abs", *args)
    if order == "inf":
        return _reduced("max", EMPTY)((grown,), rest, shapes)
    if order in (1, 2):
        return _sum((grown,), rest, shapes) if order == 1 else _norm((column(args[0]),), {}, ((),))
    powers = _sum((Apply("power", (grown, sized(order))),), rest, shapes)
    return Apply("power", (powers, Apply("divide", (ONE, sized(order)))))


def _matrix_norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    order = params.get("ord", 2)
    if order not in (1, 2, "inf"):
        raise Unwritten(f"the norm {order} of a matrix cannot be written in MATLAB")
    if order == 2:
        return called("norm", *args, Number("2"))
    sums = called("sum", called("abs", *args), Number("1" if order == 1 else "2"))
    return called("max", sums, EMPTY, along(None))


def _columns_norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    if rank(shapes[0]) < 2:
        return called("norm", *args)
    return called("sum", called("sqrt", called("sum", written_out("x.^2", args), ONE)), along(None))


def _weighed_norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    entries = column(args[0])
    return called("sqrt", Apply("matmul", (transposed(entries), args[1], entries)))


def written_out(text: str, args: Nodes) -> Node:
    """A text of MATLAB as a tree, with arguments in the place of x, y and z."""
    return _put(_read(text), dict(zip("xyz", args, strict=False)))


@cache
def _read(text: str) -> Node:
    (statement,) = notation.parse(Window((Piece(text, 0),), notation.name)).statements
    assert isinstance(statement, Equation)
    return statement.members[0]


def _put(node: Node, given: Mapping[str, Node]) -> Node:
    if type(node) is Name:
        return given.get(node.text) or Name(node.text, node.base)
    if type(node) is Number:
        return Number(node.text)
    assert type(node) is Apply
    return Apply(node.op, tuple(_put(each, given) for each in node.args), node.params, sign=node.sign)


REDUCED: Mapping[str, Form] = {
    "sum": _reduced("sum"),
    **{name: _reduced(name) for name in ("mean", "prod", "median", "any", "all")},
    **{name: _reduced(name, EMPTY) for name in ("max", "min")},
    **{name: _reduced(name, ONE) for name in ("var", "std")},
    "cumsum": _summed_up,
    "logsumexp": lambda args, params, shapes: called("log", _sum((called("exp", *args),), params, shapes)),
    "softmax": _softmax,
    "log_softmax": lambda args, params, shapes: called("log", _softmax(args, params, shapes)),
    "norm": _norm,
    "vector_norm": _vector_norm,
    "matrix_norm": _matrix_norm,
    "columns_norm": _columns_norm,
    "spectral_norm": lambda args, params, shapes: called("norm", *args, Number("2")),
    "weighed_norm": _weighed_norm,
}
