"""A letter ready for one channel."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from townhall.kernel.notify import rules


@dataclass(frozen=True)
class Message:
    """A letter ready for one channel. `reference` is the same whenever the same sending is tried again."""

    reference: str
    channel: str
    to: str
    sender: str
    subject: str
    blocks: Sequence[rules.Block]
    language: str
    at: datetime
    is_large_print: bool = False
    reply_to: str = ""
    address: rules.Address = field(default_factory=rules.Address)
