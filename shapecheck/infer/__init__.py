"""Shapes of statements: inferred from signatures, with every failure as a fact."""

from .facts import Checked, Fact
from .statement import Statements

__all__ = ["Checked", "Fact", "Statements"]
