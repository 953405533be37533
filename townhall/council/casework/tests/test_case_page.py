"""The page of a case and the steps taken on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.kernel.cases import actions
from townhall.kernel.cases.models import Case, Entry, Task
from townhall.kernel.geo.rules import Point
from townhall.kernel.identity.models import Person

Opens = Callable[..., Case]
SignsIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def kinds(case: Case) -> list[str]:
    return list(Entry.objects.filter(case=case).values_list("kind", flat=True))


def test_a_page_has_the_clock_the_rule_and_everything_so_far(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    actions.add_note(case_id=one.pk, text="No letters in the bags", by=council.officer, at=timezone.now())
    page = as_person(council.officer).get(f"/work/cases/{one.reference}/").content.decode()
    for words in (
        "Mattress and bags dumped",
        "Street cleaning",
        "No letters in the bags",
        "Asha Begum",
        "1 of 1",
        "working days",
    ):
        assert words in page, words


def test_a_finished_case_has_no_place_in_the_list_of_open_ones(
    council: Any, case: Opens, as_person: SignsIn
) -> None:
    one, _ = case(), case()
    address = f"/work/cases/{one.reference}/"
    client = as_person(council.officer)
    assert "1 of 2" in client.get(address).content.decode()
    actions.resolve(case_id=one.pk, outcome="fixed", by=council.officer, at=timezone.now(), text="Cleared.")
    page = client.get(address).content.decode()
    assert "not in this list" in page
    assert "2 of 1" not in page


def test_the_timeline_can_show_notes_or_what_is_public(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    actions.add_note(case_id=one.pk, text="Among us", by=council.officer, at=timezone.now())
    client = as_person(council.officer)
    assert "Among us" in client.get(f"/work/cases/{one.reference}/?show=notes").content.decode()
    assert "Among us" not in client.get(f"/work/cases/{one.reference}/?show=public").content.decode()


def test_a_typed_reference_leads_to_its_case(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    typed = one.reference.lower().replace("-", "")
    assert as_person(council.officer).get(f"/work/cases/{typed}/")["Location"].endswith(f"/work/cases/{one.reference}/")
    assert as_person(council.officer).get("/work/cases/no-such-case/").status_code == 404


@pytest.mark.parametrize(
    ("code", "data", "kind"),
    [
        ("reply", {"text": "It is booked."}, "reply"),
        ("note", {"text": "Looked at it."}, "note"),
        ("status", {"status": "booked", "text": "A crew comes."}, "status"),
        ("assign", {"to": "me"}, "assigned"),
        ("pass", {"to": "team:parks", "reason": "It is in the park."}, "passed"),
        ("pass", {"to": "authority:E10999001", "reason": "It is on the road."}, "status"),
        ("pause", {"reason": "the landowner"}, "paused"),
        ("resolve", {"outcome": "fixed", "text": "Cleared."}, "resolved"),
        ("resolve", {"outcome": "closed", "reason": "not_found"}, "resolved"),
    ],
)
def test_each_step_is_written_and_told(
    council: Any, case: Opens, as_person: SignsIn, *, code: str, data: dict[str, str], kind: str
) -> None:
    one = case()
    answer = as_person(council.officer).post(f"/work/cases/{one.reference}/{code}/", data)
    assert answer.status_code == 302
    assert kinds(one)[-1] == kind


def test_closing_without_a_fix_says_why(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    answer = as_person(council.officer).post(f"/work/cases/{one.reference}/resolve/", {"outcome": "closed"})
    assert answer.status_code == 422
    assert "Choose or write why it is not fixed" in answer.content.decode()
    assert kinds(one)[-1] == "routed"


def test_a_date_with_a_status_moves_the_promise(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    day = timezone.localdate() + timedelta(days=9)
    as_person(council.officer).post(
        f"/work/cases/{one.reference}/status/", {"status": "booked", "due_on": day.isoformat()}
    )
    one.refresh_from_db()
    assert one.due_at is not None
    assert timezone.localtime(one.due_at).date() == day


def test_what_was_typed_is_kept_when_somebody_was_quicker(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    actions.assign(case_id=one.pk, to=council.manager, by=council.manager, at=timezone.now())
    sent = {"text": "My long reply", "version": str(one.version)}
    answer = as_person(council.officer).post(f"/work/cases/{one.reference}/reply/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "My long reply" in page
    assert "Given to Ruth Okafor" in page
    assert "reply" not in kinds(one)
    again = {"text": "My long reply", "version": str(one.version + 1)}
    assert as_person(council.officer).post(f"/work/cases/{one.reference}/reply/", again).status_code == 302


def test_then_next_goes_to_the_next_case_of_the_list(council: Any, case: Opens, as_person: SignsIn) -> None:
    first, second = case(target_days=1), case(target_days=2)
    sent = {"outcome": "fixed", "query": "list=all", "then": "next"}
    answer = as_person(council.officer).post(f"/work/cases/{first.reference}/resolve/", sent)
    assert answer["Location"] == f"/work/cases/{second.reference}/?list=all"


def test_a_resolution_can_be_undone_for_half_a_minute(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    client = as_person(council.officer)
    client.post(f"/work/cases/{one.reference}/resolve/", {"outcome": "fixed"})
    assert "Undo" in client.get("/work/").content.decode()
    client.post("/work/undo/", {"next": f"/work/cases/{one.reference}/"})
    one.refresh_from_db()
    assert (one.status, one.closed_at) == ("received", None)


@pytest.mark.parametrize(
    "evil", ["//evil.example", "https://evil.example/work/", "/work/\\evil", "javascript:x", "/elsewhere"]
)
def test_undo_goes_nowhere_else(council: Any, as_person: SignsIn, evil: str) -> None:
    assert as_person(council.officer).post("/work/undo/", {"next": evil})["Location"] == "/work/"


def test_the_front_desk_notes_and_does_not_work_a_case(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    client = as_person(council.call_handler)
    assert client.post(f"/work/cases/{one.reference}/note/", {"text": "Rang again"}).status_code == 302
    assert client.post(f"/work/cases/{one.reference}/resolve/", {"outcome": "fixed"}).status_code == 403
    page = client.get(f"/work/cases/{one.reference}/").content.decode()
    assert f"{one.reference}/resolve/" not in page


def test_a_partner_works_only_the_cases_of_their_team(council: Any, case: Opens, as_person: SignsIn) -> None:
    theirs, ours = case(), case()
    actions.pass_to_team(
        case_id=theirs.pk, team=council.fellside, reason="A crew", by=council.officer, at=timezone.now()
    )
    client = as_person(council.partner)
    page = client.get("/work/").content.decode()
    assert theirs.reference in page
    assert ours.reference not in page
    assert client.get(f"/work/cases/{theirs.reference}/").status_code == 200
    assert client.get(f"/work/cases/{ours.reference}/").status_code == 403
    assert client.get(f"/work/people/{council.resident.pk}/").status_code == 403


def test_tasks_are_set_and_ticked(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    client = as_person(council.officer)
    client.post(f"/work/cases/{one.reference}/tasks/", {"title": "Visit and look for evidence"})
    task = Task.objects.get(case=one)
    client.post(f"/work/cases/{one.reference}/tasks/{task.pk}/", {"done": "yes"})
    task.refresh_from_db()
    assert task.done_by == council.officer
    other = case()
    assert client.post(f"/work/cases/{other.reference}/tasks/{task.pk}/", {"done": "no"}).status_code == 404


def test_alike_cases_nearby_are_offered_and_joined(council: Any, case: Opens, as_person: SignsIn) -> None:
    one, near = case(), case(point=Point(360_150.0, 500_200.0), title="Mattress dumped")
    far = case(point=Point(361_000.0, 500_200.0))
    client = as_person(council.officer)
    page = client.get(f"/work/cases/{one.reference}/").content.decode()
    beside = page[page.index('id="alike"') :]
    assert near.reference in beside
    assert "50 m" in beside
    assert far.reference not in beside
    client.post(f"/work/cases/{one.reference}/join/", {"to": near.reference})
    one.refresh_from_db()
    assert one.joined_to_id == near.pk


def test_nothing_is_joined_to_a_case_of_another_team(council: Any, case: Opens, as_person: SignsIn) -> None:
    one, theirs = case(), case(category="overgrown_grass")
    assert (
        as_person(council.officer).post(f"/work/cases/{one.reference}/join/", {"to": theirs.reference}).status_code
        == 403
    )


def test_a_ready_reply_is_filled_in(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    page = (
        as_person(council.officer).get(f"/work/cases/{one.reference}/?do=reply&template=reply_looking").content.decode()
    )
    assert "Hello Asha Begum" in page
    assert "((" not in page[page.index("<textarea") : page.index("</textarea")]


def test_a_reply_to_a_welsh_speaker_is_in_welsh(council: Any, case: Opens, as_person: SignsIn) -> None:
    Person.objects.filter(pk=council.resident.pk).update(language="cy")
    one = case()
    page = as_person(council.officer).get(f"/work/cases/{one.reference}/?do=reply&template=reply_more").content.decode()
    assert "Helo Asha Begum" in page


def test_what_people_write_is_never_markup(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case(title="<script>alert(1)</script>", place="<b>x</b>")
    actions.add_update(case_id=one.pk, says="update", text="<img src=x onerror=y>", at=timezone.now())
    client = as_person(council.officer)
    for path in (f"cases/{one.reference}/", "", f"rows/{one.pk}", "search?q=alert"):
        page = client.get(f"/work/{path}").content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_case_page_takes_few_statements(
    council: Any, case: Opens, as_person: SignsIn, django_assert_max_num_queries: Any
) -> None:
    one = case()
    for number in range(30):
        actions.add_note(case_id=one.pk, text=f"note {number}", by=council.officer, at=timezone.now())
        case(target_days=2)
    client = as_person(council.officer)
    for _until_what_is_kept_is_kept in range(2):
        client.get(f"/work/cases/{one.reference}/")
    with django_assert_max_num_queries(22):
        client.get(f"/work/cases/{one.reference}/")


def test_one_step_on_several_cases(council: Any, case: Opens, as_person: SignsIn) -> None:
    cases = [case(), case(), case()]
    theirs = case(category="overgrown_grass")
    client = as_person(council.officer)
    ticked = {"case": [str(each.pk) for each in [*cases, theirs]], "do": "resolve", "query": "list=all"}
    asked = client.post("/work/several/", ticked).content.decode()
    assert "3 cases" in asked
    client.post("/work/several/", ticked | {"sure": "yes", "outcome": "fixed"})
    assert set(Case.objects.filter(closed_at__isnull=False)) == set(cases)
    page = client.get("/work/").content.decode()
    assert "3 cases" in page
    client.post("/work/undo/")
    assert not Case.objects.filter(closed_at__isnull=False).exists()


def test_a_case_that_refuses_keeps_none_of_the_others_back(council: Any, case: Opens, as_person: SignsIn) -> None:
    one, paused = case(), case()
    actions.pause(case_id=paused.pk, reason="x", by=council.officer, at=timezone.now())
    client = as_person(council.officer)
    sent = {"case": [str(one.pk), str(paused.pk)], "do": "pause", "sure": "yes", "reason": "the frost", "query": ""}
    client.post("/work/several/", sent)
    one.refresh_from_db()
    assert one.paused_reason == "the frost"
    assert f"Not done for: {paused.reference}" in client.get("/work/").content.decode()
