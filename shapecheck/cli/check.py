"""`shapecheck check`: formulas, files, folders and standard input, with every option of a check."""

from __future__ import annotations

from . import _check_options as its
from ._checking import check as run
from ._command import Command
from ._options import Color, Convention, Notation, Shapes
from ._targets import named


def check(
    targets: its.Targets = None,
    *,
    shape: Shapes = None,
    convention: Convention = None,
    notation: Notation = None,
    format: its.Format = None,
    output: its.Output = None,
    report: its.Others = None,
    select: its.Select = None,
    ignore: its.Ignore = None,
    strict: its.Strict = False,
    gradients: its.Gradients = False,
    fix: its.Fix = False,
    unsafe_fixes: its.Unsafe = False,
    diff: its.Diff = False,
    add_ignore: its.AddIgnore = False,
    statistics: its.Statistics = False,
    watch: its.Watch = False,
    exit_zero: its.ExitZero = False,
    stdin_filename: its.StdinFilename = None,
    exclude: its.Exclude = None,
    extend_exclude: its.ExtendExclude = None,
    force_exclude: its.ForceExclude = False,
    quiet: its.Quiet = False,
    verbose: its.Verbose = False,
    jobs: its.Jobs = None,
    no_cache: its.NoCache = False,
    color: Color = "auto",
) -> int:
    """Check the shapes in formulas, files and folders.

    The exit status is 0 if nothing is wrong, 1 if there are errors, and 2 if the command itself is not valid.
    """
    given = its.requested(locals())
    words = ["-"] if stdin_filename is not None and not targets else named(targets, 'shapecheck check "dW = dZ A.T"')
    return run(words, given)


command = Command(
    check,
    """\
shapecheck check "dZ1 = W2.T dZ2 * g1'(Z1)"
shapecheck check -s "W2: n2 x n1" -s "dZ2: n2 x m" "W2.T dZ2"
shapecheck check notes.formulas lectures/
shapecheck check --fix notes.formulas
cat notes.formulas | shapecheck check --format json -""",
)
