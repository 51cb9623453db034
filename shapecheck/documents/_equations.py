"""Tell formulas from what only looks like one: names, calls and shapes that mathematics in a text mentions."""

from __future__ import annotations

from collections.abc import Iterable

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
_FONT_WORDS = "math|text|bold|operatorname|rm|bf|it|bm|left|right|hat|tilde|bar|vec|q?quad|displaystyle"
_FONTS = regex(rf"\\(?:{_FONT_WORDS})[a-z]*|\\[,;:! ]|[{{}}~]")
_RELATING = "in|to|mapsto|[A-Za-z][a-z]*arrow|subset|forall|exists|[lc]?dots|leq?|geq?|neq?|ll|gg|sim|mid"
_NOT_AN_EXPRESSION = regex(rf"\\(?:{_RELATING})(?![A-Za-z])|[:<>≤≥∈→…?!]|\.\.\.")
_NAME = r"\\?\w+(?:\.\d+)?'*(?:\^?\[[^\[\]]*\])?"
_AT_NAMES = rf"\\?[A-Za-z]+'*\s*\(\s*{_NAME}(?:\s*[,;|]\s*{_NAME})*\s*\)"
_INSIDE = r"(?:(?!\\(?:circ|odot|otimes)\b)[^()+*/])*"
_CALL = regex(rf"\s*(?:{_AT_NAMES}|(?:[OENp]|\\?Pr|Var|Cov|KL)\s*\({_INSIDE}\))\s*[.,;]?\s*")
"""A function at names or numbers, `g'(z)`, or a size, a density and the like at anything but arrays: `O(n m)`."""
_TERM = r"\\?\w+(?:\s*[-+]\s*\w+)?"
_MENTION = regex(rf"[\s(\[]*{_TERM}(?:\s*(?:\\times|×|,|\bx\b)\s*+(?:{_TERM})?)*[\s)\].;]*")
"""Names or sizes in a list, a tuple or a shape: `n \\times m`, `(n, m)`, `W, b`."""


def is_formula(latex: str) -> bool:
    """Whether mathematics is an equation or has an operation: it does not just mention a name, a call or a shape."""
    # What stands above and below may hold relations and names of its own, as in \sum_{i=1}.
    bare = _NESTED.sub(" ", latex) if "{" in latex else latex
    if _RANGE.search(bare):
        return False
    if _RELATION.search(bare):
        return True
    bare = _FONTS.sub(" ", _INDEXED.sub(" ", bare))
    if _NOT_AN_EXPRESSION.search(bare) or _CALL.fullmatch(bare) or _LISTING.fullmatch(bare):
        return False
    if _MENTION.fullmatch(bare) and not ("^" in latex and _SUM.search(bare) and _TRANSPOSE.search(latex)):
        return False
    return len(_ATOM.findall(_GRADIENT.sub(" D ", latex if "frac" in latex else bare))) > 1


def names(text: str) -> Iterable[str]:
    """The bases of the names in a formula, plain or LaTeX."""
    return _BASE.findall(_FONTS.sub(" ", text))
