"""The tree of formulas: nodes, and what can be done with any tree."""
