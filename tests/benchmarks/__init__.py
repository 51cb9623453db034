"""How fast it is, against sympy and against itself: `python -m tests.benchmarks`."""
