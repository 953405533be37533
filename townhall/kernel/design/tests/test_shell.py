import datetime as dt
import logging
import re
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, engines
from django.test import Client, RequestFactory
from django.utils import translation

from townhall.kernel.design import context, registries, views
from townhall.kernel.design.middleware import Language

pytestmark = pytest.mark.django_db
BROKEN_BY_POLICY = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=")


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.TOWNHALL_DEMO = True


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/somewhere", {"page": "2"})
    request.request_id = "A1B2C3D4"  # pyright: ignore[reportAttributeAccessIssue]
    return request


def from_ours(source: str, **values: object) -> str:
    return (
        next(engine for engine in engines.all() if "design" in type(engine).__module__)
        .from_string(source)
        .render(values)
    )


def test_page_of_parts_renders_with_one_title_landmarks_and_nothing_inline(client: Client) -> None:
    answer = client.get("/design/parts")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<h1") == 1
    assert all(mark in page for mark in ('<html lang="en"', "<header", '<main id="main"', "<footer", 'href="#main"'))
    assert not BROKEN_BY_POLICY.search(page)


def test_every_answer_carries_a_policy_that_allows_no_stranger(client: Client) -> None:
    policy = client.get("/design/parts")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_page_of_parts_is_not_on_a_real_councils_site(client: Client, settings: Any) -> None:
    settings.TOWNHALL_DEMO = False
    assert client.get("/design/parts").status_code == 404


def test_switching_language_keeps_the_place_and_is_remembered(client: Client) -> None:
    switched = client.get("/design/parts", {"lang": "cy", "page": "2"})
    assert (switched.status_code, switched["Location"]) == (302, "/design/parts?page=2")
    page = client.get("/design/parts")
    assert page["Content-Language"] == "cy"
    assert '<html lang="cy"' in page.content.decode()


def test_language_switch_never_leads_to_another_site(rf: RequestFactory) -> None:
    request = rf.get("/", {"lang": "cy"})
    request.path = "//elsewhere.example/"
    assert Language(HttpResponse)(request)["Location"] == "/elsewhere.example/"  # pyright: ignore[reportArgumentType]


def test_language_that_is_not_ours_is_ignored(client: Client) -> None:
    assert client.get("/design/parts", {"lang": "xx"}).status_code == 200


def test_browser_that_asks_for_welsh_gets_welsh(client: Client) -> None:
    assert client.get("/design/parts", headers={"accept-language": "cy, en;q=0.5"})["Content-Language"] == "cy"


def test_theme_is_the_councils_and_kept_by_browsers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "read_face", lambda: registries.Face(council_1="#ffc72c", council_2="#00703c"))
    sheet = client.get("/design/theme.css", {"v": "1"})
    assert b"--council-1:#ffc72c;--on-council-1:#1a1c23;" in sheet.content
    assert "max-age=31536000" in sheet["Cache-Control"]


def test_colour_that_is_none_cannot_break_the_theme(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "read_face", lambda: registries.Face(council_1="red;}", council_2="#00703c"))
    assert b"red" not in client.get("/design/theme.css").content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/design/pins/booked.svg?late&chosen", 200),
        ("/design/pins/nonsense.svg", 404),
        ("/design/clusters.svg?received=3&late=1", 200),
        ("/design/clusters.svg", 404),
        ("/design/clusters.svg?received=-1", 404),
        ("/design/clusters.svg?received=99999999999", 200),
        ("/design/emblem.svg", 200),
    ],
)
def test_drawings_are_served_and_strange_ones_refused(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_missing_page_offers_a_telephone_code_that_the_log_holds(
    request_: HttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="townhall.errors"):
        page = views.not_found(request_)
    code = re.search(r"<b class=\"th-ref\">([A-Z]\d[A-Z]-\d{3})</b>", page.content.decode())
    assert page.status_code == 404
    assert code
    assert [getattr(record, "spoken_code", "") for record in caplog.records] == [code.group(1)]


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.permission_denied, 403),
        (views.stale_form, 403),
        (views.too_many, 429),
        (views.server_error, 500),
        (views.unavailable, 503),
    ],
)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_kind_of_trouble_has_a_page(request_: HttpRequest, view: object, status: int, language: str) -> None:
    with translation.override(language):
        page = view(request_)  # pyright: ignore[reportCallIssue]
    assert page.status_code == status
    assert f'<html lang="{language}"' in page.content.decode()
    assert not BROKEN_BY_POLICY.search(page.content.decode())


def test_too_many_tries_say_when_to_try_again(request_: HttpRequest) -> None:
    page = views.too_many(request_, wait=dt.timedelta(minutes=15))
    assert page["Retry-After"] == "900"
    assert "15 minutes" in page.content.decode()


