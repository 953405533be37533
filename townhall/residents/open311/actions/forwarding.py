"""Sending on what belongs to another authority: each case once, however often the sending is tried."""
import json
import logging
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import F

from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.rules import Authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.documents import selectors as documents
from townhall.residents.open311 import rules
from townhall.residents.open311.actions.calling import Rejected, Unreachable, call, plain
from townhall.residents.open311.actions.writing import name_of
from townhall.residents.open311.models import Forwarded, State, Told
from townhall.residents.open311.selectors.requests import position, report_of

log = logging.getLogger("townhall.open311")
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 14
"""With the waits below, about three days."""
FIRST_WAIT = timedelta(seconds=20)
LONGEST_WAIT = timedelta(hours=8)
BATCH = 20
AGAIN = {401, 403, 404, 405}
"""Refusals that somebody may put right over there without our changing a word."""
Row = TypeVar("Row", bound=models.Model)


def forward(*, case_id: UUID, gss_code: str, at: datetime) -> Forwarded | None:
    """Put the case in line to be sent; None where that authority has no server or it was put there before."""
    other = authority.by_code(gss_code)
    if other is None or not other.open311_url or other.is_ours:
        return None
    forwarded, made = Forwarded.objects.get_or_create(case_id=case_id, defaults={"gss_code": gss_code, "next_at": at})
    return forwarded if made else None


def send_due(at: datetime) -> int:
    """Send the cases and updates whose time it is; how many went. A server that is down is asked once a round."""
    down: set[str] = set()
    sent = 0
    for forwarded in claimed(Forwarded.objects.due(at), at):
        sent += _attempt(forwarded, forwarded.gss_code, down, at, lambda row: _send(row, at))
    ready = Told.objects.filter(state=State.WAITING, next_at__lte=at, forwarded__state=State.SENT)
    for told in claimed(ready.select_related("forwarded__case"), at):
        sent += _attempt(told, told.forwarded.gss_code, down, at, _tell)
    return sent


def claimed(rows: "models.QuerySet[Row]", at: datetime) -> list[Row]:
    """Some of the rows, which no other worker takes for a while."""
    with transaction.atomic():
        mine = list(rows.order_by("next_at").select_for_update(skip_locked=True, of=("self",))[:BATCH])
        rows.model._default_manager.filter(pk__in=[row.pk for row in mine]).update(next_at=at + LEASE)
    return mine


def _attempt(row, gss_code: str, down: set[str], at: datetime, send) -> bool:
    """Try once and keep how it ended; whether it went."""
    if gss_code in down:
        later(row, "its server was not reached", at, counts=False)
        return False
    try:
        send(row)
    except Unreachable as problem:
        down.add(gss_code)
        later(row, str(problem), at)
    except Rejected as problem:
        later(row, str(problem), at, gives_up=problem.status not in AGAIN)
    else:
        return True
    return False


def later(row, error: str, at: datetime, *, counts: bool = True, gives_up: bool = False) -> None:
    """Keep what went wrong and when to try again: after 20 s, 40 s ... 8 hours. In the end a person is asked."""
    row.attempts += counts
    row.error = error[:300]
    row.next_at = at + min(LONGEST_WAIT, FIRST_WAIT * 2 ** max(0, row.attempts - 1))
    if gives_up or row.attempts >= MOST_ATTEMPTS:
        row.state, row.next_at = State.FAILED, None
    with transaction.atomic():
        row.save(update_fields=["attempts", "error", "next_at", "state"])
        if row.state == State.FAILED and isinstance(row, Forwarded):
            title = f"Tell {name_of(row.gss_code)} by telephone: its server did not take this report"
            cases.add_task(case_id=row.case_id, title=title, by=None, at=at)
    log.warning("open311 call failed", extra={"event": type(row).__name__, "count": row.attempts})


