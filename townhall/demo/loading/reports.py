"""A year of synthetic reports into cases, timelines, reports and events, by COPY."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
from django.db import connection

from townhall.demo.loading import keys
from townhall.demo.loading.history import Place, history
from townhall.demo.loading.rows import (
    CASE,
    ENTRY,
    EVENT,
    FORWARDED,
    REPORT,
    TRUTH,
    CategoryHere,
    Council,
    Made,
    TeamHere,
)
from townhall.demo.town.requests import Request
from townhall.kernel.cases.rules import WorkingCalendar
from townhall.kernel.measures import rules as measures
from townhall.kernel.measures.registries import measures as registered
from townhall.kernel.modules.bulk import copy
from townhall.residents.reports import rules as reports

ASHAS = frozenset({3, 9, 26, 61, 148, 330})
"""How many reports before the newest one those of the demo's resident are."""
LEFT_OPEN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Loader:
    """All that is needed to turn requests into rows for one council."""

    council: Council
    other_name: str
    categories: dict[str, CategoryHere]
    teams: dict[str, TeamHere]
    safeguarding: TeamHere
    people: Sequence[str]
    count: int
    calendar: WorkingCalendar
    came: np.ndarray
    """When each request came, in seconds since 1970; 0 where it is not this council's."""
    counted: Counter[measures.Slot] = field(default_factory=Counter)

    def load(self, batches: Iterable[list[Request]], done: Callable[[int], None]) -> int:
        """Load every request that this council knows; how many it was."""
        count = 0
        with connection.cursor() as cursor:
            cursor.execute("create temporary table incoming (like cases_case, words text)")
        for batch in batches:
            mine = [request for request in map(self.mended, batch) if self.knows(request)]
            for request in mine:
                self.came[request.number] = request.reported_at.timestamp()
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
        if not request.closed_at and self.council.until - request.reported_at > LEFT_OPEN:
            return request._replace(status="closed", closed_at=request.reported_at + LEFT_OPEN)
        return request

    def knows(self, request: Request) -> bool:
        """Whether the report is this council's, or came to the district and was passed on to the county."""
        if self.council.is_county:
            return request.owner == "county"
        return request.owner == "district" or request.number % 2 == 0

    def made(self, request: Request) -> Made:
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
            until=self.council.until,
            calendar=self.calendar,
            passed_to=passed_to,
            keys=self.council.keys,
        )
        told = history(request, place)
        return Made(self.council, request, category, place, team, held, told, self.original(request.duplicate_of))

    def original(self, number: int | None) -> str | None:
        """The key of an earlier request's case, where this council has it."""
        if number is None or not self.came[number]:
            return None
        at = datetime.fromtimestamp(self.came[number], UTC)
        return self.council.keys.key(at, number, keys.CASE)

    def why(self, passed_to: str, team: TeamHere | None) -> tuple[str, str]:
        """Why it is where it is, in both languages."""
        if passed_to:
            return (
                f"{self.other_name} looks after this, not us. We have passed your report to them.",
                f"{self.other_name} sy'n gofalu am hyn, nid ni. Rydym wedi anfon eich adroddiad atynt.",
            )
        return team.reason if team else ("", "")

    def _write(self, rows: list[Made]) -> None:
        copy("cases.Case", (*CASE, "words"), (row.case() for row in rows), into="incoming")
        columns = ", ".join(CASE)
        with connection.cursor() as cursor:
            cursor.execute(
                f"insert into cases_case ({columns}, search)"  # noqa: S608 # nosec B608
                f" select {columns}, to_tsvector('simple', public.unaccent(words)) from incoming"
            )
            cursor.execute("truncate incoming")
        copy("cases.Entry", ENTRY, (entry for row in rows for entry in row.entries()))
        copy("reports.Report", REPORT, (row.report() for row in rows))
        copy("outbox.Event", EVENT, (event for row in rows for event in row.events()))
        copy("open311.Forwarded", FORWARDED, (row.forwarded() for row in rows if row.place.passed_to))
        copy("demo.Truth", TRUTH, (row.truth() for row in rows if row.has_truth()))
        told = ((kind, at, payload) for row in rows for kind, at, _, payload in row.told.events)
        self.counted.update(measures.tally(list(registered), told))
