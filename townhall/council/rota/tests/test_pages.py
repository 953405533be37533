"""One's own work, a team's board, shifts and skills, as people see them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.council.rota import actions
from townhall.council.rota.models import Change, GaveBack, Skill, Worker
from townhall.council.rota.tests.factories import colleague, holder, on_rota, task
from townhall.kernel.cases.permissions import may_view
from townhall.kernel.identity.models import Person
from townhall.kernel.notify.models import Letter

pytestmark = pytest.mark.django_db
ALWAYS = [[day, "00:00", "00:00"] for day in range(7)]


@pytest.fixture
def browser(council: Any) -> Callable[[Person], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(Person.objects.get(pk=person.pk), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def words(answer: Any) -> str:
    """The page as text, blanks made one."""
    return " ".join(answer.content.decode().replace("&#39;", "'").split())


def test_my_work_says_what_is_mine_why_and_until_when_i_work(council: Any, browser: Any) -> None:
    on_rota(council.other_officer, "driving", week=ALWAYS)
    task(council.parks, "driving", due_on=timezone.localdate() + timedelta(days=400))
    actions.share_out(council.parks.pk, at=timezone.now())
    page = words(browser(council.other_officer).get("/work/rota/"))
    assert "Look at it" in page
    assert "Given to you: on shift until midnight; can do what it needs (driving)" in page
    assert "You are on shift until" in page
    welsh = browser(council.other_officer)
    welsh.cookies["language"] = "cy"
    page = words(welsh.get("/work/rota/"))
    assert "Edrych arno" in page
    assert "Rhoddwyd i chi: ar shifft tan hanner nos" in page


def test_the_board_says_who_is_on_what_they_can_and_why_something_waits(council: Any, browser: Any) -> None:
    Skill.objects.create(code="driving", name="Driving", name_cy="Gyrru")
    on_rota(council.other_officer, "driving", week=ALWAYS, capacity=4)
    colleague("Ann Lloyd", council.parks, "lifting", week=[])
    task(council.parks, "driving")
    actions.share_out(council.parks.pk, at=timezone.now())
    task(council.parks, "lifting")
    page = words(browser(council.other_officer).get("/work/rota/teams/parks/"))
    assert "<b>On shift</b>, until" in page
    assert "Driving" in page
    assert "1 of at most 4" in page
    assert "It waits: nobody who can do it is on shift." in page
    assert "/work/rota/people/" not in page, "only whoever leads the team sets shifts"


def test_a_task_is_given_back_with_a_reason_on_its_page(council: Any, browser: Any) -> None:
    on_rota(council.other_officer, week=ALWAYS)
    mine = task(council.parks)
    actions.share_out(council.parks.pk, at=timezone.now())
    client, address = browser(council.other_officer), f"/work/rota/tasks/{mine.pk}/"
    assert client.post(address, {"do": "back", "back_reason": ""}).status_code == 422
    answer = client.post(address, {"do": "back", "back_reason": "I know them"}, follow=True)
    assert "The task waits for somebody else." in words(answer)
    assert GaveBack.objects.get().reason == "I know them"


def test_a_lead_hands_a_task_of_the_team_over_and_others_do_not(council: Any, browser: Any) -> None:
    on_rota(council.officer, week=ALWAYS)
    ann = colleague("Ann Lloyd", council.street_scene, week=[])
    moved = task(council.street_scene)
    actions.share_out(council.street_scene.pk, at=timezone.now())
    address, told = f"/work/rota/tasks/{moved.pk}/", {"do": "over", "to": str(ann.pk), "over_reason": "Her street"}
    assert browser(ann.person).post(address, told).status_code == 403, "it is not hers, and she leads nobody"
    assert browser(council.other_officer).post(address, told).status_code == 403, "not even in the team"
    assert browser(council.manager).post(address, told).status_code == 302
    assert holder(moved) == "Ann Lloyd"
    assert moved.given_why == "Ruth Okafor handed it over: Her street"


def test_a_task_that_somebody_else_has_moved_meanwhile_is_said_to_be(council: Any, browser: Any) -> None:
    on_rota(council.officer, week=[])
    ann = colleague("Ann Lloyd", council.street_scene, week=[])
    waits = task(council.street_scene)
    actions.take(task_id=waits.pk, by=ann.person, at=timezone.now())
    assert browser(council.officer).post(f"/work/rota/tasks/{waits.pk}/", {"do": "take"}).status_code == 409


def test_a_manager_leads_only_the_own_team(council: Any, browser: Any) -> None:
    client = browser(council.manager)
    assert client.get(f"/work/rota/people/{council.officer.pk}/").status_code == 200
    assert client.get(f"/work/rota/people/{council.other_officer.pk}/").status_code == 403
    assert client.get("/work/rota/teams/parks/").status_code == 403
    assert client.get(f"/work/rota/people/{council.resident.pk}/").status_code == 404
    assert browser(council.administrator).get(f"/work/rota/people/{council.other_officer.pk}/").status_code == 200


def test_a_lead_sets_a_week_in_hours_and_mistakes_are_named(council: Any, browser: Any) -> None:
    Skill.objects.create(code="lifting", name="Lifting")
    client, address = browser(council.manager), f"/work/rota/people/{council.officer.pk}/"
    told = {"skills": ["lifting"], "monday": "9:00-12:30, 13:00-17:00", "friday": "22.00-06.00", "capacity": "5",
            "is_given_work": "on"}  # fmt: skip
    assert client.post(address, told | {"monday": "nine to five"}).status_code == 422
    assert client.post(address, told).status_code == 302
    worker = Worker.objects.get()
    assert worker.week == [[0, "09:00", "12:30"], [0, "13:00", "17:00"], [4, "22:00", "06:00"]]
    assert (worker.skills, worker.capacity) == (["lifting"], 5)
    assert "9:00-12:30, 13:00-17:00" in words(client.get(address))


def test_a_lead_sets_somebody_sick_and_ends_it(council: Any, browser: Any) -> None:
    on_rota(council.officer, week=ALWAYS)
    client, address = browser(council.manager), f"/work/rota/people/{council.officer.pk}/"
    today = timezone.localdate()
    wrong = {"kind": "sick", "since": today.isoformat(), "until": (today - timedelta(days=1)).isoformat()}
    assert client.post(f"{address}changes/", wrong).status_code == 422
    assert client.post(f"{address}changes/", {"kind": "extra", "since": today.isoformat()}).status_code == 422
    assert client.post(f"{address}changes/", {"kind": "sick", "since": today.isoformat()}).status_code == 302
    assert "until further notice" in words(client.get(address))
    change = Change.objects.get()
    assert client.post(f"{address}changes/{change.pk}/end/").status_code == 302
    assert not Change.objects.exists()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_days_are_typed_as_people_write_them(council: Any, browser: Any, language: str) -> None:
    on_rota(council.officer, week=ALWAYS)
    client, told = browser(council.manager), {"kind": "leave", "since": "14/5/2031", "until": "2/6/2031"}
    client.cookies["language"] = language
    assert client.post(f"/work/rota/people/{council.officer.pk}/changes/", told).status_code == 302
    assert [(each.since.month, each.until.month) for each in Change.objects.all() if each.until] == [(5, 6)]


def test_what_is_late_is_said_to_be(council: Any, browser: Any) -> None:
    on_rota(council.other_officer, week=ALWAYS)
    task(council.parks, due_on=timezone.localdate() - timedelta(days=1))
    actions.share_out(council.parks.pk, at=timezone.now())
    assert "late: it was due on" in words(browser(council.other_officer).get("/work/rota/"))


def test_colleagues_do_not_learn_why_somebody_is_away(council: Any, browser: Any) -> None:
    on_rota(council.officer, week=ALWAYS)
    ann = colleague("Ann Lloyd", council.street_scene, week=ALWAYS)
    now = timezone.now()
    actions.call_away(ann, kind="sick", since=timezone.localdate(), until=None, by=council.manager, at=now)
    page = words(browser(council.officer).get("/work/rota/teams/street-scene/"))
    assert "Off, no shift soon" in page
    assert "Sick" not in page


def test_skills_that_tasks_need_and_nobody_has_named_are_listed(council: Any, browser: Any) -> None:
    task(council.parks, "pesticides")
    client = browser(council.manager)
    assert "new/?code=pesticides" in words(client.get("/work/rota/skills/"))
    told = {"name": "Pesticides", "name_cy": "Plaladdwyr", "code": "pesticides", "weight": "2"}
    assert client.post("/work/rota/skills/new/", told).status_code == 302
    assert client.post("/work/rota/skills/new/", told).status_code == 422, "a code is one skill's"
    assert "new/?code=pesticides" not in words(client.get("/work/rota/skills/"))


def test_whoever_has_a_task_in_another_teams_case_sees_it_until_it_is_done(council: Any) -> None:
    waits = task(council.parks)
    officer = Person.objects.get(pk=council.other_officer.pk)
    assert waits.case.team_id == council.street_scene.pk
    assert may_view(officer, waits.case)
    waits.done_at = timezone.now()
    waits.save()
    assert not may_view(officer, waits.case)


def test_leads_are_told_once_a_day_of_what_nobody_can_take(council: Any, at: Any) -> None:
    on_rota(council.officer, "driving")
    for _ in range(2):
        task(council.street_scene, "lifting")
    assert actions.tell_leads(at) == 1
    actions.tell_leads(at + timedelta(minutes=10))
    [letter] = Letter.objects.filter(kind="rota_nobody")
    assert letter.person == council.manager
    assert "nobody in the team has all the skills it needs" in str(letter.blocks)
    actions.tell_leads(at + timedelta(days=1))
    assert Letter.objects.filter(kind="rota_nobody").count() == 2


def test_leads_are_not_told_of_what_the_next_shift_will_take(council: Any, at: Any) -> None:
    on_rota(council.officer)
    task(council.street_scene)
    assert actions.tell_leads(at + timedelta(hours=8)) == 0, "in the evening, for the morning"
    friday = at + timedelta(days=3, hours=8)
    assert actions.tell_leads(friday) == 0, "for Monday morning"
    monday, week = friday.date() + timedelta(days=3), friday.date() + timedelta(days=9)
    worker = Worker.objects.get()
    actions.call_away(worker, kind="leave", since=monday, until=week, by=council.manager, at=at)
    assert actions.tell_leads(friday) == 1, "whoever could is on leave"


def test_the_board_takes_as_many_statements_for_many_as_for_few(
    council: Any, browser: Any, django_assert_max_num_queries: Any
) -> None:
    on_rota(council.other_officer, week=ALWAYS)
    for number in range(8):
        colleague(f"P{number} Lloyd", council.parks, "driving")
        task(council.parks, "lifting")
    client = browser(council.other_officer)
    client.get("/work/rota/teams/parks/")
    with django_assert_max_num_queries(30):
        client.get("/work/rota/teams/parks/")
