"""What an officer is shown where something cannot be done: in the officers' shell, with the way back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from townhall.kernel.cases.models import Case
from townhall.kernel.design import views
from townhall.kernel.identity.models import Person

SignsIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
BAR, BACK = 'class="th-bar"', "Back to my list"


def body(client: Client, path: str) -> tuple[int, str]:
    answer = client.get(path, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("path", ["/work/nowhere/", "/work/cases/9TX2-MKD/"])
def test_a_mistyped_address_stays_in_the_officers_shell(council: Any, as_person: SignsIn, path: str) -> None:
    status, page = body(as_person(council.officer), path)
    assert status == 404
    assert BAR in page
    assert BACK in page
    assert "Look for the reference, a name or a street above" in page


def test_a_case_of_another_team_says_whom_to_ask(
    council: Any, as_person: SignsIn, case: Callable[..., Case]
) -> None:
    reference = case().reference
    status, page = body(as_person(council.other_officer), f"/work/cases/{reference}/")
    assert status == 403
    assert BAR in page
    assert "pass it to your team" in page


@pytest.mark.parametrize("path", ["/reports/set-up/", "/letters/templates/", "/reports/set-up/no-such/"])
def test_staff_pages_elsewhere_have_the_officers_shell_too(council: Any, as_person: SignsIn, path: str) -> None:
    status, page = body(as_person(council.officer), path)
    assert status == 403
    assert BAR in page


def test_what_residents_meet_stays_in_theirs(council: Any, as_person: SignsIn) -> None:
    for client, path, wanted in (
        (as_person(council.resident), "/work/nowhere/", 404),
        (as_person(council.resident), "/work/", 403),
        (Client(), "/work/nowhere/", 404),
        (as_person(council.officer), "/nowhere/", 404),
    ):
        status, page = body(client, path)
        assert (status, BAR in page) == (wanted, False), path
        assert "Go to the front page" in page


@pytest.mark.parametrize(("path", "is_officers"), [("/work/cases/", True), ("/reports/", False)])
def test_a_fault_goes_by_the_address_and_asks_no_database(
    path: str, is_officers: bool, django_assert_num_queries: Any
) -> None:
    request: HttpRequest = RequestFactory().get(path)
    views.server_error(request)
    with django_assert_num_queries(0):
        page = views.server_error(request).content.decode()
    assert (BAR in page) == is_officers
    assert ("before you do it again" in page) == is_officers
    assert "Try again" in page


def test_it_is_said_in_welsh(council: Any, as_person: SignsIn) -> None:
    client = as_person(council.officer)
    client.cookies["language"] = "cy"
    _status, page = body(client, "/work/nowhere/")
    assert 'lang="cy"' in page
    assert BACK not in page
