"""Unicode as people type formulas in it: fonts folded to letters, superscripts and subscripts as plain text."""

from __future__ import annotations

import re
from unicodedata import normalize

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵀˡᴸⁱʲᵏᵐⁿᵗᵃᵇᶜᵈᵉᶠᵍʰᵒᵖʳˢᵘᵛʷˣʸᶻᴴᴺᴹ"
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼ"
MARKS = "\u0300-\u036f\u20d0-\u20ff"
FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
LETTER = rf"(?:[^\W\d_{SUPERSCRIPTS}{SUBSCRIPTS}Σ{''.join(FRACTIONS)}]|𝟙|Σ(?=[{MARKS}]))[{MARKS}]*"
SIGMA = r"Σ(?!_?\{?\w+\s*[=∈])"
"""A capital sigma that is not a sum: `Σ_{i=1}` is one, whatever is declared."""

_LOWERED = str.maketrans(
    SUPERSCRIPTS + SUBSCRIPTS,
    "0123456789+-=()TlLijkmntabcdefghoprsuvwxyzHNM0123456789+-=()aeoxhklmnpstiruvj",
)
_RAISED = str.maketrans("0123456789+-lL", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ˡᴸ")
_SUNK = str.maketrans("0123456789+-l", "₀₁₂₃₄₅₆₇₈₉₊₋ₗ")
_FOLDED = str.maketrans("−–∗′’‵ʹ⊺∙•∥〈〉（）［］，＝＋“”⟵𝟏", "--*''''⊤··‖⟨⟩()[],=+\"\"←𝟙")
_FONTS = "[\U0001d400-\U0001d7d8\U0001d7da-\U0001d7ffℎℒℰℱℋℐℳℛℬ]+"


def letters(sigma: bool) -> str:
    """The pattern of a letter, with or without Σ."""
    return f"(?:{LETTER}|{SIGMA})" if sigma else LETTER


def fold(text: str) -> str:
    """The text with mathematical fonts and look-alike signs replaced, of the same length."""
    if text.isascii():
        return text
    return re.sub(_FONTS, _letters, text.translate(_FOLDED))


def of_ascii(pattern: str) -> str:
    """A pattern for texts of ASCII alone: what they cannot hold is one character, since sets of more compile slowly."""
    return re.sub(r"[^\x00-\x7f]|\\u[0-9a-f]{4}", "\xff", pattern)


def _letters(run: re.Match[str]) -> str:
    return normalize("NFKC", run[0])


def lowered(run: str) -> str:
    """A run of superscripts or subscripts as ordinary characters: `ˡ⁻¹` is `l-1`."""
    return run.translate(_LOWERED)


def small(text: str) -> tuple[str, str]:
    """A text in superscripts and in subscripts, signs that have none as they are: `l-1` is `ˡ⁻¹` and `ₗ₋₁`."""
    return text.translate(_RAISED), text.translate(_SUNK)
