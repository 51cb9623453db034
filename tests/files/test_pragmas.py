"""What a comment asks for, and what is left of a line's findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from shapecheck.diagnostic import Diagnostic, Severity
from shapecheck.pragmas import Pragma, find, settle
from shapecheck.rules import explain_troubles
from shapecheck.text import Source, Span, apply_edits


def finding(code: str, severity: Severity = "error") -> Diagnostic:
    return Diagnostic(code, "x", severity, "x", Span(0, 1))


def settled(
    found: Iterable[Diagnostic], pragma: Pragma | None, source: Source, computed: Callable[[str], bool] = bool
) -> list[Diagnostic]:
    """The findings after a pragma, with what is amiss with it."""
    left, troubles = settle(found, pragma, computed)
    return [*left, *explain_troubles(troubles, source)]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# expect: SC201", ("expect", ("SC201",))),
        ("#expect:SC201,SC203 and words", ("expect", ("SC201", "SC203"))),
        ("# a step # expect: SC201", ("expect", ("SC201",))),
        ("% shapecheck: expect: SC201", ("expect", ("SC201",))),
        ("# shapecheck: ignore", ("ignore", ())),
        ("# shapecheck: ignore[SC204, SC201]", ("ignore", ("SC204", "SC201"))),
        ("# we expect: nothing", None),
        ("# ignore this", None),
        ("# I expect: SC201", None),
    ],
)
def test_find(comment: str, expected: tuple[str, tuple[str, ...]] | None) -> None:
    pragma = find(comment, 10)
    assert (pragma and (pragma.kind, pragma.codes)) == expected
    if pragma:
        assert comment[pragma.span.start - 10 : pragma.span.end - 10].startswith(("expect", "shapecheck"))


MISTAKEN = {
    "# expect SC201": "expect: SC201",
    "# expects: SC201": "expect: SC201",
    "# Expected: SC201, sc203": "expect: SC201, SC203",
    "# expect: sc201": "expect: SC201",
    "# expect: SC201 SC203": "expect: SC201, SC203",
    "# expect=SC201": "expect: SC201",
    "# xfail SC201": "expect: SC201",
    "% shapecheck: expect SC201": "shapecheck: expect: SC201",
    "# a step # expect SC201": "expect: SC201",
    "# ignore[SC201]": "shapecheck: ignore[SC201]",
    "# ignore: SC201 and words": "shapecheck: ignore[SC201]",
    "# noqa: SC201": "shapecheck: ignore[SC201]",
    "# noqa": "shapecheck: ignore",
    "# disable": "shapecheck: ignore",
    "# shapecheck: disable": "shapecheck: ignore",
    "# shapecheck: disable=SC201": "shapecheck: ignore[SC201]",
    "# shapecheck: noqa": "shapecheck: ignore",
    "# shapecheck: off": "shapecheck: ignore",
    "# shapecheck: ignore[sc201]": "shapecheck: ignore[SC201]",
    "# shapecheck: ignore[SC201, 204]": "shapecheck: ignore[SC201, SC204]",
    "# shapecheck: ignore SC204": "shapecheck: ignore[SC204]",
    "# shapecheck: ignore(SC204)": "shapecheck: ignore[SC204]",
    "# shapecheck: ignroe[SC204]": "shapecheck: ignore[SC204]",
    "# shapecheck: expct SC204": "shapecheck: expect: SC204",
    "# shapecheck ignore[SC204]": "shapecheck: ignore[SC204]",
    "# shapecheck: expect": "",
    "# shapecheck: ignore[E501]": "",
    "# shapecheck: ignore[inner-dimensions-differ]": "",
}


@pytest.mark.parametrize("comment", MISTAKEN)
def test_a_pragma_that_is_none_is_said_with_what_is_meant(comment: str) -> None:
    text = f"Z = A B  {comment}"
    pragma = find(comment, 9, ours=True)
    assert pragma and (pragma.kind, pragma.meant) == ("mistaken", MISTAKEN[comment])
    *others, bad = settled([finding("SC201")], pragma, Source(text))
    assert [each.code for each in others] == ["SC201"]
    assert (bad.code, bad.severity, MISTAKEN[comment] in bad.message) == ("SC113", "error", True)
    if MISTAKEN[comment]:
        (fix,) = bad.fixes
        again = find(apply_edits(text, fix.edits)[9:], 9, ours=True)
        assert again and again.kind != "mistaken"
        assert fix.formula == apply_edits(text, fix.edits)
        assert fix.safe == bool(again.codes)


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: SC200",
        "# noqa: E501",
        "# shellcheck disable=SC2086",
        "# type: ignore",
        "# ignore the bias",
        "# skip connection",
        "# disable dropout",
        "# expected because of SC201",
        "# SC201 is what it says",
        "# we expect SC201 here",
        "# expect the shape (3, 201)",
        "# ignored[0] is the first",
    ],
)
def test_a_remark_is_no_pragma(comment: str) -> None:
    assert find(comment, 0, ours=True) is None


def test_other_programs_have_their_noqa_in_code() -> None:
    assert find("# noqa", 0) is None


@pytest.mark.parametrize(
    ("comment", "found", "left"),
    [
        ("# expect: SC201", ["SC201"], []),
        ("# expect: SC201", [], ["SC003"]),
        ("# expect: SC201", ["SC203"], ["SC203", "SC003"]),
        ("# expect: SC201, SC203", ["SC201"], ["SC003"]),
        ("# expect: SC201", ["SC201", "SC203"], ["SC203", "SC003"]),
        ("# expect: SC301", [], []),
        ("# expect: SC301", ["SC201"], ["SC201"]),
        ("# shapecheck: ignore", ["SC201", "SC203"], []),
        ("# shapecheck: ignore", [], ["SC002"]),
        ("# shapecheck: ignore[SC204]", ["SC204"], []),
        ("# shapecheck: ignore[SC204]", ["SC201"], ["SC201", "SC002"]),
        ("# shapecheck: ignore[SC204, SC201]", ["SC201"], ["SC002"]),
        ("# shapecheck: ignore[SC301]", [], []),
        ("# words", ["SC201"], ["SC201"]),
    ],
)
def test_settle(comment: str, found: list[str], left: list[str]) -> None:
    left_over = settled(map(finding, found), find(comment, 0), Source(comment), lambda code: not code.startswith("SC3"))
    assert [each.code for each in left_over] == left


def test_what_is_said_of_a_pragma() -> None:
    unmet = settled([finding("SC203")], find("# expect: SC201", 5), Source("     # expect: SC201"))[-1]
    assert (unmet.message, unmet.span) == ("expected SC201 here, found SC203", Span(7, 20))
    unused = settled([], find("# shapecheck: ignore[SC204]", 0), Source("# shapecheck: ignore[SC204]"))[0]
    assert unused.message == "nothing to ignore: there is no SC204 here"


def test_infos_need_not_be_expected() -> None:
    found = [finding("SC110", "info"), finding("SC201")]
    comment = "# expect: SC201"
    assert [each.code for each in settled(found, find(comment, 0), Source(comment))] == ["SC110"]


@pytest.mark.parametrize(
    ("text", "used", "expected"),
    [
        ("Z = A B  # shapecheck: ignore\nx", [], "Z = A B\nx"),
        ("Z = A B  # shapecheck: ignore[SC204]", [], "Z = A B"),
        ("Z = A B  # shapecheck: ignore[SC204, SC201]\n", ["SC201"], "Z = A B  # shapecheck: ignore[SC201]\n"),
        ("Z = A B  # words # shapecheck: ignore[SC204]\n", [], "Z = A B  # words\n"),
        ("a\r\n  % shapecheck: ignore\r\nb", [], "a\r\nb"),
        ("$Z$ <!-- shapecheck: ignore[SC204] --> words", [], "$Z$ words"),
        ("> <!-- shapecheck: ignore[SC204] -->\n> $Z$", [], ">\n> $Z$"),
        ("a\n<!-- shapecheck: ignore[SC204] -->\nb", [], "a\nb"),
        (".. shapecheck: ignore\n\nb", [], "\nb"),
    ],
)
def test_what_silences_nothing_is_taken_away(text: str, used: list[str], expected: str) -> None:
    comment = text.index("shapecheck")
    line = text[:comment].rpartition("\n")[2]
    pragma = find("# " + text[comment:].partition("\n")[0], comment - 2)
    assert pragma and line is not None
    (unused,) = settled(map(finding, used), pragma, Source(text))
    assert apply_edits(text, unused.fixes[0].edits) == expected
    assert "\n" not in unused.fixes[0].formula
