"""Texts that nobody would write: none may crash a check."""
