"""Leave, sickness, training, and shifts on top; what somebody has who is away goes to others."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from townhall.council.rota.actions.moving import free_all
from townhall.council.rota.models import Change, Worker
from townhall.council.rota.rules.shifts import LONDON
from townhall.kernel.catalogue.words import Text
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person

AWAY = Text("whoever had it is away", "mae pwy bynnag oedd â hi i ffwrdd")
LEFT = Text("whoever had it does not work here any more", "nid yw pwy bynnag oedd â hi'n gweithio yma mwyach")


def call_away(worker: Worker, *, kind: str, since: date, until: date | None, by: Person, at: datetime) -> Change:
    """Somebody is away from a day, until one or until further notice. Where that is today, call `clear_away` next."""
    with transaction.atomic():
        change = Change.objects.create(worker=worker, kind=kind, since=since, until=until)
        _note(change, worker, by, at, is_new=True)
    return change


def put_on_top(worker: Worker, *, day: date, begins: str, ends: str, by: Person, at: datetime) -> Change:
    """Somebody works a shift beside their week."""
    with transaction.atomic():
        change = Change.objects.create(
            worker=worker, kind=Change.Kind.EXTRA, since=day, until=day, begins=begins, ends=ends
        )
        _note(change, worker, by, at, is_new=True)
    return change


def end_change(change: Change, *, by: Person, at: datetime) -> None:
    """Somebody is back: what has begun ends yesterday, what has not is taken away."""
    today = at.astimezone(LONDON).date()
    with transaction.atomic():
        _note(change, change.worker, by, at, is_new=False)
        if change.kind != Change.Kind.EXTRA and change.since < today:
            change.until = date.fromordinal(today.toordinal() - 1)
            change.save(update_fields=["until"])
        else:
            change.delete()


def clear_away(at: datetime) -> int:
    """Put what people have who are away today, or who have left, back into the queue; how many tasks."""
    today, count = at.astimezone(LONDON).date(), 0
    begun = Change.objects.filter(is_cleared=False, since__lte=today).exclude(kind=Change.Kind.EXTRA)
    for change in list(begun.select_related("worker")):
        if change.covers(today):
            count += free_all(change.worker, why=AWAY, at=at)
        Change.objects.filter(pk=change.pk).update(is_cleared=True)
    gone = Q(person__is_active=False) | Q(person__membership__isnull=True)
    for worker in list(Worker.objects.filter(gone, is_given_work=True)):
        count += free_all(worker, why=LEFT, at=at)
        Worker.objects.filter(pk=worker.pk).update(is_given_work=False)
    return count


def _note(change: Change, worker: Worker, by: Person, at: datetime, *, is_new: bool) -> None:
    """Keep who changed it; why somebody is away is not kept for longer than the change itself."""
    days = f"{change.since} – {change.until or ''}"
    before, after = ({}, {"rota": days}) if is_new else ({"rota": days}, {})
    note_change(by, f"rota: {worker.person.name}", before, after, at)
