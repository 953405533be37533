"""A line of a hundred thousand tasks costs what its first does: nothing that grows is read."""

import json
from typing import Any

import pytest
from django.db import connection

from townhall.council.rota import actions
from townhall.council.rota.selectors.teams import of_team, open_work
from townhall.council.rota.selectors.waiting import HEADS, TEAMS
from townhall.council.rota.tests.factories import NOON, colleague, task
from townhall.kernel.cases.models import Task
from townhall.kernel.modules.keys import uuid7

MANY = 100_000
PER_KIND = MANY // 4


def plan_of(statement: str, values: Any) -> dict[str, Any]:
    """What PostgreSQL did for a statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, buffers, format json) {statement}", values)
        found = cursor.fetchone()[0]
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """A plan's nodes."""
    return [plan, *(each for inner in plan.get("Plans", []) for each in nodes(inner))]


@pytest.mark.django_db
def test_a_hundred_thousand_tasks_that_nobody_can_do_are_not_read(council: Any) -> None:
    first = task(council.parks, "lifting")
    rows = [
        Task(
            id=uuid7(), case_id=first.case_id, title="Wait", team=team, skills=[skill], is_shared=True, created_at=NOON
        )
        for team in (council.parks, council.street_scene) for skill in ("lifting", "pesticides")
        for _ in range(PER_KIND)
    ]  # fmt: skip
    Task.objects.bulk_create(rows, batch_size=5_000)
    ann = colleague("Ann Lloyd", council.parks, "driving")
    Task.objects.filter(pk__in=[each.pk for each in rows[:30]]).update(assignee=ann.pk, given_at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("analyze cases_task")
    for statement, values in ((HEADS, {"team": council.parks.pk}), (TEAMS, {})):
        plan = plan_of(statement, values)
        on_tasks = [each for each in nodes(plan) if each.get("Relation Name") == "cases_task"]
        assert on_tasks
        assert all(each["Index Name"] == "task_waiting" for each in on_tasks)
        assert sum(each["Actual Rows"] * each["Actual Loops"] for each in on_tasks) < 20
        assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 200
    goes = task(council.parks, "driving")
    assert open_work([ann.pk]) == {ann.pk: 30}
    assert of_team(council.parks.pk).count() == 1
    assert actions.share_out(council.parks.pk, at=NOON) == 0, "thirty are more than she is given"
    ann.capacity = 50
    ann.save()
    assert actions.share_out(council.parks.pk, at=NOON) == 1
    goes.refresh_from_db()
    assert goes.assignee_id == ann.pk
