"""A file that was chosen is kept at once: it waits for what else is wrong, or for whoever had been signed out."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from townhall.kernel.documents import selectors as documents
from townhall.kernel.documents.holdings import find_documents
from townhall.kernel.documents.models import Document
from townhall.residents.services import actions, jobs
from townhall.residents.services.holdings import find_waiting
from townhall.residents.services.models import Application, WaitingFile
from townhall.residents.services.tests import factories
from townhall.residents.services.tests.askers import asking
from townhall.residents.services.tests.factories import inputs
from townhall.residents.services.tests.test_telling import address, opened, png, signed_in

pytestmark = pytest.mark.django_db
HELD = "You had been signed out"


@pytest.fixture
def sent(council: Any, at: datetime) -> Application:
    """Somebody's application, whose process waits for them to make it clear."""
    return asking(at, council.resident)


@pytest.fixture
def begun(council: Any, at: datetime) -> tuple[Client, Application]:
    """The browser of somebody with an account, and the form that they fill in, up to its works."""
    factories.grant(at)
    client = signed_in(council.resident)
    application = factories.begin(client)
    factories.fill(client, application, until="works")
    return client, application


def refused(client: Client, path: str, *names: str) -> Any:
    """The page where files were sent with nothing else."""
    response = client.post(path, opened(client, path) | {"meant": "", "_file.papers": [png(each) for each in names]})
    assert response.status_code == 422
    return response


def words(response: Any) -> str:
    """What a page says."""
    return response.content.decode()


def test_files_wait_for_what_else_is_wrong_and_go_with_it(sent: Application, council: Any) -> None:
    client, path = signed_in(council.resident), address(sent, "do/clarified")
    page = refused(client, path, "letter.png", "letter.png")
    assert page.content.decode().count('value="drop:papers.') == 1
    assert client.post(path, inputs(page) | {"meant": "All of it"}).status_code == 302
    (one,) = documents.of_case(sent.pk)
    assert (one.name, one.by) == ("letter.png", council.resident)
    assert not WaitingFile.objects.exists()
    assert jobs.forget_waiting_files(timezone.now() + timedelta(days=2)) == 0
    assert Document.objects.count() == 1


def test_a_file_that_is_taken_back_is_forgotten(sent: Application, council: Any) -> None:
    client, path = signed_in(council.resident), address(sent, "do/clarified")
    page = refused(client, path, "letter.png")
    (one,) = WaitingFile.objects.all()
    left = client.post(path, inputs(page) | {"meant": "So far", "_do": f"drop:papers.{one.pk}"})
    assert left.status_code == 200
    assert "letter.png" not in left.content.decode()
    assert "So far</textarea>" in left.content.decode()
    assert not Document.objects.exists()


def test_the_key_of_anothers_file_shows_and_takes_nothing(sent: Application, council: Any, at: datetime) -> None:
    refused(signed_in(council.resident), address(sent, "do/clarified"), "private.png")
    (one,) = WaitingFile.objects.all()
    key = urlencode({"key": actions.sent_key(sent)})
    other = asking(at, council.resident)
    for client, path in [
        (signed_in(council.administrator), address(sent, "tell/clarified")),
        (Client(), f"{address(sent, 'do/clarified')}?{key}"),
        (signed_in(council.resident), address(other, "do/clarified")),
    ]:
        for do in ("", f"drop:papers.{one.pk}"):
            response = client.post(path, opened(client, path) | {"meant": "Mine", "papers": str(one.pk), "_do": do})
            assert response.status_code == (200 if do else 422)
            assert "private.png" not in response.content.decode()
    assert WaitingFile.objects.filter(pk=one.pk).exists()
    assert documents.of_case(sent.pk) == documents.of_case(other.pk) == []


