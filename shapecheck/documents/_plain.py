"""Tell the equations in plain text from prose, prices and code: lines and code spans of Markdown without delimiters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..symbols._greek import LETTERS
from ..text import regex
from ..vocabulary import OPTIMA, PREFIXED, PREFIXED_TO_ROWS
from ._equations import names

LONGEST = 400
"""How long a line of prose or a code span may be that is read as an equation."""
_WORDS = frozenset(
    "T np numpy axis keepdims True False sum mean m l d dot tanh sigmoid relu softmax exp log"
    " λ lambda lam α alpha η lr".split()
)
_GREEK = frozenset(("lam", *LETTERS))
"""Greek letters that are spelled out."""
_RAISED = "⁰¹²³⁴-⁹⁺⁻ᵀˡᴸ₀-₉ₐ-ₜᵢ-ᵥⱼ"
"""What stands above or below a letter."""
_SHORT = frozenset("am an as at be by do go he if in is it me my no of on or so to up us we".split())
"""Words of two letters; all others may be names, such as `Wq` and `Xw`."""
_FUNCTIONS = PREFIXED | PREFIXED_TO_ROWS | OPTIMA | frozenset("inv norm sqrt sum grad".split())
_GAP = regex(r"(?<=[\w)\]ᵀ'’])[ \t]{3,}(?=[\w(\[∂∇])")
"""Blanks before a remark or another equation: no sign goes on before or after them."""
_BELOW = regex(r"[_^](?:\{[^{}]*\}|\w+)|\.T\b")
"""What stands above or below a name: `h_{t-1}`, `W_out`, `A^T`."""
_WORD = regex(rf"[^\W\d_{_RAISED}][^\W_{_RAISED}]*")
_RUN = regex(r"[A-Z]{1,3}[a-z]|[A-Z]{2,3}|[α-ω][A-Za-z]")
"""Letters side by side: capitals and one small letter after them, or a Greek factor in front."""
_RELATION = regex(r"(?<![=<>!:+\-*/])(?::|[-+])?=(?!=)(?![^(\[]*[)\]])|←")
_OPERATION = regex(r"[@*⊙∘·⋅×/+−-]|\.T\b|\^T|ᵀ|\w\s*\(|[\w\])'ᵀ]\s+[^\W\d_]|(?<!\w)(?:\d+[^\W\d_]|[A-Z]{2,3}(?!\w))")
"""A sign, a call, names side by side: apart, `W x`, or as a run, `AB` and `2X`."""
_CONVENTIONAL = regex(r"(?:d_?|∂)?(?:[WbZAazwΘΩ]_?[0-9lL]|[WZAX]|A_prev)|d_?[WbZAXY]|Y|(?:δ|delta)_?[0-9lL]")
_CONVENTIONAL_INDEXED = regex(r"(?:d_?|∂)?[WbZAazwXYΘΩ]|δ|delta")
_KNOWN = "|".join(sorted(_GREEK | _FUNCTIONS | _WORDS))
_OF_TWO = "|".join(sorted({*_SHORT, *map(str.capitalize, _SHORT)}))
_PROSE = regex(rf"(?<![\w^_{{∂∇])(?!(?:{_KNOWN})\b)(?:[^\W\d_]?[a-z]{{3,}}|[^\W\d_][a-z]{{2}}|{_OF_TWO})(?![\w(^])")
"""A word of a sentence: no name with an index, no function, no letter that is spelled out."""
_STOP = regex(rf"(?P<word>{_PROSE.pattern})|[,.;:?!](?=\s|$)")
_OF_LAYERS = r"\b(?:tanh|sigmoid|softmax|relu|ReLU)\b|σ\("
_SIGNED = regex(rf"ᵀ|\.T\b|\^\{{?T\b|[∂∇⊙∘⁻]|\^\{{?-1|\bd\w/d\w|{_OF_LAYERS}")
"""What only mathematics has: a transpose, ∂, ∇, ⊙, an inverse, the functions of a layer."""
_OF_CODE = r"\b(?:if|for|def|return|import|let|const|var|is|the|of)\b(?!\s*=)"
_FOREIGN = regex(rf"[\"$`#&!?\\;<>%~|]|\.\.\.|//|--|{_OF_CODE}")
"""Signs and words that stand in code and prose, not in an equation."""
_INDEX = r"(?:\^?\[[\w+\-, ]*\]|\^\{[^{}]*\}|[₀-₉ˡᴸ¹²³⁰⁴-⁹ₗ⁺⁻]+)?"
_NAME = regex(rf"(?<!\w)(?P<name>[^\W\d]\w*?)(?P<index>{_INDEX})'?(?![\w])(?P<call>(?:\s*'|\^?\[\w+\]'?)*\()?")


def parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the equation of a line stands, and what stands apart from it, after it: a remark, another equation."""
    at = 0
    for gap in _GAP.finditer(text):
        if "=" in text[at : gap.start()]:
            yield at, gap.start()
            at = gap.end()
    yield at, len(text)


