"""What comments say to shapecheck: declarations and directives, and pragmas with the formula that each is for."""

from __future__ import annotations

from .reading import found, notebook, passages


def told(text: str, document: str) -> list[tuple[str, tuple[str, ...] | None]]:
    """The text of each window, and the codes of its pragma."""
    return [(each.window.text.strip(), each.pragma and each.pragma.codes) for each in passages(text, document)]


def test_declarations() -> None:
    text = (
        "a <!-- shapecheck: W1: n1 x n0 --> b\n\n<!-- shapecheck\n@convention "
        "coursera\n\nX: (n0,\n    m)  # examples\n-->\n<!-- W: n -->\n"
    )
    expected = ["W1: n1 x n0", "@convention coursera", "X: (n0, m)"]
    assert [window for _, window in found(text, "markdown")] == expected
    assert all(each.explicit for each in passages(text, "markdown"))


def test_declarations_in_other_comments() -> None:
    assert found("% shapecheck: W: n\n% W: n\n$a = b$", "tex") == [("plain", "W: n"), ("latex", "a = b")]
    assert found(".. shapecheck: W: n\n", "rst") == [("plain", "W: n")]
    python = passages('x = "# shapecheck: b: n"\n# shapecheck: W: n\n', "python")
    assert [(each.window.notation, each.explicit) for each in python] == [("python", False), ("plain", True)]
    assert python[1].window.text.strip() == "W: n"


def test_only_what_is_addressed_is_explicit() -> None:
    text = "$a = b$\n```formulas\nc = d\n```\n```math\ne = f\n```\n```python\ng = h\n```\n"
    assert [each.explicit for each in passages(text, "markdown")] == [False, True, False, False]


def test_a_pragma_is_for_the_formula_on_its_line() -> None:
    text = "$a = b$ and $c = d$ <!-- shapecheck: expect: SC201 --> $e = f$\n"
    assert told(text, "markdown") == [("a = b", None), ("c = d", ("SC201",)), ("e = f", None)]


def test_a_pragma_is_for_the_next_formula() -> None:
    text = "$a = b$\n\n<!-- shapecheck: ignore[SC204] -->\n\n<!-- shapecheck: W: n -->\n\nText\n\n$$\nc = d\n$$\n"
    assert told(text, "markdown") == [("a = b", None), ("W: n", None), ("c = d", ("SC204",))]


def test_a_pragma_without_a_formula_stands_alone() -> None:
    assert told("$a = b$\n\n<!-- shapecheck: ignore -->\n", "markdown") == [("a = b", None), ("", ())]


def test_pragmas_in_rows() -> None:
    text = "\\begin{align}\na &= b \\\\ % expect: SC201\nc &= d \\\\\n% shapecheck: ignore\ne &= f\n\\end{align}\n"
    assert told(text, "tex") == [("a &= b", ("SC201",)), ("c &= d", None), ("e &= f", ())]


def test_pragmas_in_programs_are_listed() -> None:
    text = "a = b  # expect: SC201\nc = '# expect: SC202'\nd = e  # shapecheck: ignore[SC204]\n"
    passage = passages(text, "python")[0]
    assert [(each.kind, each.codes) for each in passage.pragmas] == [("expect", ("SC201",)), ("ignore", ("SC204",))]
    assert [text[each.span.start : each.span.end] for each in passage.pragmas] == [
        "expect: SC201",
        "shapecheck: ignore[SC204]",
    ]


def test_pragmas_in_fences_stand_in_the_host() -> None:
    text = "> ```formulas\n> a = b  # expect: SC201\n> ```\n> ```python\n> c = d  # expect: SC202\n> ```\n"
    formula, program = passages(text, "markdown")
    assert formula.pragma is not None
    assert text[formula.pragma.span.start : formula.pragma.span.end] == "expect: SC201"
    assert text[program.pragmas[0].span.start : program.pragmas[0].span.end] == "expect: SC202"


def test_fences_are_numbered() -> None:
    text = "$a = b$\n```formulas\nc = d\ne = f\n```\n```python\ng = h\n```\n"
    assert [each.block for each in passages(text, "markdown")] == [0, 1, 1, 2]


def test_lines_of_ipython_are_left_out() -> None:
    program = passages(
        notebook(("code", "%matplotlib inline\nZ = W @ X\n!ls\nx = !ls\nnp.dot?\ny = a % b\n")), "notebook"
    )[0]
    assert program.window.text == "Z = W @ X\ny = a % b\n"
    assert passages(notebook(("code", "%%bash\nZ = W"), ("raw", "$a = b$")), "notebook") == []
