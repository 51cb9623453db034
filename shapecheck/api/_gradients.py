"""Gradients: derived from a forward pass, and the author's own held against the true ones."""

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
    """The gradients of the forward pass in a text, a formula each, in the order of the backward pass.

    `wrt` names the variables; by default they are the parameters and inputs. `form` is a notation, or `sympy`; by
    default that of the text. The other arguments are those of `check_text`. Raises ValueError where there is no forward
    pass, where no gradient can be taken, and where a form cannot say it.

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
    """Check every formula of a text, and whether those for gradients are the gradients of its forward pass.

    Each is evaluated on random arrays, drawn from `seed`, and held against the gradient that the forward pass has;
    without a forward pass that of the convention is taken, which a note of the report says. The other arguments are
    those of `check_text`.

    >>> report = verify("dZ1 = W2.T dZ2")
    >>> [found.code for found in report.diagnostics]
    ['SC301']
    >>> report.diagnostics[0].fixes[0].formula
    "dZ1 = W2.T dZ2 * g1'(Z1)"
    """
    from ..verification import verify as verified

    chosen = replace(settings(convention, shapes, notation), gradients=True, seed=seed)
    return placed(verified(source_of(text, suffix), chosen)[0])
