"""Answering somebody who asks what we hold about them (UK GDPR, Article 15)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.kernel.jobs import actions as jobs
from townhall.kernel.privacy import rules
from townhall.kernel.privacy.models import Disclosure, Part
from townhall.kernel.privacy.registries import Holding, Record, holdings


def start(*, person: Person, by: Person, title: str, at: datetime) -> Disclosure:
    """Begin to collect all we hold about a person, in the background; `title` names the work to whoever watches it."""
    with transaction.atomic():
        made = Disclosure.objects.create(person=person, asked_by=by, made_at=at)
        made.progress = jobs.start("privacy.collect", title=title, owner=by, disclosure_id=str(made.pk))
        made.save(update_fields=["progress"])
        note_change(by, _what(made), {}, {"state": "collecting"}, at)
    return made


def collect(disclosure: Disclosure, *, at: datetime, each: Callable[[list[Holding]], Any] = iter) -> None:
    """Ask every holding for what it has about the person. Running it again begins again, unless it is under review."""
    parts: list[Part] = []
    for entry in each(list(holdings)):
        parts += [
            _part(disclosure, entry, record, number=len(parts) + offset)
            for offset, record in enumerate(entry.find(disclosure.person))
        ]
    with transaction.atomic():
        row = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
        if row.state != Disclosure.State.COLLECTING:
            return
        row.parts.all().delete()
        Part.objects.bulk_create(parts, batch_size=500)
        row.state, row.collected_at = Disclosure.State.REVIEW, at
        row.save(update_fields=["state", "collected_at"])


def review_part(part: Part, *, removed: str, left_out: str) -> list[str]:
    """Keep which passages, one on a line, and whether the whole record (with why), are not for the person to see.

    Returns passages that occur nowhere in the record; where there are any, nothing is kept.
    """
    wanted = rules.passages(removed)
    if wrong := rules.missing(part.values, [part.title, *(file["name"] for file in part.files)], wanted):
        return wrong
    part.removed, part.left_out = wanted, left_out.strip()
    part.save(update_fields=["removed", "left_out"])
    return []


def finish(disclosure: Disclosure, *, by: Person, at: datetime) -> None:
    """The review is done: it can be handed over. Raises ValueError unless it was under review."""
    with transaction.atomic():
        changed = Disclosure.objects.filter(pk=disclosure.pk, state=Disclosure.State.REVIEW)
        if not changed.update(state=Disclosure.State.READY, ready_at=at):
            raise ValueError("it is not under review")
        note_change(by, _what(disclosure), {"state": "review"}, {"state": "ready"}, at)


def note_download(disclosure: Disclosure, kind: str, *, by: Person, at: datetime) -> None:
    """Keep that somebody took a copy."""
    note_change(by, _what(disclosure), {}, {"copy taken": kind}, at)


def _part(disclosure: Disclosure, entry: Holding, record: Record, *, number: int) -> Part:
    return Part(
        disclosure=disclosure, holding=entry.key, number=number, title=str(record.title), at=record.at,
        values={str(name): _plain(value) for name, value in record.values.items() if value not in (None, "")},
        files=[{"name": file.name, "key": file.key} for file in record.files],
    )  # fmt: skip


def _plain(value: Any) -> rules.Value:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%-d %B %Y, %H:%M")
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _what(disclosure: Disclosure) -> str:
    return f"subject access: {disclosure.pk}"
