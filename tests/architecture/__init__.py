"""How the sources are laid out, read with ast."""
