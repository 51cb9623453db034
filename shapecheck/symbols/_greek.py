"""Greek letters by their names: `theta` and `θ` are one symbol, as are `delta_o` and `δ_o`."""

from __future__ import annotations

_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu"
    " nu xi omicron pi rho sigma tau upsilon phi chi psi omega"
).split()
_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"
_UPPER = _LETTERS.upper()
LETTERS = dict(zip(_NAMES, _LETTERS, strict=True)) | {
    name.capitalize(): letter for name, letter in zip(_NAMES, _UPPER, strict=True)
}
"""The letter of each name."""


def with_letters(base: str) -> str:
    """A base with the letter in place of its name, after a `d` too: `dtheta` is `dθ`."""
    word, _, _ = base.partition("_")
    if word in LETTERS:
        return LETTERS[word] + base[len(word) :]
    if word[:1] == "d" and word[1:] in LETTERS:
        return "d" + LETTERS[word[1:]] + base[len(word) :]
    return base
