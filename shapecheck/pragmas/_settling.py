"""What pragmas do to the findings of a line, and what there is to say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ..diagnostic import Diagnostic, Fix
from ..text import Edit, Source, Span
from ._pragma import Pragma

UNUSED_IGNORE = "SC002"
UNMET_EXPECTATION = "SC003"
BAD_PRAGMA = "SC113"


def is_any(code: str) -> bool:
    """Whether a run looks for a code, where it looks for all."""
    return True


def settle(
    found: Iterable[Diagnostic], pragma: Pragma | None, source: Source, computed: Callable[[str], bool] = is_any
) -> list[Diagnostic]:
    """The findings of a line that are left after its pragma, and what there is to say of the pragma itself.

    `source` is the text that the pragma stands in. `computed` says whether this run looks for a code at all; what it
    does not look for is neither missed nor unused.
    """
    if pragma is None:
        return list(found)
    if pragma.kind == "mistaken":
        return [*found, bad_pragma(pragma, source)]
    if pragma.kind == "expect":
        return list(_expected(list(found), pragma, computed))
    return list(_ignored(list(found), pragma, source, computed))


def _expected(found: list[Diagnostic], pragma: Pragma, computed: Callable[[str], bool]) -> Iterator[Diagnostic]:
    wanted = {code for code in pragma.codes if computed(code)}
    if not wanted:
        yield from found
        return
    there = {each.code for each in found if each.severity != "info" or each.code in wanted}
    yield from (each for each in found if each.code not in wanted)
    if wanted != there:
        yield unmet_expectation(pragma, sorted(wanted), sorted(there))


def _ignored(
    found: list[Diagnostic], pragma: Pragma, source: Source, computed: Callable[[str], bool]
) -> Iterator[Diagnostic]:
    if not pragma.codes:
        if not found:
            yield unused_ignore(pragma, [], source)
        return
    yield from (each for each in found if each.code not in pragma.codes)
    there = {each.code for each in found}
    unused = [code for code in pragma.codes if code not in there and computed(code)]
    if unused:
        yield unused_ignore(pragma, unused, source)


def bad_pragma(pragma: Pragma, source: Source) -> Diagnostic:
    """SC113: a comment that is meant for shapecheck but has no effect as written."""
    message = f"`{source.slice(pragma.span).strip()}` has no effect"
    if not pragma.meant:
        how = "write it with codes, as in `expect: SC201` or `shapecheck: ignore[SC204]`"
        return Diagnostic(BAD_PRAGMA, "bad-directive", "error", f"{message}: {how}", pragma.span)
    edit = Edit(pragma.span, pragma.meant)
    fix = Fix("correct the comment", _line_with(edit, source), (edit,), safe="SC" in pragma.meant)
    said = f"{message}; did you mean `{pragma.meant}`?"
    return Diagnostic(BAD_PRAGMA, "bad-directive", "error", said, pragma.span, fixes=(fix,))


def unmet_expectation(pragma: Pragma, wanted: list[str], there: list[str]) -> Diagnostic:
    """SC003: a line whose findings are not the expected codes."""
    message = f"expected {_listed(wanted)} here, found {_listed(there)}"
    return Diagnostic(UNMET_EXPECTATION, "unmet-expectation", "error", message, pragma.span)


def unused_ignore(pragma: Pragma, codes: list[str], source: Source) -> Diagnostic:
    """SC002: a pragma, or codes in it, that silence nothing; the fix removes them."""
    silenced = f"no {' or '.join(codes)}" if codes else "no finding"
    message = f"nothing to ignore: there is {silenced} here"
    edit = _removal(pragma, codes, source)
    title = f"remove {' and '.join(codes)} from the comment" if edit.text else "remove the comment"
    fix = Fix(title, _line_with(edit, source, pragma.span.start), (edit,), safe=True)
    return Diagnostic(UNUSED_IGNORE, "unused-ignore", "warning", message, pragma.span, fixes=(fix,))


def _line_with(edit: Edit, source: Source, at: int | None = None) -> str:
    """The line of a pragma after an edit."""
    line = source.place(edit.span.start if at is None else at).line
    text, first = source.line(line), source.starts[line - 1]
    return (text[: max(edit.span.start - first, 0)] + edit.text + text[edit.span.end - first :]).strip()


def _removal(pragma: Pragma, unused: list[str], source: Source) -> Edit:
    """Removes codes from a pragma, or the whole comment, and its line if nothing else is on it."""
    left = [code for code in pragma.codes if code not in unused]
    if left:
        return Edit(pragma.span, f"shapecheck: ignore[{', '.join(left)}]")
    line = source.place(pragma.span.start).line
    first, text = source.starts[line - 1], source.line(line)
    before, after = text[: pragma.span.start - first], text[pragma.span.end - first :]
    opening = re.search(r"[ \t]*(?:<!--|#+|%+|\.\.)[ \t]*$", before)
    closing = re.match(r"[ \t]*-->" if opening and "<!--" in opening[0] else r"[ \t]*$", after)
    if opening is None or closing is None:
        return Edit(pragma.span, "")
    start, end = first + opening.start(), pragma.span.end + closing.end()
    if not (text[: opening.start()] + after[closing.end() :]).strip():
        end = source.starts[line] if line < len(source.starts) else len(source.text)
        return Edit(Span(first, end), "")
    return Edit(Span(start, end), "")


def _listed(codes: list[str]) -> str:
    return ", ".join(codes) or "nothing"
