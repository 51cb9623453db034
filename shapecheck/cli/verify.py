"""`shapecheck verify`: whether formulas are the gradients of their forward pass, on random arrays."""

from __future__ import annotations

from typing import Annotated

import typer

from . import _check_options as its
from ._checking import Request
from ._checking import check as run
from ._command import Command
from ._options import Color, Convention, Notation, Shapes, options
from ._targets import named

Targets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TARGET...", help="Formulas that belong together, a file, a folder, or - for standard input."
    ),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="The seed of the random arrays.")]


def verify(
    targets: Targets = None,
    *,
    seed: Seed = 0,
    shape: Shapes = None,
    convention: Convention = None,
    notation: Notation = None,
    format: its.Format = None,
    output: its.Output = None,
    strict: its.Strict = False,
    quiet: its.Quiet = False,
    verbose: its.Verbose = False,
    color: Color = "auto",
) -> int:
    """Verify that formulas are the gradients of their forward pass, and check their shapes.

    Each formula is evaluated on random arrays and compared with the true gradient of the forward pass. The exit status
    is that of check.
    """
    words = named(targets, 'shapecheck verify "dZ1 = W2.T dZ2 * g1\'(Z1)"')
    chosen = options(shape, convention, notation, strict=strict, gradients=True, seed=seed)
    request = Request(chosen, format, output, quiet=quiet, verbose=verbose, color=color)
    return run(words, request)


command = Command(
    verify,
    """\
shapecheck verify notes.formulas
shapecheck verify "dZ1 = W2.T dZ2 * g1'(Z1)"
shapecheck verify "Z = W X" "J = 1/2 sum((Z - Y)^2)" "dZ = Z - Y" "dW = dZ X.T"
shapecheck verify --seed 7 backward.py""",
)
