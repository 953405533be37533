from datetime import timedelta

import pytest

from townhall.kernel.cases import actions
from townhall.kernel.cases.tests import factories
from townhall.kernel.measures import actions as measures
from townhall.kernel.measures import selectors
from townhall.kernel.measures.models import Tally

pytestmark = pytest.mark.django_db


def year(at, **chosen):
    return selectors.last_days(at.date() + timedelta(days=30), 365, **chosen)


def some_cases(council, at, count=6):
    return [factories.case(ward=f"ward-{number % 2}") for number in range(count)]


def test_received_is_counted_by_ward_and_team(council, at, relay):
    some_cases(council, at)
    relay()
    assert selectors.figure("received", year(at)).value == 6
    assert selectors.figure("received", year(at, ward="ward-1")).value == 3
    assert selectors.figure("received", year(at, team=str(council.street_scene.pk))).value == 6


def test_resolving_moves_the_measures_and_undoing_moves_them_back(council, at, relay):
    cases = some_cases(council, at)
    steps = [
        actions.resolve(case_id=case.pk, outcome="fixed", by=council.officer, at=at + timedelta(hours=2))
        for case in cases
    ]
    relay()
    assert selectors.figure("on_time", year(at)).value == 100
    assert selectors.figure("days_to_fix", year(at)).value == 1
    actions.undo(case_id=cases[-1].pk, number=steps[-1].number, by=council.officer, at=steps[-1].at)
    relay()
    assert selectors.figure("on_time", year(at)).cases == 5


def test_counting_again_from_the_events_gives_the_same_numbers(council, at, relay):
    cases = some_cases(council, at)
    actions.resolve(case_id=cases[0].pk, outcome="closed", by=council.officer, at=at + timedelta(days=9))
    actions.reopen(case_id=cases[0].pk, by=council.resident, at=at + timedelta(days=10))
    actions.give_satisfaction(case_id=cases[0].pk, is_satisfied=False, at=at + timedelta(days=10))
    relay()

    def numbers():
        columns = ("measure", "day", "category", "ward", "team_id", "bin", "count")
        return sorted(row for row in Tally.objects.values_list(*columns) if row[-1])

    before = numbers()
    assert before
    measures.rebuild()
    assert numbers() == before
