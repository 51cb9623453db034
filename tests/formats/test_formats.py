"""What holds for every format, and the layout of each."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.diagnostic import Diagnostic, FormulaResult, Label, Report, Severity, Shape, Status
from shapecheck.formats import Options, formats
from shapecheck.formats._cells import width
from shapecheck.formats._format import summary_line
from shapecheck.formats._wrap import wrap
from shapecheck.text import Source, Span

from .reports import hostile, right, span, swapped

CODES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("name", formats.names)
@pytest.mark.parametrize("columns", [1, 20, 40, 80, 200])
@pytest.mark.parametrize("color", [False, True])
def test_every_format_keeps_hostile_text_whole(name: str, columns: int, color: bool) -> None:
    text = formats[name].render([swapped(), right(), hostile()], Options(columns, color, verbose=True))
    shown = CODES.sub("", text) if color else text
    assert "dZ[l]" in shown
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", shown)
    assert not re.search("^::error(::| file=x::)forged", shown, re.MULTILINE)
    assert text.endswith("\n")


@pytest.mark.parametrize("name", formats.names)
def test_every_format_is_the_same_with_and_without_color(name: str) -> None:
    reports = [swapped(), hostile()]
    plain = formats[name].render(reports, Options(verbose=True))
    assert CODES.sub("", formats[name].render(reports, Options(color=True, verbose=True))) == plain


@pytest.mark.parametrize("name", formats.names)
def test_every_format_renders_nothing(name: str) -> None:
    assert formats[name].name == name
    text = formats[name].render([], Options())
    assert not text or text.endswith("\n")


@pytest.mark.parametrize("columns", [80, 200])
@pytest.mark.parametrize("name", ["full", "concise", "json", "jsonl", "junit"])
def test_a_report_lists_the_formulas_when_verbose(name: str, columns: int) -> None:
    assert "[bold]W[/bold]" in formats[name].render([hostile()], Options(columns, verbose=True))


@given(st.text(min_size=1, max_size=200), st.integers(1, 120), st.data())
def test_any_text_and_any_spans_are_laid_out(text: str, columns: int, data: st.DataObject) -> None:
    offsets = st.integers(0, len(text))
    spans = [Span(*sorted((data.draw(offsets), data.draw(offsets)))) for _ in range(4)]
    labels = tuple(Label(each, f"label {number}") for number, each in enumerate(spans[1:]))
    report = Report(Source(text, "x"), [], [Diagnostic("SC201", "x", "error", "m", spans[0], labels)])
    shown = formats["full"].render([report], Options(columns))
    assert all(f"label {number}" in shown for number in range(3)) or columns < 40
    assert "\r" not in shown
    json.loads(formats["json"].render([report], Options()))


def full(*reports: Report, columns: int = 100, verbose: bool = False, quiet: bool = False) -> str:
    return formats["full"].render(reports, Options(columns, verbose=verbose, quiet=quiet))


def test_full_shows_operands_fix_and_notes() -> None:
    expected = """\
error[SC201]: inner dimensions differ: dZ2 is n2×m, W2.T is n1×n2
  --> <formula>:1:7
  |
1 | dZ1 = dZ2 W2.T * g1'(Z1)
  |       ^^^ ---- n1×n2: n1 rows
  |       |
  |       n2×m: m columns
  |
  = help: swap the factors: W2.T dZ2 is (n1×n2)(n2×m) = n1×m, the shape of dZ1
  |
  |       dZ1 = W2.T dZ2 * g1'(Z1)
  |             ^^^^^^^^
  = note: shapes from the coursera convention (columns are examples); override with -s
  = note: the formula is right as written in the batch-first layout (rows are examples)
