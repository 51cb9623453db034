"""Below which headings a stated shape holds, and what formulas there make of it."""

from __future__ import annotations

import pytest

from shapecheck.check import check_cells
from shapecheck.explain.table import table
from shapecheck.settings import Settings
from shapecheck.text import Source

from ..documents.reading import notebook

SETUP = """# Setup

Let $W \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^{n \\times 1}$ and $X \\in \\mathbb{R}^{n \\times k}$.
"""
RIGHT = "\n$$H = W X$$\n\n$$K = X^T W^T$$\n\n$$u = X^T x$$\n"


def told(text: str, path: str = "notes.md") -> list[tuple[str, str]]:
    """The status of each formula, or the code of what is said of it, with its text."""
    found = []
    for report in check_cells(Source(text, path), Settings()):
        codes = {report.source.slice(each.span): each.code for each in report.diagnostics}
        for formula in report.formulas:
            start, end = formula.span
            here = [each.code for each in report.diagnostics if start <= each.span.start < end]
            found.append((here[0] if here else formula.status, report.source.text[start:end]))
        assert len(codes) <= len(report.formulas)
    return found


def statuses(text: str, path: str = "notes.md") -> list[str]:
    return [status for status, _ in told(text, path)]


def test_what_is_stated_below_one_heading_holds_below_the_next() -> None:
    assert statuses(f"{SETUP}\n# Forward\n{RIGHT}") == ["ok", "ok", "ok"]


def test_a_mistake_below_another_heading_is_found_where_other_formulas_fit() -> None:
    assert statuses(f"{SETUP}\n# Forward\n{RIGHT}\n# Backward\n\n$$D = X W$$\n") == ["ok", "ok", "ok", "SC201"]


def test_where_nothing_fits_the_names_mean_something_else() -> None:
    assert statuses(f"{SETUP}\n# Graphs\n\n$$P = X W$$\n\n$$Q = X X$$\n") == ["unknown", "unknown"]


def test_a_name_stated_anew_begins_something_else() -> None:
    again = "# Again\n\nNow $x \\in \\mathbb{R}^{p \\times 1}$.\n\n$$y = W x$$\n"
    assert statuses(f"{SETUP}\n{again}") == ["unknown"]


def test_the_nearest_heading_goes_first() -> None:
    inner = "## Inner\n\nHere $x \\in \\mathbb{R}^{p \\times 1}$, $W \\in \\mathbb{R}^{q \\times p}$.\n\n$$y = W x$$\n"
    assert statuses(f"{SETUP}\n{inner}\n## Outer\n\n$$y = W X$$\n") == ["ok", "ok"]
    twice = "Or $W \\in \\mathbb{R}^{p \\times p}$.\n"
    assert statuses(f"{SETUP}\n{inner}\n{twice}") == ["unknown"]


def test_what_was_found_below_one_heading_is_known_below_the_next() -> None:
    text = f"{SETUP}\n# Forward\n\n$$H = W X$$\n\n# Backward\n\n$$R = W^T H$$\n\n# Other\n\n$$H = X^T X$$\n"
    assert statuses(text) == ["ok", "ok", "ok"]


def test_a_layer_letter_stands_for_every_layer() -> None:
    stated = "$W^{[l]} \\in \\mathbb{R}^{n_l \\times n_{l-1}}$ and $A^{[l]} \\in \\mathbb{R}^{n_l \\times m}$.\n"
    formulas = "$$Z^{[2]} = W^{[2]} A^{[1]}$$\n\n$$D^{[l]} = W^{[l+1]T} Z^{[l+1]}$$\n\n$$V = W^{[1]} A^{[2]}$$\n"
    assert statuses(f"{stated}\n{formulas}") == ["ok", "ok", "SC201"]


@pytest.mark.parametrize(
    ("formula", "status"),
    [
        ("y = W x", "ok"),
        ("y^T = x^T W^T", "ok"),
        ("y = x W^T", "ok"),
        ("A = y x", "ok"),
        ("A = W y", "SC201"),
        ("y = W^T x", "SC201"),
        ("W = y x^T + x y^T", "SC202"),
        ("v = W u", "ok"),
        ("v = u W^T", "SC201"),
    ],
)
def test_a_vector_lies_either_way_unless_that_is_said(formula: str, status: str) -> None:
    vectors = "$x \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$, $u \\in \\mathbb{R}^{n \\times 1}$"
    assert statuses(f"{vectors}, $W \\in \\mathbb{{R}}^{{m \\times n}}$.\n\n$${formula}$$\n") == [status]


