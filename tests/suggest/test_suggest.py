"""What is true of all fixes: they check, say why they fit, are safe only alone, and cost no more than they may."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.suggest import _search
from shapecheck.suggest._fixes import DOUBT, SHOWN
from shapecheck.suggest._search import NodePlace
from shapecheck.syntax.nodes import Equation, Node
from shapecheck.text import Source, apply_edits
from tests.random_formulas.examples import Example, examples
from tests.random_formulas.spell import declaration

from .fixes import findings, fixes, formulas


def _source(example: Example) -> str:
    """A text with the declarations of a formula, and the formula as its last line."""
    declared = "".join(f"{declaration(name, dims)}\n" for name, dims in example.declared.items())
    return f"{declared}{example.text}\n"


WRONG = [_source(example) for example in examples(120, 11) if example.mistake]


@pytest.mark.parametrize("text", WRONG)
def test_a_fixed_text_has_no_finding(text: str) -> None:
    for finding in findings(text, "x.formulas"):
        for fix in finding.fixes:
            fixed = apply_edits(text, fix.edits)
            assert fixed.splitlines()[-1] == fix.formula
            assert [found for found in findings(fixed, "x.formulas") if found.severity != "info"] == []


@pytest.mark.parametrize("text", WRONG)
def test_only_what_stands_alone_is_safe(text: str) -> None:
    for finding in findings(text, "x.formulas"):
        assert len(finding.fixes) <= SHOWN
        assert not any(fix.safe for fix in finding.fixes) or len(finding.fixes) == 1
        assert (DOUBT in finding.notes) == (len(finding.fixes) > 1)
        assert len({fix.formula for fix in finding.fixes}) == len(finding.fixes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A, B: n x m ;; C = A B", ["C = A * B", "C = A B.T", "C = A.T B"]),
        ("A, B: n x m ;; A B", ["A * B", "A B.T", "A.T B"]),
        ("W: 3 x 4 ;; x, b: 4 x 1 ;; y = W x + b", ["y = W (x + b)"]),
    ],
)
def test_no_other_reading_is_safe_where_the_left_side_says_nothing(text: str, expected: list[str]) -> None:
    found = fixes(text)
    assert [fix.formula for fix in found] == expected
    assert not any(fix.safe for fix in found)


def test_a_reading_is_safe_where_the_left_side_wants_it() -> None:
    (fix,) = fixes("dZ1 = dA1 g1'(Z1)")
    assert (fix.formula, fix.safe) == ("dZ1 = dA1 * g1'(Z1)", True)


def test_no_term_is_doubled() -> None:
    assert not any("(B + B)" in formula for formula in formulas("A, B: n x k ;; C = A B + B A"))


def test_the_title_says_why() -> None:
    title = "swap the factors: W2.T dZ2 is (n1×n2)(n2×m) = n1×m, the shape of dZ1"
    assert [fix.title for fix in fixes("dZ1 = dZ2 W2.T * g1'(Z1)")] == [title]


def test_the_edits_touch_what_is_wrong_alone() -> None:
    (fix,) = fixes("dZ1 = dZ2 W2.T * g1'(Z1)")
    assert [(edit.span, edit.text) for edit in fix.edits] == [((6, 14), "W2.T dZ2")]


def test_one_fix_mends_the_whole_statement() -> None:
    text = "Z: n x m ;; A: n x k ;; B: n x m ;; Z = A B + B.T"
    found = findings(text)
    assert sum(bool(finding.fixes) for finding in found) <= 1
    assert formulas("C: n x n ;; A: n x k ;; B: n x k ;; C = A B + B A") == ["C = A B.T + B A.T"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("dZ1 = (dZ2 W2.T\n   * g1'(Z1))", "dZ1 = (W2.T dZ2\n   * g1'(Z1))"),
        ("dZ1 = dZ2 W2.T \\\n   * g1'(Z1)", "dZ1 = W2.T dZ2 \\\n   * g1'(Z1)"),
        ("dZ1 = (dZ2 W2.T  # in words\n   * g1'(Z1))", "dZ1 = (W2.T dZ2  # in words\n   * g1'(Z1))"),
        ("dW2 = ∂L/∂W2 = 1/m dZ2 A1", "dW2 = ∂L/∂W2 = 1/m dZ2 A1.T"),
        ("dW2 = dZ2 A1 = 1/m dZ2 A1.T", "dW2 = dZ2 A1.T = 1/m dZ2 A1.T"),
        ("dZ2 W2.T", "W2.T dZ2"),
        ("dZ2=A2-Y^T", "dZ2=A2-Y"),
        ("∇W2 = dZ2 A1", "∇W2 = dZ2 A1.T"),
    ],
)
def test_the_rest_of_the_text_stays(text: str, right: str) -> None:
    assert formulas(text) == [right]


@pytest.mark.parametrize(
    ("text", "code", "right"),
    [
        ("dZ1 = W2.T * dZ2", "SC402", "dZ1 = W2.T dZ2"),
        ("dW2 = (1/m) * dZ2 * A1.T", "SC402", "dW2 = (1/m) dZ2 A1.T"),
        ("dZ2 = dA2 g2'(Z2)", "SC403", "dZ2 = dA2 * g2'(Z2)"),
        ("dZ1 = W2.T dZ2 * (1 - A1 A1)", "SC403", "dZ1 = W2.T dZ2 * (1 - A1 * A1)"),
        ("dW2 = dZ2 ⊙ g'(Z2) A1.T", "SC404", "dW2 = (dZ2 ⊙ g'(Z2)) A1.T"),
        ("dA1 = W2.T dZ2 * g'(Z2)", "SC404", "dA1 = W2.T (dZ2 * g'(Z2))"),
    ],
)
def test_a_doubt_is_written_as_it_is_read(text: str, code: str, right: str) -> None:
    (finding,) = findings(text)
    assert finding.code == code
    assert finding.fixes[0].formula == right


def test_a_bracket_within_large_brackets_is_replaced_to_its_end() -> None:
    declared = "<!-- shapecheck\nz: p x q\nB: k x p\nM: 1 x k\n-->\n\n"
    text = r"Y = M \left(B \left(z z\right)\right)"
    (finding,) = findings(f"{declared}$${text}$$\n", "x.md")
    assert finding.fixes[0].formula == r"Y = M \left(B (z \odot z)\right)"


JOINS = ("np.concatenate({}, axis=1)", "jnp.concatenate({}, axis=1)", "W @ np.concatenate({}, 1)")


@pytest.mark.parametrize("call", JOINS)
@pytest.mark.parametrize("arrays", ["(a, b)", "[a, b]"])
@pytest.mark.parametrize("path", ["x.formulas", "x.py"])
def test_a_library_is_given_the_arrays_that_it_joins_as_one(call: str, arrays: str, path: str) -> None:
    lead = "" if path == "x.formulas" else "# shapecheck: "
    declared = "".join(f"{lead}{each}\n" for each in ("a: 3 x 1", "b: 2 x 1", "W: 4 x 5"))
    (finding,) = findings(f"{declared}C = {call.format(arrays)}\n", path)
    wanted = [call.format(each).replace("axis=1", "axis=0").replace(", 1)", ", axis=0)") for each in ("(a, b)", arrays)]
    assert finding.fixes[0].formula.removeprefix("C = ") in wanted


def test_a_sum_that_grew_is_mended_without_its_own_shape() -> None:
    text = "h: H x 1 ;; W: H x H ;; a = W h + h.T"
    assert formulas(text)[0] == "a = W h + h"
    assert check(Source(text.replace(" ;; ", "\n")), Settings()).formulas[-1].shape == ("H", "H")


def test_what_is_tried_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[NodePlace] = []
    rewritten = _search.rewritten

    def counted(equation: Equation, place: NodePlace, new: Node) -> Equation:
        tried.append(place)
        return rewritten(equation, place, new)

    monkeypatch.setattr(_search, "rewritten", counted)
    names = "".join(f"Q{a}: n{a} x k{a}\n" for a in range(1, 40))
    assert fixes(names + "C: p x q\nC = Q1 Q2 Q3 Q4 Q5 Q6") == []
    assert len(tried) <= _search.TRIES


@pytest.mark.parametrize(
    "text",
    [
        "dZ1 = " + " ".join(["W2.T dZ2"] * 300),
        "dZ1 = " + " + ".join(["W2.T dZ2"] * 300) + " + W1",
        "dZ1 = " + " + ".join(["W2 dZ2"] * 300),
        "dZ1 = " + "(" * 90 + "W2 dZ2" + ")" * 90,
        "dZ1 = " + "W1 (" * 60 + "X" + ")" * 60,
    ],
    ids=["factors", "terms", "mistakes", "brackets", "nested"],
)
def test_long_formulas_end(text: str) -> None:
    assert findings(text)
