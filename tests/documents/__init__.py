"""Formulas are found where they stand, in every document format."""
