"""Texts to try to break a check with: anything at all, real formulas gone wrong, signs of the language in any order."""

from __future__ import annotations

from hypothesis import strategies as st

REAL = (
    "dZ[1] = dZ[2] W[2]T * g[1]'(Z[1])",
    "dW2 = 1/m dZ2 A1.T",
    "db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)",
    "δ¹ = W²ᵀ δ² ⊙ σ'(z¹)",
    "W1, dW1: n1 x n0",
    "∂L/∂W = ∂L/∂z aᵀ  # expect: SC201",
    "Z1 = W1 X + b1   # shapecheck: ignore[SC204]",
    "@convention coursera",
    "@sizes n0=3, m=5",
    "@elementwise f swish",
    "a = softmax(Q K^T / sqrt(d_k)) V",
    r"dZ^{[l]} = \frac{\partial \mathcal{L}}{\partial A^{[l]}} * {g^{[l]}}^{'}(Z^{[l]})",
    r"\begin{bmatrix} a_{prev} \\ x_t \end{bmatrix}^T",
    r"db = \frac{1}{m} \sum_{i=1}^{m} dz^{(i)} \tag{7}",
    "dWax += np.dot(dz, x.T)",
    "dx = (dout @ w.T).reshape(x.shape[0], -1)",
    "y = x[:, 1:] * (Z > 0) + np.einsum('ij,jk->ik', A, B)",
    "A = [h; x] .* B'",
    "def f(W, dZ):\n    dA = W.T @ dZ\n    return dA",
    "$dW = dZ A^T$ and \\(x \\in \\mathbb{R}^{n \\times d}\\)",
    '{"cells": [{"cell_type": "code", "source": ["A = B @ C"]}], "nbformat": 4}',
)
SIGNS = (
    *"()[]{}+-*/@=:;,.'^_~&|<>!?#%$\\\"\n\r\t\v\f\0\x1b\x7f\x85\u2028\u2029",
    *("\u202e", "\u200f", "\u2066", "\ufeff", "\u200b", "\u0301", "\ud800", "\udfff", "𝐖", "ᵀ", "²", "ℓ", "⊙", "⁺¹"),
    *(
        ".T",
        "^T",
        "^{T}",
        "^{-1}",
        "T",
        "'",
        "W1",
        "dW1",
        "m",
        "g'(",
        "np.sum(",
        "axis=",
        "keepdims=True",
        ":=",
        "+=",
        "= ",
    ),
    *(
        "\\frac{",
        "\\partial",
        "\\begin{",
        "\\end{",
        "\\left(",
        "\\right)",
        "\\sum_",
        "\\mathbf",
        "d_",
        "∂",
        "Σ",
        "x",
        "einsum(",
    ),
    *(
        "# expect: ",
        "# shapecheck: ignore[",
        "@include ",
        "@reset",
        "```",
        "<!-- shapecheck: ",
        "9" * 2000,
        "1e999999",
        "0x",
        "٣",
    ),
    *(
        "(" * 300,
        "[" * 300,
        "{" * 300,
        ")" * 300,
        "-" * 300,
        "'" * 300,
        "^" * 300,
        "\\frac" * 150,
        "A " * 300,
        " = " * 100,
    ),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Real formulas in which pieces are put in, cut out, doubled and exchanged."""
    text = "\n".join(draw(st.lists(st.sampled_from(REAL), min_size=1, max_size=3)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 8)))
        match draw(st.sampled_from(("put", "cut", "double", "reverse"))):
            case "put":
                text = text[:start] + draw(st.sampled_from(SIGNS)) + text[start:]
            case "cut":
                text = text[:start] + text[end:]
            case "double":
                text = text[:end] + text[start:end] * draw(st.sampled_from((1, 2, 60))) + text[end:]
            case _:
                text = text[:start] + text[start:end][::-1] + text[end:]
    return text


anything = st.text(alphabet=st.characters(exclude_categories=()))
"""Any characters, lone surrogates among them."""

signs = st.lists(st.sampled_from((*SIGNS, *REAL[:8])), max_size=25).map("".join)
"""The signs of the language in any order."""

texts = st.one_of(mutated(), signs, anything)
