"""What an adapter is: something that hands one message to whoever carries it."""

from typing import Protocol

from townhall.kernel.notify.message import Message
from townhall.kernel.notify.rules.outcomes import Problem


class NotSent(Exception):
    """The message was not taken; `problem` says what that means."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


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
