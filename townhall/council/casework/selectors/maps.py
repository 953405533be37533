"""The cases of a list on the map."""

from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.urls import reverse
from django.utils.translation import gettext as _

from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors import lists, names
from townhall.kernel.cases.models import Case
from townhall.kernel.geo.rules import Point, to_lonlat
from townhall.kernel.identity import rules as roles
from townhall.kernel.identity.models import Person, Team
from townhall.kernel.mapping.rules import DONE_LATELY, NOBODYS, Wanted

COUNTED_LISTS = {"all": None, "team": None, "over": None, "nobody": NOBODYS, "done": DONE_LATELY}
"""The lists that the grid counts, with how their cases stand."""
NOTHING = ("select null::uuid where false", ())


def wanted(chosen: Filter, person: Person, at: datetime) -> Wanted:
    """The cases of a list on the map, wherever they are: from the kernel's grid of counts where that knows the list and
    this person sees all of it, else case by case.
    """
    chosen = chosen.but(box="")
    teams = _teams(chosen, person)
    if teams is None:
        return Wanted(among=_keys(chosen, person, at))
    status = "" if chosen.status == "over" else chosen.status
    return Wanted(
        is_open=chosen.name != "done", standing=COUNTED_LISTS[chosen.name], category=chosen.category,
        statuses=(status,) if status else (), ward=chosen.ward, is_late="over" in {chosen.name, chosen.status},
        teams=teams,
    )  # fmt: skip


def _teams(chosen: Filter, person: Person) -> tuple[Any, ...] | None:
    """Whose cases a plain list has (empty: everybody's); None for a list that is not plain, or not seen whole."""
    if chosen.name not in COUNTED_LISTS or chosen.person or chosen.channel or chosen.text:
        return None
    if not chosen.team and chosen.name == "team":
        return None
    if not chosen.team:
        return () if roles.sees_all(person.roles) else None
    team = Team.objects.filter(code=chosen.team).values_list("pk", flat=True).first()
    is_seen = team is not None and (roles.sees_all(person.roles) or team in person.team_ids)
    return (team,) if is_seen else None


def _keys(chosen: Filter, person: Person, at: datetime) -> tuple[str, tuple[Any, ...]]:
    """The keys of the list's cases, as SQL."""
    try:
        return lists.listed(chosen, person, at).order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return NOTHING


def pin(case: Case, at: datetime) -> dict[str, Any]:
    """One case as a GeoJSON feature, for its own map."""
    where = to_lonlat(case.point or Point(0, 0))
    late = case.due_at is not None and case.due_at < at and case.paused_at is None and case.closed_at is None
    words = f"{names.case_title(case)}: {names.status(case)}"
    properties = {
        "id": str(case.pk), "count": 1, "late": int(late), "shares": {case.status: 1}, "status": case.status,
        "title": f"{words}, {_('over the clock')}" if late else words,
        "url": reverse("casework:case", args=[case.reference]),
    }  # fmt: skip
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [where.lon, where.lat]},
        "properties": properties,
    }
