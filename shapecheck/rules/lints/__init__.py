"""The rules that look at statements that fit, a file each: `lints.all()`."""

from __future__ import annotations

from ...registry import Registry

lints = Registry(__name__, __path__[0], "rule")
