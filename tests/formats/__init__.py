"""Tests of shapecheck.formats."""
