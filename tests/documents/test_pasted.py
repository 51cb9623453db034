"""What is pasted is read: a formula between quotes, behind a prompt, in a display; a message with its line of code."""

from __future__ import annotations

import traceback

import numpy as np
import pytest

from shapecheck.check import check
from shapecheck.diagnostic import Report
from shapecheck.text import Source

FORMULA = "dZ1 = W2.T dZ2"
AROUND = """\
“{}”
”{}”
„{}“
«{}»
`{}`
```{}```
'{}'
"{}"
‘{}’
**{}**
<code>{}</code>
>>> {}
... {}
In [3]: {}
In[12]: {}
Out[3]: {}
$ {}
- {}
– {}
* {}
• {}
1. {}
2) {}
(3) {}
(a) {}
[4] {}
> {}
> > {}
-> {}
⇒ {}
assert {}
print({})
   `{}`.
- `{}`
1. “{}”,
In [3]: print({})
{}.
{},
{};
{} \\\\
{} ✓
"""


@pytest.mark.parametrize("around", AROUND.splitlines())
@pytest.mark.parametrize("formula", [FORMULA, "dW1 = 1/m dZ1 X.T", "b = [1; 2]", "y' = x' W'"])
def test_what_stands_around_a_formula_is_no_part_of_it(around: str, formula: str) -> None:
    report = check(Source(around.format(formula)))
    assert [said(report, each.span).rstrip(".,;") for each in report.formulas] == [formula]
    assert report.diagnostics == []


def said(report: Report, span: tuple[int, int]) -> str:
    return report.source.text[span[0] : span[1]]


@pytest.mark.parametrize(
    "display", [r"\[ {} \]", r"\( {} \)", "$${}$$", "${}$", r"\begin{{equation}}{}\end{{equation}}"]
)
def test_a_display_is_read(display: str) -> None:
    report = check(Source(display.format("dZ_1 = W_2^T dZ_2")))
    assert [(each.status, each.shape) for each in report.formulas] == [("ok", ("n1", "m"))]


def test_rows_of_a_display_go_on() -> None:
    rows = r"dZ_1 &= W_2^T dZ_2 \\", r"dW_1 &= \frac{1}{m} dZ_1 X^T \\", r"  &= \frac{1}{m} dZ_1 A_0^T"
    text = "\n".join((r"\begin{align}", *rows, r"\end{align}"))
    assert [each.shape for each in check(Source(text)).formulas] == [("n1", "m"), ("n1", "n0")]


def test_words_around_mathematics_are_left_out() -> None:
    report = check(Source("With the weights $W_2$ the gradient is $dZ_1 = W_2^T dZ_2$, as we know."))
    assert [said(report, each.span) for each in report.formulas] == ["dZ_1 = W_2^T dZ_2"]


@pytest.mark.parametrize(
    "formula",
    [
        "(1 - A1) * A1",
        "-A1 A1.T",
        "W1' * dZ1",
        "[A1; X]",
        "1/m dZ1",
        "2 dZ1",
        "(W1) X",
        "(x) y = z",
        "dZ1 - A1 '",
        "1e-8 + A1",
    ],
)
def test_a_formula_that_begins_or_ends_so_is_whole(formula: str) -> None:
    report = check(Source(formula))
    assert [said(report, each.span) for each in report.formulas] == [formula]


def test_several_pasted_lines_are_several_formulas() -> None:
    text = ">>> dZ1 = W2.T @ dZ2\n>>> dW2 = dZ2 @ A1\n# expect nothing\n- db1 = dZ1  # shapecheck: ignore[SC204]\n"
    report = check(Source(text))
    assert [each.status for each in report.formulas] == ["ok", "error", "ok"]
    assert [(each.code, report.source.place(each.span.start)) for each in report.diagnostics] == [("SC201", (2, 11))]


@pytest.mark.parametrize(
    "text",
    [
        "dZ1 = (W2.T dZ2\n  * g1'(Z1))",
        "dZ1 = W2.T dZ2 \\\n  * g1'(Z1)",
        ">>> dZ1 = (W2.T @ dZ2\n...        * g1'(Z1))",
        "C = [dZ1;\n - dZ1]",
    ],
)
def test_a_line_that_goes_on_is_no_entry_of_a_list(text: str) -> None:
    (formula,) = check(Source(text)).formulas
    assert formula.status == "ok"
    assert said(check(Source(text)), formula.span).endswith(text.splitlines()[-1].strip())


