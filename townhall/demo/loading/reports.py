"""A year of synthetic reports into cases, timelines, reports and events, by COPY."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from townhall.demo.loading.history import History, Place, history, in_order
from townhall.demo.loading.keys import key, reference
from townhall.demo.town.requests import Request
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.geo.fields import point_text
from townhall.kernel.modules.bulk import copy
from townhall.residents.reports import rules as reports

KIND = "problem_report"
ASHAS = frozenset({3, 9, 26, 61, 148, 330})
"""How many reports before the newest one those of the demo's resident are."""
LEFT_OPEN = timedelta(days=60)
CASE = (
    "id",
    "reference",
    "kind",
    "category",
    "title",
    "title_cy",
    "status",
    "is_public",
    "reporter_id",
    "team_id",
    "assignee_id",
    "channel",
    "point",
    "place",
    "place_cy",
    "ward",
    "opened_at",
    "due_at",
    "target_days",
    "paused_at",
    "paused_reason",
    "paused_minutes",
    "closed_at",
    "was_late",
    "reopened",
    "followers",
    "routed_by",
    "passed_to",
    "version",
    "updated_at",
)
ENTRY = ("id", "case_id", "number", "kind", "at", "actor_id", "is_public", "status", "text", "text_cy", "data")
REPORT = (
    "id",
    "case_id",
    "description",
    "language",
    "answers",
    "asset",
    "asset_label",
    "source",
    "source_id",
    "is_anonymous",
    "shows_name",
    "is_held",
    "safeguarding",
    "photo_count",
    "received_at",
)
EVENT = ("id", "kind", "case_id", "number", "payload", "at", "relayed_at")
FORWARDED = ("id", "case_id", "gss_code", "state", "their_id", "attempts", "error", "sent_at", "fetched_at", "is_done")


@dataclass(frozen=True, slots=True)
class CategoryHere:
    """A category as this council has it."""

    name: str
    name_cy: str
    target_days: int | None
    is_public: bool
    owner_gss: str


@dataclass(frozen=True, slots=True)
class TeamHere:
    """The team that a category goes to here, why, and its officers."""

    key: UUID
    rule: str
    reason: tuple[str, str]
    officers: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Loader:
    """All that is needed to turn requests into rows for one council."""

    seed: int
    is_county: bool
    other_name: str
    categories: dict[str, CategoryHere]
    teams: dict[str, TeamHere]
    safeguarding: TeamHere
    people: Sequence[UUID]
    until: datetime
    count: int
    came: dict[int, datetime] = field(default_factory=dict)

    def load(self, batches: Iterable[list[Request]], done: Callable[[int], None]) -> int:
        """Load every request that this council knows; how many it was."""
        count = 0
        with connection.cursor() as cursor:
            cursor.execute("create temporary table incoming (like cases_case, words text)")
        for batch in (list(map(self.mended, raw)) for raw in batches):
            self.came.update((request.number, request.reported_at) for request in batch)
            mine = [request for request in batch if self.knows(request)]
            self._write([self.made(request) for request in mine])
            count += len(mine)
            done(len(batch))
        return count

    def mended(self, request: Request) -> Request:
        """The request as the demo tells it: a few of the newest are Asha Begum's, and what was left for months was
        closed.
        """
        if self.count - request.number in ASHAS:
            request = request._replace(reporter=0)
        if not request.closed_at and self.until - request.reported_at > LEFT_OPEN:
            return request._replace(status="closed", closed_at=request.reported_at + LEFT_OPEN)
        return request

    def knows(self, request: Request) -> bool:
        """Whether the report is this council's, or came to the district and was passed on to the county."""
        if self.is_county:
            return request.owner == "county"
        return request.owner == "district" or request.number % 2 == 0

    def made(self, request: Request) -> "Made":
        """One request's rows."""
        category = self.categories[request.category]
        held = reports.danger_in(f"{request.title} {request.text}")
        team = self.safeguarding if held else self.teams.get(request.category)
        passed_to = "" if held else category.owner_gss
        place = Place(
            team=team.key if team and not passed_to else None,
            officer=team.officers[request.number % len(team.officers)] if team and team.officers else None,
            reporter=self.people[request.reporter] if request.reporter is not None else None,
            reason=self.why(passed_to, team),
            target_days=None if passed_to else category.target_days,
            until=self.until,
            calendar=working_calendar("england"),
            passed_to=passed_to,
        )
        return Made(self, request, category, place, team, held, history(request, place))

    def why(self, passed_to: str, team: TeamHere | None) -> tuple[str, str]:
        """Why it is where it is, in both languages."""
        if passed_to:
            return (
                f"{self.other_name} looks after this, not us. We have passed your report to them.",
                f"{self.other_name} sy'n gofalu am hyn, nid ni. Rydym wedi anfon eich adroddiad atynt.",
            )
        return team.reason if team else ("", "")

    def _write(self, rows: list["Made"]) -> None:
        copy("cases.Case", (*CASE, "words"), (row.case() for row in rows), into="incoming")
        columns = ", ".join(CASE)
        with connection.cursor() as cursor:
            cursor.execute(
                f"insert into cases_case ({columns}, search)"  # noqa: S608
                f" select {columns}, to_tsvector('simple', public.unaccent(words)) from incoming"
            )
            cursor.execute("truncate incoming")
        copy("cases.Entry", ENTRY, (entry for row in rows for entry in row.entries()))
        copy("reports.Report", REPORT, (row.report() for row in rows))
        copy("outbox.Event", EVENT, (event for row in rows for event in row.events()))
        copy("open311.Forwarded", FORWARDED, (row.forwarded() for row in rows if row.place.passed_to))
        copy(
            "demo.Truth", ("case_id", "duplicate_of", "safeguarding"), (row.truth() for row in rows if row.has_truth())
        )


