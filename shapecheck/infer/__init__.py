"""Infer the shapes of statements from signatures; every failure is a fact."""

from .assignments import Assignments
from .facts import SIDES, Checked, Fact
from .members import has_jacobian
from .readings import meanings
from .statement import Statements

__all__ = ["SIDES", "Assignments", "Checked", "Fact", "Statements", "has_jacobian", "meanings"]
