"""One case on its way to another version: what it becomes, and what that changes outside of its process."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from townhall.kernel.cases.models import Case, Task
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.states import Moved, Order
from townhall.kernel.catalogue.words import Text
from townhall.residents.services.actions.tasks import team_of
from townhall.residents.services.models import Application, Course, Transfer, TransferredCase
from townhall.residents.services.rules.transfers import Plan, asked_again, judged, states_of

Outcome = TransferredCase.Outcome
PROVIDED = frozenset({"payment", "booking", "document", "webhook"})
"""What is kept here under the key of the order."""


class Wanted(NamedTuple):
    """What a task that stays open is called and whose it is from now on; `for_others` takes it from who has it."""

    title: Text
    team: UUID | None
    skills: tuple[str, ...]
    for_others: bool


@dataclass(slots=True)
class Passage:
    """One case in a batch. Where it `is_slow` a payment, a booking or another service is asked for or withdrawn, which
    is done one by one; all else is written for the whole batch at once.

    `made` are tasks to write, `gone` those to forget, `renamed` the keys of what stays open.
    """

    course: Course
    application: Application
    case: Case
    outcome: str = Outcome.STUCK
    why: str = ""
    moved: Moved | None = None
    tasks: dict[str, Any] = field(default_factory=dict[str, Any])
    made: list[Task] = field(default_factory=list[Task])
    gone: list[str] = field(default_factory=list[str])
    renamed: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    asked: list[str] = field(default_factory=list[str])
    withdrawn: list[str] = field(default_factory=list[str])
    retitled: dict[str, Wanted] = field(default_factory=dict[str, Wanted])

    @property
    def is_slow(self) -> bool:
        """Whether it is written on its own."""
        return bool(self.asked or self.withdrawn)

    @property
    def next_at(self) -> datetime | None:
        """When its next timer is due."""
        due = [datetime.fromisoformat(each) for each in self.moved.state.timers.values()] if self.moved else []
        return min(due) if due else None

    def before(self, rows: dict[str, Task]) -> dict[str, Any]:
        """What is kept to bring it back: its course as it was, tasks that go or change, and what was asked of whom."""
        touched = [rows[key] for key in (*self.gone, *self.retitled) if key in rows]
        return {
            "state": self.course.state, "tasks": self.course.tasks, "rows": [row_of(each) for each in touched],
            "renamed": self.renamed, "asked": self.asked, "withdrawn": self.withdrawn,
        }  # fmt: skip


class Teams:
    """The teams that a package names, looked up once."""

    def __init__(self, held: Package) -> None:
        self.held, self.known = held, dict[str, UUID | None]()

    def of(self, who: str, otherwise: UUID | None) -> UUID | None:
        """The team of a name; otherwise the one that has the case."""
        if who not in self.known:
            self.known[who] = team_of(self.held, who, None)
        return self.known[who] or otherwise


def forward(each: Passage, plan: Plan, teams: Teams, at: datetime) -> None:
    """Work out what a case becomes by the plan. Raises NotTransferred."""
    each.moved = judged(plan, each.course.state, each.application.answers, at)
    each.tasks, each.outcome = dict(each.course.tasks), Outcome.MOVED
    for order in each.moved.orders:
        take(each, plan, teams, order, at)
    retitle(each, plan, teams)


def take(each: Passage, plan: Plan, teams: Teams, order: Order, at: datetime) -> None:
    """Note what an order of the move changes outside."""
    mine = [task for task, about in each.tasks.items() if about["key"] == order.key]
    if order.kind == "rename":
        new = str(order.details["to"])
        each.renamed.append((order.key, new))
        each.tasks |= {task: each.tasks[task] | {"key": new} for task in mine}
    elif order.kind == "drop":
        each.gone += mine
        each.tasks = {task: about for task, about in each.tasks.items() if task not in mine}
        path, _, number = order.key.partition("#")
        node = plan.mapping.old.nodes.get(path)
        if number and not mine and node and node.service and node.service.kind in PROVIDED:
            each.withdrawn.append(path)
    elif order.kind == "task":
        task = task_of(each, order, teams, at)
        each.made.append(task)
        each.tasks[str(task.pk)] = {"key": order.key, "kind": "task", "with": order.details.get("with", {})}
    elif order.kind != "timer":
        each.asked.append(order.key)


def task_of(each: Passage, order: Order, teams: Teams, at: datetime) -> Task:
    """The task that the new version asks for."""
    due = order.details.get("due")
    title, skills = order.details["title"], sorted({*order.details.get("skills", ())})
    return Task(
        case=each.case, title=title["en"], title_cy=title["cy"], created_at=at, is_asked=True, is_shared=True,
        skills=skills, team_id=teams.of(str(order.details.get("who", "")), each.case.team_id),
        due_on=timezone.localtime(datetime.fromisoformat(due)).date() if due else None,
    )  # fmt: skip


def retitle(each: Passage, plan: Plan, teams: Teams) -> None:
    """Give tasks that stay open the name and the team that the new version has for them."""
    path_of = {new: old for old in each.course.state["active"] if (new := plan.mapping.target(old))}
    for task, about in each.tasks.items():
        path = about["key"].partition("#")[0]
        old, new = plan.mapping.old.nodes.get(path_of.get(path, "")), plan.mapping.new.nodes.get(path)
        if about["kind"] == "task" and task in each.course.tasks and old and new and old.task and new.task:
            for_others = (old.task.who, old.task.skills) != (new.task.who, new.task.skills)
            if for_others or old.title != new.title:
                team = teams.of(new.task.who, each.case.team_id)
                each.retitled[task] = Wanted(new.title, team, tuple(sorted(new.task.skills)), for_others=for_others)


def restore(each: Passage, record: TransferredCase, plan: Plan, at: datetime) -> None:
    """Work out how a case with which nothing has happened since becomes the very one that it was."""
    before, application = record.before, each.application
    each.asked, each.withdrawn = list(before["asked"]), list(before["withdrawn"])
    each.moved = asked_again(
        plan.mapping.new, before["state"], application.answers, each.withdrawn, plan,
        count=each.course.state["count"] if each.is_slow else 0, at=at,
    )  # fmt: skip
    each.tasks, each.outcome = dict(before["tasks"]), Outcome.RETURNED
    each.made = [Task(**row) for row in before["rows"]]
    each.gone = [task for task in each.course.tasks if task not in before["tasks"]]
    each.renamed = [(new, old) for old, new in before["renamed"]]
    dropped = [Order("drop", key, {}) for key in each.asked]
    each.moved = each.moved._replace(orders=[*dropped, *each.moved.orders])


def row_of(task: Task) -> dict[str, Any]:
    """A task as it is kept, so that it can be written again."""
    return {field.attname: getattr(task, field.attname) for field in Task._meta.concrete_fields}


def record_of(each: Passage, transfer: Transfer, rows: dict[str, Task]) -> TransferredCase:
    """What is kept of it."""
    return TransferredCase(
        transfer=transfer, application=each.application, outcome=each.outcome, why=each.why,
        states=states_of(each.course.state), before=each.before(rows) if each.outcome != Outcome.STUCK else {},
    )  # fmt: skip
