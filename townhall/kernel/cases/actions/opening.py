"""Opening a case: it is routed and its clock started in the same transaction, so that the resident can be told at
once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Func, TextField, Value

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import rules, selectors
from townhall.kernel.cases.actions.timeline import about
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.events import CaseOpened, CaseRouted
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.geo.rules import Point
from townhall.kernel.identity.models import Person
from townhall.kernel.modules.keys import reference, uuid7
from townhall.kernel.modules.rows import Maker
from townhall.kernel.outbox import actions as outbox
from townhall.kernel.outbox.events import Fact


class About(TypedDict, total=False):
    """What is known of a case that is to be opened; `kind`, `title` and `at` are needed.

    `text` is searched and read by routing rules, not shown. `taken_by` is the officer who wrote it down for the
    reporter. `target_days` are working days of the council's nation; None runs no clock. `due_at` is when it is
    promised where something else says so.
    """

    kind: Required[str]
    title: Required[str]
    at: Required[datetime]
    category: str
    title_cy: str
    text: str
    reporter: Person | None
    taken_by: Person | None
    channel: str
    point: Point | None
    place: str
    place_cy: str
    ward: str
    target_days: int | None
    due_at: datetime | None
    is_public: bool


UNTOLD: dict[str, Any] = {
    "category": "", "title_cy": "", "text": "", "reporter": None, "taken_by": None, "channel": "web", "point": None,
    "place": "", "place_cy": "", "ward": "", "target_days": None, "due_at": None, "is_public": False,
}  # fmt: skip
"""What stands for what was not told."""
APART = frozenset({"at", "text", "taken_by", "reporter", "due_at"})
"""What is told of a case and kept elsewhere than in a field of its own."""
new_case, new_entry = Maker(Case), Maker(Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A case as it will be opened: rows that are not saved yet, and the words that a search finds it by."""

    case: Case
    entries: list[Entry]
    facts: list[Fact]
    words: str


def open_case(*, case_id: UUID | None = None, **fields: Unpack[About]) -> Case:
    """Open a case, route it and start its clock. With a `case_id` a repeated call returns the case that exists."""
    if case_id and (existing := Case.objects.filter(pk=case_id).first()):
        return existing
    made = opening_of(case_id=case_id, routing=selectors.routing_rules(), nation=authority.ours().nation, **fields)
    save_opening(made)
    return made.case


def opening_of(
    *, routing: Sequence[rules.RoutingRule], nation: str, case_id: UUID | None = None, **fields: Unpack[About]
) -> Opening:
    """The case as it will be, routed by the rules given and with its clock started; nothing is read or written."""
    told: dict[str, Any] = {**UNTOLD, **fields}
    title, reporter, at = told["title"], told["reporter"], told["at"]
    routed = rules.route(
        routing, category=told["category"], ward=told["ward"], channel=told["channel"], text=f"{title} {told['text']}"
    )
    kept = {name: value for name, value in told.items() if name not in APART}
    case = new_case(
        **kept,
        id=case_id or uuid7(),
        reference=reference(),
        opened_at=at,
        updated_at=at,
        due_at=told["due_at"] or due(at, told["target_days"], nation=nation),
        version=2 if routed else 1,
        team_id=UUID(routed.rule.team) if routed else None,
        routed_by=explain(routed),
    )
    if reporter is not None:
        case.reporter = reporter
    entries = _first_entries(case, routed, by=told["taken_by"] or reporter, at=at)
    spoken = (title, told["title_cy"], told["place"], told["text"], reporter.name if reporter else "")
    return Opening(
        case=case, entries=entries, facts=_first_facts(case, entries), words=" ".join(filter(None, spoken))
    )


def save_opening(made: Opening) -> None:
    """Write the case with its entries, and publish its facts; in the caller's transaction where there is one."""
    made.case.search = search_vector(made.case.reference, made.words)
    with transaction.atomic(savepoint=False):
        made.case.save(force_insert=True)
        Entry.objects.bulk_create(made.entries)
        outbox.publish(*made.facts)


def due(start: datetime, days: int | None, *, nation: str = "") -> datetime | None:
    """When a promise of so many working days, made at `start`, runs out in the nation; empty is this council's."""
    return None if days is None else working_calendar(nation or authority.ours().nation).due(start, days)


def search_vector(*texts: str) -> Func:
    """The full-text index of some texts: no stemming (there is no Welsh), accents removed."""
    words = Func(Value(" ".join(filter(None, texts))), function="public.unaccent", output_field=TextField())
    return SearchVector(words, config="simple")


def explain(routed: rules.Routed | None) -> dict[str, Any] | None:
    """A routing decision as it is kept on the case."""
    if routed is None:
        return None
    rule = routed.rule
    return {
        "rule": rule.name,
        "version": rule.version,
        "reason": rule.reason,
        "reason_cy": rule.reason_cy,
        "near": [list(miss) for miss in routed.near],
    }


def _first_entries(case: Case, routed: rules.Routed | None, *, by: Person | None, at: datetime) -> list[Entry]:
    actor = by.pk if by else None
    shared = {"case_id": case.pk, "at": at, "is_public": True}
    entries = [new_entry(**shared, number=1, kind="received", actor_id=actor, status="received")]
    if routed:
        rule = routed.rule
        words = {"text": rule.reason, "text_cy": rule.reason_cy, "data": {"rule": rule.name, "team_id": rule.team}}
        entries.append(new_entry(**shared, number=2, kind="routed", **words))
    return entries


def _first_facts(case: Case, entries: list[Entry]) -> list[Fact]:
    opened = CaseOpened(**about(case, entries[0]), case_kind=case.kind, channel=case.channel, is_public=case.is_public)
    if case.team_id is None:
        return [opened]
    return [opened, CaseRouted(**about(case, entries[1]), left_team_id=None, by_rule=True)]