@pytest.mark.parametrize("formula", ["y = x W^T", "A = y x", "D = B + x"])
def test_what_stands_transposed_is_a_column_throughout(formula: str) -> None:
    stated = "$x \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$, $W \\in \\mathbb{R}^{m \\times n}$"
    sets = f"{stated}, $B \\in \\mathbb{{R}}^{{m \\times n}}$.\n"
    upright = "$$G = y x^T$$\n"
    assert statuses(f"{sets}\n$${formula}$$\n") == ["ok"]
    assert statuses(f"{sets}\n{upright}\n$${formula}$$\n")[1].startswith("SC")
    assert statuses(f"{sets}\n$${formula}$$\n\n{upright}")[0].startswith("SC")


def test_a_gradient_of_a_vector_lies_as_it_does() -> None:
    stated = "$x \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$, $W \\in \\mathbb{R}^{m \\times n}$.\n"
    row = "$$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial y} W$$\n"
    assert statuses(f"{stated}\n{row}") == ["ok"]


def test_the_transpose_of_a_name_is_stated() -> None:
    stated = "$x^T \\in \\mathbb{R}^{1 \\times n}$, $W \\in \\mathbb{R}^{m \\times n}$.\n"
    assert statuses(f"{stated}\n$$y = W x$$\n") == ["ok"]


def test_a_function_of_a_vector_may_map_it_to_another_size() -> None:
    stated = "$x \\in \\mathbb{R}^n$, $y \\in \\mathbb{R}^m$.\n"
    assert statuses(f"{stated}\n$$y = f(x)$$\n") == []
    assert statuses(f"{stated}\n$$y = \\sigma(x)$$\n") == ["SC203"]


def test_a_delta_that_nobody_assigns_may_be_an_activation() -> None:
    stated = "$z \\in \\mathbb{R}^c$, $W \\in \\mathbb{R}^{r \\times c}$, $V \\in \\mathbb{R}^{c \\times r}$.\n"
    assert statuses(f"{stated}\n$$s = \\sigma(V \\cdot \\delta(W \\cdot z))$$\n") == ["unknown"]


def test_a_number_in_a_block_may_be_a_column_of_it() -> None:
    stated = "$X \\in \\mathbb{R}^{N \\times D}$, $x \\in \\mathbb{R}^{D \\times 1}$.\n"
    assert statuses(f"{stated}\n$$A = [X, 1]^T X$$\n\n$$a = [x; 1]$$\n") == ["unknown", "ok"]


def test_a_file_numbered_from_0_has_further_layers() -> None:
    stated = "$X \\in \\mathbb{R}^{n_x \\times m}$, $Y \\in \\mathbb{R}^{n_y \\times m}$.\n"
    assert "SC202" not in statuses(f"{stated}\n$$A^{{[0]}} = X$$\n\n$$dZ^{{[L]}} = A^{{[L]}} - Y$$\n")


def test_the_error_of_a_lower_case_z_is_that_of_one_example() -> None:
    stated = "| name | shape |\n|---|---|\n| $z^{[l]}$ | $(n^{[l]}, 1)$ |\n| $b^{[l]}$ | $(n^{[l]}, 1)$ |\n"
    batch = "$$Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$$\n\n"
    assert "SC204" not in statuses(
        f"{stated}\n{batch}$$\\frac{{\\partial L}}{{\\partial b^{{[l]}}}} = \\delta^{{[l]}}$$\n"
    )


CELLS = (
    ("markdown", "$W \\in \\mathbb{R}^{3 \\times 4}$, $x \\in \\mathbb{R}^{3 \\times 1}$."),
    ("markdown", "text\n\n$$y = W x$$"),
)


def test_what_another_cell_states_is_told_by_its_number() -> None:
    (report,) = [each for each in check_cells(Source(notebook(*CELLS), "a.ipynb"), Settings()) if each.diagnostics]
    finding = report.diagnostics[0]
    assert report.source.cell == 2
    assert [report.source.slice(label.span) for label in finding.labels] == ["W", "x"]
    assert "W is 3×4 and x is 3×1, as stated in cell 1" in finding.notes


