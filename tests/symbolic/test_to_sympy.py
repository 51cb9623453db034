"""Trees as sympy matrix expressions: broadcasts as ones, readings, ranks, equations, and what has no such form."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import (
    Eq,
    HadamardProduct,
    Identity,
    Integer,
    MatMul,
    MatrixSymbol,
    OneMatrix,
    Symbol,
    Trace,
    symbols,
    tanh,
)

from shapecheck.shapes.dims import Shape, Var, number, symbol
from shapecheck.symbolic import NotAMatrix, dimension, to_sympy
from shapecheck.syntax.nodes import Apply, Equation, Name, Node, Number

N, M, K = (symbol(name) for name in "nmk")
n, m, k = symbols("n m k", integer=True, positive=True)
A, B = MatrixSymbol("A", n, m), MatrixSymbol("B", m, k)
b, v = MatrixSymbol("b", n, 1), MatrixSymbol("v", m, 1)
SHAPES: dict[str, Shape] = {
    "A": (N, M),
    "B": (M, K),
    "C": (N, M),
    "b": (N, number(1)),
    "v": (M,),
    "s": (),
    "T": (N, M, K),
}


def name(text: str) -> Name:
    return Name(text, text, key=text)


def write(op: str, *args: str | Node, result: Shape | None, reading: str = "", **params: Any) -> Any:
    """The sympy form of one operation on names of SHAPES."""
    tree = Apply(op, tuple(name(arg) if isinstance(arg, str) else arg for arg in args), params)
    shapes = {id(arg): SHAPES[arg.text] for arg in tree.args if isinstance(arg, Name)} | {id(tree): result}
    return to_sympy(tree, shapes, {id(tree): reading} if reading else {})


def test_a_dimension_is_a_polynomial() -> None:
    assert dimension(N * M + number(2) * K - number(3)) == n * m + 2 * k - 3
    assert dimension(number(1)) == 1
    assert dimension(Var()) != dimension(Var())


def test_a_column_is_broadcast_by_ones() -> None:
    assert write("add", "A", "b", result=(N, M)) == A + b * OneMatrix(1, m)


def test_rank_one_is_a_row_beside_a_matrix() -> None:
    assert write("add", "A", "v", result=(N, M)) == A + OneMatrix(n, 1) * v.T


def test_a_scalar_is_added_to_each_entry() -> None:
    assert write("add", "A", "s", result=(N, M)) == A + Symbol("s") * OneMatrix(n, m)


def test_a_scalar_scales() -> None:
    assert write("hadamard", "s", "A", result=(N, M)) == Symbol("s") * A
    assert write("divide", "A", "s", result=(N, M)) == A / Symbol("s")
    assert write("product", Number("2"), "A", "B", result=(N, K)) == 2 * A * B


def test_elementwise_operands_are_brought_to_one_shape_first() -> None:
    assert write("hadamard", "A", "b", result=(N, M)) == HadamardProduct(A, b * OneMatrix(1, m))


def test_rank_one_in_products() -> None:
    assert write("matmul", "A", "v", result=(N,)) == A * v
    assert write("matmul", "v", "B", result=(K,)) == (v.T * B).T
    assert write("matmul", "v", "v", result=()) == Trace(v.T * v)


def test_a_sign_with_several_readings() -> None:
    assert write("dot", "A", "B", result=(N, K), reading="product") == MatMul(A, B)
    assert write("dot", "A", "C", result=(N, M), reading="hadamard") == HadamardProduct(A, MatrixSymbol("C", n, m))


def test_reductions_are_products_with_ones() -> None:
    assert write("sum", "A", axis=1, keepdims=True, result=(N, number(1))) == A * OneMatrix(m, 1)
    assert write("sum", "A", axis=-1, keepdims=True, result=(N, number(1))) == A * OneMatrix(m, 1)
    assert write("sum", "A", axis=0, result=(M,)) == A.T * OneMatrix(n, 1)
    assert write("mean", "A", axis=0, keepdims=True, result=(number(1), M)) == OneMatrix(1, n) * A / n


def test_functions_are_applied_to_each_entry() -> None:
    applied = write("tanh", "A", result=(N, M))
    assert (applied.expr, applied.shape) == (A, (n, m))
    assert applied[0, 0] == tanh(A[0, 0])
    assert write("activation", "s", name="g", order=0, result=()).func.__name__ == "g"
    assert write("activation", "s", name="tanh", order=0, result=()) == tanh(Symbol("s"))


def test_blocks_lie_as_their_shapes_say() -> None:
    assert write("block", "A", "C", rows=(2,), result=(N, M + M)).blockshape == (1, 2)
    below = Apply("block", (name("A"), name("B")), {"rows": (2,)})
    shapes = {id(below.args[0]): (N, M), id(below.args[1]): (K, M), id(below): (N + K, M)}
    assert to_sympy(below, shapes).blockshape == (2, 1)


def test_a_slice_has_symbolic_bounds() -> None:
    items = (("range", None, None, None), ("range", number(1), None, None))
    assert write("slice", "A", items=items, result=(N, M - number(1))) == A[:, 1:]


def test_constants() -> None:
    assert write("eye", n=N, result=(N, N)) == Identity(n)
    assert write("ones", shape=(N, number(1)), result=(N, number(1))) == OneMatrix(n, 1)
    assert to_sympy(Number("3"), {}) == Integer(3)


def test_a_dimension_as_a_number_is_the_symbol_of_the_shapes() -> None:
    tree = Apply("product", (name("m"), name("A")))
    shapes: dict[int, Shape] = {id(tree.args[0]): (), id(tree.args[1]): (N, M), id(tree): (N, M)}
    assert to_sympy(tree, shapes) == m * A


def test_an_equation() -> None:
    left, right = name("A"), Apply("neg", (name("C"),))
    shapes = {id(node): (N, M) for node in (left, right, right.args[0])}
    assert to_sympy(Equation((left, right), "="), shapes) == Eq(A, -MatrixSymbol("C", n, m), evaluate=False)
    assert to_sympy(Equation((left,)), shapes) == A


def test_a_chain_is_all_of_its_equations() -> None:
    members = (name("A"), name("C"), name("A"))
    chain = to_sympy(Equation(members, "="), {id(node): (N, M) for node in members})
    assert {A, MatrixSymbol("C", n, m)} <= chain.atoms(MatrixSymbol)


def test_one_by_one_equals_a_scalar() -> None:
    left, right = name("s"), name("w")
    found = to_sympy(Equation((left, right), "="), {id(left): (), id(right): (number(1), number(1))})
    assert found == Eq(Symbol("s"), Trace(MatrixSymbol("w", 1, 1)), evaluate=False)


@pytest.mark.parametrize(
    ("op", "args", "result", "word"),
    [
        ("exp", ("T",), (N, M, K), "exp has 3 axes"),
        ("max", ("A",), (), "max"),
        ("exp", ("A",), None, "exp"),
        ("unknown", ("A",), None, "unknown"),
        ("ravel", ("A",), (N * M,), "ravel"),
    ],
)
def test_what_is_no_matrix_is_named(op: str, args: tuple[str, ...], result: Shape | None, word: str) -> None:
    with pytest.raises(NotAMatrix, match=word):
        write(op, *args, result=result)
