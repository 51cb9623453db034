"""A finding laid out as text in styles, line by line, without painting it: the snippet, its labels, helps and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostic import Diagnostic, Fix, Label, Report
from ..text import Source, Span
from ._format import title, where
from ._line import Line, Run
from ._marks import Mark, marked_line
from ._wrap import wrap

_LONGEST = 4
"""A place of more lines than this is shown by its first and its last."""


def finding(report: Report, found: Diagnostic, width: int) -> Iterator[Line]:
    """The lines that tell a finding."""
    marks = _marks(report.source, found)
    gutter = " " * (len(str(max(marks))) + 1)
    yield from _headline(found, width)
    yield [Run(f"{gutter}--> ", "gutter"), Run(where(report, found.span.start))]
    if report.source.text:
        yield [Run(f"{gutter}|", "gutter")]
        yield from _snippet(report.source, marks, gutter, width)
    if report.source.text and (found.fixes or found.notes):
        yield [Run(f"{gutter}|", "gutter")]
    for number, fix in enumerate(found.fixes):
        yield from _said(gutter, "help", f"or {fix.title}" if number else fix.title, width)
        yield from _corrected(report.source, fix, gutter, width)
    for note in found.notes:
        yield from _said(gutter, "note", note, width)


def _headline(found: Diagnostic, width: int) -> Iterator[Line]:
    head = f"{title(found)}: "
    first, *others = wrap(found.message, width - len(head))
    yield [Run(head[:-2], found.severity), Run(f": {first}", "bold")]
    for line in others:
        yield [Run(" " * len(head)), Run(line, "bold")]


def _said(gutter: str, kind: str, message: str, width: int) -> Iterator[Line]:
    head = f"= {kind}: "
    first, *others = wrap(message, width - len(gutter) - len(head))
    yield [Run(f"{gutter}= ", "gutter"), Run(f"{kind}: ", kind), Run(first)]
    for line in others:
        yield [Run(" " * (len(gutter) + len(head)) + line)]


def _marks(source: Source, found: Diagnostic) -> dict[int, list[Mark]]:
    """The marks of each line, by its number; the finding's own place counts where no label says more of it."""
    labels = list(found.labels)
    primary = next((label for label in labels if label.span == found.span), None)
    if primary is None:
        primary = Label(found.span, "")
        if any(_inside(label.span, found.span) for label in labels):
            primary = min((label for label in labels if _inside(label.span, found.span)), key=lambda label: label.span)
        else:
            labels.append(primary)
    marks: dict[int, list[Mark]] = {}
    for label in labels:
        sign, style = ("^", found.severity) if label is primary else ("-", "label")
        for number, mark in _by_line(source, label, sign, style):
            marks.setdefault(number, []).append(mark)
    return marks


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _by_line(source: Source, label: Label, sign: str, style: str) -> Iterator[tuple[int, Mark]]:
    """A mark for each line of a label, without the blanks that begin a line; the words stand at the last."""
    first = source.place(label.span.start).line
    last = source.place(max(label.span.start, label.span.end - 1)).line
    numbers = range(first, last + 1) if last - first < _LONGEST else (first, last)
    for number in numbers:
        text, at = source.line(number), source.starts[number - 1]
        start = label.span.start - at if number == first else len(text) - len(text.lstrip())
        end = min(label.span.end - at, len(text.rstrip()))
        yield number, Mark(max(0, start), max(start, end), sign, style, label.message if number == last else "")


def _snippet(source: Source, marks: dict[int, list[Mark]], gutter: str, width: int) -> Iterator[Line]:
    before = 0
    for number in sorted(marks):
        if before and number > before + 1:
            yield [Run("...", "gutter")]
        head = f"{number:>{len(gutter) - 1}} | "
        for line in marked_line(source.line(number), marks[number], width - len(head)):
            yield [Run(head, "gutter"), *line]
            head = f"{gutter}| "
        before = number


def _corrected(source: Source, fix: Fix, gutter: str, width: int) -> Iterator[Line]:
    """The corrected statement, with carets under what changed."""
    head = f"{gutter}|{' ' * len('= help:')}"
    changed = _changes(source, fix)
    whole = Source(fix.formula)
    yield [Run(f"{gutter}|", "gutter")]
    for number, start in enumerate(whole.starts, 1):
        text = whole.line(number)
        marks = [
            Mark(max(0, span.start - start), min(len(text), span.end - start), "^", "help")
            for span in changed
            if span.start < start + max(len(text), 1) and span.end > start
        ]
        for line in marked_line(text, marks, width - len(head)):
            yield [Run(head, "gutter"), *line]


def _changes(source: Source, fix: Fix) -> list[Span]:
    """The spans of a fix's formula that its edits put there, found by making the edits around the statement."""
    edits = sorted(edit for edit in fix.edits)
    if not edits:
        return []
    begin = max(0, edits[0].span.start - len(fix.formula))
    text, done, spans = "", begin, []
    for edit in edits:
        text += source.text[done : edit.span.start]
        spans.append(_differs(source.slice(edit.span), edit.text, len(text)))
        text, done = text + edit.text, edit.span.end
    text += source.text[done : done + len(fix.formula)]
    at = text.rfind(fix.formula, 0, spans[0].start + len(fix.formula) + 1)
    return [Span(span.start - at, span.end - at) for span in spans] if at >= 0 else []


def _differs(old: str, new: str, at: int) -> Span:
    """Where `new`, standing at `at`, differs from `old`, in whole words."""
    words, others = re.findall(r"\s+|\S+", new), re.findall(r"\s+|\S+", old)
    head = _same(words, others)
    tail = _same(words[::-1], others[::-1])
    start = sum(map(len, words[:head]))
    stop = len(new) - sum(map(len, words[len(words) - tail :]))
    return Span(at, at + len(new)) if stop <= start else Span(at + start, at + stop)


def _same(words: list[str], others: list[str]) -> int:
    """How many words two lists have in common at their beginning."""
    pairs = zip(words, others, strict=False)
    return next((number for number, (word, other) in enumerate(pairs) if word != other), min(len(words), len(others)))
