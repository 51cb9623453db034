"""How a report is written: one module a format, each with a `format` that renders reports to text."""

from __future__ import annotations

from ..registry import Registry
from ._format import Format, Options

formats = Registry(__name__, __path__[0], "format")
"""The formats by name; a module is imported when its format is asked for."""

__all__ = ["Format", "Options", "formats"]
