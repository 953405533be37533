"""Which way a letter goes, in how many parts, and when it is tried again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

Channel = Literal["email", "sms", "post"]
CHANNELS: Final[tuple[Channel, ...]] = ("email", "sms", "post")

WAITS: Final = (60, 5 * 60, 30 * 60, 2 * 3600, 8 * 3600)
"""Seconds before each further try on the same channel."""
MAX_ATTEMPTS: Final = len(WAITS) + 1
LONDON: Final = ZoneInfo("Europe/London")
MORNING, EVENING = time(8), time(21)
"""Between these a telephone may sound for what nobody waits for."""

_GSM7: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_TWO: Final = frozenset("^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody can be reached.

    `phone` is international (+447700900142); `lines` is the postal address without the name, the postcode last.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    lines: tuple[str, ...] = ()

    def has(self, channel: str) -> bool:
        """Whether it says where to reach the person by this channel."""
        if channel == "post":
            return len(self.lines) >= 2
        return bool(self.email if channel == "email" else self.phone)

    def to(self, channel: str) -> str:
        """The address on this channel; for post, the name and lines under one another."""
        if channel == "post":
            return "\n".join(filter(None, (self.name, *self.lines)))
        return self.email if channel == "email" else self.phone


def ways_to_reach(address: Address, preferred: str, available: Collection[str]) -> list[Channel]:
    """The channels to try in order: the preferred one, then e-mail, text, post; only those that can work."""
    order = sorted(CHANNELS, key=lambda channel: channel != preferred)
    return [channel for channel in order if channel in available and address.has(channel)]


def by_day(at: datetime) -> datetime:
    """The same moment, or eight in the morning after it where it is night in London."""
    local = at.astimezone(LONDON)
    if MORNING <= local.time() < EVENING:
        return at
    day = local.date() + timedelta(days=local.time() >= EVENING)
    return datetime.combine(day, MORNING, LONDON)


def wait_before(attempt: int) -> timedelta | None:
    """How long to wait after this many failed tries; None when that was the last one."""
    return timedelta(seconds=WAITS[attempt - 1]) if attempt <= len(WAITS) else None


def sms_parts(text: str) -> int:
    """How many text messages the networks charge for. Ŵ, ŷ and the like need the wider alphabet (3GPP TS 23.038)."""
    if all(sign in _GSM7 or sign in _GSM7_TWO for sign in text):
        length, whole, part = sum(2 if sign in _GSM7_TWO else 1 for sign in text), 160, 153
    else:
        length, whole, part = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= whole else -(-length // part)
