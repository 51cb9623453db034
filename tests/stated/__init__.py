"""Shapes that authors state in words and code."""
