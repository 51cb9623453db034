"""What is written as Python is read back as the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.notations import notations
from shapecheck.notations._names import decompose
from shapecheck.notations.python import PYTHON
from shapecheck.notations.python._writer import PythonWriter
from shapecheck.syntax.dump import dump
from shapecheck.syntax.nodes import Apply, Equation, Name, Node, Number, replace, walk
from shapecheck.text import Piece, Window


def name(text: str) -> Name:
    return Name(text, *decompose(text))


def parse(text: str) -> list[Equation]:
    program = notations["python"].parse(Window((Piece(text, 0),), "python"))
    assert program.troubles == [], text
    return [each for each in program.statements if isinstance(each, Equation)]


names = st.sampled_from(["W2", "dZ1", "A_prev", "x", "self.W", 'grads["W1"]', "θ"]).map(name)
atoms = names | st.sampled_from(["1", "2", "0.5"]).map(Number)


def operations(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def of(op: str, least: int, most: int) -> st.SearchStrategy[Node]:
        return st.lists(children, min_size=least, max_size=most).map(lambda args: Apply(op, tuple(args)))

    sums = of("add", 2, 4).filter(lambda node: isinstance(node, Apply) and not any(map(is_sum, node.args)))
    calls = st.tuples(st.sampled_from(["np.dot", "g", "np.sum"]).map(name), children).map(lambda a: Apply("call", a))
    methods = st.tuples(children, children).map(lambda args: Apply("method", args, {"method": "dot"}))
    shapes = children.map(lambda node: Apply("attribute", (node,), {"name": "shape"}))
    compared = of("compare", 2, 2).map(lambda node: Apply("compare", node.args, {"sign": "<="}))
    parts = st.tuples(children, children).map(lambda args: Apply("slice", args))
    either = of("join", 2, 2).map(lambda node: Apply("join", node.args, {"test": "a > b"}))
    kinds = [of(op, 2, 3) for op in ("hadamard", "matmul")] + [
        of(op, 2, 2) for op in ("divide", "remainder", "power", "logical_and", "logical_or")
    ]
    kinds += [of("neg", 1, 1), of("transpose", 1, 1), of("logical_not", 1, 1), of("tuple", 2, 3)]
    return st.one_of([*kinds, sums, calls, methods, shapes, compared, parts, either])


def is_sum(node: Node) -> bool:
    return type(node) is Apply and node.op == "add"


def settled(node: Node) -> bool:
    """Whether a tree is one that the reader makes: an index alone is an entry of nothing, a tuple is an argument."""
    for each in walk(node):
        if type(each) is Apply and each.op == "slice" and type(each.args[1]) is not Number:
            return False
        if type(each) is Apply and each.op != "call" and any(type(a) is Apply and a.op == "tuple" for a in each.args):
            return False
    return type(node) is Apply


trees = st.recursive(atoms, operations, max_leaves=9).filter(settled)


@given(trees)
def test_python_is_read_back(tree: Node) -> None:
    text = notations["python"].write(tree, "", PYTHON)
    (equation,) = parse(f"y = {text}")[-1:]
    if type(tree) is Apply and tree.op == "tuple":
        return
    assert dump(tree) == dump(equation.members[-1]), text


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("dW = np.dot(dZ, A)", "A", Apply("transpose", (name("A"),)), "np.dot(dZ, A.T)"),
        ("dW = dZ@A", "A", Apply("transpose", (name("A"),)), "dZ@A.T"),
        ("dW = 1/m * dZ.dot(A)", "A", Apply("add", (name("A"), name("B"))), "1/m * dZ.dot(A + B)"),
        ("y = a - b * c", "b", Apply("add", (name("b"), name("d"))), "a - (b + d) * c"),
        ("y = a - b", "b", Apply("neg", (name("b"),)), "a - -b"),
        ("y = (a + b).T @ c", "c", Apply("matmul", (name("c"), name("d"))), "(a + b).T @ (c @ d)"),
    ],
)
def test_the_rest_keeps_its_spelling(text: str, old: str, new: Node, expected: str) -> None:
    (equation,) = parse(text)
    tree = equation.members[-1]
    target = next(node for node in walk(tree) if type(node) is Name and node.text == old)
    assert expected == PythonWriter(text, PYTHON).write(replace(tree, target, new))