def _send(forwarded: Forwarded, at: datetime) -> None:
    """Post the case to its authority's server and keep the id that it got there."""
    other = _server(forwarded)
    case = Case.objects.select_related("report").get(pk=forwarded.case_id)
    files = [
        ("media", (photo.name, documents.content(photo), photo.content_type))
        for photo in documents.of_case(case.pk)
        if photo.is_picture
    ]
    answer = call(
        "POST", f"{other.open311_url.rstrip('/')}/requests.json", form=_form(case, other), files=files or None,
        headers={"Idempotency-Key": str(case.pk), "Accept": "application/json"},
    )  # fmt: skip
    first = _first(answer)
    if not (their_id := plain(first.get("service_request_id"))):
        raise Unreachable("its answer has no service_request_id")
    forwarded.state, forwarded.their_id, forwarded.sent_at = State.SENT, their_id[:200], at
    forwarded.next_at, forwarded.error = None, ""
    forwarded.save(update_fields=["state", "their_id", "sent_at", "next_at", "error"])


def _server(forwarded: Forwarded) -> Authority:
    other = authority.by_code(forwarded.gss_code)
    if other is None or not other.open311_url:
        raise Unreachable("it has no Open311 address any more")
    return other


def _form(case: Case, other: Authority) -> dict[str, str]:
    """A case as the form that the standard asks for. We stand as its reporter, who hears everything from us."""
    where = position(case)
    ours, report = authority.ours(), report_of(case)
    form = {
        "api_key": authority.open311_key(other.gss_code), "jurisdiction_id": other.open311_jurisdiction,
        "service_code": case.category, "description": report.description, "title": case.title,
        "lat": str(where.lat) if where else "", "long": str(where.lon) if where else "", "address_string": case.place,
        "first_name": ours.short_name, "last_name": "Council", "email": ours.email, "phone": ours.telephone,
    }  # fmt: skip
    form |= {f"attribute[{code}]": str(value) for code, value in report.answers.items() if code != "imported"}
    return {name: value for name, value in form.items() if value}


def _first(answer: bytes) -> dict[str, object]:
    """The one thing that an answer tells of. Raises Unreachable."""
    try:
        read = json.loads(answer)
    except ValueError as problem:
        raise Unreachable("its answer is not JSON") from problem
    first = read[0] if isinstance(read, list) and read else read
    if not isinstance(first, dict):
        raise Unreachable("its answer is not what the standard says")
    return first


def tell(*, case_id: UUID, entry_id: UUID, at: datetime) -> Told | None:
    """Put words that came in on a forwarded case in line to be told to its authority; None where that is not to be."""
    entry = Entry.objects.filter(pk=entry_id, case_id=case_id).first()
    forwarded = Forwarded.objects.filter(case_id=case_id).exclude(state=State.FAILED).first()
    if entry is None or forwarded is None or "from" in entry.data:
        return None
    return Told.objects.get_or_create(entry_id=entry_id, defaults={"forwarded": forwarded, "next_at": at})[0]


def _tell(told: Told) -> None:
    """Post one update to the authority that has the case."""
    forwarded = told.forwarded
    other = _server(forwarded)
    entry = Entry.objects.get(pk=told.entry_id)
    says = {"fixed": "FIXED", "still_there": "OPEN"}.get(entry.data.get("says", ""), "")
    words = {"fixed": "Somebody says it is fixed.", "still_there": "Somebody says it is still there."}
    form = {
        "api_key": authority.open311_key(other.gss_code), "jurisdiction_id": other.open311_jurisdiction,
        "update_id": str(entry.pk), "service_request_id": forwarded.their_id, "status": says,
        "updated_datetime": rules.w3(entry.at),
        "description": entry.text or words.get(entry.data.get("says", ""), "Somebody added to this report."),
    }  # fmt: skip
    call("POST", f"{other.open311_url.rstrip('/')}/servicerequestupdates.json",
         form={name: value for name, value in form.items() if value})  # fmt: skip
    Told.objects.filter(pk=told.pk).update(state=State.SENT, next_at=None, error="", attempts=F("attempts") + 1)


def is_configured() -> bool:
    """Whether any neighbour has a server, and links of ours are whole."""
    return bool(settings.TOWNHALL_URL) and any(other.open311_url for other in authority.neighbours())