def test_a_program_is_read_as_one() -> None:
    text = "import numpy as np\n\ndef back(x, dout):\n    # x: (N, D), dout: (N, M)\n    return x @ dout\n"
    for given in (text, "".join(f">>> {line}\n" for line in text.splitlines())):
        assert [each.code for each in check(Source(given)).diagnostics] in ([], ["SC201"])
        assert [each.status for each in check(Source(given)).formulas] != []


PROGRAMS = {
    "np.dot(X, W1)": ["X", "W1"],
    "X @ W1 + b": ["X", "W1"],
    "X.T.dot(W1.T)": ["X.T", "W1.T"],
    "np.tanh(X @ W1)": ["X", "W1"],
    "1 / 5 * np.matmul(X, W1)": ["X", "W1"],
    "(X - 1) @ np.exp(W1)": ["(X - 1)", "np.exp(W1)"],
    "net['W'] @ W1": ["net['W']", "W1"],
    "X + W1": ["X", "W1"],
    "np.multiply(X, W1.T)": ["X", "W1.T"],
    "v + X": ["v", "X"],
}


@pytest.mark.parametrize("code", PROGRAMS)
@pytest.mark.parametrize("form", ["{}", "Z = {}", "print({})", "return_ = {}"])
def test_the_line_of_a_traceback_has_the_shapes_of_its_message(code: str, form: str) -> None:
    X, W1, v = np.ones((3, 4)), np.ones((7, 11)), np.ones(5)
    text = raised(form.format(code), {"np": np, "X": X, "W1": W1, "v": v, "b": 1.0, "net": {"W": X}})
    report = check(Source(text))
    (found,) = report.diagnostics
    assert found.code in ("SC201", "SC202", "SC206")
    labelled = {said(report, label.span): label.message for label in found.labels}
    for operand in PROGRAMS[code]:
        shape = eval(operand, {"np": np, "X": X, "W1": W1, "v": v, "net": {"W": X}}).shape
        assert any(str(size) in labelled[operand] for size in shape)


def raised(code: str, names: dict[str, object]) -> str:
    """The traceback of a line, with the line as the interpreter shows it for a file."""
    try:
        exec(compile(code, "net.py", "exec"), names)
    except ValueError:
        lines = traceback.format_exc().splitlines()
        at = next(number for number, line in enumerate(lines) if "net.py" in line)
        return "\n".join(["Traceback (most recent call last):", lines[at], f"    {code}", *lines[at + 1 :]])
    pytest.fail(f"{code} raises nothing")


def test_ipython_shows_its_line_with_an_arrow() -> None:
    text = (
        "-------------------------------------------\n"
        "ValueError        Traceback (most recent call last)\n"
        "Cell In[3], line 2\n"
        "      1 X = load()\n"
        "----> 2 dW = np.dot(X, dZ)\n"
        "\n"
        "ValueError: shapes (3,4) and (5,3) not aligned: 4 (dim 1) != 5 (dim 0)\n"
    )
    (found,) = check(Source(text)).diagnostics
    assert found.fixes[0].formula == "dW = np.dot(dZ, X)"


def test_frames_of_a_library_are_passed_over() -> None:
    text = (
        'Traceback (most recent call last):\n  File "train.py", line 12, in forward\n    h = torch.mm(x, self.w1)\n'
        '  File "/usr/lib/python3.11/site-packages/torch/functional.py", line 9, in mm\n    return a @ b\n'
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (3x4 and 5x3)\n"
    )
    (found,) = check(Source(text)).diagnostics
    assert (found.code, found.fixes[0].formula) == ("SC201", "h = torch.mm(self.w1, x)")


def test_marks_tell_which_operation_it_is() -> None:
    text = "    Z = (A @ B) + (C @ D)\n                   ~~^~~\n"
    text += "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature"
    text += " (n?,k),(k,m?)->(n?,m?) (size 5 is different from 4)"
    (found,) = check(Source(text)).diagnostics
    assert "C is r×4, D is 5×s" in found.message


