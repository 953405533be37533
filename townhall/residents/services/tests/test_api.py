"""Another system reads what can be applied for, sends applications and asks how they stand."""

import json
from datetime import datetime, timedelta
from typing import Any, cast
from unittest.mock import ANY

import jsonschema_rs
import pytest
from django.test import Client

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.models import Document
from townhall.kernel.documents.selectors import may_read
from townhall.kernel.identity.models import Person
from townhall.kernel.notify.models import Letter
from townhall.kernel.privacy.models import Look
from townhall.residents.services import jobs
from townhall.residents.services.models import Application, Course, Signing, Submission, Version
from townhall.residents.services.tests import factories
from townhall.residents.services.tests.programs import Program, faults

pytestmark = pytest.mark.django_db
Answers = dict[str, Any]


@pytest.fixture
def program(council: Any, at: datetime) -> Program:
    """A program of the contact centre; the grant can be applied for."""
    factories.grant(at)
    return Program(council.call_handler)


@pytest.fixture
def answers(program: Program) -> Answers:
    """Everything that the grant asks of somebody, as a program sends it."""
    return cast("Answers", factories.whole_answers())


def test_services_are_read_in_the_reader_s_language_without_a_key(program: Program, at: datetime) -> None:
    version = factories.changed(at)
    listed = Client().get("/api/services/", headers={"Accept-Language": "cy"}).json()
    assert [(each["slug"], each["name"], each["version"]) for each in listed["items"]] == [
        ("grant", "Grant blaen siop", version.hash)
    ]
    assert Client().get("/api/services/grant").json()["url"].endswith("/services/grant/")
    assert Client().get("/api/services/other").status_code == 404


def test_the_schema_takes_what_the_pages_come_to(program: Program, answers: Answers, at: datetime) -> None:
    old = Client().get("/api/services/grant").json()["version"]
    factories.changed(at)
    live = Client().get("/api/services/grant/schema").json()
    assert jsonschema_rs.meta.is_valid(live)
    assert jsonschema_rs.is_valid(live, answers)
    assert not jsonschema_rs.is_valid(live, answers | {"total": 900})
    assert live["properties"]["full_name"]["title"] == "What are you called?"
    kept = Client().get(f"/api/services/grant/schema?version={old}", headers={"Accept-Language": "cy"}).json()
    assert kept["properties"]["full_name"]["title"] == "Eich enw"
    assert Client().get(f"/api/services/grant/schema?version={'0' * 64}").status_code == 404


def test_an_application_becomes_a_case_as_on_the_pages(program: Program, answers: Answers, relay: Any) -> None:
    landlord = {"name": "Mair Evans", "email": "mair@example.org"}
    sent = program.send(answers | {"landlord": landlord}, language="cy")
    assert sent.status_code == 201, sent.content
    case = Case.objects.get(reference=sent.json()["reference"])
    application = Application.objects.get(case=case)
    assert (case.channel, case.category, application.language) == ("api", "grant", "cy")
    assert case.reporter is not None
    assert (case.reporter.name, case.reporter.email) == ("Asha Begum", "asha@example.org")
    assert application.answers == answers | {"total": 900, "landlord": landlord}
    relay()
    assert Signing.objects.get(application=application).state == "asked"
    assert Course.objects.filter(application=application).exists()
    assert Letter.objects.filter(case=case, language="cy").exists()
    page = Client().get(sent.json()["link"].removeprefix("http://localhost:8000"))
    assert (page.status_code, case.reference in page.content.decode()) == (200, True)


