"""What is written is read back as the same tree, in every notation."""

from hypothesis import given
from hypothesis import strategies as st

from shapecheck.notations import notations
from shapecheck.notations._names import decompose
from shapecheck.notations._style import Style
from shapecheck.syntax.nodes import Apply, Equation, Name, Node, Number
from shapecheck.text import Piece, Window

SURFACE = Style(power="**")
FUNCTIONS = ("g", "tanh", "np.sum")


def name(text: str) -> Name:
    return Name(text, *decompose(text))


names = st.sampled_from(["W2", "dZ[1]", "A_prev", "x", "b_{l-1}", "a[l](i)", "X", "θ"]).map(name)
numbers = st.sampled_from(["3", "2", "0.5"]).map(Number)
"""No 1: as a factor that is the vector of ones."""
atoms = names | numbers
plain_names = st.sampled_from(["W2", "A_prev", "x", "X", "θ", "∂W"]).map(name)
"""Names of code alone: behind them a bracket holds positions."""


def operations(children: st.SearchStrategy[Node], matlab: bool) -> st.SearchStrategy[Node]:
    """One operation over smaller trees, of those that the notation tells apart."""

    def of(op: str, least: int, most: int) -> st.SearchStrategy[Node]:
        return st.lists(children, min_size=least, max_size=most).map(lambda args: Apply(op, tuple(args)))

    calls = st.tuples(st.sampled_from(FUNCTIONS).map(name), children).map(lambda args: Apply("call", args))
    primed = children.map(lambda node: Apply("call", (Apply("prime", (name("g"),)), node)))
    sums = of("add", 2, 4).filter(lambda node: not any(type(a) is Apply and a.op == "add" for a in node.args))
    both = [sums, of("neg", 1, 1), of("hadamard", 2, 3), of("matmul", 2, 3), of("divide", 2, 2)]
    both += [of("transpose", 1, 1), of("power", 2, 2), calls, primed, of("tuple", 2, 3)]
    if not matlab:
        both += [of("product", 2, 3).filter(tells_a_product), of("dot", 2, 2), of("norm", 1, 1)]
        both += [st.tuples(names, atoms).map(lambda pair: Apply("superscript", (pair[0], Number("2"))))]
    return st.one_of(both)


def tells_a_product(node: Node) -> bool:
    """Whether no name stands before what may be written in brackets: that would be a call."""
    assert isinstance(node, Apply)
    before = [type(argument) is Name for argument in node.args[:-1]]
    return not any(named and type(after) is Apply for named, after in zip(before, node.args[1:], strict=True))


def trees(matlab: bool, atoms: st.SearchStrategy[Node] = atoms) -> st.SearchStrategy[Node]:
    return st.recursive(atoms, lambda children: operations(children, matlab), max_leaves=9)


def read(notation: str, text: str) -> Node:
    program = notations[notation].parse(Window((Piece(text, 0),), notation))
    assert program.troubles == [], text
    (statement,) = program.statements
    assert isinstance(statement, Equation), text
    return statement.members[0]


@given(trees(matlab=False))
def test_plain_is_read_back(tree: Node) -> None:
    text = notations["plain"].write(tree, "", SURFACE)
    assert tree == read("plain", text), text


@given(trees(matlab=True, atoms=plain_names | numbers))
def test_julia_is_read_back(tree: Node) -> None:
    text = notations["julia"].write(tree, "", notations["julia"].style)
    assert tree == read("julia", text), text


@given(trees(matlab=True))
def test_matlab_is_read_back(tree: Node) -> None:
    text = notations["matlab"].write(tree, "", notations["matlab"].style)
    assert tree == read("matlab", text), text
