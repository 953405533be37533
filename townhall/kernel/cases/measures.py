"""What is counted of cases."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _

from townhall.kernel.cases.registries import case_kinds
from townhall.kernel.geo import selectors as geo
from townhall.kernel.identity.models import Team
from townhall.kernel.measures.registries import labels, measure
from townhall.kernel.measures.rules import Measure, Slot, days_bin, slot

Counts = Iterable[tuple[Slot, int]]
OPENED, RESOLVED, REOPENED, SATISFIED = (
    "cases.case_opened.v1",
    "cases.case_resolved.v1",
    "cases.case_reopened.v1",
    "cases.satisfaction_given.v1",
)


def _received(_kind: str, at: datetime, payload: dict[str, Any]) -> Counts:
    yield slot("received", at, payload), 1


def _on_time(kind: str, at: datetime, payload: dict[str, Any]) -> Counts:
    yield from _finished("on_time", kind, at, payload, bin_=0 if payload["was_late"] else 1)


def _days(kind: str, at: datetime, payload: dict[str, Any]) -> Counts:
    yield from _finished("days_to_fix", kind, at, payload, bin_=days_bin(payload["working_minutes"]))


def _finished(code: str, kind: str, at: datetime, payload: dict[str, Any], *, bin_: int) -> Counts:
    """A resolution counts on its day; a reopening takes it away from that day again."""
    if kind == RESOLVED:
        yield slot(code, at, payload, bin_), 1
    else:
        yield slot(code, datetime.fromisoformat(payload["resolved_at"]), payload, bin_), -1


def _reopened(kind: str, at: datetime, payload: dict[str, Any]) -> Counts:
    """Resolutions count as bin 0, reopenings as bin 1 and one resolution less, so that the share is of all
    resolutions.
    """
    if kind == RESOLVED:
        yield slot("reopened", at, payload, 0), 1
    else:
        day = datetime.fromisoformat(payload["resolved_at"])
        yield slot("reopened", day, payload, 0), -1
        if not payload["undone"]:
            yield slot("reopened", day, payload, 1), 1


def _satisfied(_kind: str, at: datetime, payload: dict[str, Any]) -> Counts:
    yield slot("satisfied", at, payload, int(payload["is_satisfied"])), 1


OWNER = _("The team that has the case")
measure(
    Measure(
        code="received",
        title=_("Received"),
        unit=_("cases"),
        owner=OWNER,
        shape="count",
        kinds=frozenset({OPENED}),
        meaning=_("Cases opened, on the day they came."),
        counts=_received,
    )
)
measure(
    Measure(
        code="on_time",
        title=_("Fixed on time"),
        unit="%",
        owner=OWNER,
        shape="share",
        promise=90.0,
        kinds=frozenset({RESOLVED, REOPENED}),
        counts=_on_time,
        meaning=_(
            "Of the cases finished, how many were finished by the first date promised. A paused clock stands still."
        ),
    )
)
measure(
    Measure(
        code="days_to_fix",
        title=_("Days to fix"),
        unit=_("working days"),
        owner=OWNER,
        shape="median",
        higher_is_better=False,
        kinds=frozenset({RESOLVED, REOPENED}),
        counts=_days,
        meaning=_("Working days begun from received to finished, pauses left out. The middle case."),
    )
)
measure(
    Measure(
        code="reopened",
        title=_("Reopened"),
        unit="%",
        owner=OWNER,
        shape="share",
        promise=5.0,
        higher_is_better=False,
        kinds=frozenset({RESOLVED, REOPENED}),
        counts=_reopened,
        meaning=_("Of the cases finished, how many were opened again."),
    )
)
measure(
    Measure(
        code="satisfied",
        title=_("Satisfied"),
        unit="%",
        owner=OWNER,
        shape="share",
        promise=75.0,
        kinds=frozenset({SATISFIED}),
        meaning=_("Of those who answered, how many said it was put right."),
        counts=_satisfied,
    )
)


def _in_language(name: str, name_cy: str) -> str:
    return name_cy if get_language() == "cy" and name_cy else name


@labels.register("ward")
def ward_names() -> dict[str, str]:
    """Wards by code."""
    return {ward.code: _in_language(ward.name, ward.name_cy) for ward in geo.wards()}


@labels.register("team_id")
def team_names() -> dict[str, str]:
    """Teams by key."""
    return {str(team.pk): _in_language(team.name, team.name_cy) for team in Team.objects.all()}


@labels.register("category")
def category_names() -> dict[str, str]:
    """Categories of every kind of case by code."""
    choices = [choice for kind in case_kinds for choice in kind.categories()]
    return {choice.code: _in_language(choice.title, choice.title_cy) for choice in choices}
