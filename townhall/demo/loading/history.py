"""What became of a synthetic report, as the timeline, the case's fields and the events that tell of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from townhall.demo.loading.keys import ENTRIES, GROUPS
from townhall.demo.town.requests import Request
from townhall.kernel.cases.rules import WorkingCalendar

PAUSES = (
    ("Waiting for the landowner to answer", "Yn aros am ateb gan y tirfeddiannwr"),
    ("Waiting for a photo from you", "Yn aros am lun gennych chi"),
    ("Seven days' notice to the owner", "Saith diwrnod o rybudd i'r perchennog"),
)
FIXED = (
    ("Done. Thank you for telling us.", "Wedi'i wneud. Diolch am roi gwybod i ni."),
    ("Our crew went out and put it right.", "Aeth ein criw allan a'i gywiro."),
)
CLOSED = (
    ("We looked and found nothing to do.", "Edrychom ac ni chawsom ddim i'w wneud."),
    ("This is on private land, so we cannot act.", "Mae hwn ar dir preifat, felly ni allwn weithredu."),
)


@dataclass(slots=True)
class History:
    """A case's whole past: timeline rows (number, kind, at, actor, public, status, text, text_cy, data) and event
    rows.
    """

    entries: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[tuple[str, datetime, int, dict[str, Any]]] = field(default_factory=list)
    due_at: datetime | None = None
    closed_at: datetime | None = None
    paused_at: datetime | None = None
    paused_reason: str = ""
    was_late: bool = False
    updated_at: datetime | None = None

    @property
    def version(self) -> int:
        """The number of the latest entry."""
        return len(self.entries)

    def add(
        self,
        kind: str,
        at: datetime,
        *,
        actor: str | None = None,
        public: bool = False,
        status: str = "",
        words: tuple[str, str] = ("", ""),
        data: dict[str, Any] | None = None,
    ) -> int:
        """Append an entry; its number."""
        self.entries.append((self.version + 1, kind, at, actor, public, status, *words, data or {}))
        self.updated_at = at
        return self.version


@dataclass(frozen=True, slots=True)
class Place:
    """What a case's history depends on besides the request: who has it, why, and in which calendar."""

    team: str | None
    officer: str | None
    reporter: str | None
    reason: tuple[str, str]
    target_days: int | None
    until: datetime
    calendar: WorkingCalendar
    key: Callable[[int], str]
    """The keys of its rows, by slot."""
    passed_to: str = ""


def history(request: Request, place: Place) -> History:
    """The past of a report from when it came until `place.until`."""
    told = History()
    at = request.reported_at
    told.add("received", at, actor=place.reporter, public=True, status="received")
    if place.target_days is not None:
        told.due_at = place.calendar.due(at, place.target_days)
    shared = {
        "category": request.category,
        "ward": request.ward_code,
        "team_id": place.team,
    }
    told.events.append(
        (
            "cases.case_opened.v1",
            at,
            1,
            shared | {"case_kind": "problem_report", "channel": request.channel, "is_public": True},
        )
    )
    if place.passed_to:
        told.add("status", at, public=True, status="passed", words=place.reason, data={"authority": "Merrowshire"})
    else:
        told.add("routed", at, public=True, words=place.reason, data={"team_id": place.team})
    _work(told, request, place)
    if request.closed_at:
        _finish(told, request, place, shared)
    elif told.due_at and told.due_at < place.until and not told.paused_at:
        told.was_late = True
        told.add("missed", told.due_at, public=True)
    return told


def _work(told: History, request: Request, place: Place) -> None:
    """What was done before the end, or until now."""
    end = request.closed_at or place.until
    if place.passed_to or (request.status == "received" and not request.closed_at):
        return
    looked = request.reported_at + (end - request.reported_at) * 0.2
    told.add("status", looked, actor=place.officer, public=True, status="looking")
    if request.status == "booked" or (request.closed_at and request.number % 3 == 0):
        booked = request.reported_at + (end - request.reported_at) * 0.4
        told.add("status", booked, actor=place.officer, public=True, status="booked")
    if request.status == "waiting":
        told.paused_at = request.reported_at + (end - request.reported_at) * 0.5
        words = PAUSES[request.number % len(PAUSES)]
        told.paused_reason = words[0]
        told.add("paused", told.paused_at, actor=place.officer, public=True, status="waiting", words=words)


def _finish(told: History, request: Request, place: Place, shared: dict[str, Any]) -> None:
    """The end, and a reopening before it where there was one."""
    if request.closed_at is None:
        return
    if told.due_at and told.due_at < request.closed_at:
        told.was_late = True
        told.add("missed", told.due_at, public=True)
    first = told.updated_at or request.reported_at
    if request.reopened and not place.passed_to:
        resolved = first + (request.closed_at - first) * 0.4
        told.events.append(_resolved(told, request, place, shared, at=resolved, status="fixed"))
        told.events.append(
            _reopened(
                told, request, place, shared, at=resolved + (request.closed_at - resolved) * 0.5, resolved=resolved
            )
        )
    told.events.append(_resolved(told, request, place, shared, at=request.closed_at, status=request.status))
    told.closed_at = request.closed_at
    if (
        request.satisfied is not None
        and (answered := request.closed_at + timedelta(hours=5 + request.number % 40)) < place.until
    ):
        number = told.add("satisfied", answered, actor=place.reporter, data={"is_satisfied": request.satisfied})
        told.events.append(
            ("cases.satisfaction_given.v1", answered, number, shared | {"is_satisfied": request.satisfied})
        )


def _resolved(
    told: History, request: Request, place: Place, shared: dict[str, Any], *, at: datetime, status: str
) -> tuple[str, datetime, int, dict[str, Any]]:
    words = (FIXED if status == "fixed" else CLOSED)[request.number % 2]
    number = told.add("resolved", at, actor=place.officer, public=True, status=status, words=words)
    return (
        "cases.case_resolved.v1",
        at,
        number,
        shared
        | {
            "case_kind": "problem_report",
            "status": status,
            "was_late": bool(told.due_at and told.due_at < at),
            "working_minutes": place.calendar.minutes_between(request.reported_at, at),
            "opened_at": request.reported_at.isoformat(),
            "entry_id": "-".join(map(place.key(ENTRIES + number).__getitem__, GROUPS)),
        },
    )


def _reopened(
    told: History, request: Request, place: Place, shared: dict[str, Any], *, at: datetime, resolved: datetime
) -> tuple[str, datetime, int, dict[str, Any]]:
    words = ("It is still there.", "Mae'n dal yno.")
    number = told.add("reopened", at, actor=place.reporter, public=True, status="received", words=words)
    return (
        "cases.case_reopened.v1",
        at,
        number,
        shared
        | {
            "undone": False,
            "was_late": bool(told.due_at and told.due_at < resolved),
            "resolved_at": resolved.isoformat(),
            "working_minutes": place.calendar.minutes_between(request.reported_at, resolved),
            "opened_at": request.reported_at.isoformat(),
        },
    )


def in_order(told: History) -> Iterator[tuple[Any, ...]]:
    """Timeline rows with times that never go back, whatever was worked out for them."""
    latest = None
    for row in told.entries:
        latest = max(row[2], latest) if latest else row[2]
        yield (*row[:2], latest, *row[3:])
