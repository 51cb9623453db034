"""Tell formulas from what only looks like one: names, calls and shapes that mathematics in a text mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


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


def names(text: str) -> Iterable[str]:
    """The bases of the names in a formula, plain or LaTeX."""
    return _base().findall(_fonts().sub(" ", text))


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
def _base() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)[^\W\d_]+")
