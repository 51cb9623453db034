"""The rules: their pages, their examples, their words."""
