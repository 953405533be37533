"""The bar under a clock: from when a promise began until now, with its rests. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["used", "paused", "left", "over"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the bar; start and width are shares of the whole, 0 to 1."""

    kind: Kind
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The pieces from left to right, and where the due mark and the present stand (None where off the bar)."""

    pieces: tuple[Piece, ...]
    due: float | None
    now: float


def bar(*, opened_at: datetime, due_at: datetime, at: datetime, rests: Sequence[tuple[datetime, datetime]]) -> Bar:
    """The bar of a promise. `rests` are when the clock stood still, in order, each within opened and `at`."""
    end = max(due_at, at)
    whole = max(1.0, (end - opened_at).total_seconds())

    def share(moment: datetime) -> float:
        return min(1.0, max(0.0, (moment - opened_at).total_seconds() / whole))

    pieces: list[Piece] = []
    used_until = min(due_at, at)
    begin = opened_at
    for start, finish in rests:
        if start > begin:
            pieces.append(Piece("used", share(begin), share(min(start, used_until)) - share(begin)))
        pieces.append(Piece("paused", share(start), share(finish) - share(start)))
        begin = finish
    if used_until > begin:
        pieces.append(Piece("used", share(begin), share(used_until) - share(begin)))
    tail: Kind = "over" if at > due_at else "left"
    pieces.append(Piece(tail, share(used_until), 1.0 - share(used_until)))
    return Bar(tuple(piece for piece in pieces if piece.width > 0), share(due_at), share(at))
