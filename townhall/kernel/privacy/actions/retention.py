"""Forgetting what is old, a holding at a time, in batches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.kernel.privacy import selectors
from townhall.kernel.privacy.models import Period
from townhall.kernel.privacy.registries import Holding, holdings

BATCH = 500


@dataclass(frozen=True)
class Forgotten:
    """How much of a holding was past its time; in a trial run it is all still there."""

    key: str
    count: int


def forget_what_is_old(*, at: datetime, is_trial: bool = False) -> list[Forgotten]:
    """Remove what each holding keeps no longer, in batches that each commit; in a trial only count it."""
    return [each for entry in holdings for each in forget_holding(entry, at=at, is_trial=is_trial)]


def forget_holding(entry: Holding, *, at: datetime, is_trial: bool = False) -> Iterator[Forgotten]:
    """The same for one holding; nothing for one that goes with what it belongs to."""
    days = selectors.days_kept(entry)
    if entry.retention.old is None or days is None:
        return
    moment = at - timedelta(days=days)
    if is_trial:
        yield Forgotten(entry.key, entry.retention.old(moment).count())
        return
    total = 0
    while count := _forget_batch(entry, moment):
        total += count
    yield Forgotten(entry.key, total)


def set_period(*, key: str, days: int, by: Person, at: datetime) -> None:
    """Keep a holding for another number of days. Raises ValueError for less than one, KeyError for no holding."""
    entry = holdings[key]
    if days < 1:
        raise ValueError("at least a day")
    before = selectors.days_kept(entry)
    with transaction.atomic():
        Period.objects.update_or_create(holding=key, defaults={"days": days})
        note_change(by, f"retention: {key}", {"days": before}, {"days": days}, at)


def _forget_batch(entry: Holding, moment: datetime) -> int:
    retention = entry.retention
    assert retention.old is not None  # noqa: S101
    with transaction.atomic():
        rows = retention.old(moment)
        keys = list(rows.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return 0
        if retention.forget is not None:
            return retention.forget(keys)
        rows.model._default_manager.filter(pk__in=keys).delete()
        return len(keys)
