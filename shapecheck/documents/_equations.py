"""Tell formulas from what only looks like one: names and shapes in prose, code that is no equation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

LONGEST = 400
"""How long a line of prose or a code span may be that is read as an equation."""


def is_formula(latex: str) -> bool:
    """Whether mathematics is an equation or has an operation: it does not just mention a name, a call or a shape."""
    # What stands above and below may hold relations and names of its own, as in \sum_{i=1}.
    bare = _nested().sub(" ", latex) if "{" in latex else latex
    if _range().search(bare):
        return False
    if _relation().search(bare):
        return True
    bare = _fonts().sub(" ", _indexed().sub(" ", bare))
    if _not_an_expression().search(bare) or _call().fullmatch(bare) or _listing().fullmatch(bare):
        return False
    if _mention().fullmatch(bare) and not ("^" in latex and _sum().search(bare) and _transpose().search(latex)):
        return False
    return len(_atom().findall(_gradient().sub(" D ", latex if "frac" in latex else bare))) > 1


def is_plain_equation(text: str, known: frozenset[str]) -> bool:
    """Whether a plain text is wholly an equation: an operation on the right, and none but known names."""
    if len(text) > LONGEST or _foreign().search(text):
        return False
    sides = _plain_relation().split(text)
    if len(sides) < 2 or not all(side.strip() for side in sides) or not _operation().search(sides[-1]):
        return False
    names = [(name["name"], name["call"], name["index"]) for name in _plain_name().finditer(text)]
    return bool(names) and all(
        (bool(call) and not _is_matrix(name, index)) or _is_name(name, index, known) for name, call, index in names
    )


def names(text: str) -> Iterable[str]:
    """The bases of the names in a formula, plain or LaTeX."""
    return _base().findall(_fonts().sub(" ", text))


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
    return (_conventional_indexed() if index else _conventional()).fullmatch(name) is not None


_WORDS = frozenset(
    "T np numpy axis keepdims True False sum mean m l d dot tanh sigmoid relu softmax exp log"
    " λ lambda lam α alpha η lr".split()
)


@cache
def _nested() -> re.Pattern[str]:
    return re.compile(r"[_^]\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}")


@cache
def _indexed() -> re.Pattern[str]:
    return re.compile(r"[_^]\s*(?:\\[A-Za-z]+|[\w'])")


@cache
def _relation() -> re.Pattern[str]:
    return re.compile(r"(?<![<>!])=|\\(?:approx|equiv|leftarrow|gets|coloneqq)(?![A-Za-z])|[←≈≡≔]")


@cache
def _range() -> re.Pattern[str]:
    return re.compile(r"\A\s*\\?\w+\s*=[\w\s,;]*+(?:\\[lc]?dots|\.\.\.|…)")


@cache
def _fonts() -> re.Pattern[str]:
    words = "math|text|bold|operatorname|rm|bf|it|bm|left|right|hat|tilde|bar|vec|q?quad|displaystyle"
    return re.compile(rf"\\(?:{words})[a-z]*|\\[,;:! ]|[{{}}~]")


@cache
def _not_an_expression() -> re.Pattern[str]:
    words = "in|to|mapsto|[A-Za-z][a-z]*arrow|subset|forall|exists|[lc]?dots|leq?|geq?|neq?|ll|gg|sim|mid"
    return re.compile(rf"\\(?:{words})(?![A-Za-z])|[:<>≤≥∈→…?!]|\.\.\.")


@cache
def _call() -> re.Pattern[str]:
    """A function at names or numbers, `g'(z)`, or a size, a density and the like at anything but arrays: `O(n m)`."""
    name = r"\\?\w+(?:\.\d+)?'*(?:\^?\[[^\[\]]*\])?"
    at_names = rf"\\?[A-Za-z]+'*\s*\(\s*{name}(?:\s*[,;|]\s*{name})*\s*\)"
    inside = r"(?:(?!\\(?:circ|odot|otimes)\b)[^()+*/])*"
    return re.compile(rf"\s*(?:{at_names}|(?:[OENp]|\\?Pr|Var|Cov|KL)\s*\({inside}\))\s*[.,;]?\s*")


@cache
def _listing() -> re.Pattern[str]:
    """Several things in one bracket, `(W x, b)`."""
    return re.compile(r"\s*\((?:[^(),]|\([^()]*\))+(?:,(?:[^(),]|\([^()]*\))+)+\)\s*[.,;]?\s*")


@cache
def _mention() -> re.Pattern[str]:
    """Names or sizes in a list, a tuple or a shape: `n \\times m`, `(n, m)`, `W, b`."""
    term = r"\\?\w+(?:\s*[-+]\s*\w+)?"
    return re.compile(rf"[\s(\[]*{term}(?:\s*(?:\\times|×|,|\bx\b)\s*+(?:{term})?)*[\s)\].;]*")


@cache
def _sum() -> re.Pattern[str]:
    return re.compile(r"[-+]")


@cache
def _transpose() -> re.Pattern[str]:
    return re.compile(r"\^\s*(?:\{[^{}]*?)?\s*(?:\\(?:top|intercal|math\w+\s*\{?\s*T|text\s*\{?\s*T)|T)(?![A-Za-z])")


@cache
def _gradient() -> re.Pattern[str]:
    return re.compile(
        r"\\[dt]?frac\s*\{\s*(?:\\partial|d)\s*[^{}]*\}\s*\{\s*(?:\\partial|d)(?:[^{}]|\{[^{}]*\})*\}|\\nabla\s*\\?[A-Za-z]*|∂\s*\w+\s*/\s*∂\s*\w+"
    )


@cache
def _atom() -> re.Pattern[str]:
    return re.compile(r"\\?[^\W\d_]+|\d+(?:\.\d+)?|\\?[^\W\d_]")


@cache
def _foreign() -> re.Pattern[str]:
    """Signs and words that stand in code and prose, not in an equation."""
    words = r"\b(?:if|for|def|return|import|let|const|var|is|the|of)\b(?!\s*=)"
    return re.compile(rf"[\"$`#&!?\\;<>%~|]|\.\.\.|//|--|{words}")


@cache
def _plain_relation() -> re.Pattern[str]:
    return re.compile(r"(?<![=<>!:+\-*/])(?::|[-+])?=(?!=)(?![^(\[]*[)\]])|←")


@cache
def _operation() -> re.Pattern[str]:
    return re.compile(r"[@*⊙∘·⋅×/+−-]|\.T\b|\^T|ᵀ|\w\s*\(|[\w\])'ᵀ]\s+[^\W\d_]")


@cache
def _plain_name() -> re.Pattern[str]:
    index = r"(?:\^?\[[\w+\-, ]*\]|\^\{[^{}]*\}|[₀-₉ˡᴸ¹²³⁰⁴-⁹ₗ⁺⁻]+)?"
    return re.compile(rf"(?<!\w)(?P<name>[^\W\d]\w*?)(?P<index>{index})'?(?![\w])(?P<call>(?:\s*'|\^?\[\w+\]'?)*\()?")


@cache
def _conventional() -> re.Pattern[str]:
    return re.compile(r"(?:d_?|∂)?(?:[WbZAazwΘΩ]_?[0-9lL]|[WZAX]|A_prev)|d_?[WbZAXY]|Y|(?:δ|delta)_?[0-9lL]")


@cache
def _conventional_indexed() -> re.Pattern[str]:
    return re.compile(r"(?:d_?|∂)?[WbZAazwXYΘΩ]|δ|delta")


@cache
def _base() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)[^\W\d_]+")
