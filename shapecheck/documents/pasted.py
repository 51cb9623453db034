"""A formula as it is pasted: between quotes or dollars, after a prompt or a dash, in a traceback, or plain.

Texts that are no file are read so: what is given in the terminal, on standard input, or as a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..syntax.nodes import Trouble
from ..text import Source, regex
from . import formulas
from ._document import Document, Passage

_FIRST = frozenset(".`“”„«‘'\"‹*•◦▪‣…<\\$=>→⇒([+-–—_~0123456789")
_LAST = frozenset("`“”»’'\"›*✓\\>$]}_~")
"""What a pasted line may begin and end with beside the formula, and some formulas too."""
_WORDS = ("In ", "In[", "Out", "return", "print", "assert", "def ", "import ", "from ", "class ", "for ", "Traceback")
_OF_MESSAGES = ("shape", "imension", "size", "nonconformant")
_FIRST_SIGNS, _LAST_SIGNS = (re.escape("".join(sorted(signs))) for signs in (_FIRST, _LAST))
_FIRST_WORDS = "|".join(map(re.escape, _WORDS))
_BEGINS_OR_ENDS = regex(
    rf"^[ \t]*+(?:[{_FIRST_SIGNS}]|{_FIRST_WORDS})|[{_LAST_SIGNS}][.,;]?[ \t]*$|\$",
    re.MULTILINE,
)


def windows(source: Source, is_code: bool = False) -> Iterator[Passage]:
    """The statements of a text in order, without what was pasted with them."""
    if not _may_hold_more(source.text):
        return formulas.windows(source, is_code)
    from ._pasted import windows as find

    return find(source, is_code)


def code(source: Source) -> Iterator[Passage]:
    """The same where all formulas are Python."""
    return windows(source, is_code=True)


def troubles(source: Source) -> list[Trouble]:
    """The messages of libraries in a text that come without the line of code that they are about."""
    if not is_message(source.text):
        return []
    from ._pasted import troubles as find

    return find(source)


def is_message(text: str) -> bool:
    """Whether a text may hold the message of a library."""
    return any([word in text for word in _OF_MESSAGES])


def _may_hold_more(text: str) -> bool:
    """Whether something may stand in a text that is none of its formulas."""
    if "\n" in text or "\r" in text:
        return _BEGINS_OR_ENDS.search(text) is not None or is_message(text)
    bare = text.strip().rstrip(".,;")
    has_display = "$" in bare or "\\(" in bare or "\\[" in bare or "\\begin" in bare
    return bare[:1] in _FIRST or bare[-1:] in _LAST or has_display or bare.startswith(_WORDS) or is_message(text)


document = Document("pasted", (), windows, explicit=True, troubles=troubles, code=code)
