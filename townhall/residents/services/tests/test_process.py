"""The process of an application: it begins, asks colleagues, writes letters, comes due and ends."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.models import Entry, Task
from townhall.kernel.notify.models import Letter
from townhall.residents.services import actions
from townhall.residents.services.models import Application, Course
from townhall.residents.services.tests import factories, movers

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(council: Any, at: datetime, relay: Callable[[], Any]) -> Application:
    """An application that was sent, with its process begun."""
    return factories.sent(at, relay)


def letters(application: Application) -> list[str]:
    """The kinds of its letters, in the order written."""
    return list(Letter.objects.filter(case=application.case).order_by("id").values_list("kind", flat=True))


def look(application: Application, council: Any, at: datetime, **result: Any) -> bool:
    """Finish the task that waits."""
    task = Task.objects.get(case=application.case, done_at=None)
    return actions.finish_task(
        application_id=application.pk, task_id=task.pk, outcome="done", result=result, by=council.officer, at=at
    )


def test_sending_writes_the_first_letter_decides_and_asks_a_colleague(sent: Application) -> None:
    course = Course.objects.get(application=sent)
    assert letters(sent) == ["grant/received"]
    assert list(course.state["active"]) == ["look"]
    assert course.state["values"][""]["share"] == 75
    task = Task.objects.get(case=sent.case)
    assert (task.title, task.is_asked) == ("Look at the application", True)


def test_the_state_is_small_and_every_step_is_a_row_of_the_timeline(sent: Application) -> None:
    assert len(json.dumps(Course.objects.get(application=sent).state)) < 1_000
    steps = Entry.objects.filter(case=sent.case, kind="step").order_by("number")
    assert [each.data["did"] for each in steps] == ["entered", "entered", "done", "entered"]
    numbers = list(Entry.objects.filter(case=sent.case).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert sent.case is not None
    sent.case.refresh_from_db()
    assert sent.case.version == len(numbers)


def test_an_outcome_leads_to_the_next_task_and_at_last_to_the_end_of_the_case(
    sent: Application, council: Any, at: datetime
) -> None:
    assert look(sent, council, at, agreed=True)
    assert Task.objects.get(case=sent.case, done_at=None).title == "Payment"
    assert look(sent, council, at)
    sent.refresh_from_db()
    assert sent.case is not None
    assert (sent.case.status, letters(sent)[-1]) == ("fixed", "grant/agreed")


def test_a_refusal_says_why_in_the_letter(sent: Application, council: Any, at: datetime) -> None:
    look(sent, council, at, agreed=False, why="The shop is in another borough")
    letter = Letter.objects.get(kind="grant/refused")
    assert "The shop is in another borough" in str(letter.blocks)


def test_saying_twice_that_a_task_is_done_does_one_thing(sent: Application, council: Any, at: datetime) -> None:
    task = Task.objects.get(case=sent.case, done_at=None)
    told: dict[str, Any] = {"application_id": sent.pk, "task_id": task.pk, "outcome": "done", "by": council.officer}
    assert actions.finish_task(**told, result={"agreed": True}, at=at)
    assert not actions.finish_task(**told, result={"agreed": True}, at=at)
    assert Task.objects.filter(case=sent.case).count() == 2


def test_an_outcome_that_the_process_does_not_know_changes_nothing(
    sent: Application, council: Any, at: datetime
) -> None:
    task = Task.objects.get(case=sent.case, done_at=None)
    with pytest.raises(actions.Refused):
        actions.finish_task(
            application_id=sent.pk, task_id=task.pk, outcome="failed", result={}, by=council.officer, at=at
        )
    assert Task.objects.get(case=sent.case).done_at is None


def test_a_timer_comes_after_ten_working_days_and_once(sent: Application) -> None:
    assert sent.sent_at is not None
    assert sent.case is not None
    due = working_calendar("england").after(sent.sent_at, 10)
    assert actions.come_due(due - timedelta(minutes=1)) == 0
    assert actions.come_due(due) == 1
    assert actions.come_due(due) == 0
    assert letters(sent)[-1] == "grant/late"


def test_a_case_that_an_officer_closes_stops_its_process(
    sent: Application, council: Any, at: datetime, relay: Callable[[], Any]
) -> None:
    cases.resolve(case_id=sent.pk, outcome="closed", by=council.officer, at=at)
    relay()
    course = Course.objects.get(application=sent)
    assert (course.state["status"], course.next_at) == ("cancelled", None)
    assert not Task.objects.filter(case=sent.case, done_at=None).exists()


def test_an_event_that_is_delivered_twice_begins_one_process(sent: Application, at: datetime) -> None:
    actions.begin_course(application_id=sent.pk, at=at)
    assert letters(sent) == ["grant/received"]


def test_what_was_applied_for_is_finished_and_not_fixed(sent: Application, council: Any, at: datetime) -> None:
    assert sent.case is not None
    cases.resolve(case_id=sent.pk, outcome="fixed", by=council.officer, at=at)
    browser = Client()
    browser.force_login(council.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(reverse("casework:case", args=[sent.case.reference])).content.decode()
    assert "Finished" in page
    assert ">Fixed" not in page


def test_an_officer_finishes_a_task_on_the_case_page(sent: Application, council: Any) -> None:
    browser = Client()
    browser.force_login(council.administrator)
    assert sent.case is not None
    page = browser.get(reverse("casework:case", args=[sent.case.reference])).content.decode()
    assert "Look at the application" in page
    assert "12345678" in page, "whoever pays needs the whole account number"
    task = Task.objects.get(case=sent.case)
    address = f"/services/application/{sent.pk}/task/{task.pk}/"
    answer = browser.post(address, {"agreed": "no", "_shown": ["agreed"], "_do": "done"})
    assert answer.status_code == 422
    assert "Why not?" in answer.content.decode()
    answer = browser.post(address, {"agreed": "no", "why": "Too late", "_shown": ["agreed", "why"], "_do": "done"})
    assert answer.status_code == 302
    sent.case.refresh_from_db()
    assert not sent.case.is_open


def test_where_a_process_is_comes_back_from_its_column_as_it_was_kept(sent: Application) -> None:
    state = {"a": [1, None, True, "ŵ \" \\ \u2028"], "big": 2**70, "": {"points": 0.5}}
    Course.objects.filter(application=sent).update(state=state)
    assert Course.objects.get(application=sent).state == state
    assert Course.objects.values_list("state__a__3", flat=True).get(application=sent) == state["a"][3]
    assert Course.objects.filter(application=sent, state__a__0=1, state__has_key="big").exists()
    with pytest.raises(TypeError):
        Course.objects.filter(application=sent).update(state={"a": object()})


REGION = """      {name}:
        name: {{en: Part, cy: Rhan}}
        states:
          ask:
            name: {{en: Ask, cy: Gofyn}}
            decision: {{name: decisions/fee.yaml#Fee}}
            on: {{done: asked, failed: asked}}
          asked: {{name: {{en: Asked, cy: Gofynnwyd}}, final: true}}
"""
RACE = f"""
name: {{en: Question, cy: Cwestiwn}}
states:
  both:
    name: {{en: Both, cy: Y ddau}}
    join: any
    regions:
{REGION.format(name="one")}{REGION.format(name="two")}    on: {{done: answer}}
  answer:
    name: {{en: Answer, cy: Ateb}}
    entry: [{{letter: received}}]
    task: {{who: contact}}
    on: {{done: answered}}
  answered: {{name: {{en: Answered, cy: Atebwyd}}, final: true}}
"""


def test_the_answer_to_a_state_that_another_answer_has_left_stops_nothing(council: Any, at: datetime) -> None:
    case = movers.running(movers.published(RACE, at), at)
    assert set(Course.objects.get(application=case).state["active"]) == {"answer"}
