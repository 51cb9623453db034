"""A formula as it is pasted: the equation in a question, and what to say where there is no formula at all."""

from __future__ import annotations

import re

from ._errors import UsageError

EXAMPLE = 'as in: shapecheck "dZ1 = W2.T dZ2"'
_OPENING = r"(?:[A-Za-z][A-Za-z']*,? ){2,}(?:[A-Za-z']{2,}: ?)?(?=\S+\s*=[^=])"
_CLOSING = r"(?:,? (?:is|it|this|that|not|and|why|or|wrong|right|correct|ok|true))*\s*[?!]+\s*\Z"
_SPEECH = frozenset(
    "what why how is are was does do can should i it in of my me the this that with get got have a wrong right".split()
)
_WORD = r"[A-Za-z][a-z']{2,}"


def formula_in(text: str) -> str:
    """The formula that a text is, or asks about; UsageError where it is empty or a question without one."""
    if not text.strip():
        raise UsageError(f"the formula is empty; give one, {EXAMPLE}")
    opening = re.match(_OPENING, text) if _begins_with_words(text) else None
    if opening is not None and _is_prose(opening[0]):
        return re.sub(_CLOSING, "", text[opening.end() :])
    if text.rstrip().endswith("?") and "=" not in text and _is_prose(text):
        raise UsageError(f"this looks like a question; give only the formula, {EXAMPLE}")
    return text


def _begins_with_words(text: str) -> bool:
    """Whether a text begins with two words of letters: no more is looked at in `dZ1 = …`."""
    words = text.split(None, 2)[:2]
    return len(words) == 2 and all(word.strip(",:").replace("'", "").isalpha() for word in words)


def _is_prose(text: str) -> bool:
    """Whether most words of a text are such as stand in sentences, and no names of matrices."""
    words = re.findall(r"[^\s,:?!]+", text)
    plain = [word for word in words if re.fullmatch(_WORD, word) or word.lower() in _SPEECH]
    speaks = any(word.lower() in _SPEECH for word in words)
    return speaks and len(plain) > 1 and 4 * len(plain) >= 3 * len(words)
