"""The derivation of gradients: networks against central differences, and how their formulas read."""
