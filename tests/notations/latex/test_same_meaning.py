"""A formula in LaTeX and in plain text is resolved to one tree."""

import pytest

from shapecheck.api import read
from shapecheck.check import statements
from shapecheck.settings import Settings
from shapecheck.syntax.nodes import Apply, Name, Node
from shapecheck.text import Source


def meaning(text: str, notation: str) -> str:
    ((_, checked),) = statements(Source(text), Settings(notation=notation))
    return " = ".join(map(settled, checked.equation.members))


def settled(node: Node) -> str:
    """The operations and the keys of a settled tree; a product is one, whatever its sign."""
    if type(node) is Name:
        return node.key
    if type(node) is not Apply:
        return node.text
    name = f"'{node.params.get('order')}" if node.op == "activation" else ""
    return f"({node.op}{name} {' '.join(map(settled, node.args))})"


PAIRS = [
    (r"dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot g^{[1]'}(Z^{[1]})", "dZ1 = W2.T dZ2 * g1'(Z1)"),
    (r"dZ^{[3]} = {W^{[4]}}^T dZ^{[4]} * {g^{[3]}}^{'} (Z^{[3]})", "dZ[3] = W[4].T dZ[4] * g[3]'(Z[3])"),
    (r"\mathbf{dW}^{[1]} = \frac 1 m \mathrm{d}Z^{[1]} X^\top", "dW1 = 1/m dZ1 X.T"),
    (
        r"\frac{\partial L}{\partial W^{[l]}} = \frac{\partial L}{\partial Z^{[l]}} A^{[l-1]T}",
        "∂L/∂W[l] = ∂L/∂Z[l] A[l-1].T",
    ),
    (r"\delta_1 = (W_2^\intercal \cdot \delta_2) \circ \sigma^\prime(Z_1)", "δ1 = (W2.T · δ2) ∘ σ'(Z1)"),
    (r"db_1 = \frac{1}{m} np.sum(dZ_1, axis = 1, keepdims = True)", "db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)"),
    (r"dA^{[2]} = \hat y - Y", "dA2 = ŷ - Y"),
    (r"{\partial J \over \partial W^{[2]}} = dZ^{[2]} A^{[1]T}", "∂J/∂W2 = dZ2 A1.T"),
    (r"dZ_1 = dA_1 \odot \mathbb{1}[Z_1 > 0]", "dZ1 = dA1 ⊙ indicator(Z1 > 0)"),
    (r"dZ_1 = dA_1 \odot \mathbf{I}(Z_1 > f((c)))", "dZ1 = dA1 ⊙ indicator(Z1 > f((c)))"),
    (r"Y = np.sum(X \mathbf{I} (1 - T), axis=1)", "Y = np.sum(X I (1 - T), axis=1)"),
]


@pytest.mark.parametrize(("latex", "plain"), PAIRS)
def test_same_meaning(latex: str, plain: str) -> None:
    assert meaning(plain, "plain") == meaning(latex, "latex")


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (r"dZ^{[1]} = dZ^{[2]} W^{[2]T} \odot g'(Z^{[1]})", r"dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot g'(Z^{[1]})"),
        (r"dA^{[1]} = W^{[2]} dZ^{[2]}", r"dA^{[1]} = W^{[2]T} dZ^{[2]}"),
        (r"dW^{[1]} = \frac{1}{m} dZ^{[1]} X", r"dW^{[1]} = \frac{1}{m} dZ^{[1]} X^T"),
        (
            r"dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]} + dZ^{[2]} A^{[1]T}",
            r"dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T} + dZ^{[2]} A^{[1]T}",
        ),
        (
            r"\frac{\partial E}{\partial \bm{A}^{[2]}} = \frac{\partial E}{\partial \bm{Z}^{[3]}} \bm{W}^{[3]}",
            r"\frac{\partial E}{\partial \bm{A}^{[2]}} = \bm{W}^{[3]T} \frac{\partial E}{\partial \bm{Z}^{[3]}}",
        ),
    ],
)
def test_a_fix_is_spelled_as_its_author_would(text: str, fixed: str) -> None:
    first = read(text, notation="latex").diagnostics[0]
    assert fixed in [fix.formula for fix in first.fixes]
