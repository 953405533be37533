"""Public reports for programs: what everyone may see, and nothing of who reported."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from townhall.residents.reports.models import Report
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(council: Any) -> Report:
    """A public report by Asha Begum."""
    factories.categories()
    words = "Black bags in the lane. Ring me on 07700 900142, Asha"
    return factories.report(reporter=council.resident, at=datetime.now(UTC) - timedelta(hours=1), description=words)


def test_reports_are_found_by_category_and_words(client: Client, made: Report) -> None:
    found = client.get("/api/reports/", {"category": made.case.category}).json()
    assert [each["reference"] for each in found["items"]] == [made.case.reference]
    assert client.get("/api/reports/", {"q": "no such words"}).json()["items"] == []


def test_a_report_says_nothing_of_who_reported_it(client: Client, made: Report) -> None:
    for path in ("", "/updates"):
        text = client.get(f"/api/reports/{made.case.reference}{path}").content.decode()
        assert not any(word in text for word in ("Begum", "900142", "asha@example.org"))


def test_a_report_that_is_held_back_is_not_there(client: Client, council: Any, made: Report) -> None:
    held = factories.report(
        reporter=council.resident, at=datetime.now(UTC), description="The man next door is hitting his wife."
    )
    for path in (f"/api/reports/{held.case.reference}", f"/api/reports/{held.case.reference}/updates"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert held.case.reference not in client.get("/api/reports/").content.decode()


def test_a_page_takes_the_same_number_of_statements_however_long(
    client: Client, council: Any, made: Report, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        factories.report(reporter=council.neighbour, at=datetime.now(UTC), description=f"Bags, pile {number}")
    with django_assert_max_num_queries(5):
        assert len(client.get("/api/reports/").json()["items"]) == 6


def test_other_sites_may_read_it_and_errors_are_problems(client: Client, made: Report) -> None:
    assert client.get("/api/reports/").headers["Access-Control-Allow-Origin"] == "*"
    answer = client.get("/api/reports/", {"page": "none"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "query.page"
    assert client.get("/api/nothing-here").headers["Content-Type"] == "application/problem+json"
    assert client.get("/api/reports/?q=%00").json()["status"] == 400


def test_asking_too_often_is_answered_with_when_to_try_again(client: Client, made: Report) -> None:
    answers = [client.get("/api/council/") for _ in range(121)]
    assert [each.status_code for each in answers[-2:]] == [200, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert answers[-1].json()["detail"] == "That was too often. Try again in 60 seconds."


def test_a_category_says_what_it_asks(client: Client, made: Report) -> None:
    whole = client.get("/api/categories/graffiti").json()
    assert {each["code"] for each in whole["questions"]} >= {"offensive", "surface"}
    assert client.get("/api/categories/no-such").status_code == 404


def test_the_page_of_interfaces_shows_every_document(client: Client, made: Report) -> None:
    page = client.get("/api/").content.decode()
    assert "Open311 GeoReport v2" in page
    assert "/api/cases/{reference}/resolution" in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]
