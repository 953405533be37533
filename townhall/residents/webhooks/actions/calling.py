"""Calls other systems with what processes have ordered: until they answer, for three days; then it has failed.

Nothing is locked while a system is called. What came of it is kept and told in one transaction with the case's lock, in
which the call is looked at once more: whoever comes second changes nothing; after the process has gone on it is kept
that the call was made, and nobody is told. A call whose sender died is sent again with the same `webhook-id`.
"""

import json
import logging
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, NamedTuple

from django.db import OperationalError, transaction

from townhall.kernel.cases.actions.timeline import append, locked
from townhall.kernel.catalogue.processes.engine import Event, Order
from townhall.kernel.catalogue.words import Text
from townhall.residents.open311.actions.calling import Rejected, TooLong, Unreachable, call
from townhall.residents.services import actions as services
from townhall.residents.webhooks import rules
from townhall.residents.webhooks.models import Call

log = logging.getLogger("townhall.webhooks")
LEASE, KEPT, LAST = timedelta(minutes=5), timedelta(days=30), timedelta(days=1)
BATCH, MOST_BYTES = 20, 16_000
TOOK = Text("The other system has taken it", "Mae'r system arall wedi'i dderbyn")
FAILED = Text("The other system has not taken it", "Nid yw'r system arall wedi'i dderbyn")
State = Call.State


class Answer(NamedTuple):
    """What a system said: `done` with what it brings, `failed` with why, or nothing that ends it (`again`)."""

    kind: str
    known: dict[str, Any]
    why: str = ""


def send_calls(at: datetime) -> int:
    """Send what is due; how many calls ended. A system that is down is asked once a round."""
    ended, down, began = 0, set[Any](), monotonic()
    for one in _claimed(at):
        if one.system_id in down:
            Call.objects.filter(pk=one.pk, state=State.WAITING).update(next_at=at + timedelta(seconds=rules.WAITS[0]))
            continue
        answer = _ask(one, at + timedelta(seconds=monotonic() - began))
        if answer.kind == "again":
            down.add(one.system_id)
        try:
            ended += _keep(one, answer, at)
        except OperationalError:
            raise
        except Exception:
            log.exception("what came of a call could not be kept", extra={"call": str(one.pk)})
            wait = rules.wait_before(one.attempts + 1) or LAST
            Call.objects.filter(pk=one.pk, state=State.WAITING).update(attempts=one.attempts + 1, next_at=at + wait)
    return ended


def _claimed(at: datetime) -> list[Call]:
    """Some that are due, which no other worker takes for a while."""
    with transaction.atomic():
        due = Call.objects.filter(state=State.WAITING, next_at__lte=at).select_related("system").order_by("next_at")
        mine = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
        Call.objects.filter(pk__in=[each.pk for each in mine]).update(next_at=at + LEASE)
    return mine


def _ask(one: Call, at: datetime) -> Answer:
    """Call the system, and read what it says."""
    system = one.system
    if system.stopped_at is not None:
        return Answer("failed", {}, "stopped")
    signed = rules.headers(secret=system.secret, event_id=one.pk, text=one.body, at=at)
    try:
        content = call("POST", system.address, content=one.body.encode(), headers=signed, most_bytes=MOST_BYTES)
        return Answer("done", rules.answer_of(content))
    except (TooLong, Rejected, rules.Unusable) as problem:
        return Answer("failed", {}, _words(problem))
    except Unreachable as problem:
        is_last = one.case_id is None or rules.wait_before(one.attempts + 1) is None
        return Answer("failed" if is_last else "again", {}, _words(problem))


def _words(problem: Exception) -> str:
    """Why, as far as it can be kept: of an answer its status, and not what it says of people."""
    if isinstance(problem, Rejected):
        return f"it answered {problem.status}"
    return "".join(each for each in str(problem) if each.isprintable())[:300]


def _keep(one: Call, answer: Answer, at: datetime) -> int:
    """Keep what came of a call, and tell the process where that ends it; 1 where it did."""
    with transaction.atomic():
        case = locked(one.case_id) if one.case_id else None
        live = Call.objects.select_for_update().filter(state__in=(State.WAITING, State.WITHDRAWN))
        row = live.filter(pk=one.pk).first()
        if row is None:
            return 0
        row.attempts, row.error = row.attempts + 1, answer.why
        if row.state == State.WITHDRAWN:
            row.save(update_fields=["attempts", "error"])
            return 0
        wait = rules.wait_before(row.attempts)
        if answer.kind == "again" and wait is not None:
            row.next_at = at + wait
        else:
            row.state, row.next_at, row.ended_at = State(answer.kind), None, at
        row.save()
        if case is not None and row.ended_at is not None:
            said = TOOK if answer.kind == "done" else FAILED
            told = {"text": f"{said.en}: {one.system.name}", "text_cy": f"{said.cy}: {one.system.name}"}
            append(case, "step", at=at, by=None, data={"did": "webhook", "call": str(row.pk)}, **told)
            event = Event(answer.kind, row.key, answer.known if answer.kind == "done" else {"why": answer.why})
            services.answer_order(case, Order("webhook", row.key, {"name": one.system.name}), event, at=at)
    if answer.kind != "done":
        log.warning("a system did not take a call", extra={"system": str(one.system_id), "count": row.attempts})
    return int(row.ended_at is not None)


def sent_values(one: Call) -> dict[str, Any]:
    """What a call hands over, as long as that is kept."""
    return json.loads(one.body)["data"].get("with", {}) if one.body else {}


def forget_calls(at: datetime) -> int:
    """Forget what calls said that ended more than 30 days ago; how many. That they were made stays with the case."""
    return Call.objects.filter(ended_at__lt=at - KEPT).exclude(body="").update(body="", error="")
