"""Whatever the text, a document format raises nothing, and its windows are the host's text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.documents import documents
from shapecheck.text import Source

from .reading import FORMATS, stands_in

PIECES = r"""
$ $$ \( \) \[ \] \\( \\) \\ & &= = + - ` `` ``` ```python ```math ```formulas <!-- --> <!--shapecheck: shapecheck:
expect:SC201 \begin{align} \end{align} \begin{array}{l} \end{array} \begin{cases} \end{cases} \begin{verbatim}
\end{verbatim} \verb| \section{ \text{ { } | > - # ## === --- .. .. math:: :math:` :: W1 dZ1 n × m x é 𝑊 5 % \% \$
\begin{document} <div> <pre> ''' " ~~~ * 1.
""".split()
BLANKS = [" ", "\n", "\n\n", "\r\n", "\r", "\t", "    ", "\n> ", "\n- ", "\x00", "\x0b", "\x0c", "\u2028", "\ud800"]
ANY = st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, *BLANKS, *BLANKS]), max_size=30).map("".join))


@pytest.mark.parametrize("name", FORMATS)
@given(text=ANY)
def test_windows_are_the_hosts_text(name: str, text: str) -> None:
    document = documents[name]
    host = [text]
    if document.sources:
        text = json.dumps({"cells": [{"cell_type": kind, "source": text} for kind in ("markdown", "code")]})
        host = [cell.text for cell in document.sources(Source(text))]
    found = list(document.windows(Source(text)))
    for passage in found:
        assert stands_in(passage.window, host[(passage.cell or 1) - 1])
    if name != "formulas":
        order = [(passage.cell or 0, passage.window.start) for passage in found]
        assert order == sorted(order)


@pytest.mark.parametrize("name", ["markdown", "tex", "python", "rst"])
@given(text=ANY)
def test_texts_are_the_hosts_text(name: str, text: str) -> None:
    for part in documents[name].texts(Source(text)):
        at = 0
        for piece in part.excerpt.pieces:
            assert text[piece.start : piece.start + len(piece.text)] == piece.text
            assert not piece.text or part.excerpt.host(at) == piece.start
            at += len(piece.text)
