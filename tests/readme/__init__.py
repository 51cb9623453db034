"""What README.md shows is what happens."""
