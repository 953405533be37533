"""What happened to requests, as the update extension lists it."""
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from townhall.kernel.cases.models import Entry
from townhall.kernel.modules.keys import tidy_reference
from townhall.residents.open311 import rules
from townhall.residents.open311.models import ApiKey
from townhall.residents.open311.rules import AskedUpdates
from townhall.residents.open311.selectors.requests import visible
from townhall.residents.reports import rules as report_rules

KINDS = ("status", "resolved", "reopened", "paused", "resumed", "reply", "date", "update")
PUBLIC_WORDS = {"update"}
"""Kinds whose words are from the public, which are redacted again."""


def updates(asked: AskedUpdates, key: ApiKey | None) -> tuple[list[dict[str, Any]], bool]:
    """One page of public updates, oldest first, and whether there are more."""
    cases = visible(key)
    if asked.ids:
        cases = cases.filter(reference__in=[tidy_reference(word) for word in asked.ids])
    chosen = Entry.objects.filter(
        is_public=True, kind__in=KINDS, at__gte=asked.start, at__lte=asked.end, case__in=cases
    ).select_related("case")
    first = (asked.page - 1) * asked.page_size
    entries = list(chosen.order_by("at", "id")[first : first + asked.page_size + 1])
    page = entries[: asked.page_size]
    stood = _statuses({entry.case.pk for entry in page})
    return [_fact(entry, _status_at(stood[entry.case.pk], entry.number)) for entry in page], len(entries) > len(page)


def _statuses(case_ids: Iterable[UUID]) -> dict[UUID, list[tuple[int, str]]]:
    """By case, from which entry on it had which status."""
    stood: dict[UUID, list[tuple[int, str]]] = {case_id: [] for case_id in case_ids}
    told = Entry.objects.filter(case_id__in=stood).exclude(status="").order_by("case_id", "number")
    for case_id, number, status in told.values_list("case_id", "number", "status"):
        stood[case_id].append((number, status))
    return stood


def _status_at(stood: list[tuple[int, str]], number: int) -> str:
    place = bisect_right(stood, number, key=lambda pair: pair[0])
    return stood[place - 1][1] if place else "received"


def _fact(entry: Entry, status: str) -> dict[str, Any]:
    words = report_rules.redact(entry.text) if entry.kind in PUBLIC_WORDS else entry.text
    return {
        "update_id": str(entry.pk),
        "service_request_id": entry.case.reference,
        "status": rules.detailed(status),
        "external_status_code": status,
        "updated_datetime": entry.at,
        "description": words or None,
        "description_cy": entry.text_cy or None,
        "media_url": None,
    }
