"""What was sent, and what was acknowledged."""

import secrets
import threading
from dataclasses import dataclass

ALPHABET = "abcdefghjkmnpqrstvwxyz"


@dataclass
class Sending:
    """One thing that somebody wants to be kept. `mark` is a word in its text that nothing else has."""

    mark: str
    how: str
    reference: str = ""
    is_acknowledged: bool = False


class Journal:
    """Every sending of every client."""

    def __init__(self) -> None:
        self.sendings: list[Sending] = []
        self.lock = threading.Lock()

    def begin(self, how: str) -> Sending:
        """Note that something is about to be sent. `how`: `open311`, `pages`, `reply`."""
        sending = Sending(mark="".join(secrets.choice(ALPHABET) for _ in range(16)), how=how)
        with self.lock:
            self.sendings.append(sending)
        return sending

    def acknowledge(self, sending: Sending, reference: str) -> None:
        """Note that the installation said it has it. Another reference than before is kept beside the first."""
        with self.lock:
            sending.is_acknowledged = True
            sending.reference = sending.reference or reference

    def forget(self, sending: Sending) -> None:
        """Take back a sending that was refused for good reason before it was sent."""
        with self.lock:
            self.sendings.remove(sending)

    def references(self) -> list[str]:
        """The cases that were acknowledged, oldest first."""
        with self.lock:
            return [each.reference for each in self.sendings if each.is_acknowledged and each.how != "reply"]
