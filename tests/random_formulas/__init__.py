"""Random formulas, half of them with one mistake, judged by numpy and by shapecheck."""
