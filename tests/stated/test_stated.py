"""Each idiom finds what is plainly stated, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.documents import documents
from shapecheck.stated import Stated, find, idioms
from shapecheck.text import Source

from ..documents.reading import notebook


def stated(text: str, document: str = "markdown") -> list[tuple[str, str]]:
    """The names and shapes that a text states."""
    return [(each.name, _shape(each)) for each in find(Source(text), document)]


def _shape(each: Stated) -> str:
    return f"like {each.like}" if each.like else ",".join(dim.text for dim in each.shape)


PROSE = {
    "sets": (
        "Let $X \\in \\mathbb{R}^{n \\times d}$, $W^{[1]}, \\mathbf{U} "
        "\\in \\R^{d_{\\text{model}} \\times k}$ and x ∈ ℝ^{n×d}, b ∈ R^m.",
        [("X", "n,d"), ("W^{[1]}", "d_model,k"), ("\\mathbf{U}", "d_model,k"), ("x", "n,d"), ("b", "m,1")],
    ),
    "sets of something else": (
        "$x \\in \\{0, 1\\}$, $i \\in I$, $x \\in \\mathbb{Z}^n$, $x \\in \\mathbb{R}^{\\dots}$, "
        "$f \\in \\mathbb{R}^n \\times \\mathbb{R}^m$, $W x \\in \\mathbb{R}^m$, $x + b \\in \\mathbb{R}^m$",
        [],
    ),
    "sets of numbers": (
        "bias $b \\in \\mathbb{R}$, $\\lambda \\in \\mathbb{R}_+$ and $M \\in \\{0, 1\\}^{n \\times m}$",
        [("b", ""), ("\\lambda", ""), ("M", "n,m")],
    ),
    "sets in superscripts and fractions": (
        "Let X ∈ ℝⁿˣᵈ and w ∈ ℝᵐ, $E \\in \\mathbb R^{|V| \\times d}$, $W \\in \\mathbb{R}^{\\frac{C}{r} \\times C}$",
        [("X", "n,d"), ("w", "m,1"), ("E", "V,d"), ("W", "C//r,C")],
    ),
    "both sides of an equation": (
        "$$\\delta = \\frac{\\partial L}{\\partial \\mathbf{z}} \\in \\mathbb{R}^{N \\times 1}$$ "
        "$h = W x \\quad \\in \\mathbb{R}^m$",
        [("\\delta", "N,1"), ("\\frac{\\partial L}{\\partial \\mathbf{z}}", "N,1"), ("h", "m,1")],
    ),
    "tables": (
        "| name | dimensions | |\n|---|---|---|\n| $W^{[l]}$ | $(n^{[l]}, n^{[l-1]})$ | weights |\n"
        "| $Z$, $A$ | $n \\times m$ | |\n| W1 | (4, 3) | |\n| `X` | n × m | |\n| $b = c$ | $\\mathbb{R}^{k}$ | |\n"
        "| the output | (4, 3) | |\n| $y$ | as $x$ | |\n",
        [
            ("W^{[l]}", "n[l],n[l-1]"),
            ("Z", "n,m"),
            ("A", "n,m"),
            ("W1", "4,3"),
            ("X", "n,m"),
            ("b", "k,1"),
            ("c", "k,1"),
        ],
    ),
    "tables that state nothing": (
        "| name | value |\n|---|---|\n| $W$ | $(n, m)$ |\n\n| size | name |\n|---|---|\n| (4, 3) | $W$ |\n",
        [],
    ),
    "underbraces": (
        "$$\\underbrace{dZ^{[1]}}_{(n^{[1]}, m)} = \\underbrace{W x}_{n \\times "
        "m} \\underbrace{\\mathbf{W}_2}_{n\\times m} \\underbrace{a}_{error}$$",
        [("dZ^{[1]}", "n1,m"), ("\\mathbf{W}_2", "n,m")],
    ),
    "words": (
        "An $n \\times m$ matrix $A$. `W` is $(n_1, n_0)$. $Z^{[1]}$ has shape $(n^{[1]}, m)$, `b` of size (n, 1).",
        [("A", "n,m"), ("W", "n1,n0"), ("Z^{[1]}", "n1,m"), ("b", "n,1")],
    ),
    "more words": (
        "The shape of `dW` is `(n_h, n_x)`, $B$ is an $n \\times m$ matrix, the $3 \\times n$ weight matrix $C$.",
        [("B", "n,m"), ("C", "3,n"), ("dW", "n_h,n_x")],
    ),
    "words with bare names": (
        "where W is an n × m matrix and x is an m-dimensional vector. Let the input X be the m-by-n matrix of all.",
        [("W", "n,m"), ("x", "m,1"), ("X", "m,n")],
    ),
    "words of several": (
        "$Z$ and $A$ are both $(n, m)$. $U, V$ have shape $(k, l)$; the dimensions of $W^{[l]}$ are $(n_l, n_{l-1})$.",
        [("Z", "n,m"), ("A", "n,m"), ("U", "k,l"), ("V", "k,l"), ("W^{[l]}", "n[l],n[l-1]")],
    ),
    "words of vectors": (
        "$x$ is a $d$-dimensional column vector, $r$ is an $n$-dimensional row vector, `y` is a vector of length n.",
        [("x", "d,1"), ("r", "1,n"), ("y", "n,1")],
    ),
    "counts": (
        "The state $x$ has $n$ entries, the measurement $z$ has $k$ and $\\mathbf{u}$ $m$. "
        "$W$ has $h$ rows and $d$ columns.",
        [("x", "n,1"), ("z", "k,1"), ("\\mathbf{u}", "m,1"), ("W", "h,d")],
    ),
    "counts in vectors": (
        "A vector $x$ with $n$ components, an $m$-vector $v$. If $y$ and $z$ have $p$ and $q$ coordinates, let $a$ be "
        "a vector with 3 entries and $b$ a $k$-dimensional one, the $l$-dimensional input $u$. Let $r$ be a row vector "
        "of length $n$.",
        [(name, f"{size},1") for name, size in zip("xvyzabu", "nmpq3kl", strict=True)] + [("r", "1,n")],
    ),
    "counts in German": (
        "Der Zustand $x$ hat $n$ Einträge, die Messung $z$ $k$. $y$ sei ein $m$-dimensionaler Vektor, $v$ ein Vektor "
        "mit $q$ Komponenten. Die Matrix $W$ hat $d$ Spalten und $h$ Zeilen.",
        [("x", "n,1"), ("z", "k,1"), ("y", "m,1"), ("v", "q,1"), ("W", "h,d")],
    ),
    "counts of something else": (
        "The gradient of $f$ has $n$ entries. $X$ has $d$ features. $x$ has $n$ entries that are zero. The net $g$ has "
        "$n$ layers. An $n$-dimensional subspace $v$. The rows of $w$ have $d$ entries. $x$ has $n$ nonzero entries. "
        "$t$ has $n$ rows. $y$ has many entries, $z$ has $k$.",
        [],
    ),
    "lists": (
        "$V$: shape $(q, r)$\n\n- `W1`: (n_h, n_x)\n- the matrix $U$ ($p \\times q$)\n",
        [("V", "q,r"), ("W1", "n_h,n_x"), ("U", "p,q")],
    ),
    "words in Chinese": (
        "$W^{[1]}$ 的维度为 $(n^{[1]}, m)$，W2的维度是（d_ff，d_model）。$M$ 是 $n \\times m$ 的矩阵",
        [("W^{[1]}", "n1,m"), ("W2", "d_ff,d_model"), ("M", "n,m")],
    ),
    "words that state nothing": (
        "The point $x$ is $(a, b)$; $A$ is $n$; `f` is "
        "(see below); shape matters (n, m). $W x$ is $(n, m)$. $y$ is (x, z). "
        "A vector of length n. I am a 3 x 4. This is a 3 x 4 grid. a is a 3 x 4 array. $G$ is a graph of size $n$.",
        [],
    ),
    "constructors": (
        "`W1 = np.random.randn(n_h, n_x) * 0.01`, `b1 = np.zeros((n_h, 1))`, `v = np.zeros(5)`, `x = foo(n, m)`",
        [("W1", "n_h,n_x"), ("b1", "n_h,1"), ("v", "5")],
    ),
}


@pytest.mark.parametrize("name", PROSE)
def test_prose(name: str) -> None:
    text, expected = PROSE[name]
    assert sorted(expected) == sorted(stated(text))


def test_tables_of_latex() -> None:
    table = (
        "\\begin{tabular}{lll}\n\\hline\nname & shape & \\\\ \\hline\n$W_1$ & $(n, m)$ & weights \\\\\n"
        "$Z, A$ & $n \\times k$ & \\\\[2pt]\nthe rest & (4, 3) & \\\\\n\\end{tabular}\n"
    )
    assert stated(table, "tex") == [("W_1", "n,m"), ("Z", "n,k"), ("A", "n,k")]
    lines = "Text.\n\n| name | shape |\n|---|---|\n| $W$ | $(n, m)$ |\n\nMore.\n"
    assert stated(lines, "tex") == stated(lines, "markdown") == [("W", "n,m")]


PROGRAM = '''"""A module: W of shape (n, m)."""
def forward(X, W1, é=1):
    """
    Argument:
    X -- input data of size (n_x, m)
    W1 -- weight matrix of shape (n_h, n_x)
    q -- input dataset of shape (input size, number of examples)
    - p: Input data, of shape (N, d_1, ..., d_k)
    - w, w2: Weights, of
        shape (D, M)
    - u, v2, t: weights, of shape (D, 4H), (H, 4H) and (4H,)
    - e: (B, 2*T)
    - r: (int, int)
    - cache: (X, W1)
    Y : ndarray of shape (n_ex, n_in)
        labels
    Z : array-like
        Something of shape (n,)

    Args:
        a (np.ndarray): the thing with shape (B, T)
        b (Tensor[float]): either shape (a, b) or shape (c, d)
    :param np.ndarray c: shape (k, l)
    """
    scores = X @ W  # (N, C)
    s2 = X @ W  # shape: (N, C).
    s3 = X  # (1) first
    s4 = X  # (N,)
    s5 = X  # see (a, b)
    self.h = x  # [N, H]
    assert dW.shape == W.shape
    assert(dZ.shape == (n_h, m))
    assert (A2.shape == (1, X.shape[1]))
    assert V.shape == W.shape[0]


def g(x: Float[Array, "n m"], y: Float32[torch.Tensor, 'b *n'], s: Float[Array, ""], v: Float[Array, "n+1"]):
    pass
'''


def test_programs() -> None:
    assert sorted(stated(PROGRAM, "python")) == sorted(
        [
            *[
                ("X", "n_x,m"),
                ("W1", "n_h,n_x"),
                ("w", "D,M"),
                ("w2", "D,M"),
                ("e", "B,2 T"),
                *[("u", "D,4 H"), ("v2", "H,4 H"), ("t", "4 H")],
                ("Y", "n_ex,n_in"),
                ("Z", "n"),
            ],
            *[
                ("q", "input_size,number_of_examples"),
                ("a", "B,T"),
                ("c", "k,l"),
                ("scores", "N,C"),
                ("s2", "N,C"),
                ("s4", "N"),
                ("self.h", "N,H"),
            ],
            *[("dW", "like W"), ("dZ", "n_h,m"), ("x", "n,m"), ("s", ""), ("v", "n + 1")],
        ]
    )


THREE = [("dout", "N,M"), ("w", "D,M"), ("x", "N,D")]
LINES = {
    "dout: (N, M), x: (N, D), w: (D, M)": THREE,
    "dout: (N, M); x: (N, D); w: (D, M)": THREE,
    "dout: (N, M)  x: (N, D)  w: (D, M)": THREE,
    "dout: (N, M), x: (N, D) and w: (D, M)": THREE,
    "dout (N, M), x (N, D), w (D, M)": THREE,
    "dout: [N, M], x: [N, D], w: [D, M]": THREE,
    "dout: N x M, x: N x D, w: D x M": THREE,
    "Gradients for dout of shape (N, M), x of shape (N, D) and w of shape (D, M).": THREE,
    "Shapes: dout: (N, M), x: (N, D), w: (D, M)": THREE,
    "dout: (N, M) upstream, x: (N, D) input, w: (D, M)": THREE,
    "dout, x: (N, D); w: (D,)": [("dout", "N,D"), ("w", "D"), ("x", "N,D")],
    "w: (D,), dout and x: (N, D)": [("dout", "N,D"), ("w", "D"), ("x", "N,D")],
    "x: (N, D), w: scalar": [("w", ""), ("x", "N,D")],
    "dout: scalar, x: (N, D)": [("dout", ""), ("x", "N,D")],
    "x: (N, D) or (D,), w: (D, M)": [("w", "D,M")],
    "as x, w: (D, M)": [("w", "D,M")],
    "dout: like x, w: (D, M)": [("w", "D,M")],
    "cache: (x, w)": [],
    "sizes: [784, 30], kinds: (int, str)": [],
    "the transpose of x (D, N), g (a, b) and of w: (M, D)": [],
}
"""Lines of docstrings and comments that give shapes to the arguments `dout`, `x` and `w`, and what they state."""


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("form", ["    '''{}'''", "    '''Backward.\n\n    {}\n    '''", "    # {}"])
def test_several_names_in_one_line(form: str, line: str) -> None:
    program = f"def backward(dout, x, w):\n{form.format(line)}\n    return x\n"
    assert sorted(stated(program, "python")) == LINES[line]


def test_a_comment_above_a_function_is_about_that_function() -> None:
    text = "# x: (N, D)\n@jit\ndef f(x):\n    pass\n\n# y: (N, C)\n\ndef g(x):\n    return x  # x: (D, N)\n"
    source = Source(text)
    within = [(each.name, each.within and source.slice(each.within)[:5]) for each in find(source, "python")]
    assert within == [("x", "def f"), ("y", None), ("x", "def g")]


def test_parameters_on_lines_of_their_own() -> None:
    parameters = "x: Tensor,  # [B, D]\n    w: Tensor = None,  # (D, M)\n    b=0  # (M,)\n"
    text = f"def f(\n    {parameters}):\n    g(\n        x,  # (D, B)\n    )\n"
    assert stated(text, "python") == [("x", "B,D"), ("w", "D,M"), ("b", "M")]


def test_the_shape_that_a_product_comes_to() -> None:
    assert stated("h = x @ w  # (N, D) @ (D, M) -> (N, M)\n", "python") == [("h", "N,M")]


def test_annotations_of_several_libraries() -> None:
    arguments = (
        'a: Annotated[np.ndarray, "N D"], b: NDArray[Shape["D, M"], Float], c: TensorType["d", "m"], '
        'd: Annotated[NDArray[np.float64], Literal["N", "D"]], e: Annotated[Tensor, "the input"], f: Annotated[int, 3]'
    )
    expected = [("a", "N,D"), ("b", "D,M"), ("c", "d,m"), ("d", "N,D")]
    assert stated(f"def f({arguments}):\n    pass\n", "python") == expected


def test_a_docstring_holds_for_its_function() -> None:
    source = Source("def f(x):\n    '''x: array of shape (n, m)'''\n\ndef é(x):\n    '''x: array of shape (m, n)'''\n")
    within = [source.slice(each.within) for each in find(source, "python") if each.within]
    assert within == ["def f(x):\n    '''x: array of shape (n, m)'''", "def é(x):\n    '''x: array of shape (m, n)'''"]


def test_a_comment_holds_for_the_innermost_function() -> None:
    inner = "    def g(y):\n        b = y  # (n,)\n"
    text = f"a = x  # (n, m)\ndef f(x):\n{inner}    c = b  # (m,)\n\ndef h():\n    pass\nd = c  # (k,)\n"
    source = Source(text)
    within = {each.name: each.within and source.slice(each.within)[:6] for each in find(source, "python")}
    assert within == {"a": None, "b": "def g(", "c": "def f(", "d": None}


def test_what_has_one_axis_lies_in_no_way() -> None:
    (tuple_,) = find(Source("- `b`: `(C,)`;"), "markdown")
    (vector,) = find(Source("Let b \u2208 R^C."), "markdown")
    assert (len(tuple_.shape), tuple_.lone) == (1, False)
    assert (len(vector.shape), vector.lone) == (2, True)


def test_spans_and_scopes() -> None:
    source = Source("# One\n\n> Let $X \\in \\mathbb{R}^{n\n> \\times m}$.\n\n```python\nx = y  # (n, m)\n```\n")
    found = list(find(source, "markdown"))
    assert [source.slice(each.span) for each in found] == ["X \\in \\mathbb{R}^{n\n> \\times m}", "(n, m)"]
    assert [(each.scope, each.notation) for each in found] == [((1,), "latex"), ((1,), "python")]


def test_cells() -> None:
    found = find(Source(notebook(("markdown", "`W` is $(n, m)$"), ("code", "%pylab\nx = y  # (n, m)\n"))), "notebook")
    assert [(each.name, each.cell) for each in found] == [("W", 1), ("x", 2)]


def test_formulas_files_state_only_declarations() -> None:
    assert stated("`W` is $(n, m)$", "formulas") == []


PIECES = """
$ ` ( ) [ ] { } W $X$ `b` is are a an the shape of size n m × \\times \\in ∈ ℝ ^ \\mathbb{R} \\underbrace
_ matrix vector (n, = # , : -- - np.zeros( randn( assert .shape == Float[Array, "
''' def f(): x (N,C) é 1 0 99999999999999999999 ... -1
""".split()
ANY = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*PIECES, " ", " ", "\n", "\n    ", "\x00", "\ud800"]), max_size=40).map("".join),
)


@pytest.mark.parametrize("document", ["markdown", "python", "tex"])
@pytest.mark.parametrize("kind", ["prose", "python"])
@given(text=ANY)
def test_any_text(document: str, kind: str, text: str) -> None:
    if kind == "python" and document != "python":
        text = f"```python\n{text}\n```"
    for each in find(Source(text), document):
        assert 0 <= each.span.start < each.span.end <= len(text)
        assert each.name


def test_every_idiom_names_itself_and_its_texts() -> None:
    kinds = {"prose", "display", "program", "table"}
    assert all(
        idioms[name].name == name and idioms[name].kinds <= kinds and idioms[name].hints for name in idioms.names
    )
    assert "texts" in type(documents["markdown"])._fields
