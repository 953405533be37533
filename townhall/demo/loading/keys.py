"""Keys and references that follow from the seed, so that both councils of the demo know the same report by the same
reference, and a seed always draws the same borough.
"""

from datetime import datetime

from townhall.kernel.modules.keys import ALPHABET

SPREAD = 0x2545F4914F6CDD1D
BITS = 35
RANDOM_BITS = 74
SLOTS = 128
CASE, REPORT, FORWARDED, PERSON = range(4)
ENTRIES, EVENTS = 8, 68
"""The slots of a report's rows: one of each sort, 60 entries, 60 events."""


class Keys:
    """The keys of one council's rows. Every row has its own: an odd factor mixes numbers below 2**74 without loss."""

    def __init__(self, seed: int, *, is_county: bool) -> None:
        self.factor = SPREAD << 10 | 1
        self.offset = seed * 7919 * SLOTS * 2 + is_county

    def key(self, at: datetime, number: int, slot: int) -> str:
        """A time-ordered key as 32 hexadecimal digits (RFC 9562, version 7). It is made here, number by number, because
        making a UUID object and hashing takes ten times as long.
        """
        mixed = (((number * SLOTS + slot) * 2 + self.offset) * self.factor) & ((1 << RANDOM_BITS) - 1)
        stamp = int(at.timestamp() * 1000)
        return f"{stamp << 80 | 7 << 76 | mixed >> 62 << 64 | 2 << 62 | mixed & (1 << 62) - 1:032x}"


def reference(number: int, seed: int) -> str:
    """The reference of the report with this number: every number below 2**35 has its own (an odd factor modulo
    2**35).
    """
    mixed = (number * SPREAD + seed * 7919) & ((1 << BITS) - 1)
    signs = "".join(ALPHABET[mixed >> shift & 31] for shift in range(0, BITS, 5))
    return f"{signs[:4]}-{signs[4:]}"
