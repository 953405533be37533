"""Passkeys sign people in, and only the right ones, on the right site, once."""

import html
import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from townhall.kernel.identity.tests.conftest import Sent
from townhall.kernel.identity.tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db
MAKE, ASK, SHOW = "/identity/security/passkey/", "/identity/sign-in/passkey/ask/", "/identity/sign-in/passkey/"


def asha(sent: Sent) -> Client:
    """A browser in which Asha has signed in with a code."""
    client = Client()
    client.post("/identity/sign-in/", {"address": "asha@example.org"})
    client.post("/identity/sign-in/code/", {"code": sent.code})
    return client


def made(client: Client, key: SoftKey) -> Any:
    """Make a passkey in a signed-in browser; the answer."""
    page = client.get(MAKE).content.decode()
    options = json.loads(html.unescape(page.split('data-make-passkey="')[1].split('"')[0]))
    return client.post(MAKE, {"credential": json.dumps(key.make(options)), "name": "My telephone"})


def shown(client: Client, key: SoftKey) -> Any:
    """Show a passkey in any browser; the answer."""
    return client.post(SHOW, {"credential": json.dumps(key.show(client.get(ASK).json()))})


def reader(client: Client) -> str | None:
    """Whose session it is."""
    return client.session.get("_auth_user_id")


def test_a_passkey_is_made_and_then_signs_in(council: Any, sent: Sent) -> None:
    key = SoftKey()
    client = asha(sent)
    assert made(client, key).status_code == 302
    assert "My telephone" in client.get("/identity/security/").content.decode()
    new = Client()
    assert shown(new, key).status_code == 302
    assert reader(new) == str(council.resident.pk)


def test_a_device_that_has_not_checked_its_owner_is_refused(council: Any, sent: Sent) -> None:
    assert made(asha(sent), SoftKey(is_verifying=False)).status_code == 422
    key = SoftKey()
    made(asha(sent), key)
    key.is_verifying = False
    client = Client()
    assert shown(client, key).status_code == 422
    assert reader(client) is None


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example"])
def test_a_passkey_of_another_site_is_refused(council: Any, sent: Sent, host: str) -> None:
    key = SoftKey()
    made(asha(sent), key)
    key.host = host
    client = Client()
    assert shown(client, key).status_code == 422


def test_an_answer_cannot_be_sent_twice(council: Any, sent: Sent) -> None:
    key = SoftKey()
    made(asha(sent), key)
    client, thief = Client(), Client()
    answer = json.dumps(key.show(client.get(ASK).json()))
    assert client.post(SHOW, {"credential": answer}).status_code == 302
    thief.get(ASK)
    assert thief.post(SHOW, {"credential": answer}).status_code == 422
    assert Client().post(SHOW, {"credential": answer}).status_code == 422


def test_a_passkey_does_not_open_somebody_elses_account(council: Any, sent: Sent) -> None:
    key, other = SoftKey(), SoftKey()
    made(asha(sent), key)
    other.handle = key.handle
    client = Client()
    assert shown(client, other).status_code == 422
    key.handle = council.neighbour.pk.hex.encode()
    assert shown(client, key).status_code == 422
    assert reader(client) is None


@pytest.mark.parametrize(
    "credential", ["", "{", "[]", "null", '{"id": 1}', '{"response": {"userHandle": "%%"}}', '{"response": 7}']
)
def test_nonsense_is_refused_politely(client: Client, council: Any, credential: str) -> None:
    client.get(ASK)
    answer = client.post(SHOW, {"credential": credential})
    assert answer.status_code == 422
    assert "did not work here" in answer.content.decode()


def test_a_removed_passkey_signs_nobody_in(council: Any, sent: Sent) -> None:
    key = SoftKey()
    client = asha(sent)
    made(client, key)
    client.post(f"/identity/security/remove/{Authenticator.objects.get().pk}/")
    assert shown(Client(), key).status_code == 422


def test_a_passkey_is_both_steps_for_staff(client: Client, council: Any, sent: Sent) -> None:
    key = SoftKey()
    client.force_login(council.officer)
    session = client.session
    session["identity.proved"] = {"at": 4102444800, "how": "test"}
    session.save()
    made(client, key)
    new = Client()
    new.post("/identity/staff/", {"email": "dev@northmere.example", "password": "correct horse battery"})
    assert shown(new, key).status_code == 302
    assert reader(new) == str(council.officer.pk)


def test_a_passkey_of_somebody_who_has_left_is_refused(council: Any, sent: Sent) -> None:
    key = SoftKey()
    made(asha(sent), key)
    council.resident.is_active = False
    council.resident.save()
    assert shown(Client(), key).status_code == 422
