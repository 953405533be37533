"""What a process asks of people: tasks on its case, finished with what came of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from townhall.kernel.cases.models import Task
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.engine import Order
from townhall.kernel.catalogue.words import Text
from townhall.residents.services.models import Application, Course
from townhall.residents.services.selectors import team_named

BY_HAND = {
    "payment": Text("Take the payment", "Cymryd y taliad"),
    "booking": Text("Make the booking", "Gwneud yr archeb"),
    "document": Text("Make the document", "Gwneud y ddogfen"),
    "webhook": Text("Tell the other system", "Dweud wrth y system arall"),
    "letter": Text("Write to", "Ysgrifennu at"),
}


def team_of(held: Package, who: str, otherwise: UUID | None) -> UUID | None:
    """The team that a package names; otherwise the one that has the case."""
    found = team_named(held, who)
    return found.pk if found else otherwise


def ask(application: Application, course: Course, held: Package, order: Order, *, at: datetime) -> None:
    """Set a task for the team that the process names."""
    details = order.details
    due = datetime.fromisoformat(details["due"]) if "due" in details else None
    team = team_of(held, str(details.get("who", "")), application.case.team_id if application.case else None)
    skills = sorted({str(each) for each in details.get("skills", ())})
    title = Text(details["title"]["en"], details["title"]["cy"])
    _set(application, course, order, title=title, team=team, due=due, at=at, skills=skills)


def ask_by_hand(
    application: Application, course: Course, held: Package, order: Order, *, waits: bool, at: datetime
) -> None:
    """Set a task to do what no system here does yet; where the process does not wait for it, it is only ticked."""
    said, plain = BY_HAND[order.kind], str(order.details["name"]).replace("_", " ")
    partner = held.service.partners.get(str(order.details.get("to", "")))
    about = partner.text if partner else Text(plain, plain)
    title = Text(f"{said.en}: {about.en}", f"{said.cy}: {about.cy}")
    team = team_of(held, held.service.owner, application.case.team_id if application.case else None)
    _set(application, course, order, title=title, team=team, due=None, at=at, waits=waits)


def _set(
    application: Application, course: Course, order: Order, *, title: Text, team: UUID | None, due: datetime | None,
    at: datetime, waits: bool = True, skills: Sequence[str] = (),
) -> None:  # fmt: skip
    task = Task.objects.create(
        case_id=application.pk, title=title.en, title_cy=title.cy, team_id=team, created_at=at, is_asked=waits,
        is_shared=True, skills=list(skills), due_on=timezone.localtime(due).date() if due else None,
    )  # fmt: skip
    if waits:
        course.tasks[str(task.pk)] = {"key": order.key, "kind": order.kind, "with": order.details.get("with", {})}


def drop(course: Course, key: str) -> None:
    """Forget a task that the process no longer wants."""
    gone = [task for task, about in course.tasks.items() if about["key"] == key]
    for task in gone:
        del course.tasks[task]
    if gone:
        Task.objects.filter(pk__in=gone, done_at=None).delete()


def settle(course: Course, task_id: UUID, *, by: Any, at: datetime) -> Mapping[str, Any] | None:
    """Mark a task as done and give back what the process knows of it; None where it was done already."""
    about = course.tasks.pop(str(task_id), None)
    if about is not None:
        Task.objects.filter(pk=task_id).update(done_at=at, done_by=by)
    return about