def is_apart(text: str) -> bool:
    """Whether no words of a sentence stand in a line, but for a remark after it."""
    head = text[: next(parts(text))[1]]
    return _PROSE.search(head) is None


def within(text: str) -> Iterator[tuple[int, int]]:
    """Where equations may stand in a sentence: between its words, its signs and brackets that it leaves open."""
    at = 0
    for stop in (*_stops(text), (len(text), len(text))):
        if "=" in text[at : stop[0]]:
            yield _closed(text, at, stop[0])
        at = stop[1]


def _stops(text: str) -> Iterator[tuple[int, int]]:
    """The words, and the commas and full stops outside of brackets."""
    for found in _STOP.finditer(text):
        before = text[: found.start()]
        if found["word"] or before.count("(") <= before.count(")"):
            yield found.span()


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """A run without the blanks at its ends, and without a bracket that is not closed in it."""
    opened: list[int] = []
    for at in range(start, end):
        if text[at] == "(":
            opened.append(at)
        elif text[at] == ")" and not opened:
            start, opened = (at + 1, opened) if "=" not in text[start:at] else (start, [at])
            break
        elif text[at] == ")":
            opened.pop()
    end = opened[0] if opened else end
    run = text[start:end]
    return start + len(run) - len(run.lstrip()), start + len(run.rstrip())


def equations(texts: Sequence[str], known: frozenset[str]) -> list[bool]:
    """Of plain texts, which are wholly equations: an operation on the right, and none but known names.

    Names are known that the mathematics of the document has, those of course notation, and those in a line with a sign
    that only mathematics has. Beside one of these, single letters and their runs are names as well.
    """
    likely = [_is_likely(text) for text in texts]
    found = [is_one and _is_of_names(text, known) for text, is_one in zip(texts, likely, strict=True)]
    for at, text in enumerate(texts):
        found[at] = found[at] or (likely[at] and _SIGNED.search(text) is not None and _is_of_letters(text, known))
    if known or any(found):
        told = known.union(*(names(text) for text, is_one in zip(texts, found, strict=True) if is_one))
        for at, text in enumerate(texts):
            found[at] = found[at] or (likely[at] and _is_of_letters(text, told))
    return found


def _is_likely(text: str) -> bool:
    """Whether a text has a relation, something on both of its sides, and an operation on the right."""
    if len(text) > LONGEST or _FOREIGN.search(text):
        return False
    sides = _RELATION.split(text)
    return len(sides) > 1 and all(side.strip() for side in sides) and _OPERATION.search(sides[-1]) is not None


def _is_of_names(text: str, known: frozenset[str]) -> bool:
    """Whether all names in a text are known, or a convention's; what is applied to something may be any function."""
    found = [(name["name"], name["call"], name["index"]) for name in _NAME.finditer(text)]
    return bool(found) and all(
        (bool(call) and not _is_matrix(name, index)) or _is_name(name, index, known) for name, call, index in found
    )


def _is_name(name: str, index: str, known: frozenset[str]) -> bool:
    return name in _WORDS or _is_matrix(name, index) or any(spelling in known for spelling in _spellings(name))


def _spellings(name: str) -> Iterator[str]:
    """A name with and without its indices, and what its gradient, or the name that it is the gradient of, is called."""
    for spelling in (name, name.rstrip("0123456789"), name.partition("_")[0].rstrip("0123456789")):
        yield spelling
        yield f"d{spelling}"
        if len(spelling) > 1 and spelling[0] in "d∂":
            yield spelling[1:]


def _is_matrix(name: str, index: str) -> bool:
    return (_CONVENTIONAL_INDEXED if index else _CONVENTIONAL).fullmatch(name) is not None


def _is_of_letters(text: str, known: frozenset[str]) -> bool:
    """Whether all words in a text are letters with their indices, runs of these, gradients, functions, or known."""
    return all(word in known or _is_letters(word) for word in _WORD.findall(_BELOW.sub(" ", text)))


def _is_letters(word: str) -> bool:
    """Whether a word is a letter, `dW`, `AS`, `Xw` or one that is spelled out, `theta`; `As` and `to` are words."""
    if word.lower() in _SHORT and not word.isupper():
        return False
    bare = word.rstrip("0123456789")
    name = bare[1:] if len(bare) > 1 and bare[0] in "dδΔ" else bare
    return len(name) == 1 or name in _GREEK or bare in _FUNCTIONS | _WORDS or _RUN.fullmatch(name) is not None
