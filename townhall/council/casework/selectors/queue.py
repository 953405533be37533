"""The queue: the lists at the side with their counts, and the page of the chosen one."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl
from uuid import UUID

from django.utils.translation import gettext as _

from townhall.council.casework.rules.filters import Count, Cursor, Filter
from townhall.council.casework.selectors import choices, lists, names
from townhall.council.casework.selectors.rows import Row, rows
from townhall.kernel.cases.models import SavedList
from townhall.kernel.identity import rules as roles
from townhall.kernel.identity.models import Person


@dataclass(frozen=True, slots=True)
class Listed:
    """A list at the side. `key` is set for those that the person saved and may remove."""

    title: str
    query: str
    count: Count
    is_current: bool
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything the queue shows."""

    title: str
    chosen: Filter
    total: Count
    side: list[Listed]
    saved: list[Listed]
    rows: list[Row]
    usual: Count
    after: Cursor | None
    pickers: list[choices.Picker]
    sorter: choices.Picker


def usual(person: Person) -> Filter:
    """The list a person begins with: the first of their teams, or everything for those who see everything."""
    teams = names.teams_for(person)
    if (teams and "officer" in person.roles) or not roles.sees_all(person.roles):
        return Filter(name="team", team=teams[0].code) if teams else Filter(name="mine")
    return Filter()


def queue(chosen: Filter, person: Person, at: datetime, *, after: Cursor | None) -> Queue:
    """The queue as this person sees it now."""
    page = lists.page(chosen, person, at, after=after)
    kept = list(SavedList.objects.filter(person=person).order_by("name"))
    side = side_lists(person)
    wanted = {each.query: lists.listed(each, person, at) for _title, each in side}
    wanted |= {str(one.pk): lists.listed(_of(one), person, at) for one in kept}
    wanted |= {"": lists.listed(chosen, person, at), "usual": lists.listed(usual(person), person, at)}
    counted = lists.counts(wanted)
    return Queue(
        title=title_of(chosen, side, kept), chosen=chosen, total=counted[""], usual=counted["usual"],
        side=[Listed(title, each.query, counted[each.query], each == chosen) for title, each in side],
        saved=[Listed(one.name, one.query, counted[str(one.pk)], _of(one) == chosen, one.pk) for one in kept],
        rows=rows(page.cases, chosen, person, at), after=page.after,
        pickers=choices.pickers(chosen, _people(person)), sorter=choices.sorter(chosen),
    )  # fmt: skip


def side_lists(person: Person) -> list[tuple[str, Filter]]:
    """The lists every officer has, with their names."""
    teams = [(names.team_name(team), Filter(name="team", team=team.code)) for team in names.teams_for(person)]
    everything = [(_("All open"), Filter())] if roles.sees_all(person.roles) else []
    rest = {
        "nobody": _("Nobody yet"), "over": _("Over the clock"), "today": _("Due today"), "paused": _("Paused"),
        "reopened": _("Reopened"), "done": _("Done lately"),
    }  # fmt: skip
    plain = [(title, Filter.parse({"list": name})) for name, title in rest.items()]
    return [(_("Mine"), Filter(name="mine")), *everything, *teams, *plain]


def title_of(chosen: Filter, side: list[tuple[str, Filter]], kept: list[SavedList]) -> str:
    """What a list is called: its saved name, or that of the plain list it narrows."""
    if name := next((one.name for one in kept if _of(one) == chosen), ""):
        return name
    plain = Filter(name=chosen.name, team=chosen.team if chosen.name == "team" else "")
    return next((title for title, each in side if (each.name, each.team) == (plain.name, plain.team)), _("Cases"))


def open_count(person: Person, at: datetime) -> Count:
    """How many cases the person's usual list has, for the navigation."""
    return lists.counts({"": lists.listed(usual(person), person, at)})[""]


def _of(one: SavedList) -> Filter:
    return filter_of(one.query)


def filter_of(query: str) -> Filter:
    """The filter of an address's query."""
    return Filter.parse(dict(parse_qsl(query)))


def _people(person: Person) -> list[Person]:
    teams = None if roles.sees_all(person.roles) else person.team_ids
    people = Person.objects.staff().filter(is_active=True).exclude(pk=person.pk).order_by("name")
    return list((people if teams is None else people.filter(membership__team_id__in=teams))[:60])
