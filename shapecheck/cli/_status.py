"""The exit statuses."""

from __future__ import annotations

CLEAN = 0
FINDINGS = 1
USAGE = 2
INTERRUPTED = 130
