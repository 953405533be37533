"""A year of synthetic reports into cases, timelines, reports and events, by COPY."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

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
from townhall.demo.town.plan import Tier
from townhall.demo.town.requests import Request, Requests
from townhall.kernel.cases.rules import WorkingCalendar
from townhall.kernel.measures import rules as measures
from townhall.kernel.measures.registries import measures as registered
from townhall.kernel.modules.bulk import copy
from townhall.residents.reports import rules as reports

ASHAS = frozenset({3, 9, 26, 61, 148, 330})
"""How many reports before the newest one those of the demo's resident are."""
LEFT_OPEN = timedelta(days=60)


class Loaded(NamedTuple):
    """What a batch came to: requests drawn, cases loaded, and what measures count of them."""

    drawn: int
    cases: int
    counted: Counter[measures.Slot]


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
    drawn: Requests

    def load(self, batch: int) -> Loaded:
        """Load those requests of a batch that this council knows."""
        rows = [self.made(self.mended(request)) for request in self.drawn.batch(batch, self.knows)]
        self._write(rows)
        told = ((kind, at, payload) for row in rows for kind, at, _, payload in row.told.events)
        return Loaded(len(self.drawn.rows(batch)), len(rows), measures.tally(list(registered), told))

    def mended(self, request: Request) -> Request:
        """The request as the demo tells it: a few of the newest are Asha Begum's, and what was left for months was
        closed.
        """
        if self.count - request.number in ASHAS:
            request = request._replace(reporter=0)
        if not request.closed_at and self.council.until - request.reported_at > LEFT_OPEN:
            return request._replace(status="closed", closed_at=request.reported_at + LEFT_OPEN)
        return request

    def knows(self, number: int, owner: Tier) -> bool:
        """Whether a report is this council's, or came to the district and was passed on to the county."""
        if self.council.is_county:
            return owner == "county"
        return owner == "district" or number % 2 == 0

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
            key=self.council.keys.of(request.reported_at, request.number),
        )
        told = history(request, place)
        return Made(self.council, request, category, place, team, held, told, self.original(request))

    def original(self, request: Request) -> str | None:
        """The key of the case of the same thing that came first, where this council has it."""
        number = request.duplicate_of
        if number is None or not self.knows(number, request.owner):
            return None
        return self.council.keys.key(self.drawn.came(number), number, keys.CASE)

    def why(self, passed_to: str, team: TeamHere | None) -> tuple[str, str]:
        """Why it is where it is, in both languages."""
        if passed_to:
            return (
                f"{self.other_name} looks after this, not us. We have passed your report to them.",
                f"{self.other_name} sy'n gofalu am hyn, nid ni. Rydym wedi anfon eich adroddiad atynt.",
            )
        return team.reason if team else ("", "")

    def _write(self, rows: list[Made]) -> None:
        columns = ", ".join(CASE)
        with connection.cursor() as cursor:
            cursor.execute("create temporary table if not exists incoming (like cases_case, words text)")
            copy("cases.Case", (*CASE, "words"), (row.case() for row in rows), into="incoming")
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
