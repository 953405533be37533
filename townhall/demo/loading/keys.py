"""Keys and references that follow from the seed, so that both councils of the demo know the same report by the same
key.
"""

from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from townhall.kernel.modules.keys import ALPHABET

SPREAD = 0x2545F4914F6CDD1D
BITS = 35


def key(at: datetime, *what: object) -> UUID:
    """A time-ordered key (RFC 9562, version 7) whose random part is a hash of what it is for."""
    digest = int.from_bytes(blake2b("/".join(map(str, what)).encode(), digest_size=10).digest())
    stamp = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    return UUID(int=stamp << 80 | 0x7 << 76 | (digest & 0xFFF) << 64 | 0b10 << 62 | digest >> 18)


def reference(number: int, seed: int) -> str:
    """The reference of the report with this number: every number below 2**35 has its own (an odd factor modulo
    2**35).
    """
    mixed = (number * SPREAD + seed * 7919) & ((1 << BITS) - 1)
    signs = "".join(ALPHABET[mixed >> shift & 31] for shift in range(0, BITS, 5))
    return f"{signs[:4]}-{signs[4:]}"
