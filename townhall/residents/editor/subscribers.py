"""What follows from drafts: letters to the colleagues who are waited for, and to whoever waits for them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone, translation

from townhall.kernel.design import dates
from townhall.kernel.identity import selectors as identity
from townhall.kernel.identity.models import Person, Role
from townhall.kernel.identity.permissions import allows
from townhall.kernel.notify import actions as notify
from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe
from townhall.residents.editor.models import Draft, State


@subscribe("editor.review_asked.v1")
def ask_colleagues(event: Delivered) -> None:
    """A letter to everybody who may approve the draft, where it still waits for them."""
    draft = _draft(event)
    if draft.state != State.ASKED or draft.asked_by is None:
        return
    for person in identity.people_with(Role.MANAGER, Role.ADMINISTRATOR):
        if allows(person, "services.approve", draft):
            _write(event, draft, person, "service_review_asked", colleague=draft.asked_by.name)


@subscribe("editor.draft_sent_back.v1")
def tell_of_return(event: Delivered) -> None:
    """A letter to whoever had asked for the review."""
    draft = _draft(event)
    if draft.asked_by is not None:
        _write(event, draft, draft.asked_by, "service_draft_back")


@subscribe("editor.draft_approved.v1")
def tell_of_approval(event: Delivered) -> None:
    """A letter to whoever had asked for the review, with the day from which residents use it."""
    draft, planned = _draft(event), event.payload["publish_on"]
    day = date.fromisoformat(planned) if planned else timezone.localdate(event.at)
    if draft.asked_by is not None:
        shown = dates.day(day, draft.asked_by.language, today=timezone.localdate(event.at))
        _write(event, draft, draft.asked_by, "service_draft_approved", day=shown)


def _draft(event: Delivered) -> Draft:
    return Draft.objects.select_related("asked_by").get(pk=UUID(event.payload["draft_id"]))


def _write(event: Delivered, draft: Draft, person: Person, kind: str, **values: Any) -> None:
    with translation.override(person.language):
        known = {"name": person.name, "service": draft.title(person.language)}
        link = reverse("editor:review", args=[draft.pk])
        notify.write(
            kind=kind, key=f"{kind}:{event.id}:{person.pk}", values={**known, "link": link, **values}, at=event.at,
            person=person,
        )  # fmt: skip
