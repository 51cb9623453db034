"""JUnit's XML, a case a formula: what is wrong with it is its failure, one that is not understood is skipped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as xml

from ..diagnostic import Diagnostic, FormulaResult, Report
from ._cases import case_name, cases
from ._cells import one_line
from ._format import Format, Options
from .full import render as full

_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reports: Sequence[Report], options: Options) -> str:
    """A suite for each report; the cases of what stands on no formula are named for their findings.

    It is ASCII, so that it stays whole in any encoding.
    """
    suites = [_suite(report) for report in reports]
    whole = xml.Element("testsuites", {"name": "shapecheck", **_counts([case for suite in suites for case in suite])})
    whole.extend(suites)
    xml.indent(whole)
    data: bytes = xml.tostring(whole, encoding="us-ascii", xml_declaration=True)
    return data.decode("ascii") + "\n"


def _suite(report: Report) -> xml.Element:
    found = [_case(report, formula, found) for formula, found in cases(report)]
    suite = xml.Element("testsuite", {"name": _name(report), **_counts(found)})
    suite.extend(found)
    return suite


def _name(report: Report) -> str:
    cell = "" if report.source.cell is None else f":cell {report.source.cell}"
    return _text(one_line(report.source.path) + cell)


def _counts(cases: list[xml.Element]) -> dict[str, str]:
    """How many cases there are, how many fail, and how many are skipped."""
    outcomes = [child.tag for case in cases for child in case]
    failures, skipped = outcomes.count("failure"), outcomes.count("skipped")
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _case(report: Report, formula: FormulaResult | None, found: list[Diagnostic]) -> xml.Element:
    span = found[0].span if formula is None else formula.span
    line = report.source.place(span.start).line
    place = {"classname": _name(report), "file": _text(report.source.path), "line": str(line)}
    case = xml.Element("testcase", {"name": _text(case_name(report, formula, found)), **place})
    errors = [each for each in found if each.severity == "error"]
    if errors:
        told = {"message": _text(one_line(errors[0].message)), "type": errors[0].code}
        case.append(_element("failure", told, _rendered(report, found)))
    elif formula is not None and formula.status == "unknown":
        xml.SubElement(case, "skipped", {"message": _text(one_line(f"not understood: {formula.why}".rstrip(": ")))})
    if found and not errors:
        case.append(_element("system-out", {}, _rendered(report, found)))
    return case


def _element(tag: str, attributes: dict[str, str], text: str) -> xml.Element:
    builder = xml.TreeBuilder()
    builder.start(tag, attributes)
    builder.data(_text(text))
    builder.end(tag)
    return builder.close()


def _rendered(report: Report, found: list[Diagnostic]) -> str:
    """The findings as the terminal has them."""
    return full([Report(report.source, diagnostics=found)], Options(quiet=True)).rstrip("\n")


def _text(text: str) -> str:
    """What XML can hold; the rest is escaped as in a string of Python."""
    return _NOT_IN_XML.sub(lambda char: char[0].encode("unicode_escape").decode("ascii"), text)


format = Format("junit", render, whole=True)
