"""Every rule of the table has a file, and its examples do what its page says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import shapecheck
from shapecheck.check import check
from shapecheck.diagnostic import Diagnostic
from shapecheck.infer.facts import REMARKS
from shapecheck.rules import SPEAKERS, Rule, rules
from shapecheck.rules.lints import lints
from shapecheck.settings import Settings
from shapecheck.text import Source, apply_edits
from shapecheck.verification import verify

NAMES = {
    "SC001": "unreadable-file",
    "SC002": "unused-ignore",
    "SC003": "unmet-expectation",
    "SC004": "failed-check",
    "SC101": "unexpected-token",
    "SC102": "unclosed-bracket",
    "SC103": "unknown-construct",
    "SC104": "input-too-large",
    "SC110": "unknown-name",
    "SC111": "declarations-disagree",
    "SC112": "bad-dimension",
    "SC113": "bad-directive",
    "SC201": "inner-dimensions-differ",
    "SC202": "elementwise-shapes-differ",
    "SC203": "sides-differ",
    "SC204": "gradient-shape-differs",
    "SC205": "axis-out-of-range",
    "SC206": "lost-keepdims",
    "SC207": "blocks-differ",
    "SC208": "reshape-changes-size",
    "SC209": "einsum-differs",
    "SC210": "not-square",
    "SC211": "not-scalar",
    "SC212": "tensor-as-factor",
    "SC213": "broadcast-grows",
    "SC214": "rank-one-transpose",
    "SC215": "fits-by-one",
    "SC216": "library-message",
    "SC217": "vector-turned",
    "SC301": "not-the-gradient",
    "SC302": "gradient-off-by-factor",
    "SC303": "gradient-misses-path",
    "SC401": "mixed-precedence",
    "SC402": "star-as-product",
    "SC403": "product-as-elementwise",
    "SC404": "other-grouping",
    "SC405": "other-meaning",
    "SC406": "double-transpose",
    "SC407": "inner-beside-matrix",
    "SC408": "same-term-twice",
}
"""The codes and their names, which other people's configurations rely on."""

WITHOUT_TEXT = {"SC001", "SC004", "SC217"}
STRICT = {"SC110"}
PASTED = {"SC216"}
"""What stands in no file."""
SOLVER = re.compile(r"\b(unif\w+|constraints?|core dimensions?|poison\w*|solver|AST|nodes?|None|Var|Dim)\b")
"""Words of the program that are none of its readers'."""
CODE = re.compile(r"`[^`]*`")


def findings(rule: Rule, text: str) -> list[Diagnostic]:
    """What a check says of a text as a `.formulas` file or as it is pasted, of gradients what is verified."""
    settings = Settings(strict=rule.code in STRICT)
    source = Source(text.strip() + "\n", "<formula>" if rule.code in PASTED else "example.formulas")
    return (verify(source, settings)[0] if rule.code.startswith("SC3") else check(source, settings)).diagnostics


@pytest.fixture(params=rules.codes)
def rule(request: pytest.FixtureRequest) -> Rule:
    """Each rule."""
    return rules[request.param]


def test_every_code_has_a_rule() -> None:
    assert {code: rules[code].name for code in rules.codes} == NAMES


def test_codes_and_names_are_unique() -> None:
    assert [rule.code for rule in rules.all()] == sorted(set(rules.codes))
    assert len({rule.name for rule in rules.all()}) == len(rules.codes)


def test_the_file_is_named_like_the_rule(rule: Rule) -> None:
    assert f"{rule.code} {rule.name}".replace("-", "_").replace(" ", "_").lower() in rules.files


def test_every_kind_of_fact_has_a_speaker() -> None:
    package = Path(shapecheck.__file__).parent
    modules = [module for room in ("ops", "infer", "shapes") for module in (package / room).rglob("*.py")]
    sources = "".join(module.read_text(encoding="utf-8") for module in modules)
    kinds = set(re.findall(r"""\b(?:Clash|Fact)\(\s*"([a-z-]+)\"""", sources))
    assert len(kinds) > 5
    assert kinds - {"reading"} - REMARKS <= set(SPEAKERS)


def test_every_speaker_is_a_rule() -> None:
    assert {code for codes in SPEAKERS.values() for code in codes} <= set(rules.codes)


def test_the_page_has_its_sections(rule: Rule) -> None:
    titles = re.findall(r"^## (.*)$", rule.page, re.MULTILINE)
    examples = [] if rule.code in WITHOUT_TEXT else ["Bad", "Good"]
    assert titles == ["What it does", "Why it is wrong", *examples, "The fix"]
    assert rule.page.startswith(f"# {rule.code} {rule.name}\n")
    assert SOLVER.findall(CODE.sub("", rule.page)) == []


def test_the_bad_example_is_found(rule: Rule) -> None:
    if rule.code not in WITHOUT_TEXT:
        found = findings(rule, rule.bad)
        assert [each.code for each in found] == [rule.code]
        assert {each.name for each in found} == {rule.name}


def test_the_good_example_is_right(rule: Rule) -> None:
    assert findings(rule, rule.good) == []


def test_what_is_said_is_for_a_reader(rule: Rule) -> None:
    for found in findings(rule, rule.bad):
        said = [found.message, *(label.message for label in found.labels), *found.notes]
        assert [text for text in said if SOLVER.search(text) or text != text.strip() or "\n" in text] == []
        assert [text for text in said if text.endswith(".") or "  " in text] == []


def test_only_the_rules_that_speak_are_imported() -> None:
    code = (
        "import sys; from shapecheck.check import check; from shapecheck.text import Source;"
        "check(Source(sys.argv[1])); print(*(name for name in sys.modules if '.sc' in name))"
    )
    finders = len(lints.names)
    for text, count in (("Z1 = W1 X + b1", finders), ("Z1 = X W1 + b1", len(SPEAKERS["inner"]))):
        run = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, check=True)
        assert len(run.stdout.split()) == count


def test_each_fix_of_the_bad_example_checks(rule: Rule) -> None:
    text = rule.bad.strip() + "\n"
    for found in findings(rule, rule.bad):
        for fix in found.fixes:
            assert findings(rule, apply_edits(text, fix.edits)) == []


MENDED = (
    *("SC201", "SC202", "SC203", "SC204", "SC205", "SC206", "SC207", "SC213"),
    *("SC301", "SC302", "SC303", "SC402", "SC403", "SC406", "SC407", "SC408"),
)


@pytest.mark.parametrize("code", MENDED)
def test_the_fix_of_the_bad_example_is_found(code: str) -> None:
    assert [found.fixes != () for found in findings(rules[code], rules[code].bad)] == [True]
