"""Tests of shapecheck.cli."""
