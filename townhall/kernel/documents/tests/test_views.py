"""A document is served to whoever may have it, as what it is and nothing else."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from townhall.kernel.documents import actions, registries, selectors
from townhall.kernel.documents.models import Document
from townhall.kernel.documents.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def readable() -> Iterator[set[Any]]:
    """A purpose `test` whose documents the people in the set may read."""
    may: set[Any] = set()
    registries.readers._entries["test"] = lambda person, _document: person.pk in may
    yield may
    del registries.readers._entries["test"]


@pytest.fixture
def photo(at: datetime) -> Document:
    return actions.keep(file=factories.upload(factories.phone_photo()), purpose="test", by=None, at=at)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_nobody_else_can_tell_that_it_exists(client: Client, photo: Document, readable: set[Any]) -> None:
    for size in ("thumb", "web", "full"):
        assert client.get(selectors.url(photo, size)).status_code == 404


def test_a_purpose_that_nobody_answers_for_is_closed(client: Client, photo: Document) -> None:
    assert client.get(selectors.url(photo)).status_code == 404


def test_a_public_photo_is_served_in_three_sizes(client: Client, photo: Document) -> None:
    actions.set_public(photo.pk, True)
    sizes = [len(body(client.get(selectors.url(photo, size)))) for size in ("thumb", "web", "full")]
    assert sizes[0] < sizes[1]
    assert sizes[2] == photo.size


def test_a_browser_cannot_mistake_it_for_a_page(client: Client, photo: Document) -> None:
    actions.set_public(photo.pk, True)
    response = client.get(selectors.url(photo))
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"].startswith("private")
    assert response["Content-Disposition"] == 'inline; filename="photo.jpg"'


def test_a_pdf_is_only_ever_downloaded(client: Client, at: datetime) -> None:
    upload = factories.upload(factories.PDF, "Tŷ.pdf")
    pdf = actions.keep(file=upload, purpose="test", by=None, at=at)
    actions.set_public(pdf.pk, True)
    response = client.get(selectors.url(pdf))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert client.get(f"/documents/{pdf.pk}/thumb").status_code == 404


def test_a_photo_that_has_not_changed_is_not_sent_again(client: Client, photo: Document) -> None:
    actions.set_public(photo.pk, True)
    etag = client.get(selectors.url(photo))["ETag"]
    again = client.get(selectors.url(photo), headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert client.get(selectors.url(photo, "full"), headers={"If-None-Match": etag}).status_code == 200


def test_hiding_a_photo_hides_it_from_those_who_have_its_etag(client: Client, photo: Document) -> None:
    actions.set_public(photo.pk, True)
    etag = client.get(selectors.url(photo))["ETag"]
    actions.set_public(photo.pk, False)
    assert client.get(selectors.url(photo), headers={"If-None-Match": etag}).status_code == 404


def test_whoever_fills_in_the_form_sees_it_by_its_key(
    client: Client, photo: Document, council: Any, make_case: Any
) -> None:
    address = selectors.draft_url(photo)
    assert client.get(address).status_code == 200
    assert client.get(address + "x").status_code == 404
    other = signing.dumps("another", salt=selectors.SALT)
    assert client.get(f"{selectors.url(photo)}?key={other}").status_code == 404
    actions.attach([photo.pk], make_case().pk, is_public=False)
    assert client.get(address).status_code == 404


def test_the_purpose_says_who_may_read(client: Client, photo: Document, readable: set[Any], council: Any) -> None:
    from townhall.kernel.identity.models import Person

    person = Person.objects.create_person(email="may@example.org", name="May Read")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(selectors.url(photo)).status_code == 404
    readable.add(person.pk)
    assert client.get(selectors.url(photo)).status_code == 200


def test_infected_is_never_served(client: Client, photo: Document) -> None:
    Document.objects.filter(pk=photo.pk).update(scan="infected")
    photo.refresh_from_db()
    assert client.get(selectors.draft_url(photo)).status_code == 404


def test_a_key_is_good_for_a_day(client: Client, photo: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    address = selectors.draft_url(photo)
    monkeypatch.setattr("townhall.kernel.documents.selectors.DRAFT_SECONDS", timedelta(seconds=-1).total_seconds())
    assert client.get(address).status_code == 404


def test_only_reading_is_allowed(client: Client, photo: Document) -> None:
    actions.set_public(photo.pk, True)
    assert client.post(selectors.url(photo)).status_code == 405
    assert client.head(selectors.url(photo)).status_code == 200
