"""Keys and references that follow from the seed, so that both councils of the demo know the same report by the same
reference, and a seed always draws the same borough.
"""

from collections.abc import Callable
from datetime import datetime

from townhall.kernel.modules.keys import ALPHABET

SPREAD = 0x2545F4914F6CDD1D
BITS = 35
FACTOR = SPREAD << 10 | 1
MASK, LOW, VARIANT = (1 << 74) - 1, (1 << 62) - 1, 2 << 62
SLOTS = 128
CASE, REPORT, FORWARDED, PERSON = range(4)
ENTRIES, EVENTS = 8, 68
"""The slots of a report's rows: one of each sort, 60 entries, 60 events."""
GROUPS = (slice(8), slice(8, 12), slice(12, 16), slice(16, 20), slice(20, 32))
"""Between which digits of a key hyphens stand when it is written out."""


class Keys:
    """The keys of one council's rows. Every row has its own: an odd factor mixes numbers below 2**74 without loss."""

    def __init__(self, seed: int, *, is_county: bool) -> None:
        self.offset = seed * 7919 * SLOTS * 2 + is_county

    def of(self, at: datetime, number: int) -> Callable[[int], str]:
        """The keys of all rows of a report, by slot: time-ordered, as 32 hexadecimal digits (RFC 9562, version 7). They
        are made here because making UUID objects and hashing takes ten times as long.
        """
        head = f"{int(at.timestamp() * 1000):012x}7"
        first = (number * SLOTS * 2 + self.offset) * FACTOR

        def key(slot: int) -> str:
            mixed = first + slot * 2 * FACTOR & MASK
            return f"{head}{mixed >> 62:03x}{VARIANT | mixed & LOW:016x}"

        return key

    def key(self, at: datetime, number: int, slot: int) -> str:
        """The key of one row of a report."""
        return self.of(at, number)(slot)


def reference(number: int, seed: int) -> str:
    """The reference of the report with this number: every number below 2**35 has its own (an odd factor modulo
    2**35).
    """
    mixed = (number * SPREAD + seed * 7919) & ((1 << BITS) - 1)
    signs = "".join(ALPHABET[mixed >> shift & 31] for shift in range(0, BITS, 5))
    return f"{signs[:4]}-{signs[4:]}"
