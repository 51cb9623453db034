"""Which indices are those of an entry: `ij`, `2,1`."""

from __future__ import annotations

import re

COUNTING = frozenset("ijkpqrsuv")
"""Letters that count the entries of arrays."""
_PLACE = r"[0-9]{1,4}|[ijkmnpqrsuv](?:[+-][0-9]{1,4})?"


def is_entry(text: str, bound: frozenset[str]) -> bool:
    """Whether an index names a row and a column: `ij`, `pq`, `2,1`, `i,j+1`, `1j`."""
    if "," in text:
        return all(re.fullmatch(_PLACE, part) is not None or part in bound for part in text.split(","))
    letters = [sign for sign in text if not sign.isdecimal()]
    mixed = text.isalnum() and 0 < len(letters) < len(text) == 2
    whole = len(text) > 1 and text.isalpha() and len(set(text)) > 1
    return (mixed or whole) and set(letters) <= COUNTING | bound
