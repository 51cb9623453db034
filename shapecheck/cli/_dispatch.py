"""Decide what a call is: a command, or a check of formulas and files. Imports typer only if there are options."""

from __future__ import annotations

import os
import sys

from ..registry import Registry
from . import _status
from ._command import UsageError
from ._output import write

commands = Registry(__package__ or "", os.path.dirname(__file__), "command")
"""The commands by name; a module is imported when its command is named."""

EXAMPLES = """\
Do the shapes in a formula fit? And if not, what would fit?

  shapecheck "dZ1 = W2.T dZ2 * g1'(Z1)"   one formula, or several
  shapecheck notes.md lectures/            files and folders
  shapecheck explain "dW1 = 1/m dZ1 X.T"   the shapes step by step
  shapecheck derive forward.formulas       the gradients of a forward pass
  shapecheck verify backward.formulas      are these the gradients?
  shapecheck shapes notes.md               which name has which shape

shapecheck -h tells more; shapecheck help is the manual.
"""
_OF_THE_WHOLE = ("-h", "--help", "--version", "--install-completion", "--show-completion")
_ABOUT_FORMULAS = ("check", "derive", "explain", "shapes", "verify")
"""The commands whose words are formulas, where `-A` is a name and not an option."""


def dispatch(argv: list[str]) -> int:
    """Carry out a call and return its exit status."""
    if os.environ.get("_SHAPECHECK_COMPLETE") == "complete_bash" and not {"COMP_WORDS", "COMP_CWORD"} <= {*os.environ}:
        raise UsageError("_SHAPECHECK_COMPLETE is for shell completion only, and needs COMP_WORDS and COMP_CWORD")
    if "_SHAPECHECK_COMPLETE" in os.environ or (argv and argv[0] in _OF_THE_WHOLE):
        from ._app import run_all

        return run_all(argv)
    if not argv:
        return _without_words()
    if argv[0] in commands:
        return _command(argv[0], argv[1:])
    if argv == ["-"] or not any(map(_may_be_option, argv)):
        return _check(argv)
    return _with_options(argv)


def _without_words() -> int:
    """Check what is piped in; without a pipe, show how to call the program."""
    from ._targets import is_piped

    if is_piped():
        return _check(["-"])
    write(EXAMPLES, sys.stdout)
    return _status.CLEAN


def _check(words: list[str]) -> int:
    from ._checking import Request, check
    from ._mistyped import refuse_mistyped

    refuse_mistyped(words, commands.names)
    return check(words, Request())


def _may_be_option(word: str) -> bool:
    return word.startswith("-") and (word.startswith("--") or not any(char.isspace() for char in word))


def _command(name: str, argv: list[str]) -> int:
    from ._app import run_command, split_options

    if name not in _ABOUT_FORMULAS or not any(map(_may_be_option, argv)):
        return run_command(name, argv)
    options, words = split_options(name, argv)
    return run_command(name, [*options, *(["--", *words] if words else ())])


def _with_options(argv: list[str]) -> int:
    from ._app import run_all, run_command, split_options
    from ._mistyped import refuse_mistyped

    options, words = split_options("check", argv)
    if words and words[0] in commands:
        return run_command(words[0], [*options, *words[1:]])
    refuse_mistyped(words, commands.names)
    if any(word in _OF_THE_WHOLE for word in options):
        return run_all([word for word in options if word in _OF_THE_WHOLE])
    return run_command("check", [*options, *(["--", *words] if words else ())], program="shapecheck")
