"""The notations, one module each: `notations["plain"].parse(window)` and `.write(node, text, style)`."""

from ..registry import Registry
from ._notation import Notation

notations = Registry(__name__, __path__[0], "notation")

__all__ = ["Notation", "notations"]
