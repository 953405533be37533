"""Keys and references: the names of rows, for machines and for people."""

import secrets
import uuid

from uuid_utils import compat

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUVWXY"
"""Thirty-two signs; I, O, S and Z are left out because they read as 1, 0, 5 and 2."""


def uuid7() -> uuid.UUID:
    """A new time-ordered key (RFC 9562, version 7), made in Python so that an unsaved row knows its own."""
    return compat.uuid7()


def reference() -> str:
    """A new random reference of seven signs for people to read out, as in `9TX2-MKD` (35 bits)."""
    bits = secrets.randbits(35)
    signs = "".join(ALPHABET[bits >> shift & 31] for shift in range(0, 35, 5))
    return f"{signs[:4]}-{signs[4:]}"


def tidy_reference(typed: str) -> str:
    """A typed reference in its stored form: upper case, mistaken letters put right, one hyphen.

    Empty if it cannot be one.
    """
    signs = typed.upper().translate(str.maketrans("IOSZ", "1052", " -_/."))
    if len(signs) != 7 or any(sign not in ALPHABET for sign in signs):
        return ""
    return f"{signs[:4]}-{signs[4:]}"
