"""Ways to write formulas: `notations["plain"].parse(window)` and `.write(node, text, style)`, a module each."""

from ..registry import Registry

notations = Registry(__name__, __path__[0], "notation")
