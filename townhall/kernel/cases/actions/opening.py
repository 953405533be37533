"""Opening a case: it is routed and its clock started in the same transaction, so that the resident can be told at
once.
"""

from datetime import datetime
from typing import Any
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
from townhall.kernel.outbox import actions as outbox


def open_case(
    *,
    kind: str,
    title: str,
    at: datetime,
    category: str = "",
    title_cy: str = "",
    text: str = "",
    reporter: Person | None = None,
    taken_by: Person | None = None,
    channel: str = "web",
    point: Point | None = None,
    place: str = "",
    place_cy: str = "",
    ward: str = "",
    target_days: int | None = None,
    is_public: bool = False,
    case_id: UUID | None = None,
) -> Case:
    """Open a case, route it and start its clock.

    `text` is searched and read by routing rules, not shown. `taken_by` is the officer who wrote it down for the
    reporter. `target_days` are working days of the council's nation; None runs no clock. With a `case_id` a repeated
    call returns the case that exists.
    """
    if case_id and (existing := Case.objects.filter(pk=case_id).first()):
        return existing
    ref = reference()
    routed = rules.route(
        selectors.routing_rules(), category=category, ward=ward, channel=channel, text=f"{title} {text}"
    )
    case = Case(
        id=case_id or uuid7(),
        reference=ref,
        kind=kind,
        category=category,
        title=title,
        title_cy=title_cy,
        reporter=reporter,
        channel=channel,
        point=point,
        place=place,
        place_cy=place_cy,
        ward=ward,
        is_public=is_public,
        target_days=target_days,
        opened_at=at,
        updated_at=at,
        due_at=due(at, target_days),
        version=2 if routed else 1,
        team_id=UUID(routed.rule.team) if routed else None,
        routed_by=explain(routed),
        search=search_vector(ref, title, title_cy, place, text, reporter.name if reporter else ""),
    )
    with transaction.atomic():
        case.save(force_insert=True)
        entries = Entry.objects.bulk_create(_first_entries(case, routed, by=taken_by or reporter, at=at))
        outbox.publish(*_first_facts(case, entries))
    return case


def due(start: datetime, days: int | None) -> datetime | None:
    """When a promise of so many working days, made at `start`, runs out in this council's nation."""
    return None if days is None else working_calendar(authority.ours().nation).due(start, days)


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
    entries = [Entry(case=case, number=1, kind="received", at=at, actor=by, is_public=True, status="received")]
    if routed:
        rule = routed.rule
        words = {"text": rule.reason, "text_cy": rule.reason_cy, "data": {"rule": rule.name, "team_id": rule.team}}
        entries.append(Entry(case=case, number=2, kind="routed", at=at, is_public=True, **words))
    return entries


def _first_facts(case: Case, entries: list[Entry]) -> list[CaseOpened | CaseRouted]:
    opened = CaseOpened(**about(case, entries[0]), case_kind=case.kind, channel=case.channel, is_public=case.is_public)
    if case.team_id is None:
        return [opened]
    return [opened, CaseRouted(**about(case, entries[1]), left_team_id=None, by_rule=True)]
