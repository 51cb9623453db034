"""Edits of a notebook's cell are written into the JSON of the file, and change nothing else there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.documents._notebook import host_edits, sources
from shapecheck.documents.notebook import document
from shapecheck.text import Edit, Source, Span, apply_edits

from .reading import notebook

TEXT = st.text(st.sampled_from('ab \n"\\/é𝑊⊙\t\r'), max_size=30)


def cells(text: str) -> list[str]:
    """The texts of a notebook's cells."""
    found = sources(Source(text, "a.ipynb"))
    assert isinstance(found, list)
    return [cell.text for cell in found]


def test_a_formula_is_replaced_and_nothing_else() -> None:
    text = notebook(("markdown", '# "T"\n$dZ = \\alpha A$ é\n'), ("code", "x = 1"))
    start = cells(text)[0].index("A$")
    edits = host_edits(Source(text), 1, [Edit(Span(start, start + 1), 'Y\\"⊙')])
    assert apply_edits(text, tuple(edits)) == text.replace("\\\\alpha A$", '\\\\alpha Y\\\\\\"⊙$')


def test_escapes_stay_as_they_are() -> None:
    text = notebook(("markdown", "é 𝑊 = a\n")).replace("é", "\\u00e9").replace("𝑊", "\\ud835\\udc4a")
    assert cells(text)[0] == "é 𝑊 = a\n"
    assert apply_edits(text, tuple(host_edits(Source(text), 1, [Edit(Span(6, 7), "⊙")]))) == text.replace(
        "a\\n", "\\u2299\\n"
    )


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("ascii_only", [True, False])
@given(text=TEXT, new=TEXT, data=st.data())
def test_round_trip(text: str, new: str, lines: bool, ascii_only: bool, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before = notebook(("code", "x"), ("markdown", text), ("code", "y"), lines=lines, ascii_only=ascii_only)
    edits = host_edits(Source(before), 2, [Edit(Span(start, end), new)])
    if not text and lines:
        assert edits == []
        return
    after = apply_edits(before, tuple(edits))
    assert cells(after) == ["x", text[:start] + new + text[end:], "y"]
    assert _without_sources(after) == _without_sources(before)
    low, high = min(edit.span.start for edit in edits), max(edit.span.end for edit in edits)
    assert after[:low] == before[:low]
    assert after.endswith(before[high:])


def _without_sources(text: str) -> object:
    data = json.loads(text)
    return [{key: value for key, value in cell.items() if key != "source"} for cell in data.pop("cells")] + [data]


def test_older_notebooks() -> None:
    old = {
        "worksheets": [
            {"cells": [{"cell_type": "markdown", "source": "$a = b$"}, {"cell_type": "code", "input": ["x = 1"]}]}
        ]
    }
    assert cells(json.dumps(old)) == ["$a = b$", "x = 1"]
    assert [each.window.text for each in document.windows(Source(json.dumps(old)))] == ["a = b", "x = 1"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "{",
        "null",
        '{"cells": 3}',
        "[" * 100_000,
        '{"cells": ' + "[" * 100_000,
        "1" * 5000,
        '{"a": "\udc00"}',
        "NaN",
    ],
)
def test_what_is_no_notebook_says_why(text: str) -> None:
    assert isinstance(sources(Source(text)), str)
    assert list(document.windows(Source(text))) == []
    assert host_edits(Source(text), 1, [Edit(Span(0, 0), "x")]) == []


@pytest.mark.parametrize(
    "cells_text",
    ["[1, null, [], {}]", '[{"source": 3, "cell_type": "code"}]', '[{"source": [[["x"]], 1, "y"], "cell_type": []}]'],
)
def test_odd_cells_are_left_out(cells_text: str) -> None:
    source = Source(f'{{"cells": {cells_text}, "metadata": {{"kernelspec": 3}}}}')
    assert isinstance(sources(source), list)
    assert "".join(each.window.text for each in document.windows(source)) == ""


def test_half_a_character_is_replaced() -> None:
    assert cells('{"cells": [{"cell_type": "markdown", "source": "a\\ud835b"}]}') == ["a\ufffdb"]
