"""What is held, for how long, and what of it somebody is given."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from townhall.kernel.identity.models import Person
from townhall.kernel.privacy import rules
from townhall.kernel.privacy.models import Disclosure, Look, Part, Period
from townhall.kernel.privacy.registries import Holding, Record, holdings


@dataclass(frozen=True)
class Kept:
    """A holding, with how long it is kept here."""

    holding: Holding
    days: int | None


@dataclass(frozen=True)
class Shown:
    """A record as the person is given it."""

    part: Part
    title: str
    at: datetime | None
    values: dict[str, rules.Value]
    files: list[dict[str, str]]


@dataclass(frozen=True)
class Section:
    """What one holding has."""

    title: Any
    key: str
    records: list[Shown]


def days_kept(entry: Holding) -> int | None:
    """For how many days a holding is kept; None where it goes with what it belongs to."""
    set_here = Period.objects.filter(holding=entry.key).values_list("days", flat=True).first()
    return set_here or entry.retention.days


def register() -> list[Kept]:
    """Everything that is held about people here: the record of processing."""
    set_here = dict(Period.objects.values_list("holding", "days"))
    return [Kept(entry, set_here.get(entry.key, entry.retention.days)) for entry in holdings]


def held_about(person: Person) -> list[tuple[Holding, list[Record]]]:
    """What each holding has about a person, now."""
    return [(entry, records) for entry in holdings if (records := entry.find(person))]


def shown_to(person: Person) -> list[tuple[Holding, list[Record]]]:
    """What each holding has about a person that needs no review before the person reads it."""
    open_ones = ((entry, [each for each in records if not each.is_internal]) for entry, records in held_about(person))
    return [(entry, records) for entry, records in open_ones if records]


def looks_at(person: Person, limit: int = 200) -> list[Look]:
    """Who opened the person's pages, newest first."""
    return list(Look.objects.filter(person=person).select_related("by").order_by("-at", "-id")[:limit])


def sections(disclosure: Disclosure, *, whole: bool = False) -> list[Section]:
    """The records of a disclosure by holding, without what was removed; with everything where `whole`."""
    grouped: dict[str, list[Shown]] = {}
    for part in disclosure.parts.all():
        if whole or not part.left_out:
            grouped.setdefault(part.holding, []).append(_shown(part, whole=whole))
    return [Section(_title(key), key, records) for key, records in grouped.items()]


def as_json(disclosure: Disclosure) -> bytes:
    """A disclosure for machines, without what was removed."""
    holds = [
        {
            "holding": section.key,
            "title": str(section.title),
            "records": [
                {
                    "title": each.title,
                    "at": each.at,
                    "values": each.values,
                    "files": [file["name"] for file in each.files],
                }
                for each in section.records
            ],
        }
        for section in sections(disclosure)
    ]
    return msgspec.json.format(msgspec.json.encode({"made_at": disclosure.ready_at, "holdings": holds}), indent=1)


def as_zip(disclosure: Disclosure, page: str) -> bytes:
    """A disclosure with its page, its JSON, and every file of the records that were not left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("what-we-hold.html", page)
        archive.writestr("what-we-hold.json", as_json(disclosure))
        for section in sections(disclosure):
            entry = holdings.get(section.key)
            for record in section.records:
                for file in record.files:
                    if entry is not None and entry.read_file is not None:
                        archive.writestr(
                            f"files/{record.part.number}-{_safe(file['name'])}", entry.read_file(file["key"])
                        )
    return packed.getvalue()


def _shown(part: Part, *, whole: bool) -> Shown:
    removed = [] if whole else part.removed
    files = [file | {"name": rules.redact(file["name"], removed)} for file in part.files]
    return Shown(part, rules.redact(part.title, removed), part.at, rules.redacted(part.values, removed), files)


def _title(key: str) -> Any:
    entry = holdings.get(key)
    return entry.title if entry else key


def _safe(name: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in name).lstrip(".")[:100] or "file"
