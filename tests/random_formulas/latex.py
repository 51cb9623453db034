r"""The trees in LaTeX, in a Markdown document: `$\mathbf{W}_1^\top \odot \tanh(Z)$` below a comment that declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Any

from .examples import Example, declarations
from .read import value
from .spell import JUXTAPOSED, POSTFIX, RAISED, Speller
from .tree import Function, Matrix, Number, Scaled, Squared, Sum, Transpose, Tree

GREEK = {"Theta": r"\Theta", "Φ": r"\Phi", "Λ": r"\Lambda", "Σ": r"\Sigma", "δ": r"\delta"}
FACTORS = {"1/m": r"\frac{1}{m}", "λ": r"\lambda"}


@dataclass(frozen=True)
class LatexSpeller(Speller):
    """An author of LaTeX: also how names, layers, functions and brackets are set."""

    font: str = ""
    layer: str = "_{}"
    upright: str = r"\operatorname"
    large: bool = False

    def name(self, name: str) -> str:
        base, _, index = name.partition("_")
        if name[-1].isdigit() and not index:
            return self._set(name[:-1]) + self.layer.replace("{}", name[-1])
        return self._set(base) + (f"_{{{index}}}" if index else "")

    def _set(self, base: str) -> str:
        if len(base) > 1 and base not in GREEK:
            return rf"\text{{{base}}}"
        sign = GREEK.get(base, base)
        return f"{self.font}{{{sign}}}" if self.font else sign

    def _scaled(self, by: str, of: Tree) -> str:
        return f"{FACTORS.get(by, by)} {self._at_least(JUXTAPOSED, of)}"

    def _quotient(self, left: Tree, right: Tree) -> tuple[str, int]:
        return rf"\frac{{{self.formula(left)}}}{{{self.formula(right)}}}", JUXTAPOSED

    def _spell(self, tree: Tree) -> tuple[str, int]:
        if isinstance(tree, Squared) and isinstance(tree.of, Matrix | Transpose):
            return f"({self.formula(tree.of)})^2", RAISED
        return super()._spell(tree)

    def _inverted(self, of: Tree) -> str:
        text = self._at_least(POSTFIX, of)
        return f"{{{text}}}^{{-1}}" if "^" in text and text[-1] != ")" else text + "^{-1}"

    def _transposed(self, of: Tree) -> str:
        text = self._at_least(POSTFIX, of)
        if isinstance(of, Matrix):
            return self._of_name(text)
        return f"({text}){self.transpose}" if isinstance(of, Transpose) else text + self.transpose

    def _of_name(self, text: str) -> str:
        if "^" not in text:
            return text + self.transpose
        return f"{{{text}}}{self.transpose}" if self.large else f"{text[:-1]}{self.transpose[1:].strip('{}')}}}"

    def _function(self, name: str) -> str:
        known = name in ("exp", "tanh", "sin")
        return f"\\{name}" if known and self.upright != r"\text" else f"{self.upright}{{{name}}}"

    def _at_least(self, level: int, tree: Tree) -> str:
        text = super()._at_least(level, tree)
        if not self.large or text == self.formula(tree):
            return text
        return rf"\left({text[1:-1]}\right)"


def latex(random: Random) -> Speller:
    """An author of LaTeX at random."""
    return LatexSpeller(
        transpose=random.choice(("^T", "^{T}", r"^\top", r"^{\top}")),
        product=random.choices(("", "np.dot", r"\cdot", r"\times"), (5, 1, 1, 1))[0],
        elementwise=random.choice((r"\odot", r"\odot", "*", r"\circ")),
        prefix="np.",
        font=random.choice(("", "", r"\mathbf", r"\boldsymbol")),
        layer=random.choice(("_{}", "^{[{}]}", "^{({})}")),
        upright=random.choice((r"\operatorname", r"\mathrm", r"\text")),
        large=random.random() < 0.5,
    )


def worth(example: Example, text: str) -> Any:
    """What an expression is worth, read as plain text; ValueError where it does not fit or is not of that language."""
    names = sorted(example.declared, key=lambda name: -len(example.author.name(name)))
    text = _without_fractions(re.sub(r"\\left|\\right", "", text))
    text = re.sub(r"\^(?:\{\s*(?:\\top|T)\s*\}|\s*(?:\\top(?![A-Za-z])|T))", ".T ", text)
    for place, name in enumerate(names):
        spelled = example.author.name(name)
        text = re.sub(rf"(?<![A-Za-z\\@=.]){re.escape(spelled)}(?![A-Za-z])", f"@{place}@", text)
        text = text.replace(f"{{@{place}@}}", f"@{place}@")
        if spelled.endswith("}"):
            text = re.sub(re.escape(spelled[:-1]) + r"\s*(?:\\top|T)\}", f"@{place}@.T", text)
    text = re.sub(r"\\(?:operatorname|mathrm|text)\{(\w+)\}", r"\1", text)
    text = re.sub(r"\\(?:odot|circ)", "*", text)
    text = re.sub(r"\^\{-1\}", "^-1", text.replace(r"\cdot", "·").replace(r"\times", "×").replace(r"\lambda", "λ"))
    text = re.sub(r"\\(?=[a-z])", "", text).replace("{", "(").replace("}", ")")
    return value(re.sub(r"@(\d+)@", lambda found: f" {names[int(found[1])]} ", text), example.arrays)


_FRACTION = re.compile(r"\\frac(?!.*\\frac)\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}")
"""The last fraction of a text: what is in it holds none."""


def _without_fractions(text: str) -> str:
    """Fractions with a sign, the last ones first; `1/m` is a number of its own."""
    text = text.replace(FACTORS["1/m"], " 1/m ")
    while (found := _FRACTION.search(text)) is not None:
        text = f"{text[: found.start()]}(({found[1]}) / ({found[2]})){text[found.end() :]}"
    return text


def is_mention(example: Example) -> bool:
    """Whether prose may name this without stating a formula, as in "the weights `$W^T$`" or "of `$x^2$`"."""
    tree = example.written
    if isinstance(tree, Sum) and isinstance(tree.left, Number):
        tree = tree.right
    while isinstance(tree, Transpose | Function | Scaled | Squared):
        tree = tree.of
    is_difference = isinstance(tree, Sum) and isinstance(tree.left, Matrix) and isinstance(tree.right, Matrix)
    return not example.target and (isinstance(tree, Matrix) or is_difference)


def markdown(made: list[Example]) -> tuple[str, list[int]]:
    """A Markdown document with a paragraph a formula, inline or displayed, and the line that each begins on."""
    text = f"# Formulas\n\n<!-- shapecheck\n{declarations(made)}-->\n"
    lines = []
    for number, example in enumerate(made):
        lines.append(text.count("\n") + 2)
        inline = number % 3 == 0
        text += f"\nThen ${example.text}$ follows.\n" if inline else f"\n$${example.text}$$\n"
    return text, lines
