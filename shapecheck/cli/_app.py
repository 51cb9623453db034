"""The typer application: one command built alone where it is named, all of them for help and completion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from . import _status
from ._command import Command, UsageError
from ._dispatch import commands
from ._manual import topics

_CONTEXT = {"help_option_names": ["-h", "--help"]}
_HELP = """\
Check the shapes in backpropagation formulas, written the way people write them.

Give a FORMULA, and shapecheck tells whether its shapes fit. If not, it says why and suggests a fix. A name that is not
declared has the shape it has in the usual courses: W1 is n1 x n0, Z1 is n1 x m.

Files and folders are checked too. The options of `check` can come before or after the formula; `shapecheck check -h`
lists them."""
_EXAMPLES = """\
shapecheck "dZ1 = W2.T dZ2 * g1'(Z1)"
shapecheck -s "W: 3 x 4" -s "x: 4" "W x"
shapecheck notes.formulas
shapecheck rule SC201"""


def run_command(name: str, argv: Sequence[str], program: str | None = None) -> int:
    """Run one command on its words; the others are not built."""
    app = _empty(add_completion=False)
    _add(app, name)
    return _run(typer.main.get_command(app), argv, program or f"shapecheck {name}")


def run_all(argv: Sequence[str]) -> int:
    """Run the whole application, as help and completion need it."""
    return _run(typer.main.get_command(whole()), argv, "shapecheck")


def whole() -> typer.Typer:
    """The application with every command."""
    app = _empty(add_completion=True)
    for name in commands.names:
        _add(app, name)
    app.callback(invoke_without_command=True, help=_HELP, epilog=_epilog("", _EXAMPLES), context_settings=_CONTEXT)(
        _callback
    )
    return app


def split_options(name: str, argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options of a command with their values, and the other words in order.

    A word is an option where it is spelled as one; `-A` in `dZ = -A B` is none. A misspelled `--word` is left for
    typer to complain of.
    """
    app = _empty(add_completion=False)
    _add(app, name)
    takes_value = {
        spelling: not getattr(parameter, "is_flag", False)
        for parameter in typer.main.get_command(app).params
        for spelling in parameter.opts
        if spelling.startswith("-")
    }
    options: list[str] = []
    words: list[str] = []
    waiting = list(argv)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return options, words + waiting
        spelling = word.partition("=")[0] if word.startswith("--") else word
        if spelling in takes_value:
            options.append(word)
            if takes_value[spelling] and spelling == word and waiting:
                options.append(waiting.pop(0))
        elif word in ("-h", "--help", "--version") or (word[:2] == "--" and word[2:3].isalpha()) or _is_jobs(word):
            options.append(word)
        else:
            words.append(word)
    return options, words


def _is_jobs(word: str) -> bool:
    return word.startswith("-j") and word[2:].isdecimal()


def _empty(add_completion: bool) -> typer.Typer:
    return typer.Typer(
        add_completion=add_completion,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_CONTEXT,
        subcommand_metavar="FORMULA... | COMMAND [ARGS]...",
    )


def _add(app: typer.Typer, name: str) -> None:
    command: Command = commands[name]
    summary = " ".join((command.run.__doc__ or "").partition("\n\n")[0].split())
    epilog = _epilog(name, command.examples)
    app.command(name, epilog=epilog, short_help=summary, context_settings=_CONTEXT)(command.run)


def _epilog(name: str, examples: str) -> str:
    """The examples, which help prints as they are, and the page of the manual on that command."""
    lines = "\n".join(f"  {line}" for line in examples.splitlines())
    manual = f"shapecheck help {name}".rstrip() if not name or name in topics() else ""
    return "\n\n".join(("Examples:", f"\b\n{lines}", *([f"Manual: {manual}"] if manual else [])))


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"shapecheck {version('shapecheck-backprop')}")
        except PackageNotFoundError:
            typer.echo("shapecheck")
        raise typer.Exit


def _callback(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def _run(command: Any, argv: Sequence[str], program: str) -> int:
    """The exit status of a command; what typer complains of is one line, with where to find help."""
    try:
        status = command.main(args=list(argv), prog_name=program, standalone_mode=False)
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    except SystemExit as error:  # so click ends where nobody reads its help
        if isinstance(error.__context__, BrokenPipeError):
            raise error.__context__ from error
        raise
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        message = str(error.format_message())
        raise UsageError(f"{message[:1].lower()}{message[1:].rstrip('.')} (see {program} -h)") from error
    if status == _status.INTERRUPTED:
        raise KeyboardInterrupt
    return status if isinstance(status, int) else _status.CLEAN