@dataclass(slots=True)
class Made:
    """One request's rows for every table."""

    loader: Loader
    request: Request
    category: CategoryHere
    place: Place
    team: TeamHere | None
    held: str
    told: History

    def key(self, what: str) -> UUID:
        """The key of a row of this request."""
        council = "county" if self.loader.is_county else "district"
        return key(self.request.reported_at, self.loader.seed, council, self.request.number, what)

    def number(self, *, county: bool) -> int:
        """A number of its own for each council's reference."""
        return self.request.number * 2 + (1 if county else 0)

    def case(self) -> tuple[Any, ...]:
        """The row of `cases_case`, with the words to search at its end."""
        request, told, place = self.request, self.told, self.place
        ref = reference(self.number(county=self.loader.is_county), self.loader.seed)
        title = (self.category.name, self.category.name_cy) if self.held else (request.title, request.title_cy)
        status = request.status if request.closed_at or not place.passed_to else "passed"
        status = "looking" if status == "passed" and not place.passed_to else status
        routed = None
        if self.team and not place.passed_to:
            reason, reason_cy = self.team.reason
            routed = {"rule": self.team.rule, "version": 1, "reason": reason, "reason_cy": reason_cy, "near": []}
        given = status in {"looking", "booked", "waiting"} and request.number % 10 < 7
        return (
            self.key("case"),
            ref,
            KIND,
            request.category,
            *title,
            status,
            self.category.is_public and not self.held,
            place.reporter,
            place.team,
            place.officer if given and not place.passed_to else None,
            request.channel,
            point_text(request.easting, request.northing),
            request.place,
            "",
            request.ward_code,
            request.reported_at,
            told.due_at,
            place.target_days,
            told.paused_at,
            told.paused_reason,
            0,
            told.closed_at,
            told.was_late,
            int(request.reopened),
            request.supporters,
            Jsonb(routed) if routed else None,
            place.passed_to,
            told.version,
            told.updated_at,
            f"{ref} {request.title} {request.title_cy} {request.place} {request.text}",
        )

    def entries(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the timeline."""
        case = self.key("case")
        for number, kind, at, actor, public, status, text, text_cy, data in in_order(self.told):
            yield self.key(f"entry{number}"), case, number, kind, at, actor, public, status, text, text_cy, Jsonb(data)

    def report(self) -> tuple[Any, ...]:
        """The row of `reports_report`."""
        request = self.request
        return (
            self.key("report"),
            self.key("case"),
            request.text,
            request.language,
            Jsonb({}),
            request.asset,
            request.place if request.asset else "",
            request.channel,
            "",
            request.reporter is None,
            False,
            bool(self.held),
            self.held,
            0,
            request.reported_at,
        )

    def events(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the outbox, told already."""
        for kind, at, number, payload in self.told.events:
            yield (
                self.key(f"event{number}{kind}"),
                kind,
                self.key("case"),
                number,
                Jsonb(payload),
                at,
                self.loader.until,
            )

    def forwarded(self) -> tuple[Any, ...]:
        """The row that says it was sent to the other council."""
        theirs = reference(self.number(county=True), self.loader.seed)
        at = self.request.reported_at
        return (
            self.key("forwarded"),
            self.key("case"),
            self.place.passed_to,
            "sent",
            theirs,
            1,
            "",
            at,
            self.loader.until,
            bool(self.told.closed_at),
        )

    def has_truth(self) -> bool:
        """Whether there is something to keep for evaluation."""
        return self.request.duplicate_of is not None or bool(self.request.safeguarding)

    def truth(self) -> tuple[Any, ...]:
        """The row of the demo's truths."""
        first = self.request.duplicate_of
        council = "county" if self.loader.is_county else "district"
        original = (
            key(self.loader.came[first], self.loader.seed, council, first, "case")
            if first in self.loader.came
            else None
        )
        return self.key("case"), original, self.request.safeguarding or ""