NOT_ALIGNED = "shapes (3,4) and (5,3) not aligned: 4 (dim 1) != 5 (dim 0)"
MESSAGES = {
    NOT_ALIGNED: ["3×4: 4 columns", "5×3: 5 rows"],
    "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) "
    "(size 5 is different from 4)": ["4 columns", "5 rows"],
    "mat1 and mat2 shapes cannot be multiplied (3x4 and 5x3)": ["3×4: 4 columns", "5×3: 5 rows"],
    "size mismatch, m1: [3 x 4], m2: [5 x 3] at /tmp/x.cpp:961": ["3×4: 4 columns", "5×3: 5 rows"],
    "Matrix size-incompatible: In[0]: [3,4], In[1]: [5,3]": ["3×4: 4 columns", "5×3: 5 rows"],
    "operator *: nonconformant arguments (op1 is 3x4, op2 is 5x3)": ["3×4: 4 columns", "5×3: 5 rows"],
    "DimensionMismatch: A has dimensions (3,4) but B has dimensions (5,3)": ["3×4: 4 columns", "5×3: 5 rows"],
    "dot_general requires contracting dimensions to have the same shape, got (4,) and (5,).": ["4 columns", "5 rows"],
    "shapes (3,) and (4,) not aligned: 3 (dim 0) != 4 (dim 0)": ["(3,): 3 entries", "(4,): 4 entries"],
    "operands could not be broadcast together with shapes (3,4) (5,) ": ["3×4", "(5,)"],
    "operator +: nonconformant arguments (op1 is 3x4, op2 is 5x3)": ["3×4", "5×3"],
    "add got incompatible shapes for broadcasting: (3, 4), (5,).": ["3×4", "(5,)"],
    "Incompatible shapes: [3,4] vs. [5] [Op:AddV2]": ["3×4", "(5,)"],
    "The size of tensor a (4) must match the size of tensor b (5) at non-singleton dimension 1": [],
    "non-broadcastable output operand with shape (3,1) doesn't match the broadcast shape (3,4)": [
        "3×4: the result",
        "3×1: the array it is written to",
    ],
    "output with shape [3, 1] doesn't match the broadcast shape [3, 4]": [
        "3×4: the result",
        "3×1: the array it is written to",
    ],
    "could not broadcast input array from shape (3,4) into shape (3,)": [
        "3×4: the result",
        "(3,): the array it is written to",
    ],
    "cannot reshape array of size 12 into shape (5,2)": ["5×2"],
    "shape '[5, 2]' is invalid for input of size 12": ["5×2"],
    "axis 1 is out of bounds for array of dimension 1": [],
    "Dimension out of range (expected to be in range of [-1, 0], but got 1)": [],
    "all the input array dimensions except for the concatenation axis must match exactly, but along dimension 0, the "
    "array at index 0 has size 3 and the array at index 1 has size 4": [],
    "Sizes of tensors must match except in dimension 1. Expected size 3 but got size 4 for tensor number 1": [],
    "Last 2 dimensions of the array must be square": [],
}


@pytest.mark.parametrize("prefix", ["", "ValueError: ", "E       RuntimeError: "])
@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_alone_is_explained(message: str, prefix: str) -> None:
    report = check(Source(prefix + message))
    (found,) = report.diagnostics
    assert (found.code, found.severity, report.formulas) == ("SC216", "error", [])
    assert [label.message for label in found.labels] == MESSAGES[message]
    assert all(said(report, label.span) in message for label in found.labels)


FAILING = [
    "np.dot(np.ones((3, 4)), np.ones((5, 3)))",
    "np.ones((3, 4)) @ np.ones((5, 3))",
    "np.ones(3) @ np.ones(4)",
    "np.ones((3, 4)) + np.ones(5)",
    "np.add(np.ones((3, 1)), np.ones((3, 4)), out=np.ones((3, 1)))",
    "np.ones((3, 4)).reshape(5, 2)",
    "np.ones(3).sum(axis=1)",
    "np.hstack([np.ones((3, 4)), np.ones((2, 4))])",
    "np.linalg.inv(np.ones((3, 4)))",
    "np.ones((3, 1)).__setitem__(slice(None), np.ones((3, 4)))",
]


@pytest.mark.parametrize("code", FAILING)
def test_what_this_numpy_says_is_known(code: str) -> None:
    with pytest.raises(Exception) as raised:
        eval(code, {"np": np})
    assert [each.code for each in check(Source(str(raised.value))).diagnostics] == ["SC216"]


def test_a_long_line_of_signs_takes_no_time() -> None:
    for text in (
        "> " * 9_000,
        "1) " * 6_000,
        "<a>" * 6_000,
        "`" * 19_000,
        "a" + " " * 19_000 + "b",
        "✓ " * 9_000,
        f"{' + '.join('A' * 5_000)}\n{NOT_ALIGNED}",
    ):
        assert check(Source(text)).source.text == text
