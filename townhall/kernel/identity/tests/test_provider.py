"""Staff come in through the council's own provider: a real one, run here by the test."""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
LEAVE, BACK = "/identity/staff/provider/", "/identity/staff/provider/back/"


@pytest.fixture
def provider(settings: Any) -> Iterator[str]:
    """An OpenID Connect provider on a port of its own, which the settings name; its address."""
    with oidc_provider_mock.run_server_in_thread() as server:
        address = f"http://localhost:{server.server_port}"
        settings.TOWNHALL_OIDC = f"{address}|townhall|secret|Northmere single sign-on"
        settings.TOWNHALL_URL = "http://testserver"
        yield address


def knows(provider: str, email: str, *, is_verified: bool = True) -> None:
    """Tell the provider of a person."""
    httpx.put(f"{provider}/users/{email}", json={"email": email, "email_verified": is_verified}).raise_for_status()


def left(client: Client) -> str:
    """Begin at our page; the provider's address that the browser goes to."""
    page = client.post(LEAVE).content.decode()
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def came_back(client: Client, address: str, email: str) -> Any:
    """Sign in at the provider as `email` and come back; our answer."""
    answer = httpx.post(address, data={"sub": email})
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    assert parts.path == BACK
    return client.get(BACK, {name: value[0] for name, value in parse_qs(parts.query).items()})


def reader(client: Client) -> str | None:
    """Whose session it is."""
    return client.session.get("_auth_user_id")


def test_a_colleague_comes_in_by_a_verified_address(client: Client, council: Any, provider: str) -> None:
    knows(provider, "dev@northmere.example")
    client.get("/identity/staff/", {"next": "/identity/security/"})
    before = client.session.session_key
    address = left(client)
    assert "code_challenge" in address
    answer = came_back(client, address, "dev@northmere.example")
    assert answer.headers["Location"] == "/identity/security/"
    assert reader(client) == str(council.officer.pk)
    assert client.session.session_key != before


@pytest.mark.parametrize("email", ["asha@example.org", "stranger@example.org"])
def test_the_provider_lets_in_nobody_who_does_not_work_here(
    client: Client, council: Any, provider: str, email: str
) -> None:
    knows(provider, email)
    assert came_back(client, left(client), email).status_code == 403
    assert reader(client) is None


def test_an_address_that_is_not_verified_is_refused(client: Client, council: Any, provider: str) -> None:
    knows(provider, "dev@northmere.example", is_verified=False)
    assert came_back(client, left(client), "dev@northmere.example").status_code == 403
    assert reader(client) is None


def test_an_answer_is_taken_only_in_the_browser_that_asked_and_once(
    client: Client, council: Any, provider: str
) -> None:
    knows(provider, "dev@northmere.example")
    address = left(client)
    victim = Client()
    assert came_back(victim, address, "dev@northmere.example").status_code == 401
    assert reader(victim) is None
    query = {"state": parse_qs(urlsplit(address).query)["state"][0], "code": "invented"}
    assert client.get(BACK, query).status_code == 401
    assert came_back(client, address, "dev@northmere.example").status_code == 401


def test_whoever_turns_back_is_told_that_nothing_happened(client: Client, council: Any, provider: str) -> None:
    state = parse_qs(urlsplit(left(client)).query)["state"][0]
    answer = client.get(BACK, {"error": "access_denied", "state": state})
    assert answer.status_code == 401
    assert "Nothing was changed" in answer.content.decode()


def test_a_colleague_who_left_is_refused(client: Client, council: Any, provider: str) -> None:
    council.officer.is_active = False
    council.officer.save()
    knows(provider, "dev@northmere.example")
    assert came_back(client, left(client), "dev@northmere.example").status_code == 403


def test_a_provider_that_does_not_answer_is_an_honest_page(client: Client, council: Any, settings: Any) -> None:
    settings.TOWNHALL_OIDC = "http://localhost:9|townhall|secret|Northmere"
    assert client.post(LEAVE).status_code == 502


def test_without_a_provider_there_is_no_such_way(client: Client, council: Any) -> None:
    assert client.post(LEAVE).status_code == 404
    assert client.get(BACK).status_code == 404
    assert "Continue with" not in client.get("/identity/staff/").content.decode()


def test_one_leaves_for_the_provider_only_on_purpose(client: Client, council: Any, provider: str) -> None:
    assert client.get(LEAVE).status_code == 405
