"""What codes are called on a page: wards, categories, teams, people, channels."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.cases.registries import Choice, case_kinds
from townhall.kernel.design.statuses import STATUSES
from townhall.kernel.geo import selectors as geo
from townhall.kernel.identity.models import Person, Team

CHANNELS: dict[str, Any] = {
    "web": _("Web form"),
    "app": _("App"),
    "phone": _("Telephone"),
    "face_to_face": _("In person"),
    "email": _("E-mail"),
    "letter": _("Letter"),
    "open311": _("Another system (Open311)"),
    "api": _("Another system (API)"),
}


def speaks_welsh() -> bool:
    """Whether the page is in Welsh."""
    return (get_language() or "en").startswith("cy")


def wards() -> dict[str, str]:
    """Ward names by code."""
    return {area.code: (area.name_cy if speaks_welsh() else "") or area.name for area in geo.wards()}


def categories(kind: str = "") -> dict[str, Choice]:
    """The categories of a kind of case, or of every kind, by code."""
    kinds = [case_kinds[kind]] if kind in case_kinds else [] if kind else list(case_kinds)
    return {choice.code: choice for each in kinds for choice in each.categories()}


def category_title(choice: Choice | None, code: str = "") -> str:
    """A category in the language of the page; its code where nobody knows it."""
    if choice is None:
        return code.replace("_", " ")
    return (choice.title_cy if speaks_welsh() else "") or choice.title


def team_name(team: Team) -> str:
    """A team in the language of the page."""
    return (team.name_cy if speaks_welsh() else "") or team.name


def case_title(case: Case) -> str:
    """A case's title in the language of the page."""
    return (case.title_cy if speaks_welsh() else "") or case.title


def status(case: Case, code: str = "", *, short: bool = False) -> str:
    """What the case's status is called, or another one of its statuses: what is no problem is not "fixed"."""
    code = code or case.status
    kind = case_kinds.get(case.kind)
    words = kind.status_words.get(code) if kind else None
    return str(words or (STATUSES[code].short if short else STATUSES[code].words))


def said(entry: Entry) -> str:
    """What an entry of the timeline says, in the language of the page where it was said in it."""
    return (entry.text_cy if speaks_welsh() else "") or entry.text


def case_place(case: Case) -> str:
    """A case's place in the language of the page."""
    return (case.place_cy if speaks_welsh() else "") or case.place


def teams_for(person: Person) -> list[Team]:
    """The person's own teams by name."""
    own = [membership.team for membership in person.memberships]
    return sorted(own, key=lambda team: team.name)


def colleagues(case_team: Team | None, person: Person) -> list[Person]:
    """Who can be given a case: the people of its team, or of one's own teams where it has none."""
    teams = [case_team.pk] if case_team else list(person.team_ids)
    return list(Person.objects.filter(membership__team_id__in=teams, is_active=True).distinct().order_by("name"))
