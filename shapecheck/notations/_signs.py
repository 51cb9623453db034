"""The levels of precedence and the signs at each, shared by reader and writer."""

from __future__ import annotations

COMPARE, SUM, TERM, ELEMENTWISE, COEFFICIENT, PRODUCT, POWER, POSTFIX, ATOM = range(9)
"""Loosest first. TERM is what a sum adds: a negated chain, or a sigma with its body; COEFFICIENT is a product that
begins with `p/q`."""

COMMANDS = ("odot", "circ", "ast", "cdot", "times", "leftarrow", "gets", "top", "intercal", "prime")
"""The commands of LaTeX that plain text borrows."""

LEVELS = {
    "": PRODUCT,
    "·": PRODUCT, "⋅": PRODUCT, "×": PRODUCT, "∙": PRODUCT, "•": PRODUCT, "\\cdot": PRODUCT, "\\times": PRODUCT,
    "*": ELEMENTWISE, "∗": ELEMENTWISE, ".*": ELEMENTWISE, "∘": ELEMENTWISE, "⊙": ELEMENTWISE, "(o)": ELEMENTWISE,
    "o": ELEMENTWISE,
    "\\odot": ELEMENTWISE, "\\circ": ELEMENTWISE, "\\ast": ELEMENTWISE, "\\star": ELEMENTWISE,
    "\\cdot *": ELEMENTWISE, "\\cdot*": ELEMENTWISE, "\\bullet": PRODUCT, "\\div": ELEMENTWISE,
    "\\otimes": PRODUCT, "⊗": PRODUCT,
    "/": ELEMENTWISE, "./": ELEMENTWISE, "÷": ELEMENTWISE, "//": ELEMENTWISE,
    "\\": ELEMENTWISE, "\\backslash": ELEMENTWISE, "\\setminus": ELEMENTWISE,
    ":": PRODUCT, ".": PRODUCT,
    "@": ELEMENTWISE, "%": ELEMENTWISE,
}  # fmt: skip
"""The level of each sign between factors."""

KINDS = {
    "∘": "*", "⊙": "*", "(o)": "*", ".*": "*", "\\odot": "*", "\\circ": "*", "\\ast": "*",
    "./": "/", "÷": "/", "//": "/",
    "⋅": "·", "×": "·", "\\cdot": "·", "\\times": "·",
    "<": "compare", ">": "compare", "<=": "compare", ">=": "compare", "≤": "compare", "≥": "compare",
    "!=": "compare", "~=": "compare", "≠": "compare",
    ":=": "=", "≔": "=", "←": "=", "\\leftarrow": "=", "&=": "=", "≈": "=", "≡": "=",
    "+=": "=", "-=": "=", "*=": "=", "/=": "=", "@=": "=",
    "||": "‖", "\\|": "‖", "∑": "Σ", ".^": "**",
    "=>": ";", "==>": ";", "⇒": ";", "⟹": ";", "\\prime": "'",
    "...": "name", "…": "name", ".'": "transpose", "⊤": "transpose",
    "<-": "=", "≜": "=", "≝": "=", "∝": "=", "≃": "=", "≅": "=", "$": "",
}  # fmt: skip
"""The kind of token that a sign is, where it is not a kind of its own; an empty kind is a blank."""

STARS = frozenset(("*", "∗", "\\ast", "", "np.multiply"))
"""The signs of the elementwise product that may mean another; `⊙` and its like never do."""

FUNCTION_LETTERS = frozenset("fghσφϕψρ")
"""The letters that are functions where a bracket follows."""
