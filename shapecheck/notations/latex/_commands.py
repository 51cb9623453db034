r"""What LaTeX's commands mean: letters, fonts, accents, functions, signs, and those that stand for nothing."""

from __future__ import annotations

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ lambda λ mu μ"
    " nu ν xi ξ pi π varpi π rho ρ varrho ρ sigma σ varsigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω"
    " Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ imath i jmath j hbar ħ"
    " infty ∞ ldots … cdots … dots … dotsc … dotsb … vdots … ddots …"
).split()
LETTERS = dict(zip(_GREEK[::2], _GREEK[1::2], strict=True))
"""Commands that are one letter."""

_MARKS = (
    ("hat widehat", "\u0302"), ("tilde widetilde", "\u0303"), ("bar overline", "\u0304"),
    ("dot", "\u0307"), ("ddot", "\u0308"), ("check", "\u030c"), ("breve", "\u0306"),
    ("underline underbar", "\u0332"), ("acute", "\u0301"), ("grave", "\u0300"), ("mathring", "\u030a"),
)  # fmt: skip
ACCENTS = {command: mark for commands, mark in _MARKS for command in commands.split()}
"""Commands that put a mark on their argument, which is part of the name."""

FONTS = frozenset(
    (
        "mathbf boldsymbol bm mathrm text mathcal mathsf mathit mathtt mathscr mathfrak mathnormal operatorname bold bf"
        " rm it sf tt cal textbf textit textrm textsf texttt mathbb symbf symbfit symup mbox pmb boldmath bb mathds"
        " textnormal hbox mathop mathbin mathrel mathord vphantom smash boxed ensuremath vec overrightarrow"
    ).split()
)
"""Commands that change how a name looks, not which it is."""

FUNCTIONS = frozenset(
    "tanh exp log ln sin cos tan max min sinh cosh det tr Tr diag sign sgn arctan argmax argmin sup inf rank".split()
)
"""Commands, and names in an upright font, that are functions: what follows is their argument."""

BRACKETED = FUNCTIONS | frozenset(
    "E indicator softmax sigmoid relu ReLU sum mean trace vec outer sqrt norm abs var Var".split()
)
"""The functions after which a square bracket holds an argument."""

SIGNS = {
    "cdot": "·", "times": "·", "bullet": "·",
    "odot": "*", "circ": "*", "ast": "*", "star": "*", "otimes": "⊗",
    "div": "/", "pm": "+", "mp": "-", "backslash": "\\", "setminus": "\\", "mid": "|",
    "leftarrow": "=", "gets": "=", "approx": "=", "equiv": "=", "coloneqq": "=", "triangleq": "=", "doteq": "=",
    "simeq": "=", "cong": "=", "longleftarrow": "=", "Coloneqq": "=", "colonequals": "=", "eq": "=",
    "propto": "=", "coloneq": "=",
    "lt": "compare", "gt": "compare", "le": "compare", "leq": "compare", "ge": "compare", "geq": "compare",
    "ne": "compare", "neq": "compare", "leqslant": "compare", "geqslant": "compare",
    "prime": "'", "partial": "∂", "nabla": "∇", "sum": "Σ",
    "in": "∈", "notin": "∈", "forall": "∀", "to": "∈", "mapsto": "∈", "rightarrow": "∈", "sim": "∈", "colon": ":",
    "Rightarrow": "break", "implies": "break", "therefore": "break", "iff": "break", "Leftrightarrow": "break",
    "because": "break", "Longrightarrow": "break", "Longleftrightarrow": "break", "Leftarrow": "break",
    "newline": "break", "cr": "break",
    "quad": "wide", "qquad": "wide", "hfill": "wide",
    "frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "sqrt",
}  # fmt: skip
"""The kind of token that a command is."""

SPELLED = {
    "lt": "<", "gt": ">", "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=", "ne": "!=", "neq": "!=",
    "leqslant": "<=", "geqslant": ">=", "sum": "∑",
}  # fmt: skip
"""The text of a token where it is not the command."""

WITH_ARGUMENT = frozenset(
    "tag label hspace vspace phantom hphantom ref eqref cite color intertext mspace footnote".split()
)
"""Commands that stand for nothing, with their argument."""

FIRST_ARGUMENT = frozenset("textcolor underset overset stackrel colorbox raisebox substack".split())
"""Commands whose first argument stands for nothing; a second one, if there is one, is what is meant."""

DERIVATIVES = frozenset("pd pdv pder pderiv partialderiv dpd".split())
"""Commands of the usual packages, and of many authors, that make a derivative of their two arguments."""

BRACED = {"underbrace": "_", "overbrace": "^", "underbracket": "_", "overbracket": "^"}
"""Commands whose argument is what is meant; the script that follows is a remark."""

SIZES = frozenset(
    [f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")]
    + ["left", "right", "middle"]
)
"""Commands that give the next bracket its size."""

MATRICES = frozenset("matrix pmatrix bmatrix Bmatrix vmatrix smallmatrix array bsmallmatrix psmallmatrix".split())
LINES = frozenset(
    "align aligned alignat alignedat split gather gathered equation eqnarray multline displaymath math".split()
)
"""Environments of blocks, and those that are only lines."""
