"""Fetching what other authorities say of the cases they have from us, and writing it on those cases."""
import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.rules import Authority
from townhall.residents.open311 import rules
from townhall.residents.open311.actions.calling import Rejected, Unreachable, call, plain
from townhall.residents.open311.actions.forwarding import FIRST_WAIT, LONGEST_WAIT
from townhall.residents.open311.actions.writing import write_date, write_update
from townhall.residents.open311.models import Forwarded, Neighbour

log = logging.getLogger("townhall.open311")
OVERLAP = timedelta(minutes=10)
"""Fetched again each time, because clocks differ and answers are late; ids keep it from being written twice."""
PAGE = 200
MOST_PAGES = 20
AT_ONCE = 50


def fetch_all(at: datetime) -> int:
    """Fetch from every authority that has cases of ours and whose time it is; how many updates were written."""
    codes = Forwarded.objects.followed().values_list("gss_code", flat=True).distinct()
    return sum(_fetch(other, at) for code in codes if (other := authority.by_code(code)) and other.open311_url)


def _fetch(other: Authority, at: datetime) -> int:
    """Fetch from one authority. Where its server fails it is left alone for longer and longer."""
    neighbour = Neighbour.objects.get_or_create(gss_code=other.gss_code)[0]
    if neighbour.next_at and neighbour.next_at > at:
        return 0
    try:
        written = _updates(other, neighbour, at) + _requests(other, at)
    except (Unreachable, Rejected) as problem:
        neighbour.attempts += 1
        neighbour.next_at = at + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(neighbour.attempts, 12))
        neighbour.save()
        log.warning("open311 fetch failed", extra={"event": type(problem).__name__, "count": neighbour.attempts})
        return 0
    neighbour.attempts, neighbour.next_at, neighbour.fetched_until = 0, None, at
    neighbour.save()
    return written


def _updates(other: Authority, neighbour: Neighbour, at: datetime) -> int:
    """Write what is new in the update extension's list; nothing where the server does not have the extension."""
    oldest = at - rules.SPAN + timedelta(hours=1)
    since = max(oldest, neighbour.fetched_until - OVERLAP) if neighbour.fetched_until else oldest
    sent = Forwarded.objects.filter(gss_code=other.gss_code, state="sent")
    written = 0
    try:
        for update in _pages(other, "servicerequestupdates", {"start_date": rules.w3(since)}):
            forwarded = sent.filter(their_id=plain(update.get("service_request_id")) or "-").first()
            if forwarded is not None and plain(update.get("update_id")):
                written += _write(forwarded, update, at)
    except Rejected as problem:
        if problem.status not in {404, 405}:
            raise
    return written


def _write(forwarded: Forwarded, update: dict[str, Any], at: datetime) -> bool:
    return write_update(
        forwarded, update_id=plain(update["update_id"])[:200], status=plain(update.get("status")),
        code=plain(update.get("external_status_code")), text=plain(update.get("description"))[:5_000],
        text_cy=plain(update.get("description_cy"))[:5_000], told_at=_moment(update.get("updated_datetime")), at=at,
    )  # fmt: skip


def _requests(other: Authority, at: datetime) -> int:
    """Ask how the open ones stand: their promised dates, and closings that came as no update."""
    followed = Forwarded.objects.followed().filter(gss_code=other.gss_code).order_by("fetched_at")[:AT_ONCE]
    ours = {forwarded.their_id: forwarded for forwarded in followed}
    if not ours:
        return 0
    written = 0
    for fact in _pages(other, "requests", {"service_request_id": ",".join(ours), "extensions": "true"}):
        forwarded = ours.get(plain(fact.get("service_request_id")))
        if forwarded is not None:
            written += _look(forwarded, fact, at)
    Forwarded.objects.filter(pk__in=[forwarded.pk for forwarded in ours.values()]).update(fetched_at=at)
    return written


def _look(forwarded: Forwarded, fact: dict[str, Any], at: datetime) -> int:
    if plain(fact.get("status")).lower() == "closed":
        extended = fact.get("extended_attributes")
        code = plain(extended.get("external_status_code")) if isinstance(extended, dict) else ""
        forwarded.refresh_from_db(fields=["is_done"])
        if forwarded.is_done:
            return 0
        moment = _moment(fact.get("updated_datetime"))
        return write_update(
            forwarded, update_id=f"closed {rules.w3(moment or at)}", status="closed", code=code,
            text=plain(fact.get("status_notes"))[:5_000], told_at=moment, at=at,
        )  # fmt: skip
    due_at = _moment(fact.get("expected_datetime"))
    return write_date(forwarded, due_at=due_at, at=at) if due_at and due_at > at else 0


def _pages(other: Authority, what: str, params: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Every object of every page of one of their lists."""
    shared = {
        "api_key": authority.open311_key(other.gss_code), "jurisdiction_id": other.open311_jurisdiction,
        "page_size": str(PAGE),
    }  # fmt: skip
    given = {name: value for name, value in (shared | params).items() if value}
    for page in range(1, MOST_PAGES + 1):
        url = f"{other.open311_url.rstrip('/')}/{what}.json"
        rows = _rows(call("GET", url, params=given | {"page": str(page)}, headers={"Accept": "application/json"}))
        yield from rows
        if len(rows) < PAGE:
            return


def _rows(answer: bytes) -> list[dict[str, Any]]:
    try:
        read = json.loads(answer)
    except ValueError as problem:
        raise Unreachable("its answer is not JSON") from problem
    if not isinstance(read, list):
        raise Unreachable("its answer is not a list")
    return [row for row in read if isinstance(row, dict)]


def _moment(text: Any) -> datetime | None:
    try:
        return rules.moment(plain(text)) if text else None
    except ValueError:
        return None
