"""Dimensions, shapes, and the solving of what must be equal."""
