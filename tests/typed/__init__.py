"""Formulas with stated shapes as people type them, each right one with a wrong one beside it."""
