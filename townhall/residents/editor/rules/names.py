"""Names for the machine, made of words for people."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 40


def name_of(text: str, taken: Container[str], otherwise: str = "new") -> str:
    """A name of small letters, digits and `_` for words, which nothing else has."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST].strip("_")
    base = found if re.match(r"[a-z]", found) else f"{otherwise}_{found}".strip("_")
    names = [base, *(f"{base}_{number}" for number in range(2, 1000))]
    return next(each for each in names if each not in taken)
