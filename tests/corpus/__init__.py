"""Documents as people write them, with planted mistakes, and what is found in them."""
