"""The server as another system meets it, in both formats."""
import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.models import Change, Person
from townhall.residents.open311 import rules
from townhall.residents.open311.models import Receipt
from townhall.residents.open311.tests.factories import PLACE, key
from townhall.residents.reports.tests import factories as reports

pytestmark = pytest.mark.django_db
V2 = "/open311/v2"
WALL = {"service_code": "graffiti", "description": "Tags all over the wall", "attribute[offensive]": "no",
        "attribute[surface]": "wall"}  # fmt: skip
SINCE = {"start_date": "2026-05-01T00:00:00Z"}


@pytest.fixture(autouse=True)
def town(council: Any) -> Any:
    reports.categories()
    return council


def ask(client: Client, path: str, form: str = "json", **params: Any) -> Any:
    """The facts of a GET, whatever the format."""
    response = client.get(f"{V2}/{path}.{form}", params)
    assert response.status_code == 200, response.content
    return json.loads(response.content) if form == "json" else rules.read_xml(response.content)


def send(client: Client, secret: str, path: str = "requests.json", **fields: Any) -> Any:
    """POST a form."""
    usual = PLACE | WALL | {"api_key": secret}
    return client.post(f"{V2}/{path}", {name: value for name, value in (usual | fields).items() if value != ""})


def picture() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "#808080").save(buffer, "JPEG")
    return SimpleUploadedFile("wall.jpg", buffer.getvalue(), "image/jpeg")


