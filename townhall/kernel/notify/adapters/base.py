"""What an adapter is: something that hands one message to whoever carries it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from townhall.kernel.notify import rules
from townhall.kernel.notify.rules.outcomes import Problem


class NotSent(Exception):
    """The message was not taken; `problem` says what that means."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


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


class Adapter(Protocol):
    """Carries messages of one channel."""

    name: str

    def send(self, message: Message) -> str:
        """Hand the message over; the provider's own id for it. Raises NotSent."""
        ...

    def look_up(self, reference: str) -> str | None:
        """The provider's id of an earlier sending with this reference; None where it has none or cannot tell."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...
