"""The mailbox and the post: what is shown to whom."""

import csv
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.notify import actions
from townhall.kernel.notify.models import Batch, Letter
from townhall.kernel.notify.rules import Address

pytestmark = pytest.mark.django_db
Write = Callable[..., Letter]
POST_ONLY = Address(name="Asha Begum", lines=("4 Wool Lane", "Northmere", "NM1 2AB"))


def sign_in(client: Client, person: Any) -> None:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


def test_the_mailbox_lists_letters_and_finds_them(client: Client, write: Write, at: datetime) -> None:
    write()
    write(key="k2", values={"title": "a bin", "name": "Tom", "link": "/"}, address=Address(email="tom@example.org"))
    page = client.get("/letters/mailbox").content.decode()
    assert "About a lamp" in page
    assert "About a bin" in page
    found = client.get("/letters/mailbox?q=TOM@").content.decode()
    assert "About a bin" in found
    assert "About a lamp" not in found
    assert "No letters here yet" in client.get("/letters/mailbox?q=nobody").content.decode()


def test_a_long_mailbox_has_pages_and_asks_the_same(
    client: Client, write: Write, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        write(key=f"k{number}")
    assert "Page 1 of 2" in client.get("/letters/mailbox").content.decode()
    with django_assert_max_num_queries(6):
        client.get("/letters/mailbox?page=2")


@pytest.mark.parametrize(
    ("look", "shows"),
    [("email", "<p>Dear Asha,</p>"), ("sms", "It is fixed."), ("post", "data:image/png"), ("large", "PDF")],
)
def test_a_letter_is_shown_as_each_channel_would(client: Client, write: Write, look: str, shows: str) -> None:
    assert shows in client.get(f"/letters/mailbox/{write().pk}?look={look}").content.decode()


def test_a_letter_can_be_had_as_pdf(client: Client, write: Write) -> None:
    response = client.get(f"/letters/mailbox/{write().pk}.pdf?look=large")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_hostile_words_stay_words(client: Client, write: Write) -> None:
    letter = write(values={"title": "<script>x</script>", "name": "<img src=x onerror=alert(1)>", "link": "/"})
    page = client.get(f"/letters/mailbox/{letter.pk}?look=email").content.decode()
    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_outside_the_demo_there_is_no_mailbox(client: Client, write: Write, real: None, council: Any) -> None:
    letter = write()
    sign_in(client, council.administrator)
    for address in ("", f"/{letter.pk}", f"/{letter.pk}.pdf"):
        assert client.get(f"/letters/mailbox{address}").status_code == 404


def test_letters_to_print_are_batched_downloaded_and_handed_over(
    client: Client, write: Write, council: Any, at: datetime
) -> None:
    write(address=POST_ONLY)
    write(key="k2", address=POST_ONLY, language="cy")
    actions.send_due(at)
    sign_in(client, council.manager)
    assert "2 letters wait" in client.get("/letters/post/").content.decode()
    client.post("/letters/post/new")
    batch = Batch.objects.get()
    response = client.get(f"/letters/post/{batch.pk}.zip")
    archive = zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))  # pyright: ignore[reportAttributeAccessIssue]
    rows = list(csv.DictReader(StringIO(archive.read("letters.csv").decode())))
    assert [row["language"] for row in rows] == ["en", "cy"]
    assert all(archive.read(row["file"]).startswith(b"%PDF") for row in rows)
    assert "Asha" not in archive.read("letters.csv").decode()
    assert Letter.objects.filter(state="sending").count() == 2
    client.post(f"/letters/post/{batch.pk}/handed-over")
    assert Letter.objects.filter(state="sent", provider="print").count() == 2
    assert client.get(f"/letters/post/{batch.pk}.zip").status_code == 404


def test_a_batch_that_waits_long_is_not_taken_for_a_crash(
    client: Client, write: Write, council: Any, at: datetime
) -> None:
    from datetime import timedelta

    write(address=POST_ONLY)
    actions.make_batch(by=council.manager, at=at)
    actions.send_due(at + timedelta(days=2))
    assert Letter.objects.get().state == "sending"


def test_an_empty_post_makes_no_batch(client: Client, council: Any) -> None:
    sign_in(client, council.manager)
    assert "No letter waits" in client.post("/letters/post/new", follow=True).content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("who", ["officer", "call_handler", "partner", "resident"])
def test_only_managers_and_administrators_print(client: Client, council: Any, who: str, at: datetime) -> None:
    batch = Batch.objects.create(made_at=at)
    sign_in(client, getattr(council, who))
    assert client.get("/letters/post/").status_code == 403
    assert client.get(f"/letters/post/{batch.pk}.zip").status_code == 403
    assert client.post("/letters/post/new").status_code == 403
    assert client.post(f"/letters/post/{batch.pk}/handed-over").status_code == 403


def test_nothing_changes_by_a_get(client: Client, council: Any) -> None:
    sign_in(client, council.manager)
    assert client.get("/letters/post/new").status_code == 405
