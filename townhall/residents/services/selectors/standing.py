"""How an application stands, for whoever sent it."""

from dataclasses import dataclass
from datetime import datetime

from townhall.residents.services.models import Application, Course
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.words import day_of, language

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
