"""Formulas in numpy code."""
