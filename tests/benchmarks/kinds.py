"""What there may be thousands of in a file: one of many must cost about what one of few does."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from shapecheck.check import check
from shapecheck.derivation import derive
from shapecheck.settings import Settings
from shapecheck.text import Source

from .measure import Row, interleaved, ratio, seconds

FEW, MANY = 1_000, 8_000
SHALLOW, DEEP = 8, 64
NAMES = ("coursera", "batch-first")

KINDS: dict[str, tuple[str, Callable[[int], str]]] = {
    "blanks behind a formula": ("x.formulas", lambda count: f"A = B C{' ' * count}(\n"),
    "lines of a comment": ("x.tex", lambda count: "$A = B C$\n" + "%\n" * count),
    "tabs in a table": ("x.md", lambda count: f"| $A = B C$ |{chr(9) * count}| b |\n|---|---|\n"),
    "uses of a macro": ("x.tex", lambda count: r"\newcommand{\W}{W_1}" + "\n" + "$A = \\W B$\n\n" * count),
    "rows of a chain": ("x.tex", lambda count: r"\begin{align}A" + "&= B \\\\\n" * count + r"&= C\end{align}"),
    "declarations": ("x.formulas", lambda count: "".join(f"W{each}: n{each} x m\n" for each in range(count))),
    "lines of a docstring": (
        "x.py",
        lambda count: 'def f(x):\n    """F.\n\n    Args:\n' + "        x: shape (n, m)\n" * count + '    """\n',
    ),
    "sections": ("x.md", lambda count: "".join(f"# S{each}\n\n$A = B C$\n\n" for each in range(count))),
    "returns to a convention": (
        "x.formulas",
        lambda count: "".join(
            f"@convention {NAMES[each % 2]}\nA{each}: n x m\nB{each} = A{each}\n" for each in range(count)
        ),
    ),
    "returns to a convention, with errors": (
        "x.formulas",
        lambda count: "".join(
            f"@convention {NAMES[each % 2]}\nA{each}: 3 x 4\nB{each} = A{each} A{each}\n" for each in range(count)
        ),
    ),
    "declared formulas": (
        "x.formulas",
        lambda count: "".join(f"A{each}: n{each} x m{each}\nB{each} = A{each}.T\n" for each in range(count)),
    ),
    "stated shapes": (
        "x.md",
        lambda count: "".join(
            rf"$A_{{{each}}} \in \mathbb{{R}}^{{n \times m}}$ and $B_{{{each}}} = A_{{{each}}} C$." + "\n\n"
            for each in range(count)
        ),
    ),
    "cells": ("x.ipynb", lambda count: cells(["$A = B C$"] * count)),
    "columns of a table": ("x.md", lambda count: f"|{' $A = B C$ |' * count}\n|{'---|' * count}\n"),
    "pragmas": ("x.formulas", lambda count: "A = B C  # ignore: SC201\n" * count),
    "fences": ("x.md", lambda count: "```formulas\nA = B C\n```\n\n" * count),
    "signs of mathematics": ("x.md", lambda count: "$a$ " * count),
    "brackets": ("x.formulas", lambda count: f"A = {'(' * count}B{')' * count}\n"),
    "braces": ("x.tex", lambda count: f"$A = {'{' * count}B{'}' * count}$\n"),
    "indices": ("x.formulas", lambda count: f"A = B[{','.join(['i'] * count)}]\n"),
    "classes": (
        "x.py",
        lambda count: "".join(
            f"class C{each}:\n    def f(self, x):\n        self.y = x @ self.w\n\n\n" for each in range(count)
        ),
    ),
    "functions": ("x.py", lambda count: "".join(f"def f{each}(x, w):\n    y = x @ w\n\n\n" for each in range(count))),
    "branches": ("x.py", lambda count: "".join(f"if a:\n    y{each} = x @ w\n" for each in range(count))),
}


def kinds(rounds: int) -> list[Row]:
    """What one of 8,000 costs against one of 1,000, for each kind; and a gradient of 64 layers against one of 8."""
    rows = [_row(name, path, make, rounds) for name, (path, make) in KINDS.items()]
    return [*rows, _layers(rounds)]


def _row(name: str, path: str, make: Callable[[int], str], rounds: int) -> Row:
    texts = {"few": make(FEW), "many": make(MANY)}
    times = interleaved(
        {key: _clock(lambda text=text: check(Source(text, path), Settings())) for key, text in texts.items()}, rounds
    )
    for taken, count in (("few", FEW), ("many", MANY)):
        times[taken] = [each / count for each in times[taken]]
    return Row(f"{name}: of 8,000 / of 1,000", *ratio(times, "many", "few"), 1.5)


def _layers(rounds: int) -> Row:
    clocks = {str(count): _clock(partial(derive, Source(network(count), "x.formulas"))) for count in (SHALLOW, DEEP)}
    times = interleaved(clocks, rounds)
    return Row("the gradients of 64 layers / of 8", *ratio(times, str(DEEP), str(SHALLOW)), 10.0)


def cells(texts: list[str]) -> str:
    """A notebook with a cell for each text."""
    made = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in texts]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


def _clock(action: Callable[[], object]) -> Callable[[], float]:
    return partial(seconds, action)


def network(count: int) -> str:
    """The forward pass of so many layers of tanh."""
    layers = "".join(f"Z{a} = W{a} A{a - 1} + b{a}\nA{a} = tanh(Z{a})\n" for a in range(1, count + 1))
    return f"{layers}J = 1/2 sum((A{count} - Y)^2)\n"
