"""What is written in LaTeX is read back as the same tree, new or with its author's signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.notations import notations
from shapecheck.notations._names import decompose
from shapecheck.syntax.nodes import NOWHERE, Apply, Equation, Name, Node, Number
from shapecheck.text import Piece, Window

from ..test_round_trip import operations

LATEX = notations["latex"]
NAMES = {
    r"\mathbf{W}^{[2]}": "W^{[2]}",
    r"W^{[l]}": "W^{[l]}",
    r"dZ^{(l-1)}": "dZ^{(l-1)}",
    r"\hat{y}": "y\u0302",
    r"A_{\text{prev}}": "A_{prev}",
    "x": "x",
    r"\theta_1": "θ_1",
    r"a^{[l](i)}": "a^{[l](i)}",
    r"c^{\langle t \rangle}": "c⟨t⟩",
    "W": "W",
}


def name(text: str) -> Name:
    return Name(text, *decompose(NAMES[text]))


names = st.sampled_from(list(NAMES)).map(name)
atoms = names | st.sampled_from(["3", "2", "0.5"]).map(Number)


def pairs(op: str, sign: str) -> st.SearchStrategy[Node]:
    return st.tuples(names, names).map(lambda both: Apply(op, both, sign=sign))


def more(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    bounds = {"index": "i", "low": Number("1"), "high": Name("m", "m")}
    sums = children.map(lambda node: Apply("sigma", (node,), bounds))
    stacks = st.lists(children, min_size=2, max_size=3).map(
        lambda rows: Apply("block", tuple(Apply("row", (row,)) for row in rows))
    )
    symbols = st.sampled_from(["∂", "d", "∇", "∂/"]).flatmap(lambda sign: pairs("derivative", sign))
    inverses = children.map(lambda node: Apply("inverse", (node,)))
    roots = children.map(lambda node: Apply("call", (Name(r"\sqrt", "sqrt"), node)))
    return sums | stacks | symbols | inverses | roots


def told_apart(node: Node) -> bool:
    """Whether no operation stands in it that LaTeX has no sign for, no power that it reads as an index."""
    if type(node) is not Apply:
        return True
    simple = node.op == "power" and type(node.args[0]) is Name and type(node.args[1]) is not Apply
    before = [each for each in node.args[:-1] if type(each) is Apply and each.op == "derivative"]
    return node.op not in ("matmul", "tuple") and not simple and not before and all(map(told_apart, node.args))


trees = st.recursive(atoms, lambda children: operations(children, False) | more(children), max_leaves=9).filter(
    told_apart
)


def read(text: str) -> Node:
    program = LATEX.parse(Window((Piece(text, 0),), "latex"))
    assert program.troubles == [], text
    (statement,) = program.statements
    assert isinstance(statement, Equation), text
    return statement.members[0]


@given(trees, st.sampled_from(["^T", r"^\top", "^{T}", "T}", r"\top}", ".T"]), st.sampled_from([r"\frac", " / "]))
def test_latex_is_read_back(tree: Node, transpose: str, divide: str) -> None:
    style = LATEX.style._replace(transpose=transpose, divide=divide)
    text = LATEX.write(tree, "", style)
    assert unsigned(tree) == unsigned(read(text)), text


def unsigned(node: Node) -> Node:
    """The tree without the spelling of its numbers' names, and without brackets of which it is the product of one."""
    if type(node) is not Apply:
        return node
    if node.op == "product" and len(node.args) == 1:
        return unsigned(node.args[0])
    params = {key: value for key, value in node.params.items() if value is not None}
    return Apply(node.op, tuple(map(unsigned, node.args)), params)


def bare(node: Node) -> Node:
    if isinstance(node, Apply):
        return Apply(node.op, tuple(map(bare, node.args)), node.params, NOWHERE, node.sign)
    return Name(node.text, node.base, node.indices) if isinstance(node, Name) else Number(node.text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"W^{[2]T} \delta", r"W^{[2]T} \delta"),
        (r"W^{[2] \top} \delta", r"W^{[2] \top} \delta"),
        (r"{W^{[2]}}^T \delta", r"{W^{[2]}}^T \delta"),
        (r"W^T_2 x", r"W_2^T x"),
        (r"A\cdot\mathbf{B}", r"A \cdot \mathbf{B}"),
        (r"\frac 1 m A", r"\frac{1}{m} A"),
        (r"\left(A + B\right)^\top C", r"(A + B)^\top C"),
        (r"g^{[1]'}(Z^{[1]})", r"g^{[1]}'(Z^{[1]})"),
        (r"\nabla_W L", r"\nabla_{W} L"),
        (r"\operatorname{softmax}(z)", r"\operatorname{softmax}(z)"),
        (r"\begin{pmatrix} a \\ x \end{pmatrix}", r"\begin{bmatrix} a \\ x \end{bmatrix}"),
    ],
)
def test_an_author_s_signs_stay(text: str, written: str) -> None:
    assert written == LATEX.write(bare(read(text)), "", LATEX.style)


@pytest.mark.parametrize(
    ("array", "sign", "written"),
    [
        (r"W^{[2]}", "T}", r"W^{[2]T}"),
        (r"W^{[2]}", r" \top}", r"W^{[2] \top}"),
        (r"W^{[2]}", "^T", r"W^{[2]T}"),
        (r"W^{(l+1)}", r"^\top", r"W^{(l+1)\top}"),
        ("W", "T}", "W^T"),
        ("W", r"\top}", r"W^\top"),
        (r"A B", "T}", r"(A B)^T"),
        (r"\frac{\partial L}{\partial Y}", "^T", r"(\frac{\partial L}{\partial Y})^T"),
    ],
)
def test_a_new_transpose(array: str, sign: str, written: str) -> None:
    node = Apply("transpose", (bare(read(array)),))
    assert written == LATEX.write(node, "", LATEX.style._replace(transpose=sign))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("W[2]", "W^{[2]}"),
        ("δ", r"\delta"),
        ("x̂", r"\hat{x}"),
        ("A_prev", r"A_{\text{prev}}"),
        ("a[l](i)", "a^{[l](i)}"),
    ],
)
def test_plain_names_are_spelled(text: str, written: str) -> None:
    assert written == LATEX.write(Name(text, *decompose(text)), "", LATEX.style)
