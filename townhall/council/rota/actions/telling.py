"""The leads of a team are told of what nobody will be able to take in time."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from townhall.council.rota import rules, selectors
from townhall.council.rota.models import GaveBack
from townhall.council.rota.rules.choosing import Nobody
from townhall.council.rota.rules.shifts import LONDON
from townhall.council.rota.selectors.teams import of_team, told
from townhall.kernel.cases.actions.opening import due
from townhall.kernel.cases.models import Task
from townhall.kernel.catalogue.words import joined, same
from townhall.kernel.identity.models import Person, Role, Team
from townhall.kernel.notify import actions as notify


def tell_leads(at: datetime) -> int:
    """Write to the managers of each team about what waits for nobody: nobody can do it, all have enough, or nobody who
    can is on shift by the end of the next working day. Once a day for each set of skills; how many tasks it is about.
    """
    found = 0
    for team in Team.objects.filter(pk__in=selectors.teams_with_work()):
        everybody = told(of_team(team.pk), at)
        for head in selectors.heads(team.pk) if everybody else ():
            found += _tell(team, head.task_id, everybody, at)
    return found


def _tell(team: Team, task_id: UUID, everybody: list[rules.Worker], at: datetime) -> int:
    task = Task.objects.select_related("case").filter(pk=task_id).first()
    if task is None:
        return 0
    but = {str(key) for key in GaveBack.objects.filter(task=task).values_list("person", flat=True)}
    if rules.choose(everybody, task.skills, selectors.weight_of(task.skills), at, but):
        return 0
    found, by = rules.outlook(everybody, task.skills, at, but), due(at, 1)
    if found.why == "off" and found.soonest and by and found.soonest <= by:
        return 0
    for lead in Person.objects.filter(membership__team=team, membership__role=Role.MANAGER, is_active=True):
        _write(lead, team, task, found.why, at)
    return 1


def _write(lead: Person, team: Team, task: Task, why: Nobody, at: datetime) -> None:
    skills = ",".join(task.skills)
    with translation.override(lead.language):
        spoken = lead.language
        needs = joined(selectors.skill_names(task.skills) or [same("–")], ", ")
        values = {
            "name": lead.name, "task": task.name(spoken), "reference": task.case.reference,
            "needs": needs.said(spoken), "why": rules.WHY_NOBODY[why].said(spoken),
            "link": reverse("rota:board", args=[team.code]),
        }  # fmt: skip
        day = at.astimezone(LONDON).date()
        notify.write(
            kind="rota_nobody", key=f"rota:{team.pk}:{skills}:{day}:{lead.pk}", values=values, at=at, person=lead
        )