def _as_xml(value: Any) -> Any:
    """JSON facts with the types that XML's text has."""
    if isinstance(value, dict):
        return {name: _as_xml(inner) for name, inner in value.items()} or None
    if isinstance(value, list):
        return [_as_xml(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip() or None if value is not None else None


def test_json_and_xml_tell_the_same_facts(client: Client) -> None:
    report = reports.report(description="Mattress & bags <here>")
    cases.change_status(case_id=report.case.pk, status="looking", by=None, at=reports.NOON, text="We are looking at it")
    asked: list[tuple[str, dict[str, str]]] = [
        ("services", {}), ("services/fly_tipping", {}), ("requests", SINCE), ("servicerequestupdates", SINCE),
        ("requests", SINCE | {"extensions": "true"}), (f"requests/{report.case.reference}", {}), ("discovery", {}),
    ]  # fmt: skip
    for path, params in asked:
        facts = ask(client, path, "json", **params)
        assert facts
        assert _as_xml(facts) == ask(client, path, "xml", **params), path


def test_discovery_names_both_formats(client: Client) -> None:
    facts = json.loads(client.get("/open311/discovery.json").content)
    assert facts["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    assert facts["endpoints"][0]["url"].endswith("/open311/v2")


def test_a_service_tells_what_is_asked(client: Client) -> None:
    services = {service["service_code"]: service for service in ask(client, "services")}
    assert services["fly_tipping"]["metadata"] is True
    attributes = {item["code"]: item for item in ask(client, "services/fly_tipping")["attributes"]}
    assert attributes["danger"]["datatype"] == "singlevaluelist"
    assert {"key", "name"} == set(attributes["danger"]["values"][0])


def test_services_speak_welsh_when_asked(client: Client) -> None:
    response = client.get(f"{V2}/services.json", headers={"Accept-Language": "cy"})
    assert "Graffiti" in response.content.decode()
    assert json.loads(response.content) != ask(client, "services")


def test_nothing_public_names_a_person(client: Client, town: Any) -> None:
    reports.report(reporter=town.resident, description="Ring me on 07700 900142 or asha@example.org")
    text = json.dumps(ask(client, "requests", **SINCE, extensions="true"))
    assert "Mattress" not in text
    for personal in ("900142", "asha", "Begum"):
        assert personal not in text


def test_what_is_not_public_is_not_there(client: Client) -> None:
    held = reports.report(description="I want to kill myself, and there is rubbish")
    assert ask(client, "requests", **SINCE) == []
    assert client.get(f"{V2}/requests/{held.case.reference}.json").status_code == 404
    assert ask(client, "servicerequestupdates", **SINCE) == []


def test_filters_choose(client: Client) -> None:
    first = reports.report()
    second = reports.report(category="graffiti", answers={"offensive": "no", "surface": "wall"}, description="Tags")
    cases.resolve(case_id=second.case.pk, outcome="fixed", by=None, at=reports.NOON, text="Cleaned")

    def chosen(**params: str) -> set[str]:
        return {row["service_request_id"] for row in ask(client, "requests", **params)}

    one, two = first.case.reference, second.case.reference
    assert chosen(**SINCE) == {one, two}
    assert chosen(**SINCE, status="open") == {one}
    assert chosen(**SINCE, status="closed") == {two}
    assert chosen(**SINCE, service_code="graffiti,pothole") == {two}
    assert chosen(service_request_id=f"{one},{two}") == {one, two}
    assert chosen(start_date="2026-01-01T00:00:00Z", end_date="2026-02-01T00:00:00Z") == set()
    where = ask(client, f"requests/{one}")[0]
    lat, lon = where["lat"], where["long"]
    assert chosen(**SINCE, bbox=f"{lon - 0.01},{lat - 0.01},{lon + 0.01},{lat + 0.01}") == {one, two}
    assert chosen(**SINCE, bbox=f"{lon + 0.1},{lat},{lon + 0.2},{lat + 0.1}") == set()
    assert chosen(**SINCE, lat=str(lat), long=str(lon), radius="10") == {one, two}
    assert chosen(**SINCE, lat=str(lat + 0.01), long=str(lon), radius="500") == set()
    assert chosen(updated_after="2026-05-12T11:00:00Z") == {one, two}
    assert chosen(updated_before="2026-05-12T11:00:00Z") == set()


def test_pages_follow_one_another(client: Client) -> None:
    made = [reports.report().case.reference for _ in range(5)]
    first = client.get(f"{V2}/requests.json", SINCE | {"page_size": "2"})
    assert 'rel="next"' in first["Link"]
    assert "page=2" in first["Link"]
    seen = [row["service_request_id"] for page in (1, 2, 3)
            for row in ask(client, "requests", **SINCE, page_size="2", page=str(page))]  # fmt: skip
    assert sorted(seen) == sorted(made)


def test_a_long_list_costs_as_much_as_a_short_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        reports.report()
    with django_assert_max_num_queries(10):
        assert len(ask(client, "requests", **SINCE, extensions="true")) == 12


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("services", {"jurisdiction_id": "elsewhere.example"}, 404),
        ("services/nothing", {}, 404),
        ("requests/AAAA-AAA", {}, 404),
        ("requests", {"status": "ajar"}, 400),
        ("requests", {"api_key": "wrong"}, 403),
        ("tokens/none", {}, 404),
        ("nothing", {}, 404),
    ],
)
def test_errors_are_as_the_standard_says(
    client: Client, path: str, params: dict[str, str], status: int, form: str
) -> None:
    response = client.get(f"{V2}/{path}.{form}", params, headers={"Accept": "text/xml" if form == "xml" else "*/*"})
    assert response.status_code == status
    facts = json.loads(response.content) if form == "json" else rules.read_xml(response.content)
    assert str(facts[0]["code"]) == str(status)
    assert facts[0]["description"]


def test_accept_chooses_where_the_address_does_not(client: Client) -> None:
    assert client.get(f"{V2}/services", headers={"Accept": "text/xml"})["Content-Type"].startswith("text/xml")
    assert client.get(f"{V2}/services")["Content-Type"].startswith("application/json")


def test_other_sites_may_read_and_not_send(client: Client) -> None:
    assert client.get(f"{V2}/services.json")["Access-Control-Allow-Origin"] == "*"
    preflight = client.options(f"{V2}/requests.json")
    assert preflight.status_code == 204
    assert "POST" not in preflight["Access-Control-Allow-Methods"]
    assert client.delete(f"{V2}/requests.json").status_code == 405


def test_a_request_needs_a_key_that_may_write(client: Client) -> None:
    assert send(client, "").status_code == 403
    assert send(client, "wrong").status_code == 403
    assert send(client, key(scopes=["read"])[1]).status_code == 403
    assert not Case.objects.exists()


def test_a_request_becomes_a_case_with_its_photo_and_reporter(client: Client) -> None:
    _, secret = key()
    response = send(client, secret, media=picture(), first_name="Nia", last_name="Rees", email="nia@example.org")
    assert response.status_code == 201, response.content
    case = Case.objects.get(reference=json.loads(response.content)[0]["service_request_id"])
    assert (case.channel, case.category, case.team.code if case.team else "") == ("open311", "graffiti", "street-scene")
    assert case.reporter is not None
    assert (case.reporter.name, case.reporter.email_verified_at) == ("Nia Rees", None)
    assert case.document_set.filter(is_public=True).count() == 1  # pyright: ignore[reportAttributeAccessIssue]
    fact = ask(client, f"requests/{case.reference}")[0]
    assert fact["media_url"].startswith("http")
    assert client.get(fact["media_url"].split("8000")[-1]).status_code == 200


@pytest.mark.parametrize("form", ["json", "xml"])
def test_json_bodies_and_xml_answers_work_together(client: Client, form: str) -> None:
    _, secret = key()
    body = {"service_code": "fly_tipping", "lat": 54.3895, "long": -2.6155, "description": "Bags",
            "attribute": {"size": "van", "danger": "no"}}  # fmt: skip
    response = client.post(
        f"{V2}/requests.{form}", json.dumps(body), content_type="application/json", headers={"X-Api-Key": secret}
    )
    assert response.status_code == 201, response.content
    facts = json.loads(response.content) if form == "json" else rules.read_xml(response.content)
    assert Case.objects.filter(reference=facts[0]["service_request_id"], category="fly_tipping").exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"service_code": "nothing"}, "service_code"),
        ({"service_code": ""}, "service_code was not provided"),
        ({"lat": "", "long": ""}, "address_string"),
        ({"lat": "42.3", "long": "-71.1"}, "not in Britain"),
        ({"lat": "", "long": "", "address_string": "Nowhere Avenue"}, "address"),
        ({"service_code": "fly_tipping"}, "attribute[size]"),
        ({"jurisdiction_id": "elsewhere.example"}, "jurisdiction_id"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(client: Client, fields: dict[str, str], said: str) -> None:
    response = send(client, key()[1], **fields)
    assert response.status_code in {400, 404}
    assert said in json.loads(response.content)[0]["description"]
    assert not Case.objects.exists()


def test_a_file_that_is_no_photo_is_refused(client: Client) -> None:
    response = send(client, key()[1], media=SimpleUploadedFile("a.jpg", b"MZ not a photo", "image/jpeg"))
    assert response.status_code == 400
    assert not Case.objects.exists()


def test_the_same_word_or_the_same_body_makes_one_case(client: Client) -> None:
    _, secret = key()
    first, again = send(client, secret), send(client, secret)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    other = send(client, secret, description="Another wall")
    assert other.content != first.content
    form = PLACE | WALL | {"api_key": secret}
    headers = {"Idempotency-Key": "our-17"}
    one = client.post(f"{V2}/requests.json", form, headers=headers)
    two = client.post(f"{V2}/requests.json", form, headers=headers)
    assert one.content == two.content
    changed = client.post(f"{V2}/requests.json", form | {"description": "Not the same"}, headers=headers)
    assert changed.status_code == 400
    assert Case.objects.count() == 3


def test_a_token_finds_its_request(client: Client) -> None:
    _, secret = key()
    form = PLACE | WALL | {"api_key": secret}
    sent = json.loads(client.post(f"{V2}/requests.json", form, headers={"Idempotency-Key": "our-17"}).content)
    receipt = Receipt.objects.get()
    assert ask(client, f"tokens/{receipt.pk}")[0]["service_request_id"] == sent[0]["service_request_id"]
    assert ask(client, "tokens/our-17", api_key=secret)[0]["service_request_id"] == sent[0]["service_request_id"]
    assert client.get(f"{V2}/tokens/our-17.json").status_code == 404


def test_a_sender_sees_its_own_request_that_others_do_not(client: Client) -> None:
    _, secret = key()
    sent = json.loads(send(client, secret, description="I want to kill myself here").content)[0]["service_request_id"]
    assert client.get(f"{V2}/requests/{sent}.json").status_code == 404
    assert ask(client, f"requests/{sent}", api_key=secret)[0]["status"] == "open"


def test_updates_tell_each_step_with_its_status(client: Client) -> None:
    report = reports.report()
    cases.change_status(case_id=report.case.pk, status="booked", by=None, at=reports.NOON, text="Booked for Friday")
    cases.resolve(case_id=report.case.pk, outcome="fixed", by=None, at=reports.NOON, text="All gone")
    rows = ask(client, "servicerequestupdates", **SINCE)
    assert [(row["status"], row["external_status_code"], row["description"]) for row in rows] == [
        ("ACTION_SCHEDULED", "booked", "Booked for Friday"), ("FIXED", "fixed", "All gone"),
    ]  # fmt: skip


def test_a_sender_may_add_to_its_request_once(client: Client) -> None:
    _, secret = key()
    sent = json.loads(send(client, secret).content)[0]["service_request_id"]
    update = {"service_request_id": sent, "update_id": "9", "description": "Still there", "status": "OPEN"}
    update |= {"api_key": secret}
    answers = [client.post(f"{V2}/servicerequestupdates.json", update) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    entries = Case.objects.get(reference=sent).entry_set.filter(kind="update")  # pyright: ignore[reportAttributeAccessIssue]
    assert [entry.data["says"] for entry in entries] == ["still_there"]
    assert not entries[0].is_public
    _, stranger = key(name="Stranger")
    assert client.post(f"{V2}/servicerequestupdates.json", update | {"api_key": stranger}).status_code == 404


def test_a_key_that_calls_too_often_waits(client: Client) -> None:
    _, secret = key(per_minute=2)
    answers = [client.get(f"{V2}/services.json", {"api_key": secret}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert json.loads(answers[-1].content)[0]["code"] == 429


def test_only_a_hash_of_the_key_is_kept_and_an_ended_key_is_dead(client: Client, town: Any) -> None:
    made, secret = key()
    assert secret not in str(vars(made))
    client.force_login(town.administrator)
    assert client.post(f"/open311/keys/{made.pk}/end/").status_code == 302
    assert send(client, secret).status_code == 403
    assert Change.objects.filter(what="Open311 key: Reporter app").count() == 2


def test_an_administrator_makes_a_key_and_sees_it_once(client: Client, town: Any) -> None:
    client.force_login(town.administrator)
    form = {"name": "Another app", "scopes": ["read", "write"], "per_minute": "30"}
    page = client.post("/open311/keys/new/", form)
    secret = page.content.decode().split('id="secret">')[1].split("<")[0]
    assert send(Client(), secret).status_code == 201
    assert secret not in client.get("/open311/keys/").content.decode()
    assert client.post("/open311/keys/new/", form).status_code == 422


def test_others_do_not_see_the_keys(client: Client, town: Any) -> None:
    for person in (town.officer, town.manager, town.resident):
        client.force_login(Person.objects.get(pk=person.pk))
        assert client.get("/open311/keys/").status_code == 403
    assert Client().get("/open311/keys/").status_code == 302


def test_hostile_bodies_are_refused_politely(client: Client) -> None:
    _, secret = key()
    bodies = [b"{", b"[]", b'"x"', b"[" * 100_000, b'{"a":' * 5_000, b"\xff\xfe", b'{"lat": {"a": 1}}']
    for body in bodies:
        answer = client.post(
            f"{V2}/requests.json", body, content_type="application/json", headers={"X-Api-Key": secret}
        )
        assert answer.status_code == 400, body[:20]
    assert client.post(f"{V2}/requests.json", b"<a/>", content_type="text/xml").status_code == 415
    long = {"service_code": "graffiti", "description": "x" * 3_000_000, "api_key": secret}
    assert client.post(f"{V2}/requests.json", json.dumps(long), content_type="application/json").status_code == 413
