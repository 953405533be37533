"""Keeping, scanning, giving to a case, forgetting."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from townhall.kernel.documents import actions, messages, rules, selectors
from townhall.kernel.documents.models import Document
from townhall.kernel.documents.storage import store
from townhall.kernel.documents.tests import clamd, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def scanner(settings: Any) -> Iterator[None]:
    """A running scanner."""
    with clamd.running() as address:
        settings.TOWNHALL_SCANNER = address
        yield


def keep(data: bytes, at: datetime, name: str = "photo.jpg", **more: Any) -> Document:
    return actions.keep(file=factories.upload(data, name), purpose="test", by=None, at=at, **more)


def test_a_photo_is_kept_without_its_notes(at: datetime) -> None:
    document = keep(factories.phone_photo(), at)
    assert (document.content_type, document.width, document.height) == ("image/jpeg", 480, 640)
    assert document.taken_at is not None
    assert document.scan == "not_scanned"
    assert document.case_id is None
    with store().open(document.sha256) as file:
        assert b"Secret Phone" not in file.read()
    again = Document.objects.get(pk=document.pk)
    assert again.taken_at is None


def test_content_decides_not_the_name(at: datetime) -> None:
    document = keep(factories.as_bytes(factories.picture(), "PNG"), at, name="lamp.jpg")
    assert (document.content_type, document.name) == ("image/png", "lamp.png")


def test_a_pdf_is_kept_as_it_is(at: datetime) -> None:
    document = keep(factories.PDF, at, name="letter.pdf")
    with store().open(document.sha256) as file:
        assert file.read() == factories.PDF


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "empty.jpg", "empty"),
        (b"\xff\xd8\xff" + b"\0" * 30_000_000, "huge.jpg", "too_large"),
        (factories.SVG, "drawing.svg", "not_accepted"),
        (factories.SVG, "drawing.jpg", "not_accepted"),
        (factories.HTML, "page.png", "not_accepted"),
        (b"MZ\x90\0" + b"\0" * 100, "run.jpg", "not_accepted"),
        (b"PK\x03\x04" + b"\0" * 100, "archive.pdf", "not_accepted"),
        (factories.HTML + factories.PDF, "both.pdf", "not_accepted"),
        (factories.HEIC, "IMG_1.heic", "heic"),
        (factories.bomb_png(), "bomb.png", "too_many_pixels"),
        (b"%PDF-1.7\n" + b"x" * 5000, "cut.pdf", "damaged"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 5000, "noise.jpg", "damaged"),
    ],
)
def test_files_that_we_do_not_keep(data: bytes, name: str, reason: str, at: datetime) -> None:
    with pytest.raises(rules.Refused) as refused:
        keep(data, at, name=name)
    assert refused.value.reason == reason
    assert messages.of(refused.value)
    assert not Document.objects.exists()
    assert not list(store().names())


def test_a_scanned_photo_is_clean(scanner: None, at: datetime) -> None:
    assert keep(factories.phone_photo(), at).scan == "clean"


def test_a_virus_is_refused(scanner: None, at: datetime) -> None:
    with pytest.raises(rules.Refused, match="infected"):
        keep(factories.PDF.replace(b"/Catalog", factories.EICAR), at, name="invoice.pdf")
    assert not Document.objects.exists()


def test_the_scanner_may_be_on_a_socket(settings: Any, tmp_path: Path, at: datetime) -> None:
    with clamd.running_on_socket(str(tmp_path / "s")) as address:
        settings.TOWNHALL_SCANNER = address
        assert keep(factories.PDF, at, name="a.pdf").scan == "clean"


def test_a_scanner_that_does_not_answer_leaves_it_not_scanned(settings: Any, at: datetime) -> None:
    settings.TOWNHALL_SCANNER = "127.0.0.1:1"
    document = keep(factories.PDF, at, name="a.pdf")
    assert document.scan == "not_scanned"
    assert selectors.is_held_back(document)
    assert not selectors.is_held_back(keep(factories.phone_photo(), at))
    assert actions.scan_waiting() == 0


def test_what_was_not_scanned_is_scanned_later(settings: Any, at: datetime) -> None:
    fine = keep(factories.PDF, at, name="a.pdf")
    bad = keep(factories.PDF.replace(b"/Catalog", factories.EICAR), at, name="b.pdf")
    Document.objects.filter(pk=bad.pk).update(is_public=True)
    with clamd.running() as address:
        settings.TOWNHALL_SCANNER = address
        assert actions.scan_waiting() == 2
    fine.refresh_from_db()
    bad.refresh_from_db()
    assert (fine.scan, bad.scan, bad.is_public) == ("clean", "infected", False)
    assert selectors.is_held_back(bad)
    assert not selectors.is_held_back(fine)


def test_an_infected_document_cannot_be_shown(at: datetime) -> None:
    document = keep(factories.PDF, at, name="a.pdf")
    Document.objects.filter(pk=document.pk).update(scan="infected")
    actions.set_public(document.pk, True)
    document.refresh_from_db()
    assert not document.is_public
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(is_public=True)


def test_abandoned_documents_go_and_their_bytes_with_them(at: datetime) -> None:
    old, new = keep(factories.phone_photo(), at - timedelta(days=29)), keep(factories.PDF, at, name="a.pdf")
    assert actions.sweep() == 0
    assert actions.remove_abandoned(at) == 1
    assert actions.sweep() == 3
    assert set(store().names()) == {new.sha256}
    assert not Document.objects.filter(pk=old.pk).exists()


def test_bytes_that_two_documents_share_stay_until_both_are_gone(at: datetime) -> None:
    one, two = keep(factories.PDF, at, name="a.pdf"), keep(factories.PDF, at, name="b.pdf")
    assert one.sha256 == two.sha256
    actions.remove([one.pk])
    assert actions.sweep() == 0
    actions.remove([two.pk])
    assert actions.sweep() == 1


def test_a_case_gets_documents_once(council: Any, make_case: Any, at: datetime) -> None:
    first, second = make_case(), make_case()
    document = keep(factories.phone_photo(), at)
    assert actions.attach([document.pk], first.pk, is_public=True) == 1
    assert actions.attach([document.pk], second.pk, is_public=True) == 0
    assert selectors.of_case(first.pk) == [document]
    assert selectors.public_of_cases([first.pk, second.pk]) == {first.pk: [document]}
    assert actions.remove_abandoned(at + timedelta(days=400)) == 0
