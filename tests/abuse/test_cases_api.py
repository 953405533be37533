"""Cases as programs of colleagues meet them: what the person may not do, the key may not do either."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.identity.actions.keys import end_key, make_key
from townhall.kernel.identity.models import Person, PersonKey
from townhall.kernel.privacy.models import Look
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db
BOTH = ["cases:read", "cases:work"]


@pytest.fixture
def case(council: Any) -> Case:
    """A report with Street Scene."""
    factories.categories()
    return factories.report(reporter=council.resident, at=datetime.now(UTC) - timedelta(hours=1)).case


def caller(person: Person, scopes: list[str] = BOTH) -> Client:
    """A program with a key of the person."""
    _key, secret = make_key(person=person, name="a program", scopes=scopes, at=datetime.now(UTC))
    return Client(headers={"Authorization": f"Bearer {secret}"})


def post(client: Client, case: Case, step: str, **sent: Any) -> Any:
    return client.post(f"/api/cases/{case.reference}/{step}", sent, "application/json")


def test_an_officer_reads_the_cases_of_the_team(council: Any, case: Case) -> None:
    found = caller(council.officer).get("/api/cases/").json()
    assert [each["reference"] for each in found["items"]] == [case.reference]
    assert caller(council.other_officer).get("/api/cases/").json()["items"] == []


def test_a_list_goes_on_where_its_page_ended(council: Any, case: Case) -> None:
    for number in range(3):
        at = datetime.now(UTC) - timedelta(minutes=number)
        factories.report(reporter=council.neighbour, at=at, description=f"Bags number {number} in the lane")
    client, seen, address = caller(council.officer), [], "/api/cases/?page_size=2"
    while address:
        answer = client.get(address)
        seen += [each["reference"] for each in answer.json()["items"]]
        address = answer.headers.get("Link", "").partition(">")[0].removeprefix("<http://localhost:8000")
    assert sorted(seen) == sorted(Case.objects.values_list("reference", flat=True))


def test_a_case_of_another_team_is_not_for_me(council: Any, case: Case) -> None:
    client = caller(council.other_officer)
    assert client.get(f"/api/cases/{case.reference}").status_code == 403
    assert post(client, case, "notes", text="Let me see").status_code == 403
    assert client.get("/api/cases/9999-999").status_code == 404


def test_that_somebody_looked_is_kept(council: Any, case: Case) -> None:
    assert caller(council.officer).get(f"/api/cases/{case.reference}/timeline").status_code == 200
    assert Look.objects.filter(person=council.resident, by=council.officer, case_id=case.pk).count() == 1


def test_a_note_carries_the_name_of_whose_key_it_is(council: Any, case: Case) -> None:
    answer = post(caller(council.officer), case, "notes", text="Crew is on its way")
    assert answer.status_code == 201
    entry = Entry.objects.get(case=case, number=answer.json()["number"])
    assert (entry.kind, entry.actor_id, entry.is_public) == ("note", council.officer.pk, False)


def test_a_partner_of_another_firm_may_not_work_on_it(council: Any, case: Case) -> None:
    assert post(caller(council.partner), case, "resolution", outcome="fixed", text="Done").status_code == 403
    case.refresh_from_db()
    assert case.is_open


def test_the_front_desk_writes_notes_and_changes_nothing(council: Any, case: Case) -> None:
    client = caller(council.call_handler)
    assert post(client, case, "notes", text="She rang again").status_code == 201
    assert post(client, case, "status", status="looking").status_code == 403


def test_a_case_is_given_to_a_colleague_and_resolved(council: Any, case: Case) -> None:
    client = caller(council.officer)
    assert post(client, case, "assignment", to=str(council.manager.pk)).status_code == 201
    assert post(client, case, "status", status="looking", text="A crew looks today").status_code == 201
    assert post(client, case, "replies", text="Thank you for telling us", is_public=True).status_code == 201
    assert post(client, case, "resolution", outcome="fixed", text="Taken away").json()["status"] == "fixed"
    case.refresh_from_db()
    assert (case.assignee_id, case.status) == (council.manager.pk, "fixed")
    assert post(client, case, "resolution", outcome="fixed", text="Again").status_code == 409


def test_a_case_is_not_given_to_somebody_of_another_team(council: Any, case: Case) -> None:
    answer = post(caller(council.officer), case, "assignment", to=str(council.other_officer.pk))
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_step_on_a_case_that_has_changed_is_refused(council: Any, case: Case) -> None:
    client = caller(council.officer)
    seen = client.get(f"/api/cases/{case.reference}").json()["version"]
    assert post(client, case, "notes", text="Meanwhile").status_code == 201
    assert post(client, case, "resolution", outcome="fixed", text="Done", version=seen).status_code == 409


def test_what_was_not_asked_for_is_not_taken(council: Any, case: Case) -> None:
    sent = {"text": "Hello", "actor": str(council.manager.pk), "is_public": True, "kind": "resolved", "status": "fixed"}
    answer = post(caller(council.officer), case, "notes", **sent)
    entry = Entry.objects.get(case=case, number=answer.json()["number"])
    assert (entry.kind, entry.actor_id, entry.is_public, entry.status) == ("note", council.officer.pk, False, "")


def test_a_key_that_may_read_may_not_work(council: Any, case: Case) -> None:
    client = caller(council.officer, ["cases:read"])
    assert client.get(f"/api/cases/{case.reference}").status_code == 200
    assert post(client, case, "notes", text="Hello").status_code == 403


def test_nobody_works_without_a_key(council: Any, case: Case) -> None:
    client = Client()
    client.force_login(council.officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = post(client, case, "notes", text="Signed in, but a cookie is no key")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("how", ["ended", "old", "left", "no longer here"])
def test_a_key_that_has_ended_opens_nothing(council: Any, case: Case, how: str) -> None:
    client = caller(council.officer)
    key = PersonKey.objects.get()
    if how == "ended":
        end_key(key=key, by=council.officer, at=datetime.now(UTC))
    if how == "old":
        PersonKey.objects.update(expires_at=datetime.now(UTC) - timedelta(minutes=1))
    if how == "left":
        council.officer.membership_set.all().delete()
    if how == "no longer here":
        Person.objects.filter(pk=council.officer.pk).update(is_active=False)
    assert client.get("/api/cases/").status_code == 401


def test_trying_keys_has_an_end(council: Any) -> None:
    client = Client(headers={"Authorization": "Bearer th_guess"})
    answers = [client.get("/api/cases/") for _ in range(32)]
    assert [each.status_code for each in answers] == [401] * 30 + [429] * 2
    assert answers[-1].headers["Retry-After"] == "900"
    assert caller(council.officer).get("/api/cases/").status_code == 200
