"""Check the shapes in backpropagation formulas, written the way people write them.

>>> import shapecheck
>>> formula = shapecheck.read("dZ1 = W2.T dZ2 * g1'(Z1)")
>>> formula.name, formula.shape, formula.status
('dZ1', ('n1', 'm'), 'ok')
>>> wrong = shapecheck.read("dZ1 = dZ2 W2.T * g1'(Z1)")
>>> wrong.diagnostics[0].message
'inner dimensions differ: dZ2 is n2×m, W2.T is n1×n2'
>>> wrong.diagnostics[0].fixes[0].formula
"dZ1 = W2.T dZ2 * g1'(Z1)"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import Diagnostic, Formula, FormulaResult, Report, Reports, check_file, check_text, derive, read, verify
    from .api import read as parse

    __version__: str

__all__ = [
    "Diagnostic",
    "Formula",
    "FormulaResult",
    "Report",
    "Reports",
    "__version__",
    "check_file",
    "check_text",
    "derive",
    "parse",
    "read",
    "verify",
]
_ALSO = {"parse": "read"}
"""Other names that people look for, and the functions they stand for."""


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("shapecheck-backprop")
    if name in __all__:
        from . import api

        return getattr(api, _ALSO.get(name, name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
