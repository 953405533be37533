"""One request that waits for its answer, and what may come of it."""
import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from townhall.residents.open311.actions.receiving import Sending
from townhall.residents.open311.models import ApiKey
from townhall.residents.open311.rules import Refused, Sent


class HandOver(Exception):
    """Something that only the pages' lane can do."""


class Away(Exception):
    """The database does not answer."""


class Full(Exception):
    """More requests wait than may."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is answered: 201 for what is new, 200 for what came before."""

    status: int
    facts: dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Item:
    """A request as it was read. `sent` is a refusal where what was sent cannot be read; `word` is its sender's own."""

    secret: str
    digest: str
    address: str
    jurisdiction: str
    word: str
    body: str
    language: str
    at: datetime
    sent: Sent | Refused
    is_counted: bool = False
    answer: asyncio.Future[Outcome] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def sending(self, key: ApiKey) -> Sending:
        """How it was sent, where it was with this key."""
        return Sending(by=key, key=self.word, body=self.body, at=self.at)

    def settle(self, outcome: Outcome | Exception) -> None:
        """Let whoever waits go on."""
        if self.answer.done():
            return
        if isinstance(outcome, Exception):
            self.answer.set_exception(outcome)
        else:
            self.answer.set_result(outcome)
