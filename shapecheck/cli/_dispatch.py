"""What the words of a call mean: a command, a formula, or files; typer is imported only where there are options."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from ..registry import Registry
from . import _status
from ._output import write

commands = Registry(__package__ or "", os.path.dirname(__file__), "command")
"""The commands by name; a module is imported when its command is named."""

EXAMPLES = """\
Check the shapes of a formula, of a file of formulas, or list the shapes of all its names:

  shapecheck "dZ1 = W2.T dZ2 * g1'(Z1)"
  shapecheck notes.formulas
  shapecheck shapes notes.formulas

shapecheck -h says more.
"""
_OF_THE_WHOLE = ("-h", "--help", "--version", "--install-completion", "--show-completion")


def dispatch(argv: list[str]) -> int:
    """Carry out a call and return its exit status."""
    if "_SHAPECHECK_COMPLETE" in os.environ or (argv and argv[0] in _OF_THE_WHOLE):
        from ._app import run_all

        return run_all(argv)
    if not argv:
        write(EXAMPLES, sys.stdout)
        return _status.CLEAN
    if argv[0] in commands:
        from ._app import run_command

        return run_command(argv[0], argv[1:])
    if argv == ["-"] or not any(_may_be_option(word) for word in argv):
        from ._checking import Request, check

        return check(targets(argv), Request())
    return _with_options(argv)


def targets(words: Sequence[str]) -> list[str]:
    """Several targets where the first is a path, else one formula, its words joined by blanks."""
    from ._targets import is_path

    are_paths = words[0] == "-" or (is_path(words[0]) and "=" not in words[1:])
    return list(words) if are_paths else [" ".join(words)]


def _may_be_option(word: str) -> bool:
    return word.startswith("-") and (word.startswith("--") or not any(char.isspace() for char in word))


def _with_options(argv: list[str]) -> int:
    from ._app import run_command, split_options

    options, words = split_options("check", argv)
    if words and words[0] in commands:
        return run_command(words[0], [*options, *words[1:]])
    if any(word in _OF_THE_WHOLE for word in options):
        from ._app import run_all

        return run_all([word for word in options if word in _OF_THE_WHOLE])
    return run_command("check", [*options, *(["--", *targets(words)] if words else ())], program="shapecheck")
