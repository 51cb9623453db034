"""Derive the gradients of a forward pass, and verify those an author wrote."""

from __future__ import annotations

from collections.abc import Sequence

from ..values import replace
from ._arguments import Declared, one_of, settings, source_of, text_of
from ._reports import Report, placed


def derive(
    text: str,
    *,
    wrt: Sequence[str] | None = None,
    form: str | None = None,
    convention: str | None = None,
    shapes: Declared = (),
    notation: str | None = None,
    suffix: str | None = None,
) -> list[str]:
    """Derive the gradients of the forward pass in a text, one formula each, in the order of the backward pass.

    `wrt` names the variables; by default the parameters and inputs. `form` is a notation or `sympy`; by default the
    notation of the text. The other arguments are those of `check_text`. Raises ValueError if there is no forward pass,
    if a gradient cannot be derived, or if it cannot be written in that form.

    >>> derive("Z = W X\\nJ = 1/2 sum((Z - Y)^2)", wrt=["W"])
    ['dZ = Z - Y', 'dW = dZ X.T']
    >>> derive("Z = W X\\nJ = 1/2 sum((Z - Y)^2)", wrt=["W"], form="python")
    ['dZ = Z - Y', 'dW = dZ @ X.T']
    """
    from ..derivation.attempts import attempted
    from ..derivation.text import text_of as written
    from ..notations import notations

    one_of("form", form, (*notations.names, "sympy"))
    names = None if wrt is None else [text_of(name) for name in wrt]
    found = attempted(source_of(text, suffix), settings(convention, shapes, notation), None, names)
    return [line for derivation in found.derivations for line in written(derivation, form)]


def verify(
    text: str,
    *,
    convention: str | None = None,
    shapes: Declared = (),
    notation: str | None = None,
    suffix: str | None = None,
    seed: int = 0,
) -> Report:
    """Check every formula of a text, and verify that its gradients are those of its forward pass.

    Each gradient is evaluated on random arrays, drawn with `seed`, and compared with the true one. If the text has no
    forward pass, the convention's is assumed, and a note in the report says so. The other arguments are those of
    `check_text`.

    >>> report = verify("dZ1 = W2.T dZ2")
    >>> [found.code for found in report.diagnostics]
    ['SC301']
    >>> report.diagnostics[0].fixes[0].formula
    "dZ1 = W2.T dZ2 * g1'(Z1)"
    """
    from ..verification import verify as verified

    chosen = replace(settings(convention, shapes, notation), gradients=True, seed=seed)
    return placed(verified(source_of(text, suffix), chosen)[0])