def test_nobody_fills_the_house_with_files_that_they_never_send(
    sent: Application, council: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("townhall.residents.services.actions.waiting.MOST_FILES", 1)
    client, path = signed_in(council.resident), address(sent, "do/clarified")
    page = client.post(path, opened(client, path) | {"meant": "This", "_file.papers": [png(), png("more.png")]})
    assert "more.png: There are as many files already as this may have" in page.content.decode()
    assert Document.objects.count() == 1
    assert jobs.forget_waiting_files(timezone.now()) == 0
    assert jobs.forget_waiting_files(timezone.now() + timedelta(days=1, minutes=1)) == 1
    assert not Document.objects.exists()
    gone = client.post(path, inputs(page) | {"meant": "This"})
    assert "Upload the file again" in gone.content.decode()


def test_a_page_that_is_sent_after_the_session_ended_keeps_its_files_for_the_same_person(
    begun: tuple[Client, Application], council: Any
) -> None:
    client, application = begun
    path = factories.page_url(application, "works")
    exe = SimpleUploadedFile("virus.exe", b"MZ\x90", content_type="image/png")
    typed = inputs(client.get(path)) | factories.WORKS | {"_file.jobs.0.quote": [png("quote.png"), exe]}
    client.logout()
    assert "/sign-in/" in client.post(path, typed)["Location"]
    assert [each.document.name for each in WaitingFile.objects.select_related("document")] == ["quote.png"]
    stranger = signed_in(council.neighbour)
    assert stranger.get(path).status_code == 404
    client.force_login(council.resident)
    page = client.get(path)
    assert HELD in page.content.decode()
    assert "quote.png" in page.content.decode()
    assert "virus.exe: " in page.content.decode()
    assert HELD not in client.get(path).content.decode()
    assert client.post(path, inputs(page)).status_code == 302
    application.refresh_from_db()
    (works,) = application.answers["jobs"]
    assert [each["name"] for each in works["quote"]] == ["quote.png"]
    assert not WaitingFile.objects.exists()


def sent_signed_out(client: Client, application: Application, name: str) -> str:
    """The address of the page of works, which is sent with a file after its session has ended."""
    path = factories.page_url(application, "works")
    typed = inputs(client.get(path)) | factories.WORKS
    client.logout()
    client.post(path, typed | {"_file.jobs.0.quote": png(name)})
    return path


def test_files_that_nobody_signs_in_for_are_forgotten_after_an_hour_and_what_was_typed_stays(
    begun: tuple[Client, Application], council: Any
) -> None:
    client, application = begun
    path = sent_signed_out(client, application, "lost.png")
    assert jobs.forget_waiting_files(timezone.now() + timedelta(minutes=61)) == 1
    assert not Document.objects.exists()
    client.force_login(council.resident)
    page = client.get(path)
    assert "What you typed stands here" in words(page)
    assert "<li>lost.png</li>" in words(page)
    assert 'value="Window"' in words(page)
    assert "jobs.0.quote" not in inputs(page), "the key of what is gone"


def test_files_that_are_too_many_for_the_application_by_then_are_named(
    begun: tuple[Client, Application], council: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, application = begun
    path = sent_signed_out(client, application, "lost.png")
    client.force_login(council.resident)
    monkeypatch.setattr("townhall.residents.services.actions.filling.MOST_FILES", 0)
    page = client.get(path)
    assert "<li>lost.png</li>" in words(page)
    assert "jobs.0.quote" not in inputs(page)


def test_what_is_sent_to_another_page_after_the_session_ended_leaves_what_was_held(
    begun: tuple[Client, Application], council: Any
) -> None:
    client, application = begun
    path = sent_signed_out(client, application, "quote.png")
    other = {"email": "asha@example.org", "_file.jobs.0.quote": png("other.png")}
    client.post(f"/services/application/{application.pk}/kept/link/", other)
    assert [each.document.name for each in WaitingFile.objects.select_related("document")] == ["quote.png"]
    client.force_login(council.resident)
    assert "quote.png" in words(client.get(path))
    client.logout()
    client.post(factories.page_url(application, "you"), other | {"_file.jobs.0.quote": png("other.png")})
    assert not WaitingFile.objects.exists(), "no file is kept for a question of another page"


def test_a_file_that_waited_is_found_for_whoever_applies_once_they_have_signed_in(
    begun: tuple[Client, Application], sent: Application, council: Any
) -> None:
    client, application = begun
    path = sent_signed_out(client, application, "quote.png")
    assert find_waiting(council.resident) == find_documents(council.resident) == []
    client.force_login(council.resident)
    client.get(path)
    assert [each.values["Name"] for each in find_documents(council.resident)] == ["quote.png"]
    refused(client, address(sent, "do/clarified"), "letter.png")
    assert [each.values["Name"] for each in find_waiting(council.resident)] == ["letter.png"]
    assert find_waiting(council.neighbour) == []
