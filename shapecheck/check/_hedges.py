"""Formulas that their author calls wrong, or gives for another layout: `a mistake is …`, `if samples are rows, …`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..diagnostic import FormulaResult
from ..sections import Section
from ..text import Source, Span
from ..values import replace
from ._outcomes import Outcome
from ._texts import Texts

WHY = "its author calls it wrong, or writes it for another layout"
_WRONG = re.compile(
    r"\b(?:wrong|incorrect(?:ly)?|mistake[sn]?|mistakenly|not correct|correct only|falsch\w*|fehler\w*|incorrect[oa]s?"
    r"|errad[oa]s?|erróne[oa]s?|equivocad[oa]s?|faux|fausse|erreur)\b|错|錯|誤り|間違",
    re.IGNORECASE,
)
"""Words for what is wrong, in the languages of notes."""
_IF = "(?:if|when|falls|wenn|stehen|si|se|quando|cuando|quand|lorsque)"
_LAYOUT = r"(?:rows?|columns?|zeilen\w*|spalten\w*|filas?|columnas?|linhas?|colunas?|lignes?|colonnes?)"
_OTHERWISE = re.compile(rf"\b{_IF}\b[^.$]*\b{_LAYOUT}\b|(?:若|如果|假如)[^。$]*(?:行|列)", re.IGNORECASE)
"""A condition on how examples lie."""
_END = re.compile(r"(?<=[.!?])[\s)*_]+(?=\W*[A-ZÄÖÜ¿])|。|\n\s*\n|\n\s*(?:[-*+]|\d+[.)]|\\item)\s|\|")
"""Where a sentence ends, an entry of a list or a cell of a table."""


def without_hedged(section: Section, outcomes: Sequence[Outcome], texts: Texts) -> list[Outcome]:
    """The outcomes of a section, with nothing found in formulas of mathematics that its text does not stand by."""
    found: list[Outcome] = []
    for passage, outcome in zip(section.part.passages, outcomes, strict=True):
        is_text = bool(outcome.found) and not passage.explicit and not section.at(passage).notation.is_code
        found.append(_believed(outcome, texts.of(passage)) if is_text else outcome)
    return found


def _believed(outcome: Outcome, source: Source) -> Outcome:
    spans = [each.span for each in outcome.formulas if each.status == "error" and _is_hedged(source, each.span)]
    left = [each for each in outcome.found if not any(at.start <= each.span.start < at.end for at in spans)]
    formulas = tuple(_unjudged(each) if each.span in spans else each for each in outcome.formulas)
    return outcome._replace(formulas=formulas, found=tuple(left))


def _unjudged(formula: FormulaResult) -> FormulaResult:
    return replace(formula, status="unknown", why=WHY)


def _is_hedged(source: Source, span: Span) -> bool:
    """Whether a sentence says of its formula that it is wrong, without asking what is, or in which layout it holds."""
    sentence = _sentence(source.text, span)
    return "?" not in sentence and bool(_WRONG.search(sentence) or _OTHERWISE.search(sentence))


def _sentence(text: str, span: Span) -> str:
    """The sentence in which a formula stands."""
    start = max((each.end() for each in _END.finditer(text, 0, span.start)), default=0)
    after = _END.search(text, span.end)
    return text[start : after.start() if after else len(text)]
