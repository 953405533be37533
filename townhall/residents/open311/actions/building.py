"""From rows of a file to rows of our tables."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from townhall.kernel.cases import rules as case_rules
from townhall.kernel.cases.actions.opening import explain
from townhall.kernel.cases.events import CaseOpened, CaseResolved
from townhall.kernel.geo.fields import point_text
from townhall.kernel.geo.rules import Point
from townhall.kernel.modules.keys import uuid7
from townhall.kernel.outbox.events import Fact
from townhall.residents.open311.rules.rows import Row
from townhall.residents.reports import rules as report_rules
from townhall.residents.reports.actions import KIND

CASE = (
    "id", "reference", "kind", "category", "title", "title_cy", "status", "is_public", "team_id", "channel", "point",
    "place", "place_cy", "ward", "opened_at", "due_at", "paused_reason", "paused_minutes", "closed_at", "was_late",
    "reopened", "followers", "routed_by", "passed_to", "version", "updated_at",
)  # fmt: skip
ENTRY = ("id", "case_id", "number", "kind", "at", "is_public", "status", "text", "text_cy", "data")
REPORT = (
    "id", "case_id", "description", "language", "answers", "asset", "asset_label", "source", "source_id",
    "is_anonymous", "shows_name", "is_held", "safeguarding", "photo_count", "received_at",
)  # fmt: skip
CHANNEL = "import"
EVENT = ("id", "kind", "case_id", "number", "payload", "at", "relayed_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What a row means here: its category, its place on the grid (None outside Britain), whether others may see it."""

    category: str
    category_name: str
    point: Point | None
    ward: str
    is_public: bool
    source: str
    reference: str


class Made:
    """One request of a file as rows of cases, timeline, reports and outbox."""

    def __init__(self, row: Row, here: Here, routing: Sequence[case_rules.RoutingRule], working_minutes: int) -> None:
        self.row, self.here, self.key = row, here, uuid7()
        self.working_minutes = working_minutes
        self.danger = report_rules.danger_in(row.description)
        words = f"{row.description} {report_rules.ROUTING_WORD}" if self.danger else row.description
        self.title = here.category_name if self.danger else report_rules.title_of(row.description) or here.category_name
        self.routed = case_rules.route(
            routing, category=here.category, ward=here.ward, channel=CHANNEL, text=f"{self.title} {words}"
        )
        self.team = UUID(self.routed.rule.team) if self.routed else None
        self.was_late = bool(row.expected_at and row.closed_at and row.closed_at > row.expected_at)
        self.lines = list(self._timeline())
        self.entry_keys = [uuid7() for _ in self.lines]

    @property
    def is_public(self) -> bool:
        """Whether everyone may see it."""
        return self.here.is_public and not self.danger

    def case(self) -> tuple[Any, ...]:
        """The row of `cases_case`, with the words to search at its end."""
        row, here = self.row, self.here
        point = point_text(here.point.easting, here.point.northing) if here.point else None
        place = report_rules.redact(row.address)
        return (
            self.key, here.reference, KIND, here.category, self.title, "", row.status, self.is_public, self.team,
            CHANNEL, point, place, "", here.ward, row.requested_at, row.expected_at, "", 0, row.closed_at,
            self.was_late, 0, 0, Jsonb(explain(self.routed)) if self.routed else None, "", len(self.lines),
            row.updated_at, f"{here.reference} {row.source_id} {self.title} {place} {row.description}",
        )  # fmt: skip

    def _timeline(self) -> Iterator[tuple[str, datetime, bool, str, str, dict[str, Any]]]:
        """Kind, at, public, status, words, data of each line."""
        row = self.row
        yield "received", row.requested_at, True, "received", "", {"source": self.here.source}
        if self.routed:
            data = {"rule": self.routed.rule.name, "team_id": self.routed.rule.team}
            yield "routed", row.requested_at, True, "", self.routed.rule.reason, data
        if row.closed_at:
            yield "resolved", row.closed_at, True, row.status, report_rules.redact(row.notes), {}
        elif row.status != "received" or row.notes:
            yield "status", row.updated_at, True, row.status, report_rules.redact(row.notes), {}

    def entries(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the timeline."""
        for number, (kind, at, is_public, status, text, data) in enumerate(self.lines, start=1):
            yield self.entry_keys[number - 1], self.key, number, kind, at, is_public, status, text, "", Jsonb(data)

    def report(self) -> tuple[Any, ...]:
        """The row of `reports_report`. What has no column of its own is in the answers, under `imported`."""
        row = self.row
        kept: dict[str, Any] = dict(row.rest) | {"service_name": row.service_name}
        if row.where:
            kept |= {"lat": row.where.lat, "long": row.where.lon}
        return (
            uuid7(), self.key, row.description, "en", Jsonb({"imported": kept}), "", "", self.here.source,
            row.source_id, True, False, bool(self.danger), self.danger, 0, row.requested_at,
        )  # fmt: skip

    def facts(self) -> Iterator[Fact]:
        """What the measures count."""
        row, here = self.row, self.here
        shared = {"case_id": self.key, "category": here.category, "ward": here.ward, "team_id": self.team}
        yield CaseOpened(
            at=row.requested_at, number=1, case_kind=KIND, channel=CHANNEL, is_public=self.is_public, **shared
        )
        if row.closed_at:
            yield CaseResolved(
                at=row.closed_at, number=len(self.lines), case_kind=KIND, status=row.status,
                was_late=self.was_late, working_minutes=self.working_minutes, opened_at=row.requested_at,
                entry_id=self.entry_keys[-1], **shared,
            )  # fmt: skip


def event(fact: Fact, payload: dict[str, Any], relayed_at: datetime) -> tuple[Any, ...]:
    """The row of `outbox_event` of a fact that counts as relayed."""
    return uuid7(), fact.kind, fact.case_id, fact.number, Jsonb(payload), fact.at, relayed_at