def test_the_table_of_a_notebook_names_the_cells() -> None:
    rows = {row.symbol: (row.shape, row.known.words) for row in table(Source(notebook(*CELLS), "a.ipynb"))}
    assert rows["W"] == ("3×4", "stated in cell 1")


def test_the_table_of_a_document_knows_what_is_stated() -> None:
    rows = {
        row.symbol: (row.shape, row.known.words) for row in table(Source(f"{SETUP}\n# Next\n\n$$H = W X$$\n", "a.md"))
    }
    assert rows["W"] == ("m×n", "stated on line 3")
    assert rows["H"] == ("m×k", "from line 7: H = W X")


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        ("$x = [1, 2, 3]$, $y = W x$", ["ok"] * 3),
        ("$x = [1, 2, 3]$, $y = x W^T$", ["ok"] * 3),
        ("$x = [1, 2]$, $y = W x$", ["ok", "ok", "SC201"]),
        ("$x = [1, 2, 3]^T$, $y = W x = [1, 4]$", ["ok"] * 3),
        ("$x = [1, 2, 3]^T$, $y = W x = [1, 4, 5]$", ["ok", "ok", "SC203"]),
        ("$x = \\begin{bmatrix} 1 & 2 & 3 \\end{bmatrix}$, $y = W x$", ["ok", "ok", "SC201"]),
    ],
)
def test_a_list_of_numbers_lies_either_way(formulas: str, expected: list[str]) -> None:
    weights = "$$W = \\begin{bmatrix} 1 & 0 & 2 \\\\ 3 & 1 & 1 \\end{bmatrix}$$"
    assert statuses(f"{weights}\n\nLet {formulas}.\n") == expected


def test_a_list_addressed_to_shapecheck_is_a_row() -> None:
    assert statuses("```formulas\nW: 2 x 3\nx = [1, 2, 3]\nW x\n```\n") == ["ok", "SC201"]


RECURRENT = "$\\delta_t, h_t \\in \\mathbb{R}^k$ and $U \\in \\mathbb{R}^{k \\times k}$"


@pytest.mark.parametrize(
    ("forward", "right", "wrong"),
    [
        ("h_t = \\tanh(U h_{t-1})", "\\delta_t h_{t-1}^T", "\\delta_t^T h_{t-1}"),
        ("h_t = \\tanh(h_{t-1} U)", "h_{t-1}^T \\delta_t", "\\delta_t h_{t-1}^T"),
    ],
)
def test_what_defines_a_vector_says_how_it_lies_in_its_gradients(forward: str, right: str, wrong: str) -> None:
    back = "\\delta_{t-1} = U^T \\delta_t" if "U h" in forward else "\\delta_{t-1} = \\delta_t U^T"
    lines = (f"$${forward}$$", f"$${back}$$", "$$\\frac{\\partial L}{\\partial U} = %s$$")
    text = f"Let {RECURRENT}.\n\n" + "\n\n".join(lines)
    assert statuses(text % right) == ["ok", "ok", "ok"]
    assert statuses(text % wrong) == ["ok", "ok", "SC204"]


def test_vectors_of_one_wrong_formula_are_not_turned_in_others() -> None:
    stated = "$x \\in \\mathbb{R}^d$, $W \\in \\mathbb{R}^{h \\times d}$, $b, \\delta \\in \\mathbb{R}^h$"
    wrong = "$$\\frac{\\partial L}{\\partial W} = \\delta^T x$$"
    text = f"Let {stated}.\n\n$$z = W x + b$$\n\n{wrong}\n\n$$\\frac{{\\partial L}}{{\\partial x}} = W^T \\delta$$\n"
    assert [status[:2] for status in statuses(text)] == ["ok", "SC", "ok"]


def test_a_bias_lies_as_its_sum_wants() -> None:
    stated = "$x \\in \\mathbb{R}^{1 \\times D}$, $W \\in \\mathbb{R}^{D \\times H}$ and $b \\in \\mathbb{R}^H$"
    formulas = "$$z = x W + b$$\n\n$$h = \\tanh(z)$$\n\n$$dx = dz W^T$$\n\n$$dx = W dz$$"
    assert statuses(f"Let {stated}.\n\n{formulas}\n") == ["ok", "ok", "ok", "SC201"]


