"""Tricks with addresses, headers, cookies and bodies: none opens a door, and none is a fault of ours."""

import copy
import json
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.house.town import Town
from tests.house.visiting import address
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.models import Person
from townhall.residents.reports.models import Report

EVIL = "evil.example"
AWAY = [
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example",
    "///evil.example", "/\t/evil.example", "javascript:alert(1)", "https:/evil.example", "/%09/evil.example",
    " //evil.example", "@evil.example", "https://localhost@evil.example", "/\u200b/evil.example", "data:text/html,x",
]  # fmt: skip
STAFF = "/identity/staff/"


@pytest.fixture(autouse=True)
def taken_back(town: Town) -> Any:
    """What a test changes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("where", AWAY)
@pytest.mark.parametrize("path", ["/identity/sign-in/", STAFF])
def test_nobody_is_sent_to_another_site_after_signing_in(path: str, where: str, town: Town) -> None:
    client = Client()
    client.get(path, {"next": where})
    kept = client.session.get("identity.onwards", "")
    assert kept == "" or re.fullmatch(r"/[^/\\\s][^\\\s]*", kept)


@pytest.mark.parametrize("path", ["//evil.example/?lang=cy", "/\\evil.example?lang=cy", "//evil.example/..?lang=cy"])
def test_the_switch_of_languages_stays_here(path: str, town: Town) -> None:
    answer = Client().get(path)
    assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": EVIL}, {"Host": "localhost:8000@evil.example"}, {"Host": "localhost evil.example"}, {"Host": "[::1"},
        {"Host": "localhost\tevil.example"}, {"Host": "evil.example#localhost"},
    ],
    ids=str,
)  # fmt: skip
def test_another_host_is_refused(headers: dict[str, str], town: Town, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    answer = Client(raise_request_exception=False).get("/", headers=headers)
    assert answer.status_code == 400
    assert EVIL not in answer.content.decode()


def test_headers_of_proxies_that_are_not_ours_change_nothing(town: Town, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    said = {
        "X-Forwarded-Host": EVIL, "X-Original-URL": "/set-up/", "X-Rewrite-URL": "/set-up/",
        "Forwarded": f"host={EVIL}", "X-Forwarded-Server": EVIL,
        "X-HTTP-Method-Override": "DELETE", "X-Forwarded-Proto": "https",
    }  # fmt: skip
    answer = Client().get("/", headers=said)
    assert answer.status_code == 200
    assert EVIL not in answer.content.decode()


def test_links_in_what_we_send_use_the_configured_host_only(town: Town, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    for path in ("/reports/feed/", "/api/reports/", "/open311/v2/discovery.json", "/api/openapi.json"):
        text = Client().get(path, headers={"Host": EVIL}).content.decode()
        assert EVIL not in text, path


def test_a_made_up_address_gets_no_new_tries(town: Town) -> None:
    wrong = {"email": "dev@northmere.example", "password": "wrong"}
    answers = [Client().post(STAFF, wrong, headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(9)]
    assert answers[-1].status_code == 429


@pytest.mark.parametrize(
    "text", ["\r\nSet-Cookie: a=b", "%0d%0aSet-Cookie:a=b", "\u560d\u560aSet-Cookie:a=b", "\nX: y"]
)
def test_no_header_is_made_of_what_was_typed(text: str, town: Town) -> None:
    for path in ("/?lang=cy&q=", "/search/?q=", "/reports/?q=", "/identity/sign-in/?next=/"):
        answer = Client(raise_request_exception=False).get(path + text.replace("\r", "%0d").replace("\n", "%0a"))
        assert answer.status_code < 500
        assert "a" not in answer.cookies
        assert "X" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/reports/", "/search/", "/api/reports/", "/open311/v2/requests.json"])
def test_a_very_long_address_is_answered(path: str, town: Town) -> None:
    many = "&".join(f"a{number}=1" for number in range(5_000))
    for query in ("q=" + "x" * 200_000, many, "q=" + "%F0%9F%92%A9" * 9_000):
        for client in (Client(raise_request_exception=False), town.browser("officer")):
            assert client.get(f"{path}?{query}").status_code == 400


DEEP = [b"[" * 100_000, b'{"a":' * 50_000, b"9" * 100_000, b'"\\ud800"', b'{"text": "\\u0000"}']


@pytest.mark.parametrize("body", DEEP, ids=lambda body: str(body[:12]))
def test_deep_and_odd_json_is_refused(body: bytes, town: Town) -> None:
    for path in ("/open311/v2/requests.json", f"/api/cases/{town.report.case.reference}/notes"):
        answer = Client(raise_request_exception=False).post(path, body, content_type="application/json")
        assert 400 <= answer.status_code < 500, path


TYPED = [
    "a\u202eb", "\u0000", "\ufeff", "\u200b" * 100, "\U000e0041" * 50, "Z\u0351\u036b\u0343" * 200, "ﷺ" * 500,
    "\ud83d",
    "İ" * 300, "ß" * 300, "\u2028", "＜script＞", "{{7*7}}", "${7*7}", "%s%s%n",
]  # fmt: skip


@pytest.mark.parametrize("typed", TYPED, ids=ascii)
def test_odd_letters_are_taken_or_refused_and_never_run(typed: str, town: Town) -> None:
    client = town.browser("officer")
    sent = typed.encode("utf-8", "replace").decode()
    answer = client.post(address("casework:step", town), {"text": f"{sent}<script>alert(1)</script>"})
    assert answer.status_code in {302, 400}
    for path in ("/search/", "/reports/", "/work/search/"):
        page = client.get(path, {"q": sent + "<script>alert(1)</script>"})
        assert page.status_code < 500
        assert "<script>alert(1)" not in page.content.decode()
        assert "49</" not in page.content.decode() or "7*7" not in typed


@pytest.mark.parametrize("value", ["", "x" * 5_000, "../../etc/passwd", "' or 1=1 --", "\x7f", "%00", "null", "🍪"])
def test_a_made_up_cookie_is_nobody(value: str, town: Town, settings: Any) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = value.encode("ascii", "ignore").decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = value.encode("ascii", "ignore").decode()
    assert client.get("/account/").status_code == 302
    assert client.get("/").status_code == 200


def test_a_session_that_was_planted_does_not_become_mine(town: Town, settings: Any) -> None:
    attacker = Client()
    attacker.get("/identity/sign-in/?next=/account/")
    planted = attacker.cookies[settings.SESSION_COOKIE_NAME].value
    victim = Client()
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted
    victim.post(STAFF, {"email": "dev@northmere.example", "password": "correct horse battery"})
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert attacker.get("/identity/staff/second-step/").headers["Location"] == STAFF


def test_signing_out_ends_the_session_on_the_server(town: Town, settings: Any) -> None:
    client = town.browser("resident")
    kept = copy.copy(client.cookies)
    client.post("/identity/sign-out/")
    again = Client()
    again.cookies = kept
    assert again.get("/account/").status_code == 302


def test_fields_that_a_form_does_not_have_are_not_taken(town: Town) -> None:
    resident = town.council.resident
    extra = {
        "is_active": "", "is_staff": "1", "roles": "administrator", "role": "administrator",
        "team": str(town.council.parks.pk), "email": "evil@example.org", "email_verified_at": "2020-01-01",
        "password": "x", "id": str(town.council.manager.pk), "is_superuser": "1", "uprn": "1",
    }  # fmt: skip
    town.browser("resident").post("/account/details/", {"name": "Asha B", "language": "en"} | extra)
    kept = Person.objects.get(pk=resident.pk)
    assert (kept.email, kept.is_active, kept.is_staff, kept.uprn) == (resident.email, True, False, resident.uprn)
    step = {"text": "Hello", "status": "fixed", "is_public": "1", "assignee": str(town.council.manager.pk)}
    assert town.browser("officer").post(address("casework:step", town), step).status_code == 302
    case = Case.objects.get(pk=town.report.case.pk)
    assert (case.status, case.is_public, case.assignee_id) == (
        town.report.case.status, town.report.case.is_public, town.report.case.assignee_id,
    )  # fmt: skip


def test_a_sender_cannot_set_what_is_ours_to_set(town: Town) -> None:
    before = Report.objects.count()
    sent = {"service_code": "graffiti", "lat": 54.4, "long": -2.6, "description": "x", "status": "closed"}
    answer = Client().post("/open311/v2/requests.json", json.dumps(sent), content_type="application/json")
    assert (answer.status_code, Report.objects.count()) == (403, before)


PATHS = [
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/settings.py", "....//....//etc/passwd",
    "..\\..\\x",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_its_folder(path: str, town: Town) -> None:
    for folder in ("/static/", "/documents/", "/reports/open-data.", "/map/", "/api/areas/"):
        answer = Client(raise_request_exception=False).get(folder + path)
        body = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # pyright: ignore
        assert answer.status_code in {301, 302, 400, 404, 422}, folder
        assert b"root:" not in body
        assert b"SECRET_KEY" not in body


def test_methods_that_a_page_does_not_have_change_nothing(town: Town) -> None:
    client = town.browser("administrator")
    for method in ("put", "delete", "patch", "trace", "options"):
        report = f"/reports/{town.report.case.reference}/"
        for path in ("/account/details/", report, "/api/reports/", "/open311/v2/requests.json"):
            assert getattr(client, method)(path).status_code < 500
    town.report.case.refresh_from_db()
    assert Case.objects.filter(pk=town.report.case.pk).exists()
