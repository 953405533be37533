"""Letting a draft out: review is asked for, a second officer approves or sends it back, and it is published."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import check
from townhall.kernel.outbox import actions as outbox
from townhall.residents.editor import selectors
from townhall.residents.editor.actions.writing import Frozen, opened
from townhall.residents.editor.events import DraftApproved, DraftSentBack, ReviewAsked
from townhall.residents.editor.models import Draft, State
from townhall.residents.services import actions as services
from townhall.residents.services import selectors as published

OVERTAKEN = "overtaken"
BROKEN = "broken"


class NotWhole(Exception):
    """A draft has mistakes, so that nobody can use it."""


class ReachesNobody(Exception):
    """Work of a draft would reach nobody here, and nobody said that it is published all the same."""


@dataclass(frozen=True, slots=True)
class Approved:
    """What came of an approval: the draft, and whether residents use it already."""

    draft: Draft
    is_live: bool


def ask_for_review(*, draft_id: UUID, publish_on: date | None, by: Person, at: datetime) -> Draft:
    """Ask for a second officer. Nobody changes the draft until they have answered. Raises NotWhole and Frozen."""
    with transaction.atomic():
        draft = opened(draft_id)
        whole(draft)
        draft.state, draft.asked_by, draft.asked_at = State.ASKED, by, at
        draft.publish_on, draft.reason = publish_on, ""
        draft.save(update_fields=["state", "asked_by", "asked_at", "publish_on", "reason"])
        outbox.publish(ReviewAsked(at=at, draft_id=draft.pk, slug=draft.slug))
        note_change(by, f"service: {draft.slug}", {}, {"review": "asked for", "on": str(publish_on or "")}, at)
    return draft


def take_back(*, draft_id: UUID, by: Person, at: datetime) -> Draft:
    """Write on in a draft that waits for review or for its day. Raises Frozen for one that is neither."""
    with transaction.atomic():
        draft = held(draft_id, State.ASKED, State.PLANNED)
        reopen(draft, "")
        note_change(by, f"service: {draft.slug}", {}, {"review": "taken back"}, at)
    return draft


def approve(
    *, draft_id: UUID, number: int, live: str, publish_on: date | None, by: Person, at: datetime, anyway: bool = False
) -> Approved:
    """Let a draft out now, or on a day. `number` and `live` are the draft and the live version that were compared.

    Raises PermissionDenied for whoever wrote in it or asked, Frozen where either is another one by now, NotWhole, and
    ReachesNobody unless it is to be published `anyway`.
    """
    with transaction.atomic():
        draft = held(draft_id, State.ASKED)
        check(by, "services.approve", draft)
        if draft.number != number or live_hash(draft.slug) != live:
            raise Frozen(OVERTAKEN)
        package = whole(draft)
        missing = published.unmet(package)
        if missing and not anyway:
            raise ReachesNobody(draft.slug)
        draft.approved_by, draft.live_then, draft.publish_on = by, live, publish_on
        is_now = publish_on is None or publish_on <= timezone.localdate(at)
        draft.state = State.PUBLISHED if is_now else State.PLANNED
        draft.save(update_fields=["approved_by", "live_then", "publish_on", "state"])
        if is_now:
            services.publish(package=package, at=at, by=by)
        outbox.publish(DraftApproved(at=at, draft_id=draft.pk, slug=draft.slug, publish_on=str(publish_on or "")))
        told = {"review": "approved", "version": package.hash[:12], "on": str(publish_on or "")}
        note_change(by, f"service: {draft.slug}", {"version": live[:12]}, told | published.noted(missing), at)
    return Approved(draft, is_now)


def send_back(*, draft_id: UUID, reason: str, by: Person, at: datetime) -> Draft:
    """Give a draft back to those who write it, with the reason. Raises PermissionDenied and Frozen."""
    with transaction.atomic():
        draft = held(draft_id, State.ASKED)
        check(by, "services.approve", draft)
        reopen(draft, reason)
        outbox.publish(DraftSentBack(at=at, draft_id=draft.pk, slug=draft.slug))
        note_change(by, f"service: {draft.slug}", {}, {"review": "sent back", "reason": reason}, at)
    return draft


def drop(*, draft_id: UUID, by: Person, at: datetime) -> Draft:
    """Put a draft away for good; what is live stays. Raises Frozen for one that is published."""
    with transaction.atomic():
        draft = held(draft_id, State.OPEN, State.ASKED, State.PLANNED)
        draft.state = State.DROPPED
        draft.save(update_fields=["state"])
        note_change(by, f"service: {draft.slug}", {}, {"draft": "dropped"}, at)
    return draft


def publish_due(at: datetime) -> int:
    """Publish the drafts whose day has come; how many. One that was overtaken by another version, or that cannot be
    read any more, goes back to those who write it, with the reason.
    """
    done = 0
    for draft_id in Draft.objects.due(timezone.localdate(at)).values_list("pk", flat=True):
        with transaction.atomic():
            draft = Draft.objects.select_for_update(skip_locked=True).filter(pk=draft_id, state=State.PLANNED).first()
            if draft is not None:
                done += published_now(draft, at)
    return done


def published_now(draft: Draft, at: datetime) -> bool:
    """Publish a planned draft; whether that could be done."""
    found = selectors.examined(draft)
    if live_hash(draft.slug) != draft.live_then or found.package is None or found.problems:
        reopen(draft, OVERTAKEN if live_hash(draft.slug) != draft.live_then else BROKEN)
        outbox.publish(DraftSentBack(at=at, draft_id=draft.pk, slug=draft.slug))
        note_change(None, f"service: {draft.slug}", {}, {"review": "not published", "reason": draft.reason}, at)
        return False
    services.publish(package=found.package, at=at, by=draft.approved_by)
    draft.state = State.PUBLISHED
    draft.save(update_fields=["state"])
    told = {"version": found.package.hash[:12]}
    note_change(draft.approved_by, f"service: {draft.slug}", {"version": draft.live_then[:12]}, told, at)
    return True


def held(draft_id: UUID, *states: State) -> Draft:
    """The draft, held until the end of the transaction, in one of these states. Raises Frozen."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    if draft.state not in states:
        raise Frozen(draft.state)
    return draft


def reopen(draft: Draft, reason: str) -> None:
    """Let a draft be changed again."""
    draft.state, draft.reason, draft.approved_by, draft.publish_on = State.OPEN, reason, None, None
    draft.save(update_fields=["state", "reason", "approved_by", "publish_on"])


def whole(draft: Draft) -> Package:
    """The package of a draft. Raises NotWhole where anything is wrong with it."""
    found = selectors.examined(draft)
    if found.package is None or found.problems:
        raise NotWhole(str(len(found.problems)))
    return found.package


def live_hash(slug: str) -> str:
    """The hash of the version that residents begin on; empty where there is none."""
    version = published.live_version(slug)
    return version.hash if version else ""