checked 1 formula: 1 error
"""
    assert full(swapped()) == expected


def test_full_says_what_a_right_formula_is() -> None:
    expected = "ok: dZ1 is n1×m  (coursera: columns are examples)\nchecked 1 formula: all right\n"
    assert full(right()) == expected
    assert full(right("a.formulas")) == "checked 1 formula: all right\n"
    assert full(right(), quiet=True) == ""


def test_full_counts_and_lists_what_was_not_understood() -> None:
    text = "a = f(b)\nc = d"
    unknown = Report(
        Source(text, "x.formulas"),
        [
            FormulaResult(span(text, "a = f(b)"), "unknown", "a", None),
            FormulaResult(span(text, "c = d"), "ok", "c", ()),
        ],
    )
    assert full(unknown, swapped("y.formulas")).endswith("checked 3 formulas: 1 error, 1 not understood\n")
    assert "not understood: x.formulas:1:1: a = f(b)\n" in full(unknown, verbose=True)


def test_errors_on_no_formula_are_counted() -> None:
    report = Report(Source("", "x"), [], [Diagnostic("SC001", "unreadable-file", "error", "cannot", Span(0, 0))])
    assert full(report) == "error[SC001]: cannot\n  --> x:1:1\nchecked 0 formulas: 1 error\n"
    assert full(report, right("y.formulas")).endswith("checked 1 formula: all right; 1 error elsewhere\n")


def counted(text: str, status: Status, *found: tuple[str, Severity]) -> str:
    """The last line for a text whose first line is a formula, with findings of a severity at parts of it."""
    formula = FormulaResult(Span(0, len(text.partition("\n")[0].rstrip())), status, None, None)
    findings = [Diagnostic("SC201", "x", severity, "m", span(text, part)) for part, severity in found]
    return summary_line([Report(Source(text, "x"), [formula], findings)])


def test_formulas_are_counted_and_not_findings() -> None:
    text = "a = b c  !\nd: 3"
    assert counted(text, "error", ("b", "error"), ("c", "error")) == "checked 1 formula: 1 error"
    assert counted("a = b c  !", "error", ("!", "error"), ("b", "error")) == "checked 1 formula: 1 error"
    assert counted(text, "ok", ("b", "warning"), ("c", "warning")) == "checked 1 formula: 1 warning"
    assert counted(text, "error", ("b", "error"), ("c", "warning")) == "checked 1 formula: 1 error"
    assert counted(text, "unknown", ("d", "error")) == "checked 1 formula: 1 not understood; 1 error elsewhere"
    assert counted(text, "ok", ("d", "warning")) == "checked 1 formula: all right; 1 warning elsewhere"


def test_an_error_behind_the_blanks_at_the_end_of_a_formula_stands_on_it() -> None:
    found = Diagnostic("SC101", "unexpected-token", "error", "m", Span(9, 9))
    report = Report(Source("a = b **  ", "x"), [FormulaResult(Span(0, 8), "error", "a", None)], [found])
    assert summary_line([report]) == "checked 1 formula: 1 error"


def test_what_a_question_mark_in_a_shape_means() -> None:
    def said(shape: Shape, convention: str | None) -> str:
        report = Report(Source("A"), [FormulaResult(Span(0, 1), "ok", "A", shape)], [], (), convention)
        return full(report).partition("\n")[0]

    assert (
        said(("n1", None), "coursera") == "ok: A is n1×?  (coursera: columns are examples; ? is any number of examples)"
    )
    assert said((None, "n1"), "torch") == "ok: A is ?×n1  (torch: rows are examples; ? is any number of examples)"
    assert said((None, "n1"), "coursera") == "ok: A is ?×n1  (coursera: columns are examples; ? is unknown)"
    assert said(("n1", None), None) == "ok: A is n1×?  (? is unknown)"


def test_what_is_missing_is_said_of_what_is_not_understood() -> None:
    formula = FormulaResult(Span(0, 5), "unknown", "a", None, "the shape of b is not known")
    report = Report(Source("a = b", "x.formulas"), [formula])
    assert "  because: the shape of b is not known\n" in full(report, verbose=True)
    assert "a = b (the shape of b is not known)\n" in formats["concise"].render([report], Options(verbose=True))
    assert "because" not in full(report)


def snippet(text: str, *labels: tuple[str, str], columns: int = 80) -> list[str]:
    found = tuple(Label(span(text, part), words) for part, words in labels)
    report = Report(Source(text, "x"), [], [Diagnostic("SC201", "x", "error", "m", found[0].span, found)])
    return full(report, columns=columns).splitlines()[3:-1]


def test_labels_on_one_line_are_stacked_from_the_right() -> None:
    assert snippet("aa + bb + cc", ("aa", "first"), ("bb", "second"), ("cc", "third")) == [
        "1 | aa + bb + cc",
        "  | ^^   --   -- third",
        "  | |    |",
        "  | |    second",
        "  | first",
    ]


def test_labels_of_one_place_stand_below_each_other() -> None:
    assert snippet("aa + bb", ("aa", "first"), ("aa +", "second")) == [
        "1 | aa + bb",
        "  | ^^-- second",
        "  | |",
        "  | first",
    ]


def test_labels_on_other_lines_have_their_numbers() -> None:
    assert snippet("W: 3 x 4\n\nx: 5\n# c\nW x", ("W x", "does not fit"), ("W: 3 x 4", "declared here")) == [
        "1 | W: 3 x 4",
        "  | -------- declared here",
        "...",
        "5 | W x",
        "  | ^^^ does not fit",
    ]


def test_a_place_of_several_lines_is_marked_on_each() -> None:
    assert snippet("a = (b +\n     c)", ("(b +\n     c)", "n×m")) == [
        "1 | a = (b +",
        "  |     ^^^^",
        "2 |      c)",
        "  |      ^^ n×m",
    ]


def test_columns_are_those_of_the_screen() -> None:
    assert snippet("\t漢字e\u0301 \x07 W", ("e\u0301", "one"), ("W", "two")) == [
        "1 |     漢字e\u0301 \\x07 W",
        "  |         ^      - two",
        "  |         |",
        "  |         one",
    ]


def test_a_long_line_is_cut_around_the_places() -> None:
    text = "A B " * 50 + "here" + " C D" * 50 + " there"
    lines = snippet(text, ("here", "n×m"), ("there", "m×n"), columns=60)
    assert all(width(line) <= 60 for line in lines)
    assert "here" in lines[0]
    assert lines[0].endswith("there")
    assert lines[0].count("...") == 2
    assert lines[1].index("^") == lines[0].index("here")
    assert lines[1].index("-") == lines[0].index("there")


def test_a_long_place_is_cut_in_its_middle() -> None:
    text = "x = (" + "A B " * 100 + "C)"
    lines = snippet(text, (text[4:], "too wide"), columns=50)
    assert all(width(line) <= 50 for line in lines)
    assert lines[0].startswith("1 | x = (A B")
    assert lines[0].endswith("C)")
    assert "^" * 20 in lines[1]


def test_long_words_are_wrapped() -> None:
    lines = snippet("aa + bb", ("aa", "a word " * 12), ("bb", "other word " * 12), columns=40)
    assert all(width(line) <= 40 for line in lines)
    assert " ".join(line[4:].replace("|", " ") for line in lines).split().count("word") == 24


def test_concise_is_a_line_a_finding() -> None:
    assert formats["concise"].render([swapped("a.formulas"), right("b.formulas")], Options()) == (
        "a.formulas:1:7: error[SC201]: inner dimensions differ: dZ2 is n2×m, W2.T is n1×n2; "
        "swap the factors: W2.T dZ2 is (n1×n2)(n2×m) = n1×m, the shape of dZ1\n"
        "checked 2 formulas: 1 error\n"
    )


def test_json_has_the_documented_keys() -> None:
    whole = json.loads(formats["json"].render([swapped(), hostile()], Options()))
    assert list(whole) == ["version", "formulas", "diagnostics", "summary"]
    assert whole["version"] == 1
    assert whole["formulas"][0] == {
        "path": "<formula>",
        "cell": None,
        "line": 1,
        "column": 1,
        "text": "dZ1 = dZ2 W2.T * g1'(Z1)",
        "status": "error",
        "name": "dZ1",
        "shape": None,
    }
    assert whole["formulas"][1]["shape"] == [None, 4, "n_a + n_x"]
    assert whole["formulas"][1]["cell"] == 3
    found = whole["diagnostics"][0]
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (1, 7, 1, 10)
    assert found["labels"][1] == {
        "line": 1,
        "column": 11,
        "end_line": 1,
        "end_column": 15,
        "message": "n1×n2: n1 rows",
    }
    edit = {"line": 1, "column": 7, "end_line": 1, "end_column": 15, "text": "W2.T dZ2"}
    assert found["fixes"][0]["edits"] == [edit]
    assert found["fixes"][0]["safe"] is True
    assert whole["summary"] == {
        "files": 2,
        "formulas": 3,
        "ok": 1,
        "errors": 1,
        "warnings": 1,
        "unknown": 1,
        "findings": 2,
    }


@pytest.mark.parametrize("columns", range(16, 90))
def test_what_is_to_be_typed_is_not_broken(columns: int) -> None:
    command = '-s "dZ2: n x m"'
    text = f"the shapes of dZ2, W2 and Z1 are not known; declare them, as in {command} or `Z = W X + b`, and again"
    lines = wrap(text, columns)
    assert " ".join(lines) == text
    assert all(len(line) <= columns for line in lines)
    assert columns <= len(command) or any(command in line for line in lines)
    assert any("`Z = W X + b`" in line for line in lines)


def test_an_open_quote_breaks_nothing() -> None:
    text = 'a 5" pipe and ' + "more words " * 20 + "`"
    assert " ".join(wrap(text, 30)) == text
