"""One synthetic report as rows of every table that tells of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from townhall.demo.loading import keys
from townhall.demo.loading.history import History, Place, in_order
from townhall.demo.town.requests import Request
from townhall.kernel.geo.fields import point_text

KIND = "problem_report"
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
TRUTH = ("case_id", "duplicate_of", "safeguarding")


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

    key: str
    rule: str
    reason: tuple[str, str]
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Council:
    """What every row of a council has in common: its seed, which tier it is, the moment it was drawn for, its keys."""

    seed: int
    is_county: bool
    until: datetime
    keys: keys.Keys


@dataclass(slots=True)
class Made:
    """One request's rows for every table."""

    council: Council
    request: Request
    category: CategoryHere
    place: Place
    team: TeamHere | None
    held: str
    told: History
    original: str | None
    """The key of the case of which this one is a duplicate."""

    @property
    def key(self) -> Callable[[int], str]:
        """The keys of this request's rows, by slot."""
        return self.place.key

    def reference(self, *, county: bool) -> str:
        """Its reference at a council; each council has references of its own."""
        return keys.reference(self.request.number * 2 + county, self.council.seed)

    def case(self) -> tuple[Any, ...]:
        """The row of `cases_case`, with the words to search at its end."""
        request, told, place = self.request, self.told, self.place
        ref = self.reference(county=self.council.is_county)
        title = (self.category.name, self.category.name_cy) if self.held else (request.title, request.title_cy)
        status = request.status if request.closed_at or not place.passed_to else "passed"
        status = "looking" if status == "passed" and not place.passed_to else status
        routed = None
        if self.team and not place.passed_to:
            reason, reason_cy = self.team.reason
            routed = {"rule": self.team.rule, "version": 1, "reason": reason, "reason_cy": reason_cy, "near": []}
        given = status in {"looking", "booked", "waiting"} and request.number % 10 < 7
        return (
            self.key(keys.CASE),
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
            routed,
            place.passed_to,
            told.version,
            told.updated_at,
            f"{ref} {request.title} {request.title_cy} {request.place} {request.text}",
        )

    def entries(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the timeline."""
        key, case = self.key, self.key(keys.CASE)
        for number, kind, at, actor, public, status, text, text_cy, data in in_order(self.told):
            yield key(keys.ENTRIES + number), case, number, kind, at, actor, public, status, text, text_cy, data

    def report(self) -> tuple[Any, ...]:
        """The row of `reports_report`."""
        request = self.request
        return (
            self.key(keys.REPORT),
            self.key(keys.CASE),
            request.text,
            request.language,
            {},
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
        key, case = self.key, self.key(keys.CASE)
        for slot, (kind, at, number, payload) in enumerate(self.told.events, start=keys.EVENTS):
            yield key(slot), kind, case, number, payload, at, self.council.until

    def forwarded(self) -> tuple[Any, ...]:
        """The row that says it was sent to the other council."""
        theirs = self.reference(county=True)
        at = self.request.reported_at
        return (
            self.key(keys.FORWARDED),
            self.key(keys.CASE),
            self.place.passed_to,
            "sent",
            theirs,
            1,
            "",
            at,
            self.council.until,
            bool(self.told.closed_at),
        )

    def has_truth(self) -> bool:
        """Whether there is something to keep for evaluation."""
        return self.request.duplicate_of is not None or bool(self.request.safeguarding)

    def truth(self) -> tuple[Any, ...]:
        """The row of the demo's truths."""
        return self.key(keys.CASE), self.original, self.request.safeguarding or ""
