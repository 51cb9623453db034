"""Small rewrites that may fix a formula, one module each: `repairs["transpose"].propose(node, checked, section)`."""

from ..registry import Registry

repairs = Registry(__name__, __path__[0], "repair")
