"""Who gets a task: on shift now, able to do it, with room, with least to do, longest without a new one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from townhall.council.rota.rules.shifts import Roster, Span, next_shift, shift_at

Nobody = Literal["skills", "gave_back", "off", "full"]


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of a team. `open_work` is the weight of what they have, `capacity` the most that they are given."""

    key: str
    name: str
    skills: frozenset[str]
    roster: Roster
    capacity: int
    open_work: int = 0
    last_given_at: datetime | None = None

    def has_room(self, weight: int) -> bool:
        """Whether they are given work of a weight: while it fits, and whatever its weight where they have nothing."""
        return self.capacity > 0 and (self.open_work == 0 or self.open_work + weight <= self.capacity)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who gets it: until when they are on shift, and how they compare to the `others` who could have had it.

    `next_work` is the least that any of those has; `by` is what told them apart.
    """

    worker: Worker
    shift: Span
    others: int
    next_work: int
    by: Literal["alone", "least", "longest", "order"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Why nobody gets a task now, and who could have it when: names with the beginning of their next shift."""

    why: Nobody
    could: tuple[tuple[Worker, datetime | None], ...]

    @property
    def soonest(self) -> datetime | None:
        """When the first of them begins."""
        return min((begins for _, begins in self.could if begins), default=None)


def choose(
    workers: Sequence[Worker], skills: Collection[str], weight: int, at: datetime, but: Collection[str] = ()
) -> Chosen | None:
    """Who gets a task that needs `skills`; None where nobody can. `but` are keys of those who gave it back.

    Least open work first, then whoever has been without a new task the longest, then by key: the same people in any
    order give the same answer.
    """
    able = _able(workers, skills, but)
    found = [(each, shift) for each in able if each.has_room(weight) and (shift := shift_at(each.roster, at))]
    if not found:
        return None
    ranked = sorted(found, key=lambda pair: _rank(pair[0]))
    (first, shift), others = ranked[0], [each for each, _ in ranked[1:]]
    if not others:
        return Chosen(first, shift, 0, 0, "alone")
    second = others[0]
    by = "least" if first.open_work < second.open_work else "order"
    if by == "order" and first.last_given_at != second.last_given_at:
        by = "longest"
    return Chosen(first, shift, len(others), second.open_work, by)


def _able(workers: Sequence[Worker], skills: Collection[str], but: Collection[str]) -> list[Worker]:
    return [each for each in workers if each.skills.issuperset(skills) and each.key not in but]


def _rank(worker: Worker) -> tuple[int, float, str]:
    last = worker.last_given_at
    return worker.open_work, last.timestamp() if last else 0.0, worker.key


def outlook(workers: Sequence[Worker], skills: Collection[str], at: datetime, but: Collection[str] = ()) -> Outlook:
    """Why nobody gets it, where `choose` found nobody, and who could have it when; the soonest first.

    Whoever is on shift and full is listed without a time.
    """
    able = _able(workers, skills, but)
    if not able:
        return Outlook("gave_back" if _able(workers, skills, ()) else "skills", ())
    on = [each for each in able if shift_at(each.roster, at)]
    later = [
        (each, shift.begins) for each in able if each not in on and (shift := next_shift(each.roster, at)) is not None
    ]
    could = [*((each, None) for each in on), *sorted(later, key=lambda pair: (pair[1], pair[0].key))]
    return Outlook("full" if on else "off", tuple(could))