def test_page_for_a_broken_database_needs_no_database(
    request_: HttpRequest, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    def broken() -> registries.Face:
        raise OperationalError

    monkeypatch.setattr(context, "read_face", broken)
    monkeypatch.setattr(context, "_faces_seen", {})
    with django_assert_num_queries(0):  # pyright: ignore[reportCallIssue]
        assert views.server_error(request_).status_code == 500
    monkeypatch.setattr(context, "_faces_seen", {"en": registries.Face(telephone="01632 960 100")})
    assert "01632 960 100" in views.server_error(request_).content.decode()


@pytest.fixture
def without_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> registries.Face:
        raise OperationalError

    monkeypatch.setattr(context, "read_face", broken)
    monkeypatch.setattr(context, "_faces_seen", {"en": registries.Face(telephone="01632 960 100")})


def while_the_database_is_away(request: HttpRequest) -> HttpResponse:
    """What Django answers to a request that met a database that is gone."""
    try:
        raise OperationalError("the connection is lost")
    except OperationalError:
        return views.server_error(request)


@pytest.mark.usefixtures("without_database")
def test_a_database_that_is_away_is_said_with_a_telephone_and_when_to_try_again(request_: HttpRequest) -> None:
    page = while_the_database_is_away(request_)
    assert (page.status_code, page["Retry-After"]) == (503, "10")
    assert 'href="tel:01632960100"' in page.content.decode()
    assert "<form" not in page.content.decode().split('id="main"')[1].split("<footer")[0]


@pytest.mark.usefixtures("without_database")
def test_a_report_that_was_typed_while_the_database_was_away_is_kept_on_the_page(rf: RequestFactory) -> None:
    typed = {"csrfmiddlewaretoken": "abc", "text": 'A hole "as big as" <this>', "tick": ["one", "two"]}
    page = while_the_database_is_away(rf.post("/reports/new/", typed)).content.decode()
    assert '<input type="hidden" name="text" value="A hole &#34;as big as&#34; &lt;this&gt;">' in page
    assert page.count('name="tick"') == 2
    assert 'name="csrfmiddlewaretoken" value="abc"' in page
    assert "kept on this page" in page


@pytest.mark.usefixtures("without_database")
@pytest.mark.parametrize("typed", [{"email": "a@example.org", "password": "open sesame"}, {"text": "x" * 100_001}])
def test_a_password_or_a_book_is_not_kept_on_the_page(rf: RequestFactory, typed: dict[str, str]) -> None:
    page = while_the_database_is_away(rf.post("/account/", typed)).content.decode()
    assert 'type="hidden"' not in page.split('id="main"')[1].split("<footer")[0]
    assert "It may not have been saved" in page


def test_templates_of_libraries_stay_with_djangos_engine() -> None:
    ours = next(engine for engine in engines.all() if "design" in type(engine).__module__)
    with pytest.raises(TemplateDoesNotExist):
        ours.get_template("account/login.html")


def test_navigation_marks_the_longest_place_and_hides_what_may_not_be_seen(request_: HttpRequest) -> None:
    registry: registries.Registry[registries.NavEntry] = registries.Registry("a test's navigation")
    registry.add("parts", registries.NavEntry("Parts", "design:parts", order=2, count=lambda _request: 3))
    registry.add("theme", registries.NavEntry("Theme", "design:theme", order=1, prefix="/some"))
    registry.add("secret", registries.NavEntry("Secret", "design:emblem", may=lambda _request: False))
    registry.add("absent", registries.NavEntry("Absent", "nowhere:at_all"))
    items = context.Navigation(request_)._items(registry)
    assert [(item.title, item.is_current, item.count) for item in items] == [("Theme", True, None), ("Parts", False, 3)]


def test_words_of_people_are_escaped_in_parts() -> None:
    source = '{% from "design/parts.html" import status, chip %}{{ status("fixed", text) }}{{ chip(text, href="/x") }}'
    assert "<script" not in from_ours(source, text="<script>alert(1)</script>")


def test_filters_speak_the_language_of_the_page() -> None:
    at = dt.datetime(2026, 5, 11, 15, 52, tzinfo=dt.UTC)
    source = "{{ at|moment }} · {{ at|day }} · {{ at|short_day }} · {{ 1204|number }} · {{ none|moment }}"
    with translation.override("cy"):
        assert "Dydd Llun 11 Mai, 4:52pm" in from_ours(source, at=at, today=at.date())
    with translation.override("en"):
        assert from_ours(source, at=at, today=at.date()).startswith(
            "Monday 11 May, 4:52pm · Monday 11 May · Mon 11 · 1,204"
        )
