"""How much a decision may cost, and the run that counts it: steps, depth, sizes, and what went wrong on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class LimitReached(Exception):
    """A decision asked for more than it may have: it ends, with a sentence that says which limit it met."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use, and how large and deep a text may be. The defaults suit tables that officers write."""

    steps: int = 500_000
    depth: int = 60
    nesting: int = 80
    length: int = 1_000_000
    characters: int = 200_000
    pattern_seconds: float = 0.5
    notes: int = 50
    document_bytes: int = 10_000_000


DEFAULT = Limits()


@dataclass(slots=True)
class Run:
    """One evaluation: how much of its limits is used, and why something in it became null.

    `now` is the present where it is handed in; else the clock's. `trace`, where it is a list, is told by each
    table what it found.
    """

    limits: Limits = DEFAULT
    steps: int = 0
    depth: int = 0
    pattern_seconds: float = 0
    notes: list[str] = field(default_factory=list[str])
    now: datetime | None = None
    trace: list[Any] | None = None

    def step(self, count: int = 1) -> None:
        """Count work done. Raises LimitReached when there has been too much."""
        self.steps += count
        if self.steps > self.limits.steps:
            raise LimitReached(
                f"This takes more than {self.limits.steps:,} steps: make the lists it goes through shorter."
            )

    def match(self, seconds: float) -> None:
        """Count time spent on patterns."""
        self.pattern_seconds += seconds

    def note(self, message: str) -> None:
        """Keep why a value became null, and return that null."""
        if len(self.notes) < self.limits.notes and message not in self.notes:
            self.notes.append(message)

    def enter(self) -> None:
        """Go into a function; `leave` comes out again. Raises LimitReached when they are too deep."""
        self.step()
        self.depth += 1
        if self.depth > self.limits.depth:
            raise LimitReached(f"Functions call one another more than {self.limits.depth} deep: does one call itself?")

    def leave(self) -> None:
        """Come out of a function."""
        self.depth -= 1

    def sized(self, length: int) -> None:
        """Count the making of a text or list. Raises LimitReached when it is too long."""
        if length > self.limits.length:
            raise LimitReached(f"A text or list would be longer than {self.limits.length:,}.")
        self.step(1 + length // 64)


running: ContextVar[Run | None] = ContextVar("run", default=None)
"""The run that is under way, for what goes through whole values and has no scope."""


@contextmanager
def counting(run: Run) -> Iterator[None]:
    """What goes through whole values counts its steps in this run."""
    token = running.set(run)
    try:
        yield
    finally:
        running.reset(token)


def spend(count: int) -> None:
    """Count steps where no run is at hand: a list of lists of lists can be far larger than what made it."""
    run = running.get()
    if run is not None:
        run.step(count)
