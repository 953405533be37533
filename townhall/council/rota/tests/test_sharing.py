"""What waits goes to whoever should get it, and comes back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from townhall.council.rota import actions
from townhall.council.rota.models import Change, GaveBack
from townhall.council.rota.selectors import open_work
from townhall.council.rota.tests.factories import NOON, colleague, holder, on_rota, task
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Entry, Task

pytestmark = pytest.mark.django_db
EVENING, MORNING = NOON + timedelta(hours=7), NOON + timedelta(hours=21)


def test_a_task_goes_to_whoever_can_do_it_and_says_why(council: Any) -> None:
    on_rota(council.officer)
    colleague("Sam Rees", council.street_scene, "lifting")
    waits = task(council.street_scene, "lifting")
    assert actions.share_out(council.street_scene.pk, at=NOON) == 1
    assert holder(waits) == "Sam Rees"
    assert waits.given_why == ("on shift until 5pm; can do what it needs (lifting); the only one who can take it now")
    assert waits.given_why_cy.startswith("ar shifft tan 5pm")
    entry = Entry.objects.filter(case=waits.case).latest("number")
    assert (entry.kind, entry.data["did"], entry.text) == ("task", "given", waits.given_why)


def test_tasks_are_spread_evenly(council: Any) -> None:
    people = [colleague(f"{name} Lloyd", council.parks) for name in ("Ann", "Bea", "Cai")]
    for _ in range(7):
        task(council.parks)
    assert actions.share_out(council.parks.pk, at=NOON) == 7
    assert sorted(open_work([each.pk for each in people]).values()) == [2, 2, 3]


def test_nobody_is_given_more_than_they_can_take_and_done_work_makes_room(council: Any) -> None:
    worker = colleague("Ann Lloyd", council.parks, capacity=2)
    tasks = [task(council.parks) for _ in range(3)]
    assert actions.share_out(council.parks.pk, at=NOON) == 2
    first = Task.objects.filter(assignee=worker.pk).first()
    assert first is not None
    cases.do_task(task_id=first.pk, by=worker.person, at=NOON)
    assert actions.share_out(council.parks.pk, at=NOON) == 1
    assert all(holder(each) for each in tasks)


def test_what_is_due_first_is_given_first(council: Any) -> None:
    colleague("Ann Lloyd", council.parks, capacity=1)
    later, sooner, never = (
        task(council.parks, due_on=due) for due in (date(2026, 6, 1), date(2026, 5, 20), None)
    )  # fmt: skip
    actions.share_out(council.parks.pk, at=NOON)
    assert [holder(each) for each in (later, sooner, never)] == ["", "Ann Lloyd", ""]


def test_what_nobody_can_take_waits_and_lets_others_pass(council: Any) -> None:
    colleague("Ann Lloyd", council.parks, "driving")
    stuck, goes = task(council.parks, "lifting", due_on=date(2026, 5, 12)), task(council.parks, "driving")
    assert actions.share_out(council.parks.pk, at=NOON) == 1
    assert (holder(stuck), holder(goes)) == ("", "Ann Lloyd")


def test_it_waits_for_the_next_shift(council: Any) -> None:
    colleague("Ann Lloyd", council.parks)
    waits = task(council.parks)
    assert actions.share_all(EVENING) == 0
    assert actions.share_all(MORNING) == 1
    assert holder(waits) == "Ann Lloyd"


def test_a_team_that_is_not_on_the_rota_is_left_alone(council: Any) -> None:
    waits = task(council.parks)
    assert actions.share_all(NOON) == 0
    assert holder(waits) == ""


def test_whoever_gives_a_task_back_does_not_get_it_again(council: Any) -> None:
    ann = colleague("Ann Lloyd", council.parks)
    colleague("Bea Lloyd", council.parks, week=[])
    waits = task(council.parks)
    behind = task(council.parks, at=NOON + timedelta(minutes=1))
    actions.share_out(council.parks.pk, at=NOON)
    actions.give_back(task_id=waits.pk, holder=ann.pk, reason="I know the applicant", by=ann.person, at=NOON)
    actions.share_out(council.parks.pk, at=NOON)
    assert (holder(waits), holder(behind)) == ("", "Ann Lloyd")
    assert GaveBack.objects.get(task=waits).reason == "I know the applicant"
    assert Entry.objects.filter(case=waits.case).latest("number").text == "I know the applicant"


def test_what_was_given_back_by_all_does_not_block_what_stands_behind_it(council: Any) -> None:
    ann = colleague("Ann Lloyd", council.parks, capacity=1)
    first, second = task(council.parks), task(council.parks, at=NOON + timedelta(minutes=1))
    actions.share_out(council.parks.pk, at=NOON)
    actions.give_back(task_id=first.pk, holder=ann.pk, reason="Not mine", by=ann.person, at=NOON)
    assert actions.share_out(council.parks.pk, at=NOON) == 1
    assert (holder(first), holder(second)) == ("", "Ann Lloyd")


def test_the_work_of_whoever_falls_sick_goes_to_others(council: Any) -> None:
    ann, bea = colleague("Ann Lloyd", council.parks), colleague("Bea Lloyd", council.parks, week=[])
    tasks = [task(council.parks) for _ in range(3)]
    actions.share_out(council.parks.pk, at=NOON)
    assert {holder(each) for each in tasks} == {"Ann Lloyd"}
    on_rota(bea.person)
    actions.call_away(ann, kind="sick", since=NOON.date(), until=None, by=council.administrator, at=NOON)
    assert actions.clear_away(NOON) == 3
    assert actions.share_all(NOON) == 3
    assert {holder(each) for each in tasks} == {"Bea Lloyd"}
    assert actions.clear_away(NOON) == 0


def test_leave_that_is_to_come_takes_nothing_yet(council: Any) -> None:
    ann = colleague("Ann Lloyd", council.parks)
    waits = task(council.parks)
    actions.share_out(council.parks.pk, at=NOON)
    day = NOON.date() + timedelta(days=2)
    actions.call_away(ann, kind="leave", since=day, until=day, by=council.administrator, at=NOON)
    assert actions.clear_away(NOON) == 0
    assert holder(waits) == "Ann Lloyd"
    assert actions.clear_away(NOON + timedelta(days=2)) == 1


def test_whoever_is_back_earlier_gets_work_again(council: Any) -> None:
    ann = colleague("Ann Lloyd", council.parks)
    since = NOON.date() - timedelta(days=2)
    change = actions.call_away(ann, kind="sick", since=since, until=None, by=council.administrator, at=NOON)
    waits = task(council.parks)
    assert actions.share_all(NOON) == 0
    actions.end_change(change, by=council.administrator, at=NOON)
    assert actions.share_all(NOON) == 1
    assert Change.objects.get().until == NOON.date() - timedelta(days=1)
    assert holder(waits) == "Ann Lloyd"


def test_the_work_of_whoever_leaves_the_council_goes_to_others(council: Any) -> None:
    ann = colleague("Ann Lloyd", council.parks)
    waits = task(council.parks)
    actions.share_out(council.parks.pk, at=NOON)
    ann.person.is_active = False
    ann.person.save()
    assert actions.clear_away(NOON) == 1
    assert holder(waits) == ""


def test_a_task_is_handed_over_with_a_reason_to_somebody_who_can_do_it(council: Any) -> None:
    ann, bea = colleague("Ann Lloyd", council.parks, "driving"), colleague("Bea Lloyd", council.parks, "driving")
    cai = colleague("Cai Lloyd", council.parks)
    waits = task(council.parks, "driving")
    actions.share_out(council.parks.pk, at=NOON)
    has = {"Ann Lloyd": ann, "Bea Lloyd": bea}[holder(waits)]
    other = bea if has == ann else ann
    told: dict[str, Any] = {"task_id": waits.pk, "holder": has.pk, "reason": "She knows the road", "at": NOON}
    with pytest.raises(actions.CannotTake, match="skills"):
        actions.hand_over(**told, to=cai.pk, by=has.person)
    with pytest.raises(actions.CannotTake, match="team"):
        actions.hand_over(**told, to=council.officer.pk, by=has.person)
    actions.hand_over(**told, to=other.pk, by=has.person)
    assert holder(waits) == other.person.name
    assert waits.given_why == f"{has.person.name} handed it over: She knows the road"
    with pytest.raises(actions.CannotTake, match="over"):
        actions.hand_over(**told, to=other.pk, by=has.person)


def test_what_waits_can_be_taken_by_hand_once(council: Any) -> None:
    ann, bea = colleague("Ann Lloyd", council.parks, week=[]), colleague("Bea Lloyd", council.parks, week=[])
    waits = task(council.parks)
    actions.take(task_id=waits.pk, by=ann.person, at=NOON)
    assert holder(waits) == "Ann Lloyd"
    with pytest.raises(actions.CannotTake, match="over"):
        actions.take(task_id=waits.pk, by=bea.person, at=NOON)


def test_a_heavy_task_counts_for_more(council: Any) -> None:
    actions.save_skill(code="mobility", name="Mobility assessment", name_cy="", weight=3, by=None, at=NOON)
    ann, bea = colleague("Ann Lloyd", council.parks, "mobility"), colleague("Bea Lloyd", council.parks)
    task(council.parks, "mobility")
    for minute in range(3):
        task(council.parks, at=NOON + timedelta(minutes=minute))
    actions.share_out(council.parks.pk, at=NOON)
    assert open_work([ann.pk, bea.pk]) == {ann.pk: 3, bea.pk: 3}


def test_giving_a_task_takes_as_many_statements_in_a_big_team_as_in_a_small_one(council: Any) -> None:
    def statements() -> int:
        task(council.parks)
        with CaptureQueriesContext(connection) as caught:
            assert actions.share_out(council.parks.pk, at=NOON) == 1
        return len(caught)

    colleague("Ann Lloyd", council.parks)
    small = statements()
    for number in range(12):
        colleague(f"P{number} Lloyd", council.parks)
    assert statements() == small
