"""The explanation of formulas: trees of shapes, index form, tables of symbols."""
