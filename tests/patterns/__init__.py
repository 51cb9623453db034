"""Patterns of `.gitignore`."""
