"""What happens to letters. Never their words, nor where they went."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class LetterSent(Fact):
    """A letter was handed to whoever carries it: a mail server, GOV.UK Notify, or print."""

    kind: ClassVar[str] = "notify.letter_sent.v1"
    letter_id: UUID
    letter_kind: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class LetterFailed(Fact):
    """A letter reached nobody, by any channel."""

    kind: ClassVar[str] = "notify.letter_failed.v1"
    letter_id: UUID
    letter_kind: str
    channel: str
    reason: str
