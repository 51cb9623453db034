"""Tests of shapecheck.files."""
