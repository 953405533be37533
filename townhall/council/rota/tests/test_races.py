"""Several workers share out at the same moment, on connections of their own."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from townhall.council.rota import actions
from townhall.council.rota.tests.factories import NOON, colleague, task
from townhall.kernel.cases.models import Entry, Task
from townhall.kernel.cases.tests import factories

THREADS, PEOPLE, TASKS = 8, 5, 40


@pytest.fixture
def team(own_database: str) -> Any:
    """Five people, forty tasks of forty cases, in a database that really commits."""
    council = factories.council()
    for number in range(PEOPLE):
        colleague(f"P{number} Lloyd", council.parks, "driving", capacity=50)
    for number in range(TASKS):
        task(council.parks, *(["driving"] if number % 2 else []), at=NOON + timedelta(seconds=number))
    return council.parks


def at_once(call: Callable[[int], int]) -> int:
    """Do it in eight threads at the same moment; the sum of what came of each."""
    together = Barrier(THREADS)

    def run(number: int) -> int:
        try:
            together.wait()
            return call(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(run, range(THREADS)))


def share_and_give_back(team_id: UUID, number: int) -> int:
    """Share out, give back every eighth task of what was given, share out again."""
    actions.share_out(team_id, at=NOON)
    given = Task.objects.filter(team=team_id, assignee__isnull=False).select_related("assignee").order_by("id")
    for each in given[number::THREADS]:
        with suppress(actions.CannotTake):
            assert each.assignee is not None
            actions.give_back(task_id=each.pk, holder=each.assignee.pk, reason="No", by=each.assignee, at=NOON)
    return actions.share_out(team_id, at=NOON)


def test_nothing_is_given_twice_and_everybody_gets_as_much(team: Any) -> None:
    assert at_once(lambda _: actions.share_out(team.pk, at=NOON)) == TASKS
    given = Entry.objects.filter(kind="task", data__did="given")
    assert given.count() == TASKS
    assert len({each.data["task"] for each in given}) == TASKS
    spread = Counter(Task.objects.filter(team=team).values_list("assignee", flat=True))
    assert sorted(spread.values()) == [TASKS // PEOPLE] * PEOPLE


def test_giving_back_while_others_share_out_ends_with_everything_somewhere(team: Any) -> None:
    at_once(lambda number: share_and_give_back(team.pk, number))
    actions.share_out(team.pk, at=NOON)
    for each in Task.objects.filter(team=team):
        told = Entry.objects.filter(data__task=str(each.pk)).order_by("number").values_list("data__did", flat=True)
        assert list(told) == ["given", "freed"] * (len(told) // 2) + ["given"] * (len(told) % 2)
        assert (each.assignee_id is not None) == (len(told) % 2 == 1)
