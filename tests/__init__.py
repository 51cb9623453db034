"""The tests: cases in Markdown, properties over the registries, random formulas that numpy judges too, benchmarks."""
