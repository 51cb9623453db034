"""Read a LaTeX file: what TeX sets, section by section, and the comments that speak to shapecheck."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..pragmas import Pragma, find
from ..text import Piece, Source, regex
from ..values import NamedTuple
from ._delimiters import scan
from ._document import Headings, Passage, Text
from ._excerpt import Excerpt
from ._explicit import said, with_pragmas
from ._markdown import add_mathematics

LEVELS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph")
_VERBATIM = "verbatim|Verbatim|lstlisting|minted|comment|filecontents"
_MARKER = regex(
    r"\\(?:(?:re)?newcommand\*?|providecommand\*?|g?def)\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*"
    r"\{\s*((?:\\(?:begin|end)\{[A-Za-z]+\*?\}\s*)+)\}"
)
r"""The definition of a macro that stands for nothing else, as `\newcommand{\be}{\begin{equation}}`."""
_COMMENT = r"(?P<comment>%[^\r\n]*)(?:(?:\r\n|\r|\n)[ \t]*)?"
_VERB = r"(?P<verb>\\(?:verb\*?|lstinline)([^\sA-Za-z*])[^\r\n]*?\3)"
_BEGUN = rf"\\begin\{{(?P<environment>(?:{_VERBATIM})\*?)\}}"
_HIDDEN = regex(rf"{_COMMENT}|{_VERB}|{_BEGUN}|(?P<document>\\begin\{{document\}})|\\.", re.DOTALL)
"""What is not set: comments with the blanks before the next line, verbatim text, all before the document begins."""
_HEADING = regex(rf"\\({'|'.join(LEVELS)})\*?(?=\s*[\[{{])")


class _SetText(NamedTuple):
    """A text without what TeX does not set, and the comments in it, each from its sign to the end of its line."""

    excerpt: Excerpt
    comments: list[Excerpt]


def windows(source: Source) -> Iterator[Passage]:
    """The formulas of a text, and what its comments state, in order."""
    read = _read(source.text)
    found: list[Passage] = []
    pragmas: list[Pragma] = []
    for part in _sections(read.excerpt):
        for math in scan(part.excerpt.text, "tex"):
            add_mathematics(source.text, part.excerpt.part(math.start, math.end), found, part.scope)
    for comment in read.comments:
        pragma = find(comment.text, comment.host(0))
        pragmas.extend([pragma] if pragma else [])
        lead = len(comment.text) - len(comment.text.lstrip("% \t"))
        found.extend(() if pragma else said(comment.part(lead, len(comment.text))).passages)
    return iter(with_pragmas(source, found, pragmas))


def texts(source: Source) -> Iterator[Text]:
    """The text of each section, its mathematics included."""
    return _sections(_read(source.text).excerpt)


def _sections(excerpt: Excerpt) -> Iterator[Text]:
    """The text from one heading to the next."""
    headings, start = Headings(), 0
    for heading in _HEADING.finditer(excerpt.text):
        yield Text(excerpt.part(start, heading.start()), "prose", headings.scope)
        headings.meet(LEVELS.index(heading[1]) + 1)
        start = heading.start()
    yield Text(excerpt.part(start, len(excerpt.text)), "prose", headings.scope)


def _read(text: str) -> _SetText:
    cuts: list[tuple[int, int]] = []
    preamble = 0
    comments: list[Excerpt] = []
    missing: set[str] = set()
    at = 0
    while (sign := _HIDDEN.search(text, at)) is not None:
        at = sign.end()
        if sign["comment"]:
            cuts.append((sign.start(), at))
            if "shapecheck" in sign["comment"] or "expect" in sign["comment"]:
                comments.append(Excerpt([Piece(sign["comment"], sign.start())]))
        elif sign["environment"]:
            closer = f"\\end{{{sign['environment']}}}"
            end = -1 if closer in missing else text.find(closer, at)
            missing.update({closer} if end < 0 else ())
            at = end + len(closer) if end >= 0 else at
            cuts.append((sign.start(), at))
        elif sign["verb"]:
            cuts.append((sign.start(), at))
        elif sign["document"]:
            preamble = at
    kept = [(0, preamble), *(cut for cut in cuts if cut[0] >= preamble)]
    return _SetText(_marked(Excerpt([Piece(text, 0)]).without(kept), text), comments)


def _marked(excerpt: Excerpt, text: str) -> Excerpt:
    r"""The text with the macros that stand for `\begin{…}` and `\end{…}` written out: they hide formulas."""
    markers = {found[1]: found[2] for found in _MARKER.finditer(text)}
    calls = re.compile(rf"\\({'|'.join(markers)})(?![A-Za-z])") if markers else None
    return excerpt.replaced(calls, markers) if calls else excerpt
