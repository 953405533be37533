"""Telling webhooks what happened: at least once, in order per case, for three days; then one stops and people hear."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from townhall.kernel.cases.models import Case
from townhall.kernel.geo.rules import to_lonlat
from townhall.kernel.identity.models import Person
from townhall.kernel.modules.keys import uuid7
from townhall.kernel.notify import actions as notify
from townhall.kernel.outbox.events import Delivered
from townhall.residents.open311.actions.calling import Rejected, Unreachable, call
from townhall.residents.webhooks import rules
from townhall.residents.webhooks.models import Delivery, Hook, State

log = logging.getLogger("townhall.webhooks")
LEASE = timedelta(minutes=5)
BATCH = 20
MOST_BYTES = 64_000
KEPT = timedelta(days=30)
GONE = 410


def tell(events: Sequence[Delivered]) -> int:
    """Put each public event in line for each webhook; how many lines that makes. Again: nothing happens."""
    hooks = list(Hook.objects.filter(stopped_because="", stopped_at=None)) if events else []
    wanted = [event for event in events if event.kind in rules.PUBLIC_KINDS and event.case_id]
    if not hooks or not wanted:
        return 0
    public = Case.objects.filter(pk__in={event.case_id for event in wanted}, is_public=True)
    cases = {case.pk: case for case in public}
    told = [(event, case) for event in wanted if event.case_id and (case := cases.get(event.case_id))]
    made = [_delivery(hook, event, case) for event, case in told for hook in hooks]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _delivery(hook: Hook, event: Delivered, case: Case) -> Delivery:
    told = rules.Told(
        event_id=event.id, kind=event.kind, number=event.number, at=event.at, reference=case.reference,
        facts=public_facts(case),
    )  # fmt: skip
    return Delivery(
        hook=hook, event_id=event.id, kind=event.kind, case_id=case.pk, number=event.number, created_at=event.at,
        next_at=event.at, body=rules.body(told, source=settings.TOWNHALL_URL),
    )  # fmt: skip


def public_facts(case: Case) -> dict[str, object]:
    """What everybody may know of a public case, in Open311's words, without a word that anybody typed."""
    where = to_lonlat(case.point) if case.point else None
    return {
        "service_request_id": case.reference,
        "service_code": case.category,
        "status": case.status,
        "requested_datetime": case.opened_at.isoformat(),
        "updated_datetime": case.updated_at.isoformat(),
        "expected_datetime": case.due_at.isoformat() if case.due_at else None,
        "ward": case.ward,
        "lat": round(where.lat, 6) if where else None,
        "long": round(where.lon, 6) if where else None,
        "url": settings.TOWNHALL_URL + reverse("reports:report", args=[case.reference]),
    }


def test(*, hook: Hook, at: datetime) -> Delivery:
    """Put an event in line that tells of nothing, to see whether the address answers."""
    event_id = uuid7()
    told = rules.Told(event_id=event_id, kind=rules.TEST, number=0, at=at, reference="", facts={"test": True})
    text = rules.body(told, source=settings.TOWNHALL_URL)
    return Delivery.objects.create(
        hook=hook, event_id=event_id, kind=rules.TEST, body=text, created_at=at, next_at=at
    )


def send_due(at: datetime) -> int:
    """Send what is due; how much went. An address that fails is asked once a round. Several workers may do this."""
    sent, down = 0, set[UUID]()
    for delivery in _claimed(at):
        if delivery.hook_id in down:
            Delivery.objects.filter(pk=delivery.pk).update(next_at=at + timedelta(seconds=rules.WAITS[0]))
        elif _try(delivery, at):
            sent += 1
        else:
            down.add(delivery.hook_id)
    return sent


def _claimed(at: datetime) -> list[Delivery]:
    """Some that are due, which no other worker takes for a while."""
    with transaction.atomic():
        due = Delivery.objects.due(at).select_related("hook").order_by("next_at", "id")
        mine = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        Delivery.objects.filter(pk__in=[delivery.pk for delivery in mine]).update(next_at=at + LEASE)
    return mine


def _try(delivery: Delivery, at: datetime) -> bool:
    """Try once and keep how it ended; whether the address can be asked more in this round."""
    if delivery.case_id and not Case.objects.filter(pk=delivery.case_id, is_public=True).exists():
        Delivery.objects.filter(pk=delivery.pk).update(state=State.WITHHELD, next_at=None)
        return True
    hook = delivery.hook
    signed = rules.headers(secret=hook.secret, event_id=delivery.event_id, text=delivery.body, at=at)
    try:
        call("POST", hook.address, content=delivery.body.encode(), headers=signed, most_bytes=MOST_BYTES)
    except (Unreachable, Rejected) as problem:
        is_gone = isinstance(problem, Rejected) and problem.status == GONE
        _later(delivery, str(problem), at, gives_up=is_gone)
        return False
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.SENT, sent_at=at, attempts=delivery.attempts + 1, next_at=None, error=""
    )
    return True


def _later(delivery: Delivery, error: str, at: datetime, *, gives_up: bool) -> None:
    """Keep what went wrong and when to try again. After the last try the webhook stops, and administrators hear."""
    attempts = delivery.attempts + 1
    wait = None if gives_up or delivery.kind == rules.TEST else rules.wait_before(attempts)
    state = State.WAITING if wait else State.FAILED
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=state, attempts=attempts, error=error[:300], next_at=at + wait if wait else None
        )
        if state == State.FAILED and delivery.kind != rules.TEST:
            _stop(delivery.hook, error, at)
    log.warning("a webhook was not taken", extra={"event": delivery.kind, "count": attempts})


def _stop(hook: Hook, error: str, at: datetime) -> None:
    """Stop a webhook that was tried in vain, and write to the administrators."""
    if not Hook.objects.filter(pk=hook.pk, stopped_at=None).update(stopped_at=at, stopped_because=error[:300]):
        return
    link = reverse("webhooks:hook", args=[hook.pk])
    administrators = Person.objects.filter(is_active=True, membership__role="administrator")
    for person in administrators.distinct():
        notify.write(
            kind="webhook_stopped", key=f"webhook_stopped:{hook.pk}:{at.isoformat()}:{person.pk}", person=person,
            values={"name": hook.name, "problem": error[:300], "link": link}, at=at,
        )  # fmt: skip


def forget_old(at: datetime) -> int:
    """Remove what was sent or withheld more than 30 days ago; how much."""
    old = Delivery.objects.filter(state__in=(State.SENT, State.WITHHELD), created_at__lt=at - KEPT)
    return old.delete()[0]
