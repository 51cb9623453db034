"""Shapes of statements: inferred from signatures, with every failure as a fact."""

from .assignments import Assignments
from .facts import Checked, Fact
from .statement import Statements, has_jacobian

__all__ = ["Assignments", "Checked", "Fact", "Statements", "has_jacobian"]
