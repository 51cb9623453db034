"""Every example file has a forward pass of which gradients are derived, in every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecheck.derivation import Derivation, derive
from shapecheck.derivation.text import text_of
from shapecheck.notations import notations
from shapecheck.text import Source

FILES = sorted((Path(__file__).resolve().parents[2] / "formulas").glob("*.formulas"))


def derivations(path: Path) -> list[Derivation]:
    return derive(Source(path.read_text(encoding="utf-8"), str(path)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_gradients_are_derived(path: Path) -> None:
    found = derivations(path)
    assert any(derivation.lines for derivation in found)
    for form in (None, *notations.names):
        lines = [line for derivation in found for line in text_of(derivation, form)]
        assert max(map(len, lines)) <= 160, form


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_the_author_has_a_line_for_is_derived(path: Path) -> None:
    for derivation in derivations(path):
        claimed = {claim.of for claim in derivation.graph.claims}
        assert claimed & set(derivation.graph.inputs) <= {line.of for line in derivation.lines}


def test_layers_that_are_letters_have_the_lines_of_one_layer() -> None:
    (deep,) = derivations(FILES[0].with_name("deep_network.formulas"))
    assert text_of(deep) == [
        "dZ[l] = W[l+1].T dZ[l+1] * g[l]'(Z[l])",
        "dW[l] = 1/m dZ[l] A[l-1].T",
        "db[l] = 1/m sum(dZ[l], axis=1, keepdims=True)",
    ]
    delta = derivations(FILES[0].with_name("delta_rule.formulas"))[0]
    assert text_of(delta)[:2] == ["δˡ = Wˡ⁺¹ᵀ δˡ⁺¹ ⊙ aˡ ⊙ (1 - aˡ)", "∂C/∂Wˡ = δˡ aˡ⁻¹ᵀ"]
