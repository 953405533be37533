"""How an application stands, for whoever sent it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from townhall.kernel.identity.models import Person
from townhall.residents.services.models import Application, Course
from townhall.residents.services.selectors.applications import applications_of
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.words import day_of, language

MOST_ROWS = 20
DIALS = {"running": "on", "none": "ahead", "soon": "soon"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where it is, by when it is done and who has it. `headline` is the promise in the largest words."""

    headline: str
    state: str
    day: str
    team: str
    dial: str
    share: float
    is_over: bool


def standing(application: Application, at: datetime) -> Standing:
    """How a sent application stands at a time."""
    case = application.case
    if case is None:
        raise ValueError("an application that was not sent stands nowhere")
    clock = case.clock(at)
    team = ((case.team.name_cy if language() == "cy" else "") or case.team.name) if case.team else ""
    return Standing(
        headline=day_of(case.closed_at or case.due_at), state=state_words(application), day=day_of(case.due_at),
        team=team, dial=DIALS.get(clock.state, clock.state), share=clock.share, is_over=clock.state == "over",
    )  # fmt: skip


def state_words(application: Application) -> str:
    """What the states are called that its process is in; empty before it has begun."""
    course = Course.objects.filter(application=application).first()
    if course is None:
        return ""
    nodes, active = package(application.version).process.nodes, course.state.get("active", {})
    return ", ".join(nodes[path].title.said(language()) for path in active if path in nodes)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An application as an account lists it."""

    title: str
    reference: str
    url: str
    status: str
    state: str
    line: str
    dial: str
    share: float


def account_rows(person: Person, at: datetime) -> list[AccountRow]:
    """What somebody applied for, the newest first, each with how it stands."""
    return [_row(each, standing(each, at)) for each in applications_of(person)[:MOST_ROWS] if each.case is not None]


def _row(application: Application, found: Standing) -> AccountRow:
    case = application.case
    is_open = case is not None and case.is_open
    day = _("By %(day)s") % {"day": found.headline} if is_open and found.headline else found.headline
    return AccountRow(
        title=application.version.title(language()), reference=case.reference if case else "", state=found.state,
        url=reverse("services:sent", args=[application.pk]), status=case.status if case else "", dial=found.dial,
        line=_("Was due by %(day)s") % {"day": found.day} if found.is_over else day, share=found.share,
    )  # fmt: skip
