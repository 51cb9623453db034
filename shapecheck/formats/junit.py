"""JUnit's XML, a case a formula: what is wrong with it is its failure, one that is not understood is skipped."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as xml

from ..diagnostic import Diagnostic, FormulaResult, Report
from ._cells import one_line
from ._format import Format, Options, formula_text
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
    cases = list(_cases(report))
    suite = xml.Element("testsuite", {"name": _name(report), **_counts(cases)})
    suite.extend(cases)
    return suite


def _name(report: Report) -> str:
    cell = "" if report.source.cell is None else f":cell {report.source.cell}"
    return _text(one_line(report.source.path) + cell)


def _counts(cases: list[xml.Element]) -> dict[str, str]:
    """How many cases there are, how many fail, and how many are skipped."""
    outcomes = [child.tag for case in cases for child in case]
    failures, skipped = outcomes.count("failure"), outcomes.count("skipped")
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _cases(report: Report) -> Iterator[xml.Element]:
    formulas = sorted(report.formulas, key=lambda formula: formula.span)
    starts = [formula.span.start for formula in formulas]
    found: dict[int, list[Diagnostic]] = {}
    for each in report.diagnostics:
        found.setdefault(_index(each, formulas, starts), []).append(each)
    for each in found.pop(-1, ()):
        yield _case(report, f"{each.code} {each.name}", each.span.start, [each])
    for index, formula in enumerate(formulas):
        yield _case(report, formula_text(report, formula), formula.span.start, found.get(index, []), formula)


def _index(found: Diagnostic, formulas: list[FormulaResult], starts: list[int]) -> int:
    """Which formula a finding stands on; -1 where it stands on none."""
    index = bisect_right(starts, found.span.start) - 1
    return index if index >= 0 and found.span.start <= formulas[index].span.end else -1


def _case(
    report: Report, name: str, start: int, found: list[Diagnostic], formula: FormulaResult | None = None
) -> xml.Element:
    line = report.source.place(start).line
    place = {"classname": _name(report), "file": _text(report.source.path), "line": str(line)}
    case = xml.Element("testcase", {"name": _text(f"line {line}: {one_line(name)}"), **place})
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
