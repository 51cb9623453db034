"""By what a finding is known again in a later run, although the lines above it have changed."""

from __future__ import annotations

import os
from collections import Counter
from hashlib import sha256

from ..diagnostic import Diagnostic, Report
from ..text import Source


def fingerprint(report: Report, found: Diagnostic, seen: Counter[str]) -> str:
    """A hash of the path, the code and the lines that a finding stands on; `seen` tells equal ones apart."""
    parts = (relative(report.source.path), found.code, _lines(report.source, found))
    digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    seen[digest] += 1
    return digest if seen[digest] == 1 else sha256(f"{digest}{seen[digest]}".encode()).hexdigest()


def _lines(source: Source, found: Diagnostic) -> str:
    first, last = (source.place(offset).line for offset in found.span)
    return "\n".join(" ".join(source.line(number).split()) for number in range(first, last + 1))


def relative(path: str) -> str:
    """A path as platforms know it: below the folder of the run, with `/`."""
    if os.path.isabs(path):
        below = os.path.relpath(path)
        path = path if below.startswith(os.pardir) else below
    return path.replace(os.sep, "/").removeprefix("./")