@pytest.mark.parametrize("line", ["dout: (N, M), x: (N, D), w: (D, M)", "dout (N, M), x (N, D) and w (D, M)"])
@pytest.mark.parametrize(("formula", "status"), [("x.T.dot(dout)", "ok"), ("dout.T.dot(x)", "SC204")])
def test_several_names_in_one_line_hold_in_their_function(line: str, formula: str, status: str) -> None:
    for said in (f"'''{line}'''", f"# {line}"):
        program = f"def backward(dout, x, w):\n    {said}\n    dw = {formula}\n    return dw\n"
        assert statuses(program, "a.py") == [status]


def test_names_before_one_shape_share_it() -> None:
    said = "'''dout, x_norm: (N, D); gamma: (D,)'''"
    lines = "dgamma = np.sum(dout * x_norm, axis=0)\n    gamma -= 0.1 * dgamma\n    dx_norm = dout * gamma"
    assert statuses(f"def backward(dout, x_norm, gamma):\n    {said}\n    {lines}\n", "a.py") == ["ok"] * 3


@pytest.mark.parametrize(
    "said",
    [
        "The state $x$ has $n$ entries, the measurement $z$ has $k$.",
        "Der Zustand $x$ hat $n$ Einträge, die Messung $z$ hat $k$.",
        "Here $x$ is a vector with $n$ components, and $z$ is a $k$-vector.",
        "$H$ has $k$ rows and $n$ columns.",
    ],
)
@pytest.mark.parametrize(("gain", "status"), [("P H^T S^{-1}", "ok"), ("P H S^{-1}", "SC201")])
def test_what_is_counted_in_words_is_stated(said: str, gain: str, status: str) -> None:
    text = f"{said}\n\n$$z = H x$$\n\n$$S = H P H^T + R$$\n\n$$K = {gain}$$\n"
    assert statuses(text)[-1] == status


HESSIAN = "$X \\in \\mathbb{R}^{m \\times n}$, $\\mu, y \\in \\mathbb{R}^m$ and $H = X^T S X$."
LOGISTIC = "Let $X$ be an $m \\times n$ matrix, $y \\in \\mathbb{R}^m$ and $\\mu = \\sigma(X w)$."


@pytest.mark.parametrize(
    ("said", "formula", "status"),
    [
        (HESSIAN, "w_{t+1} = w_t - H^{-1} X (\\mu - y)", "SC201"),
        (HESSIAN, "w_{t+1} = w_t - H^{-1} X^T (\\mu - y)", "ok"),
        (HESSIAN, "u = u + \\eta H X (y - \\mu)", "SC201"),
        (HESSIAN, "u = u + \\eta H X^T (y - \\mu)", "ok"),
        (LOGISTIC, "g = X (\\mu - y)", "SC201"),
        (LOGISTIC, "g = X^T (\\mu - y)", "ok"),
    ],
)
def test_a_product_of_what_is_stated_is_told_beside_what_is_not(said: str, formula: str, status: str) -> None:
    assert statuses(f"{said}\n\n$${formula}$$\n")[-1] == status


def test_the_sizes_of_an_example_say_nothing_against_letters() -> None:
    example = "For $m = 3$, $n = 5$ the matrix $W$ has 3 rows and 5 columns, and $X$ is a 5 × 7 matrix."
    assert statuses(f"{SETUP}{RIGHT}\n{example}") == ["ok", "ok", "ok"]
    assert statuses(f"{SETUP}{RIGHT}\n## Sizes\n\n{example}\n\n$$J = W X$$") == ["ok", "ok", "ok", "ok"]
    assert statuses(f"{SETUP}{RIGHT}\n## Sizes\n\n{example}\n\n$$J = X W$$") == ["ok", "ok", "ok", "SC201"]


def test_the_sizes_of_an_example_hold_where_there_are_no_letters() -> None:
    example = "With $m = 3$ and $n = 5$ the matrix $W$ has 3 rows and 5 columns, and $X$ is a 5 × 7 matrix."
    assert statuses(f"{example}\n\n$$J = W X$$\n\n$$J = X W$$") == ["ok", "SC201"]
