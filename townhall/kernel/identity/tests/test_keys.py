"""A colleague makes a key for a program: it is shown once, kept as a hash, and ended on the same page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.identity.models import Change, PersonKey
from townhall.kernel.identity.permissions import PROVED

pytestmark = pytest.mark.django_db
NEW = {"name": "Night report", "scopes": ["cases:read"]}


def browser(person: Any, *, proved: bool = True) -> Client:
    """The browser of somebody who is signed in, and has shown lately who they are."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    if proved:
        session = client.session
        session[PROVED] = {"at": datetime.now(UTC).timestamp(), "how": "password"}
        session.save()
    return client


def test_a_key_is_shown_once_and_kept_as_a_hash(council: Any) -> None:
    client = browser(council.officer)
    page = client.post("/identity/security/keys/new/", NEW).content.decode()
    secret = page.partition('id="secret">')[2].partition("<")[0]
    key = PersonKey.objects.get(person=council.officer)
    assert secret.startswith(key.start)
    assert len(secret) > 40
    assert secret not in client.get("/identity/security/keys/").content.decode()
    assert key.digest != secret
    assert Change.objects.filter(by=council.officer, what="API key: Night report").exists()


def test_somebody_else_s_key_cannot_be_ended(council: Any) -> None:
    browser(council.officer).post("/identity/security/keys/new/", NEW)
    key = PersonKey.objects.get()
    assert browser(council.administrator).post(f"/identity/security/keys/{key.pk}/end/").status_code == 404
    assert browser(council.officer).post(f"/identity/security/keys/{key.pk}/end/").status_code == 302
    key.refresh_from_db()
    assert key.ended_at is not None


def test_a_key_is_made_only_by_who_has_shown_lately_who_they_are(council: Any) -> None:
    answer = browser(council.officer, proved=False).post("/identity/security/keys/new/", NEW)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/identity/security/again/")
    assert not PersonKey.objects.exists()


def test_a_resident_has_no_keys(council: Any) -> None:
    client = browser(council.resident)
    assert client.get("/identity/security/keys/").status_code == 403
    assert client.post("/identity/security/keys/new/", NEW).status_code == 403