def test_mistakes_are_named_by_page_and_question_in_the_reader_s_language(program: Program, answers: Answers) -> None:
    job = {"what": "Window", "cost": "900", "is_listed": True}
    wrong = answers | {"email": "asha", "jobs": [job], "colour": "red", "total": 900}
    body = json.dumps({"answers": wrong})
    english = program.send_body(body)
    assert sorted(faults(english)) == [
        ("answers.colour", "", "unknown"), ("answers.email", "you", "email"),
        ("answers.jobs.0.consent", "works", "missing"), ("answers.jobs.0.cost", "works", "shape"),
        ("answers.total", "works", "unknown"),
    ]  # fmt: skip
    assert english.headers["Content-Type"] == "application/problem+json"
    welsh = program.send_body(body, **{"Accept-Language": "cy"}).json()["errors"]
    assert [each["says"] for each in welsh if each["question"] == "email"] == [
        "Eich cyfeiriad e-bost: rhaid rhoi cyfeiriad e-bost, fel enw@example.com"
    ]
    assert faults(program.send(answers | {"other_trade": "Hats"})) == [("answers.other_trade", "shop", "unasked")]
    assert not Application.objects.exists()
    assert program.send(answers).status_code == 201, "what was refused does not use the word up"


def test_the_same_word_sends_once(program: Program, answers: Answers, council: Any) -> None:
    first = program.send(answers)
    assert (first.status_code, program.send(answers).json()) == (201, first.json())
    assert program.send(answers | {"staff": 4}).status_code == 409
    assert program.send_body(json.dumps({"answers": answers}), word="").status_code == 422
    assert Case.objects.count() == Submission.objects.count() == 1
    assert Program(council.officer).send(answers).json()["reference"] != first.json()["reference"]
    assert program.send(answers, word="two").json()["reference"] != first.json()["reference"]
    Version.objects.update(is_live=False)
    assert program.send(answers).json() == first.json(), "the service was taken off meanwhile"
    assert program.send(answers, word="three").status_code == 404


def test_what_was_made_for_an_older_version_goes_on_with_it(program: Program, answers: Answers, at: datetime) -> None:
    old = Client().get("/api/services/grant").json()["version"]
    live = factories.changed(at).hash
    assert program.send(answers, version=old, word="old").json()["version"] == old
    assert program.send(answers, word="new").json()["version"] == live
    assert program.send(answers, version="0" * 64, word="none").status_code == 404
    assert program.send(answers, slug="other", word="other").status_code == 404


def test_a_file_comes_ahead_and_goes_with_one_application(program: Program, answers: Answers, council: Any) -> None:
    quote = program.keep().json()
    jobs_asked = [answers["jobs"][0] | {"quote": [quote]}]
    named = answers | {"jobs": jobs_asked}
    unknown = [("answers.jobs.0.quote", "works", "files_unknown")]
    assert faults(Program(council.officer).send(named)) == unknown, "another person's file"
    assert faults(program.send(answers | {"jobs": [jobs_asked[0] | {"quote": [quote | {"size": 1}]}]})) == unknown
    sent = program.send(named)
    assert sent.status_code == 201, sent.content
    Case.objects.update(team=council.street_scene)
    kept = Document.objects.get(pk=quote["file"])
    assert (kept.case, may_read(council.other_officer, kept)) == (Case.objects.get(), False)
    assert kept.case is not None
    assert may_read(kept.case.reporter, kept)
    assert program.send(named).json() == sent.json()
    assert faults(program.send(named, word="two")) == unknown, "a file is used once"


def test_a_file_that_we_do_not_take_is_refused_in_words(program: Program) -> None:
    refused = program.keep(b"MZ\x90 not a picture", "game.exe")
    assert (refused.status_code, refused.json()["errors"]) == (422, [{"where": "file", "says": ANY}])
    assert program.keep(slug="other").status_code == 404


def test_a_file_that_nobody_named_is_forgotten_after_a_day(program: Program, answers: Answers, at: datetime) -> None:
    used, left, fresh = (program.keep().json() for _ in range(3))
    program.send(answers | {"jobs": [answers["jobs"][0] | {"quote": [used]}]})
    made = Document.objects.get(pk=left["file"]).created_at
    Document.objects.filter(pk=fresh["file"]).update(created_at=made + timedelta(hours=2))
    assert jobs.forget_files_ahead(made + timedelta(hours=25)) == 1
    assert set(map(str, Document.objects.values_list("pk", flat=True))) == {used["file"], fresh["file"]}
    assert documents.remove_abandoned(made + timedelta(days=1)) == 0


