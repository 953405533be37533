"""The rows of a list of cases as an officer sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors import names, timeline
from townhall.council.casework.selectors.clocks import Face, face
from townhall.council.casework.selectors.lists import SORTED_BY
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.identity.models import Person


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue. `news` says in words why it has just come or changed; empty in a list that was asked for.

    `order` is where it stands in its list, as text that sorts.
    """

    key: str
    reference: str
    clock: Face
    title: str
    place: str
    say_so: int
    status: str
    status_words: str
    who: str
    is_nobodys: bool
    ward: str
    news: str
    version: int
    order: str


def rows(cases: Iterable[Case], chosen: Filter, person: Person, at: datetime, *, news: str = "") -> list[Row]:
    """Rows of a list's cases, which were read with their team and assignee."""
    wards = names.wards()
    return [_row(case, chosen, person, at, wards=wards, news=news) for case in cases]


def _row(case: Case, chosen: Filter, person: Person, at: datetime, *, wards: dict[str, str], news: str) -> Row:
    team = chosen.team if chosen.name == "team" else ""
    return Row(
        key=str(case.pk), reference=case.reference, clock=face(case, at), title=names.case_title(case),
        place=names.case_place(case), say_so=case.followers + 1 if case.followers else 0, status=case.status,
        status_words=names.status(case, short=True), who=_who(case, person, team),
        is_nobodys=case.assignee_id is None, ward=wards.get(case.ward, ""), news=news,
        version=case.version, order=order_of(case, chosen),
    )  # fmt: skip


def order_of(case: Case, chosen: Filter) -> str:
    """Where a row stands in its list, as text that sorts (upwards by clock, else downwards)."""
    value: datetime | None = getattr(case, SORTED_BY[chosen.sort])
    return value.astimezone(UTC).isoformat() if value else "9999"


def _who(case: Case, person: Person, team: str) -> str:
    if case.passed_to and (other := authority.by_code(case.passed_to)):
        return other.short_name
    if case.assignee_id == person.pk:
        return _("You")
    if case.assignee is not None:
        return case.assignee.name
    if case.team is not None and case.team.code != team:
        return names.team_name(case.team)
    return _("Nobody")


def news_of(case: Case, at: datetime) -> str:
    """Why the case's row has just come or changed, from its latest entry: "New 4 s ago. Yours by the sharps rule"."""
    entry = Entry.objects.filter(case=case).select_related("actor").order_by("-number").first()
    if entry is None:
        return ""
    if entry.kind in {"received", "routed"}:
        return _arrived(case, at)
    told = timeline.line(entry)
    return _("%(what)s, by %(who)s") % {"what": told.title, "who": told.who} if entry.actor else told.title


def _arrived(case: Case, at: datetime) -> str:
    seconds = max(0, int((at - case.opened_at).total_seconds()))
    if seconds < 60:
        new = ngettext("New %(number)s second ago.", "New %(number)s seconds ago.", seconds) % {"number": seconds}
    else:
        new = _("New.")
    if rule := (case.routed_by or {}).get("rule"):
        return new + " " + _("Here by the rule “%(rule)s”") % {"rule": rule}
    return new
