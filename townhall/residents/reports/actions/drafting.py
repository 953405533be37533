"""A report while it is being written: kept on the server at each page, so that nothing typed is lost."""
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases.models import Case
from townhall.kernel.documents import actions as documents
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import Described, Point
from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.models import Person
from townhall.residents.reports.actions.following import support
from townhall.residents.reports.actions.receiving import received, standing, write_received
from townhall.residents.reports.actions.telling import add_note
from townhall.residents.reports.models import Category, Draft, Report

MOST_PHOTOS = 6


def owner_of(secret: str) -> str:
    """What is kept of a browser's secret: its hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def start_draft(
    *, secret: str, answers: Mapping[str, Any], at: datetime, person: Person | None = None,
    taken_by: Person | None = None,
) -> Draft:
    """Begin a report. `taken_by` is the officer who writes it for the caller `person`."""
    return Draft.objects.create(
        owner=owner_of(secret), person=person, taken_by=taken_by, answers=dict(answers), created_at=at, updated_at=at
    )


def save_draft(*, draft: Draft, answers: Mapping[str, Any], at: datetime) -> Draft:
    """Keep the answers as they are now."""
    draft.answers, draft.updated_at = dict(answers), at
    draft.save(update_fields=["answers", "updated_at"])
    return draft


def add_photo(*, draft: Draft, document_id: UUID, at: datetime) -> bool:
    """Add a kept photo to the draft; False where it has as many as it may have. Two uploads at once both stay."""
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if len(row.photos) >= MOST_PHOTOS:
            return False
        row.photos = [*row.photos, str(document_id)]
        row.updated_at = at
        row.save(update_fields=["photos", "updated_at"])
    draft.photos = row.photos
    return True


def remove_photo(*, draft: Draft, document_id: UUID, at: datetime) -> None:
    """Take a photo off the draft and forget it."""
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if str(document_id) in row.photos:
            row.photos = [photo for photo in row.photos if photo != str(document_id)]
            row.updated_at = at
            row.save(update_fields=["photos", "updated_at"])
            documents.remove([document_id])
    draft.photos = row.photos


def send_draft(
    *, draft: Draft, at: datetime, language: str, signed_in: Person | None, category: Category | None = None
) -> Report:
    """Take in what the draft says. Sending it twice gives the same report. Raises what `receive_report` raises.

    `category` is the draft's own, where the caller has just read it.
    """
    if draft.report_id:
        return _sent(draft.report_id)
    answers = draft.answers
    where = answers["where"]
    contact = answers["contact"]
    point = Point(where["easting"], where["northing"])
    with transaction.atomic():
        if sent := Draft.objects.select_for_update().values_list("report_id", flat=True).get(pk=draft.pk):
            return _sent(sent)
        made = received(
            standing=standing(), kind=category or Category.objects.active().get(code=answers["category"]),
            reporter=_reporter(draft, contact, language=language, signed_in=signed_in, at=at),
            point=point, described=_described(where, point),
            description=answers["text"], at=at, key=draft.pk,
            answers=answers.get("questions", {}), photos=[UUID(photo) for photo in draft.photos],
            channel="phone" if draft.taken_by_id else "web", taken_by=draft.taken_by, language=language,
            asset=where.get("asset", ""), asset_label=where.get("asset_label", ""),
            is_anonymous=contact["how"] == "anonymous", shows_name=bool(contact.get("shows_name")),
        )  # fmt: skip
        report = write_received(made)
        Draft.objects.filter(pk=draft.pk).update(report=report, updated_at=at)
    draft.report = report
    return report


def _sent(report_id: UUID) -> Report:
    return Report.objects.select_related("case__team").get(pk=report_id)


def _described(where: Mapping[str, Any], point: Point) -> Described:
    """The place as it was shown to whoever chose it."""
    return Described(
        place=where["place"], place_cy=where.get("place_cy", ""), street=where.get("street", ""),
        postcode=where.get("postcode", ""), ward=geo.ward_at(point),
    )  # fmt: skip


def _reporter(
    draft: Draft, contact: Mapping[str, Any], *, language: str, signed_in: Person | None, at: datetime
) -> Person | None:
    if contact["how"] == "anonymous":
        return None
    if draft.taken_by_id and draft.person:
        return draft.person
    return identity.find_or_make_person(
        name=contact.get("name", ""), email=contact.get("email", ""), phone=contact.get("phone", ""), language=language,
        at=at, signed_in=None if draft.taken_by_id else signed_in,
    )  # fmt: skip


def forget_old_drafts(at: datetime) -> int:
    """Remove drafts that were left alone for 28 days, with their photos; how many."""
    old = list(Draft.objects.old(at)[:500])
    lost = [UUID(photo) for draft in old if draft.report_id is None for photo in draft.photos]
    if lost:
        documents.remove(lost)
    Draft.objects.filter(pk__in=[draft.pk for draft in old]).delete()
    return len(old)


def join_draft(*, draft: Draft, case: Case, at: datetime, language: str, signed_in: Person | None) -> Report:
    """Add the draft to a report that is there already, instead of sending another. Doing it twice adds it once."""
    report = Report.objects.select_related("case").get(case=case)
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if row.report_id:
            return Report.objects.select_related("case").get(pk=row.report_id)
        person = draft.person if draft.taken_by_id else signed_in
        support(report=report, at=at, person=person, language=language)
        if draft.answers.get("text") or draft.photos:
            photos = [UUID(photo) for photo in draft.photos]
            add_note(report=report, text=draft.answers.get("text", ""), by=person, photos=photos, at=at)
        Draft.objects.filter(pk=draft.pk).update(report=report, updated_at=at)
    return report
