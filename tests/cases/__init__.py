"""Cases in Markdown: prose, a formula, the expected report."""
