import pytest

from townhall.kernel.cases import actions
from townhall.kernel.cases.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(council, at, relay):
    for _ in range(6):
        case = factories.case()
        actions.resolve(case_id=case.pk, outcome="fixed", by=council.officer, at=at)
    relay()


def test_everyone_may_read_every_measure(client, counted):
    for code in ("received", "on_time", "days_to_fix", "reopened", "satisfied"):
        response = client.get(f"/measures/{code}/?by=team_id")
        assert response.status_code == 200


def test_an_unknown_measure_or_breakdown_is_not_found(client, council):
    assert client.get("/measures/beauty/").status_code == 404
    assert client.get("/measures/on_time/?by=star_sign").status_code == 404


def test_the_api_says_what_the_page_says(client, counted):
    figures = client.get("/api/measures/on_time?since=2026-05-01&until=2026-06-01&by=category").json()
    assert figures == [{"key": "fly_tipping", "value": 100.0, "cases": 6}]


def test_the_api_refuses_days_in_the_wrong_order(client, council):
    assert client.get("/api/measures/on_time?since=2026-06-01&until=2026-05-01").status_code == 422


def test_fewer_than_five_cases_are_told_to_nobody(client, council, at, relay):
    factories.case()
    case = factories.case()
    actions.resolve(case_id=case.pk, outcome="fixed", by=council.officer, at=at)
    relay()
    figures = client.get("/api/measures/on_time?since=2026-05-01&until=2026-06-01").json()
    assert figures == [{"key": "", "value": None, "cases": 0}]
    assert "1" not in client.get("/measures/on_time/ward.csv").content.decode().splitlines()[1:]
