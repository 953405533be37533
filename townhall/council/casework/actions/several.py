"""One step on several cases: each in its own transaction, so that one that is refused keeps none of the others back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.cases.rules import ChangedMeanwhile, StatusRefused
from townhall.kernel.identity.models import Person

Step = tuple[str, int]
"""A case's key and the number of the entry that was written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step on several cases: the steps taken, and the references of the cases that refused it."""

    done: tuple[Step, ...]
    refused: tuple[str, ...]


def each(chosen: Iterable[Case], act: Callable[[Case], Entry]) -> Outcome:
    """Take one step on each case; a case that refuses it is left as it was and named."""
    done: list[Step] = []
    refused: list[str] = []
    for case in chosen:
        try:
            entry = act(case)
        except (StatusRefused, ChangedMeanwhile):
            refused.append(case.reference)
        else:
            done.append((str(case.pk), entry.number))
    return Outcome(tuple(done), tuple(refused))


def undo_all(steps: Sequence[Step], *, by: Person, at: datetime) -> Outcome:
    """Take back steps within the time for that; a case that has moved on since stays as it is and is named."""
    numbers = dict(steps)
    chosen = Case.objects.filter(pk__in=list(numbers))
    return each(chosen, lambda case: cases.undo(case_id=case.pk, number=numbers[str(case.pk)], by=by, at=at))
