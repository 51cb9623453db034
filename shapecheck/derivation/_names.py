"""How a name is spelled in each notation: `W^{[1]}` is `W1` in code, `dh⟨t-1⟩` is `dh_prev`."""

from __future__ import annotations

import keyword
import re
import unicodedata

from ..symbols import STEPS
from ..syntax.nodes import Name

GRADIENT = "∂"
"""How the keys of gradients begin."""
_TIMES = {"": "", "-1": "_prev", "+1": "_next"}
"""What stands for a time, by what is added to its letter: `h<t-1>` is `h_prev`."""
_NOW = ("t", *STEPS)
_SIGNS = {"+": "_plus_", "-": "_minus_"}
"""What stands between a layer's letter and its number: `A_l_plus_1` and `A_l_minus_1` are two."""
_MARKS = {
    "\u0302": "_hat",
    "\u0303": "_tilde",
    "\u0304": "_bar",
    "\u0305": "_bar",
    "\u0307": "_dot",
    "\u030c": "_check",
}
"""What stands above a letter, as code calls it: without it a letter would be another variable."""
_GREEK = "GREEK SMALL LETTER ", "GREEK CAPITAL LETTER "
_LAST_WORD = re.compile(r"""([^\W\d]\w*)["'\]]*\Z""")


def identifier(name: Name) -> str:
    """A name of Python: that of its author where it is one."""
    key = name.key or name.text
    is_gradient = key.startswith(GRADIENT)
    if _is_identifier(name.text) and (not is_gradient or name.text[:1] == "d"):
        return _free(name.text)
    return "d" + _plain_key(key[1:]) if is_gradient else _plain_key(key)


class Identifiers:
    """Names of code, none for two variables: a second one that would be spelled alike gets a line after it.

    With `ascii` Greek letters are words, as MATLAB knows no other letters.
    """

    def __init__(self, ascii: bool = False) -> None:
        self._ascii = ascii
        self._texts: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    def __call__(self, name: Name) -> str:
        """What code calls a variable."""
        key = name.key or name.text
        if key not in self._texts:
            text = _in_words(identifier(name)) if self._ascii else identifier(name)
            while text in self._keys:
                text += "_"
            self._texts[key] = text
            self._keys[text] = key
        return self._texts[key]


def _in_words(text: str) -> str:
    """A name whose letters are all ASCII: `dγ` is `dgamma`."""
    return "".join(letter if letter.isascii() else _word(letter) for letter in text)


def _word(letter: str) -> str:
    name = unicodedata.name(letter, "letter").rpartition(" ")[2]
    return name.lower() if letter.islower() else name.capitalize()


def _is_identifier(text: str) -> bool:
    """Whether a text is a name of Python that stays as it is written: `aˡ` would be `al`."""
    return text.isidentifier() and unicodedata.normalize("NFKC", text) == text


def _plain_key(key: str) -> str:
    """A key without brackets: `W[2]` is `W2`, `h<t-1>` is `h_prev`, `self.W` is `W`."""
    text = re.sub(r"<([^<>]*)>", lambda match: _time(match[1]), key.partition("@")[0])
    text = re.sub(r"\[(\d+)\]", r"\1", text)
    text = re.sub(r"(?<=[^\W\d_])([+-])(?=\d)", lambda match: _SIGNS[match[1]], text)
    word = _LAST_WORD.search(text) if "." in text or '"' in text else None
    text = re.sub(r"\\([A-Za-z]+)", r"\1", word[1] if word else text)
    text = "".join(_MARKS.get(letter, letter) for letter in unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFKC", re.sub(r"[^\w]+", "_", text)).strip("_")
    return _free(text) if text.isidentifier() else f"v_{text}"


def _free(text: str) -> str:
    """A name that is not a word of Python's: `lambda_`."""
    return f"{text}_" if keyword.iskeyword(text) else text


def _time(text: str) -> str:
    """A time as the end of a name: nothing for the present, `_prev` and `_next` for the steps beside it."""
    found = _TIMES.get(text[1:]) if text[:1] in _NOW else None
    return _number(text) if found is None else found


def _number(text: str) -> str:
    """A time as a part of a name: `h<3>` is `h3`, `h<t-2>` is `h_t_prev2`, another than `h<t+2>`."""
    signs = text.replace("-", "_prev").replace("+", "_next")
    return text if text.isdecimal() else "_" + re.sub(r"\W", "_", signs)


def typeset(name: Name) -> str:
    """A name in LaTeX: a layer is a superscript in brackets where its author put it into brackets, else an index."""
    key = name.key or name.text
    start = "d" if key.startswith(GRADIENT) else ""
    key = key.removeprefix(GRADIENT).partition("@")[0]
    base, bracket, layer = key.partition("[")
    base, angle, time = base.partition("<")
    text = start + _based(base)
    if bracket:
        closed = f"[{layer.partition(']')[0]}]" if "[" in name.text else layer.partition("]")[0]
        text += f"^{{{closed}}}" if "[" in name.text else f"_{{{closed}}}"
    return text + (f"^{{\\langle {time.partition('>')[0]} \\rangle}}" if angle else "")


def _based(base: str) -> str:
    """Greek letters as commands, a decoration or a number as an index: `\\gamma`, `W_{f}`, `p_{prev}`."""
    head, _, index = base.partition("_")
    match = re.fullmatch(r"(.*?)(\d+)", head)
    head, index = (match[1], match[2]) if match and match[1] and not index else (head, index)
    text = "".join(map(_command, head)).strip()
    return f"{text}_{{{index}}}" if index else text


def _command(letter: str) -> str:
    name = unicodedata.name(letter, "")
    for start in _GREEK:
        if name.startswith(start) and " " not in name[len(start) :]:
            word = name[len(start) :].lower()
            return f"\\{word if start == _GREEK[0] else word.capitalize()} "
    return letter
