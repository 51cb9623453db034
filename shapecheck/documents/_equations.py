"""Tell formulas from what only looks like one: names, calls and shapes that mathematics in a text mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..text import regex

_NESTED = regex(r"[_^]\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}")
_INDEXED = regex(r"[_^]\s*(?:\\[A-Za-z]+|[\w'])")
_RELATION = regex(r"(?<![<>!])=|\\(?:approx|equiv|leftarrow|gets|coloneqq)(?![A-Za-z])|[←≈≡≔]")
_RANGE = regex(r"\A\s*\\?\w+\s*=[\w\s,;]*+(?:\\[lc]?dots|\.\.\.|…)")
_LISTING = regex(r"\s*\((?:[^(),]|\([^()]*\))+(?:,(?:[^(),]|\([^()]*\))+)+\)\s*[.,;]?\s*")
"""Several things in one bracket, `(W x, b)`."""
_SUM = regex(r"[-+]")
_TRANSPOSE = regex(r"\^\s*(?:\{[^{}]*?)?\s*(?:\\(?:top|intercal|math\w+\s*\{?\s*T|text\s*\{?\s*T)|T)(?![A-Za-z])")
_GRADIENT = regex(
    r"\\[dt]?frac\s*\{\s*(?:\\partial|d)\s*[^{}]*\}\s*\{\s*(?:\\partial|d)(?:[^{}]|\{[^{}]*\})*\}|\\nabla\s*\\?[A-Za-z]*|∂\s*\w+\s*/\s*∂\s*\w+"
)
_ATOM = regex(r"\\?[^\W\d_]+|\d+(?:\.\d+)?|\\?[^\W\d_]")
_BASE = regex(r"(?<!\\)[^\W\d_]+")


def is_formula(latex: str) -> bool:
    """Whether mathematics is an equation or has an operation: it does not just mention a name, a call or a shape."""
    # What stands above and below may hold relations and names of its own, as in \sum_{i=1}.
    bare = _NESTED.sub(" ", latex) if "{" in latex else latex
    if _RANGE.search(bare):
        return False
    if _RELATION.search(bare):
        return True
    bare = _fonts().sub(" ", _INDEXED.sub(" ", bare))
    if _not_an_expression().search(bare) or _call().fullmatch(bare) or _LISTING.fullmatch(bare):
        return False
    if _mention().fullmatch(bare) and not ("^" in latex and _SUM.search(bare) and _TRANSPOSE.search(latex)):
        return False
    return len(_ATOM.findall(_GRADIENT.sub(" D ", latex if "frac" in latex else bare))) > 1


def names(text: str) -> Iterable[str]:
    """The bases of the names in a formula, plain or LaTeX."""
    return _BASE.findall(_fonts().sub(" ", text))


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
def _mention() -> re.Pattern[str]:
    """Names or sizes in a list, a tuple or a shape: `n \\times m`, `(n, m)`, `W, b`."""
    term = r"\\?\w+(?:\s*[-+]\s*\w+)?"
    return re.compile(rf"[\s(\[]*{term}(?:\s*(?:\\times|×|,|\bx\b)\s*+(?:{term})?)*[\s)\].;]*")