def test_only_a_key_that_may_send_sends(program: Program, answers: Answers, council: Any) -> None:
    for scopes in (("cases:read",), ("cases:work",)):
        reader = Program(council.officer, scopes)
        assert reader.send(answers).status_code == reader.keep().status_code == 403
    nobody = Client().post("/api/services/grant/applications", {}, "application/json")
    assert nobody.status_code == Client().post("/api/services/grant/files").status_code == 401
    assert Program(council.resident).send(answers).status_code == 401, "a resident has no keys"
    assert Program(council.partner).send(answers).status_code == 201
    assert Case.objects.count() == 1


def test_how_it_stands_is_told_to_who_sent_it_and_to_who_may_see_the_case(
    program: Program, answers: Answers, council: Any, relay: Any
) -> None:
    sent = program.send(answers).json()
    relay()
    Case.objects.update(team=council.street_scene)
    address = f"/api/services/applications/{sent['reference']}"
    told = program.client.get(address)
    assert (told.status_code, told.json()["status"], told.json()["team"]) == (200, "received", "Street Scene")
    assert told.json()["state"]
    assert not Look.objects.exists(), "who sent it looks at nobody"
    officer, other = council.officer, council.other_officer
    assert Program(officer, ("cases:read",)).client.get(address).status_code == 200
    assert Look.objects.get().by == officer
    for stranger in (Program(officer), Program(other), Program(other, ("cases:read", "cases:work", "services:send"))):
        assert stranger.client.get(address).status_code == 404
    assert Program(council.call_handler, ("cases:work",)).client.get(address).status_code == 403
    assert Client().get(address).status_code == 401
    assert program.client.get("/api/services/applications/9999-999").status_code == 404


HOSTILE = [
    b"", b"[]", b"null", b"{", b'{"answers": []}', b'{"answers": {}, "taken_by": 1}', b"[" * 100_000,
    b'{"answers": {"jobs": ' + b"[" * 900 + b"]" * 900 + b"}}",
    b'{"answers": {"jobs": [' + b"{}," * 50_000 + b"{}]}}",
    b'{"answers": {' + b",".join(b'"%d": 1' % number for number in range(20_000)) + b"}}",
    b'{"answers": {"spot": {"latitude": NaN, "longitude": Infinity, "description": "\\ud800"}}}',
    b'{"answers": {"full_name": "\\u0000", "staff": 1e999, "home": {"line_1": "\\udfff"}}}',
    b'{"answers": {"full_name": {"$ne": ""}, "jobs": {"0": {}}, "views": {"door": {}}, "features": [[]]}}',
    b'{"version": "../../etc", "answers": {}}', b'{"language": "xx", "answers": {}}', b"\xff\xfe", b"9" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: str(body[:30]))
def test_a_hostile_body_is_refused_and_leaves_nothing(program: Program, body: bytes) -> None:
    program.client.raise_request_exception = False
    people = Person.objects.count()
    answer = program.send_body(body)
    assert answer.status_code in {400, 422}, answer.content[:500]
    assert len(answer.content) < 60_000
    assert not Application.objects.exists()
    assert not Entry.objects.exists()
    assert Person.objects.count() == people


def test_nothing_personal_is_logged(program: Program, answers: Answers, caplog: pytest.LogCaptureFixture) -> None:
    program.send(answers | {"email": "asha"})
    program.send(answers)
    assert "Asha" not in caplog.text
    assert "Hope Street" not in caplog.text


def test_an_application_that_cannot_be_opened_keeps_nothing(
    program: Program, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = program.keep().json()
    named = answers | {"jobs": [answers["jobs"][0] | {"quote": [quote]}]}
    program.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(Submission.objects, "create", lambda **_: 1 // 0)
        assert program.send(named).status_code == 500
    assert not Application.objects.exists()
    assert not Case.objects.exists()
    assert program.send(named).status_code == 201
