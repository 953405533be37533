"""People with shifts, and tasks that wait."""

from datetime import datetime
from typing import Any

from townhall.council.rota import actions
from townhall.council.rota.models import Worker
from townhall.kernel.cases.models import Case, Task
from townhall.kernel.cases.tests import factories
from townhall.kernel.identity.models import Person, Role, Team

OFFICE = [[day, "09:00", "17:00"] for day in range(5)]
NOON = factories.NOON


def on_rota(person: Person, *skills: str, week: Any = None, **fields: Any) -> Worker:
    """Somebody of the council, with office hours and skills."""
    return actions.set_worker(person, skills=skills, week=OFFICE if week is None else week, by=None, at=NOON, **fields)


def colleague(name: str, team: Team, *skills: str, **fields: Any) -> Worker:
    """Somebody new in a team, on the rota."""
    return on_rota(factories.staff(name, team, Role.OFFICER), *skills, **fields)


def task(team: Team, *skills: str, case: Case | None = None, at: datetime = NOON, **fields: Any) -> Task:
    """A task of a process that waits for somebody."""
    usual: dict[str, Any] = {"title": "Look at it", "title_cy": "Edrych arno", "is_asked": True, "is_shared": True}
    return Task.objects.create(
        case=case or factories.case(), team=team, skills=sorted(skills), created_at=at, **(usual | fields)
    )


def holder(of: Task) -> str:
    """The name of whoever has a task now; nothing for nobody."""
    of.refresh_from_db()
    return of.assignee.name if of.assignee else ""
