"""Reports made by hand: the one that every format renders, and the pieces to make others."""

from __future__ import annotations

from shapecheck.diagnostic import Diagnostic, Fix, FormulaResult, Label, Report
from shapecheck.text import Edit, Source, Span


def span(text: str, part: str) -> Span:
    """Where a part first stands in a text."""
    start = text.index(part)
    return Span(start, start + len(part))


def swapped(path: str = "<formula>") -> Report:
    """The report of `dZ1 = dZ2 W2.T * g1'(Z1)`."""
    text = "dZ1 = dZ2 W2.T * g1'(Z1)"
    found = Diagnostic(
        code="SC201",
        name="inner-dimensions-differ",
        severity="error",
        message="inner dimensions differ: dZ2 is n2×m, W2.T is n1×n2",
        span=span(text, "dZ2"),
        labels=(
            Label(span(text, "dZ2"), "n2×m: m columns"),
            Label(span(text, "W2.T"), "n1×n2: n1 rows"),
        ),
        notes=(
            "shapes from the coursera convention (columns are examples); override with -s",
            "the formula is right as written in the batch-first layout (rows are examples)",
        ),
        fixes=(
            Fix(
                "swap the factors: W2.T dZ2 is (n1×n2)(n2×m) = n1×m, the shape of dZ1",
                "dZ1 = W2.T dZ2 * g1'(Z1)",
                (Edit(span(text, "dZ2 W2.T"), "W2.T dZ2"),),
                safe=True,
            ),
        ),
    )
    formula = FormulaResult(Span(0, len(text)), "error", "dZ1", None)
    return Report(Source(text, path), [formula], [found], (), "coursera")


def right(path: str = "<formula>") -> Report:
    """The report of a right formula."""
    text = "dZ1 = W2.T dZ2 * g1'(Z1)"
    return Report(Source(text, path), [FormulaResult(Span(0, len(text)), "ok", "dZ1", ("n1", "m"))], [], (), "coursera")


HOSTILE = (
    "dZ[l] = [bold]W[/bold] [/] {x} :smile: \x1b[31m\u202e \t W\x00\r\n"
    "::error file=x::forged\n"
    "α̂ 漢字 = dZ[l] \ud800 " + "A B " * 60 + "end\n"
)


def hostile() -> Report:
    """Markup, control characters, line ends and a lone surrogate wherever text can stand."""
    text = HOSTILE
    words = "dZ[l] is [red]n×m[/red]\n::error::forged \x1b]0;title\x07 \ud800 漢字"
    found = Diagnostic(
        code="SC202",
        name="elementwise-shapes-differ",
        severity="warning",
        message=words,
        span=span(text, "dZ[l] \ud800"),
        labels=(
            Label(span(text, "[bold]W[/bold]"), words),
            Label(span(text, "漢字"), words),
            Label(span(text, "字 = dZ"), words),
            Label(span(text, "end"), words),
            Label(span(text, "W\x00\r\n::error"), words),
            Label(Span(len(text), len(text)), words),
        ),
        notes=(words, "word " * 80, "x" * 300),
        fixes=(
            Fix(words, text, (Edit(span(text, "dZ"), "dZ"),), safe=False),
            Fix("", "dZ[l] = B", (Edit(Span(0, len(text)), "dZ[l] = B"),), safe=False),
            Fix("nothing", "", (), safe=False),
        ),
    )
    formulas = [
        FormulaResult(Span(0, 30), "unknown", "dZ[l]\n[b]", (None, "4", "n_a + n_x")),
        FormulaResult(span(text, "α̂ 漢字 = dZ[l]"), "ok", "dZ[l]", ("n[l]", "m")),
    ]
    return Report(Source(text, "a [b]\n.formulas", cell=3), formulas, [found], (words,), "mine[x]")
