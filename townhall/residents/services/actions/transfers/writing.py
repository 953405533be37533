"""Writes a batch of cases that go on with another version: a few statements, however many cases there are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models import F

from townhall.kernel.cases.actions.timeline import append, entry_of
from townhall.kernel.cases.models import Case, Entry, Task
from townhall.kernel.catalogue.processes.engine import Refused
from townhall.kernel.outbox import actions as outbox
from townhall.residents.bookings import actions as bookings
from townhall.residents.payments import actions as payments
from townhall.residents.services.actions.documents import rename_documents
from townhall.residents.services.actions.running import Turn
from townhall.residents.services.actions.transfers.passages import Outcome, Passage, Wanted, record_of
from townhall.residents.services.events import StepsTaken
from townhall.residents.services.models import Application, Course, Transfer, TransferredCase
from townhall.residents.services.registries import providers
from townhall.residents.services.rules.transfers import Plan
from townhall.residents.services.selectors.transfers import MARK

COURSES = """
update services_course as c set state = x.state, tasks = x.tasks, next_at = x.next_at
from json_to_recordset(%s::json) as x (id uuid, state jsonb, tasks jsonb, next_at timestamptz)
where c.application_id = x.id
"""

TOLD = ("title", "title_cy", "team", "skills")
GIVEN: dict[str, Any] = {"assignee": None, "given_at": None, "given_why": "", "given_why_cy": ""}
"""What a task is when nobody has it."""


def write(transfer: Transfer, plan: Plan, passages: Sequence[Passage], at: datetime) -> None:
    """Write what became of the cases of a batch. Those with something to pay or to book go one by one."""
    touched = {key for each in passages for key in (*each.gone, *each.retitled)}
    rows = {str(each.pk): each for each in Task.objects.filter(pk__in=touched, done_at=None)}
    records = {each.course.pk: record_of(each, transfer, rows) for each in passages}
    for each in passages:
        if each.is_slow and each.outcome != Outcome.STUCK:
            try:
                with transaction.atomic():
                    alone(transfer, plan, each, at)
            except Refused as problem:
                each.outcome, each.why = Outcome.STUCK, str(problem)
                records[each.course.pk] = record_of(each, transfer, rows)
    together(transfer, plan, [each for each in passages if not each.is_slow and each.outcome != Outcome.STUCK], at)
    marks = dict(Course.objects.filter(pk__in=records).annotate(mark=MARK).values_list("pk", "mark"))
    for key, record in records.items():
        record.mark = marks[key]
    TransferredCase.objects.bulk_create(records.values())


def together(transfer: Transfer, plan: Plan, passages: Sequence[Passage], at: datetime) -> None:
    """Write cases whose tasks and timers change, and nothing else."""
    if not passages:
        return
    outside(passages)
    with connection.cursor() as cursor:
        cursor.execute(COURSES, [msgspec.json.encode([course_row(each) for each in passages]).decode()])
    keys = [each.course.pk for each in passages]
    Application.objects.filter(pk__in=keys).update(version_id=transfer.target_id)
    Entry.objects.bulk_create(entry_of(each.case, "step", **told(transfer, plan, each, at)) for each in passages)
    Case.objects.filter(pk__in=keys).update(version=F("version") + 1, updated_at=at)
    outbox.publish(*(fact(plan, each, at) for each in passages))


def alone(transfer: Transfer, plan: Plan, each: Passage, at: datetime) -> None:
    """Write one case for which something else is asked or withdrawn, with all that follows at once. Raises Refused."""
    outside([each])
    application, course = each.application, each.course
    wanted = {key for key, about in course.tasks.items() if about["key"] in each.asked}
    course.tasks = each.tasks | {key: course.tasks[key] for key in wanted}
    Application.objects.filter(pk=application.pk).update(version_id=transfer.target_id)
    application.version = transfer.target
    append(each.case, "step", **told(transfer, plan, each, at))
    turn = Turn(application, course, each.case, at, transfer.by)
    if each.moved is not None:
        turn.take(each.moved._replace(orders=[one for one in each.moved.orders if one.kind != "task"]))
    turn.follow()
    turn.finish()


def outside(passages: Sequence[Passage]) -> None:
    """Forget tasks, write tasks, and rename what stays open, for all of them at once."""
    if gone := [key for each in passages for key in each.gone]:
        Task.objects.filter(pk__in=gone, done_at=None).delete()
    if made := [task for each in passages for task in each.made]:
        Task.objects.bulk_create(made, update_conflicts=True, unique_fields=["id"], update_fields=[*TOLD, *GIVEN])
    wanted: dict[Wanted, list[str]] = {}
    for each in passages:
        for key, one in each.retitled.items():
            wanted.setdefault(one, []).append(key)
    for one, keys in wanted.items():
        told = {"title": one.title.en, "title_cy": one.title.cy, "team_id": one.team, "skills": list(one.skills)}
        Task.objects.filter(pk__in=keys, done_at=None).update(**told, **(GIVEN if one.for_others else {}))
    if renamed := [(each.case.pk, old, new) for each in passages for old, new in each.renamed]:
        payments.rename(renamed)
        bookings.rename(renamed)
        rename_documents(renamed)
        for each in providers:
            each.rename(renamed)


def course_row(each: Passage) -> dict[str, Any]:
    """What the course of a case becomes."""
    state = each.moved.state.kept() if each.moved else {}
    return {"id": each.course.pk, "state": state, "tasks": each.tasks, "next_at": each.next_at}


def told(transfer: Transfer, plan: Plan, each: Passage, at: datetime) -> dict[str, Any]:
    """What the timeline says of it: the states that it is in now."""
    nodes = plan.mapping.new.nodes
    titles = [nodes[path].title for path in sorted(each.moved.state.active)] if each.moved else []
    data = {
        "did": "transferred", "from": plan.old.hash[:12], "to": plan.new.hash[:12], "transfer": str(transfer.pk),
        "was": [*each.course.state["active"]], "state": [*each.moved.state.active] if each.moved else [],
    }  # fmt: skip
    return {
        "at": at, "by": transfer.by, "text": joined(one.en for one in titles),
        "text_cy": joined(one.cy for one in titles), "data": data,
    }  # fmt: skip


def joined(words: Iterable[str]) -> str:
    """Names of states in a line."""
    return ", ".join(words)


def fact(plan: Plan, each: Passage, at: datetime) -> StepsTaken:
    """What others hear of it."""
    states = sorted(each.moved.state.active) if each.moved else []
    return StepsTaken(
        at=at, case_id=each.case.pk, number=each.case.version, application_id=each.application.pk,
        slug=plan.new.slug, states=states, has_ended=False,
    )  # fmt: skip
