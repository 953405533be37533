"""Setting up what can be booked, on pages; a package's proposal makes the first. Each change is kept with its maker."""

from datetime import datetime
from typing import Any

from django.db import transaction

from townhall.kernel.catalogue.packages.model import Bookable
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.residents.bookings.models import Resource

FIELDS = (
    "code", "name", "name_cy", "openings", "capacity", "slot_minutes", "notice_days", "ahead_days", "hold_minutes",
    "change_days", "is_active",
)  # fmt: skip


def propose(*, code: str, offered: Bookable, by: Person | None, at: datetime) -> None:
    """Make what a package proposes, where nothing of that code is there yet."""
    if Resource.objects.filter(code=code).exists() or Resource.objects.filter(name=offered.name.en).exists():
        return
    values: dict[str, Any] = {
        "code": code, "name": offered.name.en, "name_cy": offered.name.cy,
        "openings": [[each.weekday, each.begins, each.ends] for each in offered.openings],
    }  # fmt: skip
    numbers = {name: getattr(offered, name) for name in FIELDS[4:10]}
    with transaction.atomic():
        made = Resource.objects.create(**values, **numbers, is_proposal=True)
        note_change(by, f"bookings: {made.name}", {}, _plain(made), at)


def make_resource(*, values: dict[str, Any], by: Person, at: datetime) -> Resource:
    """Something new to book."""
    with transaction.atomic():
        made = Resource.objects.create(**values)
        note_change(by, f"bookings: {made.name}", {}, _plain(made), at)
    return made


def change_resource(*, resource: Resource, values: dict[str, Any], by: Person, at: datetime) -> None:
    """Change its week or numbers. What is booked stays booked."""
    with transaction.atomic():
        row = Resource.objects.select_for_update().get(pk=resource.pk)
        before = _plain(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.is_proposal = False
        row.save()
        note_change(by, f"bookings: {row.name}", before, _plain(row), at)


def new_feed_link(*, resource: Resource, by: Person, at: datetime) -> None:
    """Give the calendar another secret link; the old one works no more."""
    with transaction.atomic():
        row = Resource.objects.select_for_update().get(pk=resource.pk)
        before = row.feed_number
        row.feed_number += 1
        note_change(by, f"bookings: {row.name}", {"calendar link": before}, {"calendar link": row.feed_number}, at)
        row.save(update_fields=["feed_number"])


def _plain(row: Resource) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}
