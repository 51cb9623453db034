"""Small rewrites that may mend a formula: `repairs["transpose"].propose(node, checked, section)`, a module each."""

from ..registry import Registry

repairs = Registry(__name__, __path__[0], "repair")
